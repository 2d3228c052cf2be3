package advice

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// view is what the template advice_page.html needs beyond the common view.
type view struct {
	Staff       bool // whether the reader is an adviser
	Entries     []entry
	Adviser     string // name; "" for nobody
	Why         string // as civic.AssignmentCause names it
	Since       civic.Day
	Unproved    bool // whether the address is not confirmed
	Path        string
	Version     int32
	Outline     string // GeoJSON; "" for none
	Corners     string // of the outline, as lines
	Config      string // of the map element
	Lon, Lat    string
	Evaluations []page.Option // that the reader may choose; nil for one who may not
	Consents    []page.Option // the same of the consent
	HandOver    []page.Option // advisers; nil for one who may not
	NewAnswer   string        // path of the form of an answer; "" where none may be written
	Answers     []answer
}

// entry is something that was said or done.
type entry struct {
	Date   civic.Day
	Title  string
	By     string
	Text   string
	Reason string
	Class  string // "own" of whoever asked, "staff" of advisers, "note" of what they alone know, "step" of what was done
}

// answer is what was written of the request for everybody.
type answer struct{ Title, URL, State string }

// extra returns the conversation about a request, as far as the reader may know it.
func (h handlers) extra(r *http.Request, reader *page.Reader, in things.Shown) (any, error) {
	d := &in.Version.District
	c, err := h.Store.AdviceCase(r.Context(), d, in.Thing.ID)
	if err != nil {
		return nil, err
	}
	says, _ := in.Thing.Content.(civic.Record)
	v := view{
		Staff: civic.Can(in.Actor, civic.Edit, in.Thing.Thing, h.Now()) == nil, Path: things.Path(d, civic.AdviceThing, in.Thing.ID), Version: in.Thing.Version,
		Outline: says.Words["outline"], Corners: civic.OutlineLines(says.Words["outline"]), Config: h.Maps.Element(in.Version, reader, nil),
	}
	if says.Point != nil {
		v.Lon, v.Lat = strconv.FormatFloat(says.Point.Lon(), 'f', 6, 64), strconv.FormatFloat(says.Point.Lat(), 'f', 6, 64)
	}
	if !v.Staff {
		c = c.ForReporter()
	} else {
		v.Adviser, v.Why, v.Unproved = c.Name, string(c.Why), c.Unproved
		if !c.Since.IsZero() {
			v.Since = d.DayOf(c.Since)
		}
	}
	for _, e := range c.Entries {
		v.Entries = append(v.Entries, newEntry(d, reader, e))
	}
	for _, a := range c.Answers {
		v.Answers = append(v.Answers, answer{a.Title, things.Path(d, civic.AnswerThing, a.ID), reader.Text("thing.state." + a.Publication.String())})
	}
	offered := civic.Offered(in.Actor, in.Thing.Thing, h.Now())
	if slices.Contains(offered, civic.Evaluate) {
		v.Evaluations = options(reader, "evaluation", "")
	}
	if slices.Contains(offered, civic.Consent) && len(c.Answers) == 0 {
		v.Consents = options(reader, "wants_publication", says.Words["wants_publication"])
	}
	if slices.Contains(offered, civic.HandOver) {
		v.HandOver, err = h.others(r, d, c.Adviser)
	}
	if v.Staff && says.CanBePublished(in.Thing.State) {
		v.NewAnswer = things.Path(d, civic.AnswerThing, 0) + "/new?of=" + strconv.FormatInt(in.Thing.ID, 10)
	}
	return v, err
}

// newEntry returns an entry for the reader.
func newEntry(d *civic.District, reader *page.Reader, e civic.AdviceEntry) entry {
	out := entry{Date: d.DayOf(e.At), Title: reader.Text("advice.did." + e.Action.String()), Text: e.Text, Reason: e.Reason, Class: "step", By: e.Name}
	switch {
	case e.Action == civic.Note:
		out.Class = "note"
	case e.Own:
		out.By = reader.Text("advice.asker")
		if e.Text != "" {
			out.Class = "own"
		}
	case e.Text != "":
		out.Class = "staff"
	}
	return out
}

// options returns the options of a choice of a request.
func options(reader *page.Reader, field, chosen string) (all []page.Option) {
	for _, f := range civic.AdviceThing.Rules().Fields {
		if f.Name != field {
			continue
		}
		for _, o := range f.Options {
			all = append(all, page.Option{Value: o, Label: reader.Text("advice.option." + field + "." + o), Chosen: o == chosen})
		}
	}
	return all
}

// others returns the advisers other than the one who has a request.
func (h handlers) others(r *http.Request, d *civic.District, except int64) (all []page.Option, err error) {
	found, err := h.Store.Advisers(r.Context(), d)
	for _, a := range found {
		if a.AccountID != except {
			all = append(all, page.Option{Value: strconv.FormatInt(a.AccountID, 10), Label: a.Name})
		}
	}
	return all, err
}

// request is a request for advice in the path of a form, and who has sent it.
type request struct {
	d     *civic.District
	actor civic.Actor
	thing civic.Described
	says  civic.RecordDraft
}

// request returns what a form is about. It returns civic.ErrNotFound for a request of
// which the actor may not know.
func (h handlers) request(r *http.Request) (in request, err error) {
	v, err := h.District(r)
	if err != nil {
		return in, err
	}
	in.d = &v.District
	if in.actor, err = serve.ActorOf(r.Context()); err != nil {
		return in, err
	}
	var says civic.Record
	if in.thing, says, err = things.KnownInPath(r, h.Store, in.d, civic.AdviceThing, in.actor, h.Now()); err != nil {
		return in, err
	}
	in.says = says.RecordDraft
	return in, serve.ReadForm(r)
}

// evaluate says how helpful the advice was.
func (h handlers) evaluate(w http.ResponseWriter, r *http.Request) error {
	return h.bring(w, r, civic.Evaluate, "evaluation")
}

// consent says whether an answer may be published, or takes that back.
func (h handlers) consent(w http.ResponseWriter, r *http.Request) error {
	return h.bring(w, r, civic.Consent, "wants_publication")
}

// bring takes an action that changes one field of a request.
func (h handlers) bring(w http.ResponseWriter, r *http.Request, action civic.Action, field string) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	version, err := serve.FormVersion(r)
	if err != nil {
		return err
	}
	says := in.says
	words := map[string]string{}
	for name, word := range says.Words {
		words[name] = word
	}
	words[field] = r.PostForm.Get(field)
	says.Words = words
	if words[field] == "" {
		return serve.BadForm("nothing is chosen", nil)
	}
	content, err := in.d.AcceptRecord(says)
	if err == nil {
		_, err = h.Store.Do(r.Context(), in.d, in.actor, civic.Command{Action: action, Things: []int64{in.thing.ID}, Version: version, Content: content, Reason: r.PostForm.Get("reason")})
	}
	return h.back(w, r, in, action, err)
}

// back leads back to the request after an action.
func (h handlers) back(w http.ResponseWriter, r *http.Request, in request, action civic.Action, err error) error {
	if err != nil {
		var faults civic.Faults
		if errors.As(err, &faults) {
			return serve.BadForm(faults.Error(), err)
		}
		return err
	}
	http.Redirect(w, r, things.Path(in.d, civic.AdviceThing, in.thing.ID)+"?done="+action.String(), http.StatusSeeOther)
	return nil
}

// handOver hands a request over to another adviser.
func (h handlers) handOver(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	to, err := strconv.ParseInt(r.PostForm.Get("to"), 10, 64)
	if err != nil {
		return serve.BadForm("the adviser is missing", err)
	}
	_, err = h.Store.Do(r.Context(), in.d, in.actor, civic.Command{Action: civic.HandOver, Things: []int64{in.thing.ID}, To: to, Reason: r.PostForm.Get("reason")})
	return h.back(w, r, in, civic.HandOver, err)
}

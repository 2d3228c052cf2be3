package things

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// accept completes and checks a draft.
func (h handlers) accept(r *http.Request, in request, draft *Draft, former civic.Described) (civic.Record, error) {
	if !h.isStaff(in) {
		draft.Values = draft.WithoutStaff(h.Kind.Kind.Rules().Fields)
	}
	h.keepClosed(draft, former)
	if h.Complete != nil {
		if err := h.Complete(r, in.version, draft, former); err != nil {
			return civic.Record{}, err
		}
	}
	return in.d.AcceptRecord(draft.RecordDraft)
}

// isStaff reports whether the actor may edit things of the kind somewhere, and so
// enters fields that nobody else does.
func (h handlers) isStaff(in request) bool {
	return civic.CanSomewhere(in.actor, civic.Edit, h.Kind.Kind, in.d.ID, h.Now()) == nil
}

// keepClosed gives a draft the values of the fields that nobody enters, or that
// nobody may change any more.
func (k Kind) keepClosed(draft *Draft, former civic.Described) {
	was, _ := former.Content.(civic.Record)
	draft.KeepClosed(was.RecordDraft, k.stateOf(former))
}

// stateOf returns the state of a thing, or of a new one for the zero value.
func (k Kind) stateOf(t civic.Described) civic.State {
	if t.ID == 0 {
		return k.Kind.Rules().Initial
	}
	return t.State
}

// isForAnybody reports whether anybody may submit things of the kind.
func (k Kind) isForAnybody() bool {
	return slices.Contains(k.Kind.Rules().Roles[civic.Submit], civic.Anybody)
}

// submission returns the command that adds what a draft has.
func (h handlers) submission(draft *Draft, content civic.Record, key civic.RequestKey) civic.Command {
	c := civic.Command{Action: civic.Submit, Kind: h.Kind.Kind, Content: content, Links: draft.Links, Owner: draft.Owner, Of: draft.Of, Pending: draft.Pending, Confirmed: draft.Confirmed}
	if h.isForAnybody() {
		c.Email = draft.Email
	}
	if key != "" {
		request := civic.NewContentRequest(key, content, draft.Links)
		c.Request = &request
	}
	return c
}

func (h handlers) newForm(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	draft, err := h.prefilled(r.URL.Query())
	if err != nil {
		return err
	}
	view := formView{New: true, First: h.First != nil, Key: civic.NewRequestKey(), state: h.stateOf(civic.Described{})}
	if slices.ContainsFunc(h.Prefills, r.URL.Query().Has) {
		if view.Note, err = h.Prefill(r, h.Pages.Reader(r, in.d), in.version, &draft); err != nil {
			return err
		}
	}
	return h.showForm(w, r, in, http.StatusOK, view, draft, nil)
}

func (h handlers) editForm(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.thing(r)
	if err != nil {
		return err
	}
	if err := civic.Can(in.actor, civic.Edit, t.Thing, h.Now()); err != nil {
		return err
	}
	linked, err := h.Store.Links(r.Context(), in.d, []int64{t.ID})
	if err != nil {
		return err
	}
	return h.showForm(w, r, in, http.StatusOK, formView{Version: t.Version, ID: t.ID, state: t.State}, NewDraft(t, linked), nil)
}

func (h handlers) submitForm(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	draft, err := h.readDraft(r, in.d)
	if err != nil {
		return err
	}
	key, err := civic.ParseRequestKey(r.PostForm.Get("key"))
	if err != nil {
		return serve.BadForm(err.Error(), err)
	}
	view := formView{New: true, Key: key, state: h.stateOf(civic.Described{})}
	if isIntermediate(r) {
		return h.showForm(w, r, in, http.StatusOK, view, draft, nil)
	}
	content, err := h.accept(r, in, &draft, civic.Described{})
	var out civic.Outcome
	if err == nil {
		c := h.submission(&draft, content, key)
		c.Language = h.Pages.Reader(r, in.d).Lang
		out, err = h.Store.Do(r.Context(), in.d, in.actor, c)
	}
	if err != nil {
		return h.showForm(w, r, in, http.StatusUnprocessableEntity, view, draft, err)
	}
	next := h.Path(in.d, out.Changed[0].ID) + "?done=yes"
	if h.Sent != "" && !h.canKnow(in.actor, out.Changed[0], false) {
		next = h.Path(in.d, 0) + "/" + h.Sent
	}
	if h.Home != nil && (!h.Kind.Kind.Rules().Private || !h.canKnow(in.actor, out.Changed[0], false)) {
		path, anchor, err := h.Home(r, in.d, out.Changed[0])
		if err != nil {
			return err
		}
		next = path + "?done=" + h.Plural() + "#" + anchor
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

func (h handlers) submitEdit(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.thing(r)
	if err != nil {
		return err
	}
	draft, err := h.readDraft(r, in.d)
	if err != nil {
		return err
	}
	version, err := serve.FormVersion(r)
	if err != nil {
		return err
	}
	h.keepClosed(&draft, t)
	view := formView{Version: version, ID: t.ID, state: t.State}
	if isIntermediate(r) {
		return h.showForm(w, r, in, http.StatusOK, view, draft, nil)
	}
	content, err := h.accept(r, in, &draft, t)
	if err == nil {
		_, err = h.Store.Do(r.Context(), in.d, in.actor, civic.Command{
			Action: civic.Edit, Things: []int64{t.ID}, Version: view.Version, Content: content, Links: draft.Links, Confirmed: draft.Confirmed,
		})
	}
	switch {
	case errors.Is(err, civic.ErrChanged):
		now := h.Item(in.d, h.Pages.Reader(r, in.d), t)
		return h.showForm(w, r, in, http.StatusPreconditionFailed, formView{Version: t.Version, ID: t.ID, state: t.State, Now: &now}, draft, nil)
	case err != nil:
		return h.showForm(w, r, in, http.StatusUnprocessableEntity, view, draft, err)
	}
	http.Redirect(w, r, h.Path(in.d, t.ID)+"?done="+civic.Edit.String(), http.StatusSeeOther)
	return nil
}

// isIntermediate reports whether a form was sent by a button that looks for things
// or adds rows, and saves nothing.
func isIntermediate(r *http.Request) bool { return r.PostForm.Get("do") != "" }

// act takes an action that the page of a thing offers.
func (h handlers) act(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.thing(r)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	c, err := h.readButton(r, in.d, t)
	if err != nil {
		return err
	}
	_, err = h.Store.Do(r.Context(), in.d, in.actor, c)
	reader := h.Pages.Reader(r, in.d)
	switch {
	case errors.Is(err, civic.ErrChanged):
		return h.showThing(w, r, in, t, refusal{status: http.StatusPreconditionFailed, message: reader.Text("thing.changed")})
	case errors.Is(err, civic.ErrConflict):
		return h.showThing(w, r, in, t, refusal{status: http.StatusConflict, message: reader.Text("thing.impossible")})
	case errors.Is(err, civic.ErrInvalid):
		return h.showThing(w, r, in, t, newRefusal(reader, t.Kind, c.Action, err))
	case err != nil:
		return err
	}
	next := h.Path(in.d, t.ID) + "?done=" + c.Action.String()
	if c.Action == civic.Withdraw || c.Action == civic.Hide {
		next = h.Path(in.d, 0)
		if h.Kind.Kind.Rules().Private && in.actor.Kind == civic.Contact {
			next = "/d/" + in.d.Slug + "/me"
		}
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

// refusal is why an action was not taken. The zero value is none.
type refusal struct {
	status  int
	message string
	action  civic.Action // that can be taken once the places are confirmed
	places  []string     // that the thing names
}

// newRefusal returns the refusal of an action that lacks something.
func newRefusal(reader *page.Reader, kind civic.ThingKind, action civic.Action, err error) refusal {
	out := refusal{status: http.StatusUnprocessableEntity, action: action, places: unconfirmed(err)}
	var faults civic.Faults
	_ = errors.As(err, &faults)
	switch {
	case len(out.places) > 0 && (action == civic.AddLink || action == civic.Undo):
		out.message = reader.Text("thing.places_in_form", "places", strings.Join(out.places, ", "))
	case len(out.places) > 0:
		out.message = reader.Text(placesKey(kind))
	case len(faults) > 0 && slices.Contains([]string{"full", "absent", "weighed"}, faults[0].Code):
		out.message = reader.Text("thing.refused." + faults[0].Code)
	case len(faults) > 0 && faults[0].Code == "hex_only":
		out.message = reader.Text("thing.no_place")
	default:
		out.message = reader.Text("thing.reason_missing")
	}
	return out
}

// unconfirmed returns the places that nobody has confirmed, of an error.
func unconfirmed(err error) (places []string) {
	var faults civic.Faults
	_ = errors.As(err, &faults)
	for _, f := range faults {
		if f.Code == "unconfirmed" && !slices.Contains(places, f.Detail) {
			places = append(places, f.Detail)
		}
	}
	return places
}

// readButton returns the command of a button on the page of a thing.
func (h handlers) readButton(r *http.Request, d *civic.District, t civic.Described) (civic.Command, error) {
	c := civic.Command{Things: []int64{t.ID}, Reason: r.PostForm.Get("reason"), Confirmed: r.PostForm["confirmed"]}
	version, err := serve.FormVersion(r)
	if err != nil {
		return c, err
	}
	c.Version = version
	if r.PostForm.Get("action") == "tick" {
		c.Action = civic.Edit
		c.Content, err = tick(r, d, t)
		return c, err
	}
	if c.Action, err = civic.ParseAction(r.PostForm.Get("action")); err != nil || !isButton(c.Action) && !slices.Contains(h.OwnButtons, c.Action) || h.Forms[c.Action] != "" {
		return c, serve.BadForm("there is no such button", nil)
	}
	if c.Action.NeedsText() {
		c.Text = r.PostForm.Get("text")
	}
	if c.Action == civic.AddLink || c.Action == civic.RemoveLink {
		c.Link, err = readLink(r)
	}
	return c, err
}

// tick returns what a thing says when it is changed whether a row is done.
func tick(r *http.Request, d *civic.District, t civic.Described) (civic.Content, error) {
	field, number, _ := strings.Cut(r.PostForm.Get("row"), ".")
	row, err := strconv.Atoi(number)
	record, ok := t.Content.(civic.Record)
	if err != nil || !ok {
		return nil, serve.BadForm("the row is missing", nil)
	}
	draft, err := record.Ticked(field, row)
	if err != nil {
		return nil, serve.BadForm("there is no such row", nil)
	}
	return d.AcceptRecord(draft)
}

// readLink returns the link that a button makes or ends.
func readLink(r *http.Request) (civic.NewLink, error) {
	ids, err := parseIDs([]string{r.PostForm.Get("other")})
	if err != nil {
		return civic.NewLink{}, serve.BadForm("the other thing is missing", nil)
	}
	return civic.NewLink{Field: r.PostForm.Get("field"), Thing: ids[0]}, nil
}

// isButton reports whether an action is offered on the page of a thing: one that
// changes its state or links it, or says something, without more than a text.
func isButton(action civic.Action) bool {
	switch action {
	case civic.Publish, civic.Hide, civic.Restore, civic.Withdraw, civic.Undo, civic.StillTrue, civic.PostUpdate, civic.Dissent, civic.AddLink, civic.RemoveLink:
		return true
	}
	for _, kind := range civic.ThingKinds() {
		if kind == civic.PinThing {
			continue
		}
		for _, s := range kind.Rules().Steps {
			if s.Action == action {
				return true
			}
		}
	}
	return false
}

// faultsOf returns the faults of an error, or the error if it has none.
func faultsOf(err error) (civic.Faults, error) {
	var faults civic.Faults
	if err != nil && !errors.As(err, &faults) {
		return nil, err
	}
	return faults, nil
}

// IfMatch returns the version in the header If-Match, which may be in quotes.
func IfMatch(r *http.Request) (int32, error) {
	version, err := strconv.ParseInt(strings.Trim(r.Header.Get("If-Match"), `"`), 10, 32)
	if err != nil || version < 1 {
		return 0, &serve.Problem{
			Status: http.StatusPreconditionRequired, Title: "Version required",
			Detail: "If-Match: state the version that is changed, which is a property of the thing",
		}
	}
	return int32(version), nil
}

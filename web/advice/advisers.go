package advice

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// advisersView is the data of the template advisers.html.
type advisersView struct {
	Action   string // path
	Requests string // path of the register
	Done     bool
	Manages  bool // whether the reader chooses topics
	People   string
	Advisers []adviser
}

// adviser is somebody who advises, with the form of what is chosen for them.
type adviser struct {
	ID      int64
	Name    string
	Open    int
	Absent  bool          // today
	May     bool          // whether the reader may change something
	Topics  []page.Option // of which those are chosen about which they advise
	About   string        // their names
	Deputy  string        // name; "" for none
	Others  []page.Option // who can be the deputy
	From    string        // day; "" for none
	Until   string
	Message map[string]string // of each faulty field
}

// advisers shows who advises about what.
func (h handlers) advisers(w http.ResponseWriter, r *http.Request) error {
	return h.showAdvisers(w, r, http.StatusOK, civic.AdviserSettings{}, nil)
}

// showAdvisers shows the page, with what somebody has entered for one of them.
func (h handlers) showAdvisers(w http.ResponseWriter, r *http.Request, status int, entered civic.AdviserSettings, faults civic.Faults) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return err
	}
	all, err := h.Store.Advisers(r.Context(), d)
	if err != nil {
		return err
	}
	reader, today := h.Pages.Reader(r, d), d.DayOf(h.Now())
	out := advisersView{
		Action: "/d/" + d.Slug + "/desk/advisers", Requests: things.Path(d, civic.AdviceThing, 0), Done: r.URL.Query().Get("done") == "yes",
		Manages: civic.ManagesAdvisers(actor, d.ID, h.Now()),
	}
	if civic.Can(actor, civic.GiveRole, civic.Thing{DistrictID: d.ID}, h.Now()) == nil {
		out.People = "/d/" + d.Slug + "/people"
	}
	for _, a := range all {
		one := adviser{ID: a.AccountID, Name: a.Name, Open: a.Open, Absent: a.IsAbsent(today), Message: map[string]string{}}
		one.May = out.Manages || actor.Kind == civic.Account && actor.ID == a.AccountID
		if a.AccountID == entered.AccountID {
			a.Topics, a.DeputyID, a.AbsentFrom, a.AbsentUntil = entered.Topics, entered.DeputyID, entered.AbsentFrom, entered.AbsentUntil
			for _, f := range faults {
				one.Message[f.Field] = reader.Text("adviser.fault." + f.Field)
			}
		}
		var about []string
		for _, t := range d.Topics {
			option := reader.Option(t.Slug, t.Label, slices.Contains(a.Topics, t.Slug))
			if one.Topics = append(one.Topics, option); option.Chosen {
				about = append(about, option.Label)
			}
		}
		one.About = strings.Join(about, ", ")
		for _, other := range all {
			if other.AccountID == a.DeputyID {
				one.Deputy = other.Name
			}
			if other.AccountID != a.AccountID {
				one.Others = append(one.Others, page.Option{Value: strconv.FormatInt(other.AccountID, 10), Label: other.Name, Chosen: other.AccountID == a.DeputyID})
			}
		}
		if a.AbsentFrom != 0 {
			one.From = a.AbsentFrom.String()
		}
		if a.AbsentUntil != 0 {
			one.Until = a.AbsentUntil.String()
		}
		out.Advisers = append(out.Advisers, one)
	}
	p := h.Pages.Page(r, d, out)
	p.Title, p.Private, p.Form = reader.Text("title.advisers", "name", p.Name), true, true
	return h.Pages.Render(w, r, status, "advisers", p)
}

// setAdviser changes what is chosen for an adviser.
func (h handlers) setAdviser(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	to := civic.AdviserSettings{Topics: r.PostForm["topics"]}
	if to.AccountID, err = strconv.ParseInt(r.PostForm.Get("adviser"), 10, 64); err != nil {
		return serve.BadForm("the adviser is missing", err)
	}
	to.DeputyID, _ = strconv.ParseInt(r.PostForm.Get("deputy"), 10, 64) // 0 is nobody
	var faults civic.Faults
	for name, day := range map[string]*civic.Day{"absent_from": &to.AbsentFrom, "absent_until": &to.AbsentUntil} {
		if text := strings.TrimSpace(r.PostForm.Get(name)); text != "" {
			first, last, err := civic.ParsePeriod(text)
			if *day = first; err != nil || first != last {
				faults = append(faults, civic.Fault{Field: name, Code: "malformed", Detail: "this is no day"})
			}
		}
	}
	if !civic.ManagesAdvisers(actor, d.ID, h.Now()) {
		if to.Topics, err = h.topicsOf(r, d, to.AccountID); err != nil {
			return err
		}
	}
	if faults == nil {
		err = h.Store.SetAdviser(r.Context(), d, actor, to)
	}
	switch {
	case errors.As(err, &faults), faults != nil:
		return h.showAdvisers(w, r, http.StatusUnprocessableEntity, to, faults)
	case err != nil:
		return err
	}
	http.Redirect(w, r, "/d/"+d.Slug+"/desk/advisers?done=yes", http.StatusSeeOther) //nolint:gosec // a path of this site
	return nil
}

// topicsOf returns about what somebody advises now.
func (h handlers) topicsOf(r *http.Request, d *civic.District, account int64) ([]string, error) {
	all, err := h.Store.Advisers(r.Context(), d)
	for _, a := range all {
		if a.AccountID == account {
			return a.Topics, nil
		}
	}
	return nil, err
}

// Package people serves the page on which the admins of a district give and
// withdraw roles.
package people

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// Files contains the template and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the page needs of the database.
type Store interface {
	Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
	GivenRoles(ctx context.Context, d *civic.District, limit int) ([]civic.GivenRole, error)
	GiveRole(ctx context.Context, d *civic.District, actor civic.Actor, g civic.Gift) (civic.GivenRole, error)
	WithdrawRole(ctx context.Context, d *civic.District, actor civic.Actor, grant int64, reason string) error
}

// Config configures the handlers. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of people.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	return []serve.Route{
		serve.Page("GET", "/d/{district}/people", serve.For(civic.GiveRole), serve.Read, h.list).WithQuery(serve.Parameters{Single: []string{"done"}}),
		serve.Page("POST", "/d/{district}/people", serve.For(civic.GiveRole), serve.Write, h.change),
	}
}

// maxRoles is the number of roles that the page shows.
const maxRoles = 1000

// peopleView is the data of the template people.html.
type peopleView struct {
	Action        string
	Roles         []string // that can be given
	Areas         []page.Option
	Organisations []page.Option // by name
	Langs         []page.Option
	Given         []given
	Ended         []given
	Done          string // what the user has just done: "given" or "withdrawn"
	Form          form
	Message       map[string]string // of each faulty field of the form
	Faults        page.Faults       // the same, in the order of the form
	Refusal       string            // why a role is not withdrawn; "" for none
}

// given is a role that somebody has or had.
type given struct {
	ID             int64
	Name, Email    string
	Role           string
	Area, AreaLang string    // "" for the whole district
	Organisation   string    // of a member; "" for none
	Since          civic.Day // on which it was given
	Until          civic.Day // the last day; 0 for a role without end
	You            bool
}

// form is what somebody has entered to give a role.
type form struct{ Email, Name, Language, Role, Area, Organisation, Until, Reason string }

// list shows who has which role.
func (h handlers) list(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	done := r.URL.Query().Get("done")
	if done != "given" && done != "withdrawn" {
		done = ""
	}
	return h.show(w, r, v, http.StatusOK, peopleView{Done: done})
}

// show shows the page with a view of which it sets what does not depend on the
// request.
func (h handlers) show(w http.ResponseWriter, r *http.Request, v *index.Version, status int, view peopleView) error {
	d := &v.District
	session, err := serve.SessionOf(r.Context())
	if err != nil {
		return err
	}
	all, err := h.Store.GivenRoles(r.Context(), d, maxRoles)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	for _, g := range all {
		item := given{ID: g.ID, Name: g.Name, Email: g.Email, Role: g.Role.String(), Organisation: g.Organisation, Since: d.DayOf(g.GivenAt), You: g.AccountID == session.Person.ID}
		if area, ok := d.AreaByID(g.AreaID); ok {
			item.Area, item.AreaLang = reader.In(area.Name), reader.OtherLanguage(area.Name)
		}
		if !g.Until.IsZero() {
			item.Until = d.DayOf(g.Until.Add(-time.Second))
		}
		if !g.WithdrawnAt.IsZero() {
			item.Until = d.DayOf(g.WithdrawnAt)
		}
		if g.Ended(h.Now()) {
			view.Ended = append(view.Ended, item)
		} else {
			view.Given = append(view.Given, item)
		}
	}
	view.Action = "/d/" + d.Slug + "/people"
	for _, role := range civic.GrantedRoles() {
		view.Roles = append(view.Roles, role.String())
	}
	view.Areas = reader.AreaOptions(view.Form.Area)
	if view.Organisations, err = h.organisations(r.Context(), d, view.Form.Organisation); err != nil {
		return err
	}
	for _, tag := range d.Languages {
		view.Langs = append(view.Langs, page.Option{Value: tag, Label: h.Pages.LanguageName(tag), Lang: tag, Chosen: tag == cmp.Or(view.Form.Language, d.Languages[0])})
	}
	p := h.Pages.Page(r, d, view)
	p.Title, p.Private, p.Form = reader.Text("title.people", "name", p.Name), true, true
	return h.Pages.Render(w, r, status, "people", p)
}

// maxOrganisations is the number of organisations that the form offers.
const maxOrganisations = 1000

// organisations returns the public organisations and working groups of a district by
// name.
func (h handlers) organisations(ctx context.Context, d *civic.District, chosen string) (all []page.Option, err error) {
	found, err := h.Store.Pins(ctx, d, civic.PinQuery{Filter: civic.Filter{Kinds: []civic.Kind{civic.Organisation}}, Limit: maxOrganisations})
	for _, pin := range found.Pins {
		id := strconv.FormatInt(pin.ID, 10)
		all = append(all, page.Option{Value: id, Label: pin.Title, Chosen: id == chosen})
	}
	if err == nil {
		var groups []civic.Described
		groups, err = h.Store.Things(ctx, d, civic.ThingQuery{Kind: civic.GroupThing, Publications: []civic.Publication{civic.Published}, Limit: maxOrganisations})
		for _, g := range groups {
			id := strconv.FormatInt(g.ID, 10)
			all = append(all, page.Option{Value: id, Label: g.Title, Chosen: id == chosen})
		}
	}
	by := collate.New(language.Make(d.Languages[0]))
	slices.SortStableFunc(all, func(a, b page.Option) int { return by.CompareString(a.Label, b.Label) })
	return all, err
}

// change gives or withdraws a role.
func (h handlers) change(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	switch r.PostForm.Get("do") {
	case "give":
		return h.give(w, r, v, actor)
	case "withdraw":
		return h.withdraw(w, r, v, actor)
	}
	return serve.BadForm("there is no such button", nil)
}

// give gives a role, or shows what is wrong with the form.
func (h handlers) give(w http.ResponseWriter, r *http.Request, v *index.Version, actor civic.Actor) error {
	q := r.PostForm
	in := form{q.Get("email"), q.Get("name"), q.Get("language"), q.Get("role"), q.Get("area"), q.Get("organisation"), strings.TrimSpace(q.Get("until")), q.Get("reason")}
	gift, faults := in.gift(&v.District)
	if faults == nil {
		_, err := h.Store.GiveRole(r.Context(), &v.District, actor, gift)
		switch {
		case err == nil:
			return redirect(w, "/d/"+v.District.Slug+"/people?done=given")
		case errors.Is(err, civic.ErrConflict):
			faults = civic.Faults{{Field: "role", Code: "held"}}
		case !errors.As(err, &faults):
			return err
		}
	}
	reader := h.Pages.Reader(r, &v.District)
	view := peopleView{Form: in, Message: map[string]string{}}
	for _, f := range faults {
		if !slices.Contains([]string{"missing", "held", "of_animator", "of_member", "past"}, f.Code) {
			f.Code = "malformed"
		}
		text := reader.Text("fault.role." + f.Field + "." + f.Code)
		view.Message[f.Field] = text
		view.Faults = append(view.Faults, page.Fault{Field: f.Field, Text: text})
	}
	return h.show(w, r, v, http.StatusUnprocessableEntity, view)
}

// gift returns the role that the form describes. It ends with the last day, in the
// time zone of the district.
func (in form) gift(d *civic.District) (civic.Gift, civic.Faults) {
	role, _ := civic.ParseRole(in.Role) // 0 is a fault of the gift
	g := civic.Gift{Email: in.Email, Name: in.Name, Role: role, Area: in.Area, Reason: in.Reason}
	g.Organisation, _ = strconv.ParseInt(in.Organisation, 10, 64) // 0 is a fault of a member's gift
	if slices.Contains(d.Languages, in.Language) {
		g.Language = in.Language
	}
	if in.Until == "" {
		return g, nil
	}
	last, err := time.ParseInLocation(time.DateOnly, in.Until, d.Zone())
	if err != nil {
		return g, civic.Faults{{Field: "until", Code: "malformed"}}
	}
	g.Until = last.AddDate(0, 0, 1)
	return g, nil
}

// withdraw withdraws a role, or shows why it remains.
func (h handlers) withdraw(w http.ResponseWriter, r *http.Request, v *index.Version, actor civic.Actor) error {
	id, err := strconv.ParseInt(r.PostForm.Get("grant"), 10, 64)
	if err != nil {
		return serve.BadForm("there is no such role", err)
	}
	err = h.Store.WithdrawRole(r.Context(), &v.District, actor, id, r.PostForm.Get("reason"))
	var key string
	switch {
	case err == nil:
		return redirect(w, "/d/"+v.District.Slug+"/people?done=withdrawn")
	case errors.Is(err, civic.ErrLastAdmin):
		key = "people.last_admin"
	case errors.Is(err, civic.ErrConflict):
		key = "people.ended_already"
	case errors.Is(err, civic.ErrInvalid):
		key = "people.no_reason"
	default:
		return err
	}
	return h.show(w, r, v, http.StatusUnprocessableEntity, peopleView{Refusal: h.Pages.Reader(r, &v.District).Text(key)})
}

// redirect redirects to a path of this site after a change.
func redirect(w http.ResponseWriter, path string) error {
	w.Header().Set("Location", path)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

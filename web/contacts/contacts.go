// Package contacts serves the personal page of a resident: what somebody who has
// proved an e-mail address sees of themselves, changes, takes along and erases.
package contacts

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/pins"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the templates and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the personal page needs of the database.
type Store interface {
	Resident(ctx context.Context, d *civic.District, id int64) (civic.Resident, error)
	ResidentPins(ctx context.Context, d *civic.District, id int64) ([]civic.Pin, error)
	ResidentAdvice(ctx context.Context, d *civic.District, contact int64) ([]civic.Thing, error)
	Follows(ctx context.Context, d *civic.District, contact int64) ([]civic.Follow, error)
	RegistrationsOf(ctx context.Context, d *civic.District, contact int64) (all []civic.Registration, paths []string, err error)
	CalendarToken(d *civic.District, contact int64) string
	SetResident(ctx context.Context, d *civic.District, id int64, language string, cadence civic.Cadence) error
	ExportResident(ctx context.Context, d *civic.District, id int64) (civic.ResidentExport, error)
	EraseContact(ctx context.Context, d *civic.District, actor civic.Actor, contact int64, texts bool) error
}

// Config configures the handlers. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of the personal page.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	const me = "/d/{district}/me"
	return []serve.Route{
		serve.Page("GET", me, serve.SignedIn, serve.Read, h.show).WithQuery(serve.Parameters{Single: []string{"saved"}}),
		serve.Page("POST", me, serve.SignedIn, serve.Write, h.act),
		serve.Page("GET", me+"/export", serve.SignedIn, serve.Read, h.export),
	}
}

// meView is the data of the template personal_page.html.
type meView struct {
	Action   string // path of the page
	Back     string // path of the map
	Resident civic.Resident
	Cadences []civic.Cadence
	Pins     []pinView
	Advice   []adviceView
	Ask      string // path of the form of a request for advice
	Follows  []follows.Item
	Events   []registrationView // for which the resident has registered
	Calendar string             // path of these and of the events that the resident follows, as iCalendar
	Saved    bool               // whether the settings have just been saved
	Unsure   bool               // whether the box was not ticked that an erasure needs
}

// adviceView is a request for advice of the resident.
type adviceView struct{ Title, URL, State string }

// registrationView is an event for which the resident has registered.
type registrationView struct {
	Title, When, URL string
	State            string // as civic.RegistrationState names it
}

// pinView is a pin of the resident.
type pinView struct {
	pins.Item
	Publication string // as civic.Publication names it
	HexOnly     bool   // whether it has no page that others can open
}

// visitor is a resident who has signed in, in a district.
type visitor struct {
	district *civic.District
	actor    civic.Actor
	civic.Resident
}

// visitor returns who makes the request. It leads a contact of another district to
// the page to sign in, and returns false. An account is no contact.
func (h handlers) visitor(w http.ResponseWriter, r *http.Request) (who visitor, ok bool, err error) {
	v, err := h.District(r)
	if err != nil {
		return visitor{}, false, err
	}
	who.district = &v.District
	if who.actor, err = serve.ActorOf(r.Context()); err != nil {
		return visitor{}, false, err
	}
	if who.actor.Kind != civic.Contact {
		return visitor{}, false, fmt.Errorf("the page of a contact: %w", civic.ErrForbidden)
	}
	who.Resident, err = h.Store.Resident(r.Context(), who.district, who.actor.ID)
	if errors.Is(err, civic.ErrNotFound) {
		w.Header().Set("Location", serve.SignInPath+"?"+url.Values{"next": {mePath(who.district)}}.Encode())
		w.WriteHeader(http.StatusSeeOther)
		return visitor{}, false, nil
	}
	return who, err == nil, err
}

// mePath returns the path of the personal page.
func mePath(d *civic.District) string { return "/d/" + d.Slug + "/me" }

// show shows the page.
func (h handlers) show(w http.ResponseWriter, r *http.Request) error {
	who, ok, err := h.visitor(w, r)
	if err != nil || !ok {
		return err
	}
	return h.render(w, r, who, http.StatusOK, meView{Saved: r.URL.Query().Has("saved")})
}

func (h handlers) render(w http.ResponseWriter, r *http.Request, who visitor, status int, view meView) error {
	found, err := h.Store.ResidentPins(r.Context(), who.district, who.ID)
	if err != nil {
		return err
	}
	asked, err := h.Store.ResidentAdvice(r.Context(), who.district, who.ID)
	if err != nil {
		return err
	}
	followed, err := h.Store.Follows(r.Context(), who.district, who.ID)
	if err != nil {
		return err
	}
	registered, paths, err := h.Store.RegistrationsOf(r.Context(), who.district, who.ID)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, who.district)
	for i, one := range registered {
		view.Events = append(view.Events, registrationView{one.Title, reader.Time(who.district.LocalTimeOf(one.Starts)), paths[i], string(one.State)})
	}
	view.Calendar = "/d/" + who.district.Slug + "/my-calendar/" + h.Store.CalendarToken(who.district, who.ID)
	view.Follows = follows.Items(who.district, reader, followed)
	view.Action, view.Back, view.Resident, view.Cadences = mePath(who.district), "/d/"+who.district.Slug, who.Resident, civic.Cadences()
	view.Ask = things.Path(who.district, civic.AdviceThing, 0) + "/new"
	for _, t := range asked {
		item := adviceView{t.Title, things.Path(who.district, t.Kind, t.ID), reader.Text(things.StateKey(t.Kind, t.State))}
		if t.Publication != t.Kind.Standing() {
			item.State = reader.Text("thing.state." + t.Publication.String())
		}
		view.Advice = append(view.Advice, item)
	}
	for _, p := range found {
		item := pinView{pins.NewItem(who.district, reader, p), p.Publication.String(), p.Category.Visibility == civic.HexOnly}
		if p.Publication != civic.Published {
			item.URL = ""
		}
		view.Pins = append(view.Pins, item)
	}
	p := h.Pages.Page(r, who.district, view)
	p.Title, p.Private = reader.Text("title.me"), true
	return h.Pages.Render(w, r, status, "personal_page", p)
}

// act saves the settings of the resident, or erases them.
func (h handlers) act(w http.ResponseWriter, r *http.Request) error {
	who, ok, err := h.visitor(w, r)
	if err != nil || !ok {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	switch r.PostForm.Get("do") {
	case "save":
		return h.save(w, r, who)
	case "erase":
		return h.erase(w, r, who)
	}
	return serve.BadForm("the form lacks what to do", nil)
}

// save sets the language and the cadence of mail.
func (h handlers) save(w http.ResponseWriter, r *http.Request, who visitor) error {
	language := r.PostForm.Get("language")
	cadence, err := civic.ParseCadence(r.PostForm.Get("cadence"))
	if err != nil || !slices.Contains(who.district.Languages, language) {
		return serve.BadForm("the language or the cadence is unknown", err)
	}
	if err := h.Store.SetResident(r.Context(), who.district, who.ID, language, cadence); err != nil {
		return err
	}
	w.Header().Set("Location", mePath(who.district)+"?saved=yes")
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// erase erases the resident, with their texts if they wish.
func (h handlers) erase(w http.ResponseWriter, r *http.Request, who visitor) error {
	texts := r.PostForm.Get("texts")
	if r.PostForm.Get("sure") == "" || texts != "erase" && texts != "keep" {
		return h.render(w, r, who, http.StatusUnprocessableEntity, meView{Unsure: true})
	}
	if err := h.Store.EraseContact(r.Context(), who.district, who.actor, who.ID, texts == "erase"); err != nil {
		return err
	}
	p := h.Pages.Page(r, who.district, meView{Back: "/d/" + who.district.Slug})
	p.Title, p.Private = h.Pages.Reader(r, who.district).Text("title.me_erased"), true
	return h.Pages.Render(w, r, http.StatusOK, "erased_page", p)
}

// export sends everything that is held about the resident, as a file.
func (h handlers) export(w http.ResponseWriter, r *http.Request) error {
	who, ok, err := h.visitor(w, r)
	if err != nil || !ok {
		return err
	}
	all, err := h.Store.ExportResident(r.Context(), who.district, who.ID)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the export of a contact: %w", err)
	}
	header := w.Header()
	header.Set("Content-Type", serve.TypeJSON)
	header.Set("Content-Disposition", `attachment; filename="pinezka-`+who.district.Slug+`-me.json"`)
	header.Set("Cache-Control", serve.PrivateNoStore)
	_, err = w.Write(append(body, '\n'))
	return err //nolint:wrapcheck // of the connection
}

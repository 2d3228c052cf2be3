package follows

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// followView is the data of the template follow.html.
type followView struct {
	What     Followed
	Action   string
	Back     string // path of the page that leads here
	Known    bool   // whether a contact follows, so that no address is needed
	Email    string
	Fault    string // what is wrong with the address; "" for nothing
	Cadences []page.Option
	LeftOut  bool // whether words, a hex or a period cannot be followed
}

// Followed is what somebody follows, for a reader.
type Followed struct {
	Title string // of a thing; "" for what a filter selects
	URL   string // path of its page; "" for a thing that has none any more
	Names []Name // of what the filter selects; none for the whole district
}

// Name is a text of the district or of the program.
type Name struct{ Text, Lang string } // Lang is "" for that of the page

// NewFollowed returns what a contact of the district follows, for the reader.
func NewFollowed(d *civic.District, reader *page.Reader, f civic.Follow) Followed {
	home := "/d/" + d.Slug
	if f.ThingID != 0 {
		out := Followed{Title: f.Title}
		if f.Kind != 0 {
			out.URL = fmt.Sprintf("%s/%s/%d", home, f.Kind.Plural(), f.ThingID)
		}
		return out
	}
	out := Followed{URL: serve.WithQuery(home, f.Filter.Values())}
	for _, k := range f.Filter.Kinds {
		out.Names = append(out.Names, Name{Text: reader.Text("kinds." + k.String())})
	}
	for _, slug := range f.Filter.Categories {
		if c, ok := d.Category(slug); ok {
			out.Names = append(out.Names, Name{reader.In(c.Label), reader.OtherLanguage(c.Label)})
		}
	}
	for _, s := range f.Filter.Statuses {
		out.Names = append(out.Names, Name{Text: reader.Text("status." + s.String())})
	}
	for _, slug := range f.Filter.Areas {
		if a, ok := d.Area(slug); ok {
			out.Names = append(out.Names, Name{reader.In(a.Name), reader.OtherLanguage(a.Name)})
		}
	}
	return out
}

// Cadences returns how often somebody can be told, of which one is chosen.
func Cadences(reader *page.Reader, chosen civic.Cadence) (all []page.Option) {
	for _, c := range civic.Cadences() {
		all = append(all, page.Option{Value: c.String(), Label: reader.Text("cadence." + c.String()), Chosen: c == chosen})
	}
	return all
}

// asked returns what the query of a request says to follow, and its title.
func (h handlers) asked(r *http.Request, d *civic.District) (f civic.Follow, err error) {
	q := r.URL.Query()
	if q.Has("thing") {
		if f.ThingID, err = parseID(q.Get("thing")); err != nil {
			return f, err
		}
		t, err := h.Store.PublicThing(r.Context(), d, f.ThingID)
		if err == nil && !t.Kind.CanBeFollowed() {
			err = fmt.Errorf("follow a %s: %w", t.Kind, civic.ErrNotFound)
		}
		f.Kind, f.Title = t.Kind, t.Title
		return f, err
	}
	f.Filter, err = d.ParseFollowed(q)
	var faults civic.Faults
	if errors.As(err, &faults) {
		return f, serve.BadParameter(faults[0].Field, faults[0].Detail)
	}
	return f, err
}

// newView returns the page of the form.
func (h handlers) newView(r *http.Request, d *civic.District, f civic.Follow, chosen civic.Cadence) (followView, error) {
	q, reader := r.URL.Query(), h.Pages.Reader(r, d)
	contact, err := contactOf(r, d)
	if err != nil {
		return followView{}, err
	}
	view := followView{
		What: NewFollowed(d, reader, f), Known: contact != 0, Cadences: Cadences(reader, chosen), Back: serve.WithQuery("/d/"+d.Slug, q),
		LeftOut: q.Has("q") || q.Has("cell") || q.Has("from") || q.Has("to"), Action: followPath(d, f),
	}
	if f.ThingID != 0 {
		view.Back, view.LeftOut = view.What.URL, false
	}
	return view, nil
}

// ThingPath returns the path of the page where one begins to follow a thing.
func ThingPath(d *civic.District, thing int64) string {
	return fmt.Sprintf("/d/%s/follow?thing=%d", d.Slug, thing)
}

// followPath returns the path of the page where one begins to follow.
func followPath(d *civic.District, f civic.Follow) string {
	if f.ThingID != 0 {
		return ThingPath(d, f.ThingID)
	}
	return serve.WithQuery("/d/"+d.Slug+"/follow", f.Filter.Values())
}

// form shows the form to follow something.
func (h handlers) form(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	f, err := h.asked(r, &v.District)
	if err != nil {
		return err
	}
	view, err := h.newView(r, &v.District, f, civic.Daily)
	if err != nil {
		return err
	}
	return h.show(w, r, &v.District, http.StatusOK, "follow", view)
}

// show shows a page of following, of which no search engine should learn.
func (h handlers) show(w http.ResponseWriter, r *http.Request, d *civic.District, status int, name string, view any) error {
	p := h.Pages.Page(r, d, view)
	p.Title = h.Pages.Reader(r, d).Text("title." + name)
	p.Private, p.Form = true, true
	return h.Pages.Render(w, r, status, name, p)
}

// follow begins what a contact follows, and sends a mail to somebody else. The page
// is the same whether anybody knows the address.
func (h handlers) follow(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	f, err := h.asked(r, d)
	if err != nil {
		return err
	}
	cadence, err := civic.ParseCadence(r.PostForm.Get("cadence"))
	if err != nil {
		return serve.BadForm(err.Error(), err)
	}
	view, err := h.newView(r, d, f, cadence)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	asked := civic.NewFollow{ThingID: f.ThingID, Filter: f.Filter, Cadence: cadence, Language: reader.Lang}
	if asked.ContactID, err = contactOf(r, d); err != nil {
		return err
	}
	if asked.ContactID != 0 {
		if err := h.Store.Follow(r.Context(), d, asked); err != nil {
			return err
		}
		return redirect(w, "/d/"+d.Slug+"/me")
	}
	if view.Email = strings.TrimSpace(r.PostForm.Get("email")); !civic.IsEmail(view.Email) {
		view.Fault = reader.Text("follow.fault.email")
		return h.show(w, r, d, http.StatusUnprocessableEntity, "follow", view)
	}
	if err := h.Asking.Admit(serve.ClientOf(r.Context())); err != nil {
		var p *serve.Problem
		if errors.As(err, &p) {
			p.Page, p.Detail = "too_many_mails", "your address may ask for a few mails at once, and for more in a moment"
		}
		return err
	}
	asked.Email = view.Email
	if err := h.Store.Follow(r.Context(), d, asked); err != nil {
		return err
	}
	return h.show(w, r, d, http.StatusOK, "follow_sent", view)
}

// tokenView is the data of the templates of what the link in a mail does.
type tokenView struct {
	What   Followed
	Action string
	Home   string
	End    string // what is ended: follow, thing or cadence
	Done   bool
}

// confirmation shows what a link confirms, and the button that does so. It changes
// nothing: programs that check mail open links.
func (h handlers) confirmation(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	if err := h.Store.CheckConfirmation(d, r.PathValue("token")); err != nil {
		return err
	}
	view := tokenView{Action: "/d/" + d.Slug + "/confirm/" + url.PathEscape(r.PathValue("token")), Home: "/d/" + d.Slug}
	return h.show(w, r, d, http.StatusOK, "confirm", view)
}

// confirm confirms an address, and what was to be followed.
func (h handlers) confirm(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	f, err := h.Store.ConfirmByMail(r.Context(), d, r.PathValue("token"))
	if err != nil {
		return err
	}
	view := tokenView{Done: true, Home: "/d/" + d.Slug}
	if f.ID != 0 {
		view.End, view.What = "follow", NewFollowed(d, h.Pages.Reader(r, d), f)
	}
	return h.show(w, r, d, http.StatusOK, "confirm", view)
}

// end shows what a link ends, and the button that does so.
func (h handlers) end(w http.ResponseWriter, r *http.Request) error {
	return h.unsubscribeBy(w, r, false)
}

// unsubscribe ends what a link names and nothing else. Mail programs send the
// request without a page of ours (RFC 8058), so it needs no cookie.
func (h handlers) unsubscribe(w http.ResponseWriter, r *http.Request) error {
	return h.unsubscribeBy(w, r, true)
}

func (h handlers) unsubscribeBy(w http.ResponseWriter, r *http.Request, act bool) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	end, f, err := h.Store.End(r.Context(), d, r.PathValue("token"))
	if err != nil {
		return err
	}
	if act {
		if err := h.Store.EndFollow(r.Context(), d, end); err != nil {
			return err
		}
	}
	view := tokenView{
		Done: act || !f.EndedAt.IsZero(), Home: "/d/" + d.Slug,
		Action: "/d/" + d.Slug + "/unsubscribe/" + url.PathEscape(r.PathValue("token")),
	}
	switch {
	case end.Follow != 0:
		view.End, view.What = "follow", NewFollowed(d, h.Pages.Reader(r, d), f)
	case end.Thing != 0:
		view.End = "thing"
	default:
		view.End = "cadence"
	}
	return h.show(w, r, d, http.StatusOK, "unsubscribe", view)
}

// change changes or ends a follow of the contact who has signed in.
func (h handlers) change(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	contact, err := contactOf(r, d)
	if err != nil {
		return err
	}
	id, err := serve.PathID(r, "follow")
	if err == nil && contact == 0 {
		err = fmt.Errorf("follow %d: %w", id, civic.ErrNotFound)
	}
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	if r.PostForm.Get("do") == "end" {
		err = h.Store.EndFollow(r.Context(), d, civic.End{ContactID: contact, Follow: id})
	} else {
		var cadence civic.Cadence
		if cadence, err = civic.ParseCadence(r.PostForm.Get("cadence")); err != nil {
			return serve.BadForm(err.Error(), err)
		}
		err = h.Store.ChangeFollow(r.Context(), d, contact, id, cadence)
	}
	if err != nil {
		return err
	}
	return redirect(w, "/d/"+d.Slug+"/me#follows")
}

package accounts

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// accountView is the data of the template account.html.
type accountView struct {
	Details  civic.AccountDetails // zero for a contact
	Me       string               // path of the personal page of a contact; otherwise ""
	Langs    []page.Option
	Roles    []roleView // in force
	Past     []roleView // that have ended
	Sessions []sessionView
	Others   bool              // whether there are other sessions than that of this browser
	Ended    bool              // whether the user has just ended one
	Saved    bool              // whether the user has just saved the name or the language
	Message  map[string]string // of each faulty field: name, language
	Refusal  string            // why the account is not closed; "" for none
}

// roleView is a role of the user.
type roleView struct {
	District, DistrictLang string
	Path                   string    // of the map of the district
	Role                   string    // as civic.Role names it
	Area, AreaLang         string    // "" for the whole district
	Organisation           string    // of a member; otherwise ""
	OrganisationPath       string    // of its page
	Since                  civic.Day // on which it was given
	Until                  civic.Day // the last day; 0 for a role without end
}

// sessionView is a session of the user.
type sessionView struct {
	ID      int64
	Device  string
	Current bool
	Since   civic.Day // on which it began
	Used    string    // key of the text that tells when it was used, without more precision than is needed to recognize it
}

// maxRoles is the number of roles that the page shows.
const maxRoles = 200

// account shows what somebody who has signed in may know of their account.
func (h handlers) account(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	return h.showAccount(w, r, http.StatusOK, accountView{Ended: q.Has("ended"), Saved: q.Has("saved")})
}

// showAccount shows the page with a view of which it sets what does not depend on
// the request. What was entered and is faulty stays.
func (h handlers) showAccount(w http.ResponseWriter, r *http.Request, status int, view accountView) error {
	session, err := serve.SessionOf(r.Context())
	if err != nil {
		return err
	}
	all, err := h.Store.Sessions(r.Context(), session.Person)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, nil)
	for _, s := range all {
		view.Sessions = append(view.Sessions, sessionView{
			ID: s.ID, Device: s.Device, Current: s.ID == session.ID,
			Since: h.dayOf(session, s.CreatedAt), Used: usedKey(h.Now().Sub(s.LastUsedAt)),
		})
	}
	view.Others = len(all) > 1
	if session.Kind == civic.Contact {
		view.Me = h.ownPage(session.Person)
	} else if err := h.describe(r, session, reader, &view); err != nil {
		return err
	}
	p := h.Pages.Page(r, nil, view)
	for _, l := range p.Languages {
		view.Langs = append(view.Langs, page.Option{Value: l.Tag, Label: l.Name, Lang: l.Tag, Chosen: l.Tag == view.Details.Language})
	}
	p.View = view
	p.Title, p.Private, p.Form = reader.Text("title.account"), true, true
	return h.Pages.Render(w, r, status, "account", p)
}

// dayOf returns the day of a time in the time zone of the district of a contact, or
// of one in which an account has a role; in UTC for an account without any.
func (h handlers) dayOf(session civic.Session, at time.Time) civic.Day {
	for _, v := range h.Live.Districts() {
		id := v.District.ID
		if id == session.DistrictID || slices.ContainsFunc(session.Grants, func(g civic.Grant) bool { return g.DistrictID == id }) {
			return v.District.DayOf(at)
		}
	}
	return civic.DayOf(at.UTC())
}

// describe sets the details and the roles of an account.
func (h handlers) describe(r *http.Request, session civic.Session, reader *page.Reader, view *accountView) error {
	details, err := h.Store.Account(r.Context(), session.Person.ID)
	if err != nil {
		return err
	}
	if view.Message != nil { // what was entered stays
		details.Name, details.Language = view.Details.Name, view.Details.Language
	}
	view.Details = details
	given, err := h.Store.RolesOf(r.Context(), session.Person.ID, maxRoles)
	if err != nil {
		return err
	}
	for _, g := range given {
		role, ok := h.role(g, reader)
		switch {
		case !ok:
		case g.Ended(h.Now()):
			view.Past = append(view.Past, role)
		default:
			view.Roles = append(view.Roles, role)
		}
	}
	return nil
}

// usedKey returns the key of the text for how long ago a session was used.
func usedKey(ago time.Duration) string {
	switch {
	case ago < time.Hour:
		return "account.used.now"
	case ago < 24*time.Hour:
		return "account.used.today"
	}
	return "account.used.before"
}

// role returns a role as the page shows it, and whether its district is known.
func (h handlers) role(g civic.GivenRole, reader *page.Reader) (roleView, bool) {
	for _, v := range h.Live.Districts() {
		d := &v.District
		if d.ID != g.DistrictID {
			continue
		}
		role := roleView{
			District: d.Text(d.Name, reader.Lang), DistrictLang: otherLanguage(d, d.Name, reader.Lang), Path: "/d/" + d.Slug,
			Role: g.Role.String(), Organisation: g.Organisation, Since: d.DayOf(g.GivenAt),
		}
		if g.Organisation != "" {
			role.OrganisationPath = fmt.Sprintf("/d/%s/%s/%d", d.Slug, g.Of.Plural(), g.OrganisationID)
		}
		if area, ok := d.AreaByID(g.AreaID); ok {
			role.Area, role.AreaLang = d.Text(area.Name, reader.Lang), otherLanguage(d, area.Name, reader.Lang)
		}
		if !g.Until.IsZero() {
			role.Until = d.DayOf(g.Until.Add(-time.Second))
		}
		if !g.WithdrawnAt.IsZero() {
			role.Until = d.DayOf(g.WithdrawnAt)
		}
		return role, true
	}
	return roleView{}, false
}

// otherLanguage returns the language of a text of a district, or "" if it is that
// of the page.
func otherLanguage(d *civic.District, t civic.Text, lang string) string {
	if other := t.Language(lang, d.Languages...); other != lang {
		return other
	}
	return ""
}

// change does what the button says that was pressed.
func (h handlers) change(w http.ResponseWriter, r *http.Request) error {
	session, err := serve.SessionOf(r.Context())
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	do := r.PostForm.Get("do")
	switch {
	case do == "":
		return h.endSessions(w, r, session)
	case session.Kind != civic.Account:
		return fmt.Errorf("%s an account: %w", do, civic.ErrForbidden)
	case do == "save":
		return h.save(w, r, session)
	case do == "close":
		return h.closeAccount(w, r, session)
	}
	return serve.BadForm("there is no such button", nil)
}

// endSessions ends one session of whoever has signed in, or all but that of the
// browser.
func (h handlers) endSessions(w http.ResponseWriter, r *http.Request, session civic.Session) (err error) {
	if r.PostForm.Get("end") == "others" {
		err = h.Store.EndOtherSessions(r.Context(), session.Person, session.ID)
	} else {
		id, parseErr := strconv.ParseInt(r.PostForm.Get("end"), 10, 64)
		if parseErr != nil {
			return serve.BadForm("there is no such button", parseErr)
		}
		err = h.Store.EndSession(r.Context(), session.Person, id)
	}
	if err != nil {
		return err
	}
	return h.redirect(w, "/account?ended=yes")
}

// save sets the name of the account and the language of mail to it.
func (h handlers) save(w http.ResponseWriter, r *http.Request, session civic.Session) error {
	var tags []string
	for _, l := range h.Pages.Page(r, nil, nil).Languages {
		tags = append(tags, l.Tag)
	}
	typed, language := r.PostForm.Get("name"), r.PostForm.Get("language")
	name, err := civic.CheckAccount(typed, language, tags)
	var faults civic.Faults
	if errors.As(err, &faults) {
		view := accountView{Details: civic.AccountDetails{Name: typed, Language: language}, Message: map[string]string{}}
		for _, f := range faults {
			view.Message[f.Field] = h.Pages.Reader(r, nil).Text("account.fault." + f.Field)
		}
		return h.showAccount(w, r, http.StatusUnprocessableEntity, view)
	}
	if err == nil {
		err = h.Store.SetAccount(r.Context(), session.Person.ID, name, language)
	}
	if err != nil {
		return err
	}
	return h.redirect(w, "/account?saved=yes")
}

// closeAccount closes the account, or shows why it stays.
func (h handlers) closeAccount(w http.ResponseWriter, r *http.Request, session civic.Session) error {
	reader := h.Pages.Reader(r, nil)
	if r.PostForm.Get("sure") == "" {
		return h.showAccount(w, r, http.StatusUnprocessableEntity, accountView{Refusal: reader.Text("account.unsure")})
	}
	err := h.Store.CloseAccount(r.Context(), session.Person.ID)
	if errors.Is(err, civic.ErrLastAdmin) {
		return h.showAccount(w, r, http.StatusUnprocessableEntity, accountView{Refusal: reader.Text("account.last_admin")})
	}
	if err != nil {
		return err
	}
	h.ForgetSession(w, r)
	p := h.Pages.Page(r, nil, nil)
	p.Title, p.Private = reader.Text("title.account_closed"), true
	p.ForgetVisitor()
	return h.Pages.Render(w, r, http.StatusOK, "account_closed", p)
}

// export sends everything that is held about the account, as a file. A contact has
// that on the personal page.
func (h handlers) export(w http.ResponseWriter, r *http.Request) error {
	session, err := serve.SessionOf(r.Context())
	if err != nil {
		return err
	}
	if session.Kind != civic.Account {
		return fmt.Errorf("export an account: %w", civic.ErrForbidden)
	}
	all, err := h.Store.ExportAccount(r.Context(), session.Person.ID)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the export of an account: %w", err)
	}
	header := w.Header()
	header.Set("Content-Type", serve.TypeJSON)
	header.Set("Content-Disposition", `attachment; filename="pinezka-account.json"`)
	header.Set("Cache-Control", serve.PrivateNoStore)
	_, err = w.Write(append(body, '\n'))
	return err //nolint:wrapcheck // of the connection
}

// extend extends the session and responds when it ends now.
func (h handlers) extend(w http.ResponseWriter, r *http.Request) error {
	session, err := serve.SessionOf(r.Context())
	if err != nil {
		return err
	}
	if err := h.Store.ExtendSession(r.Context(), session); err != nil {
		return err
	}
	ends := session.LastsUntil
	if idle := h.Now().Add(civic.AccountIdle); session.Kind == civic.Account && idle.Before(ends) {
		ends = idle
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.PrivateNoStore, map[string]string{"ends": ends.UTC().Format(time.RFC3339)})
}

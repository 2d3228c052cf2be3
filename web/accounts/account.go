package accounts

import (
	"net/http"
	"strconv"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// accountView is the data of the template account.html.
type accountView struct {
	Name     string // of an account; "" for a contact
	Roles    []roleView
	Sessions []sessionView
	Others   bool // whether there are other sessions than that of this browser
	Ended    bool // whether the user has just ended one
}

// roleView is a role of the user.
type roleView struct {
	District, DistrictLang string
	Path                   string    // of the map of the district
	Role                   string    // as civic.Role names it
	Area, AreaLang         string    // "" for the whole district
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

// account shows the roles and the sessions of whoever has signed in.
func (h handlers) account(w http.ResponseWriter, r *http.Request) error {
	session, err := serve.SessionOf(r.Context())
	if err != nil {
		return err
	}
	all, err := h.Store.Sessions(r.Context(), session.Person)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, nil)
	view := accountView{Name: session.Name, Roles: h.roles(session, reader), Ended: r.URL.Query().Has("ended")}
	for _, s := range all {
		view.Sessions = append(view.Sessions, sessionView{
			ID: s.ID, Device: s.Device, Current: s.ID == session.ID,
			Since: civic.DayOf(s.CreatedAt), Used: usedKey(h.Now().Sub(s.LastUsedAt)),
		})
	}
	view.Others = len(all) > 1
	p := h.Pages.Page(r, nil, view)
	p.Title, p.Private, p.Form = reader.Text("title.account"), true, true
	return h.Pages.Render(w, r, http.StatusOK, "account", p)
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

// roles returns the roles of a session by district.
func (h handlers) roles(session civic.Session, reader *page.Reader) (all []roleView) {
	for _, g := range session.Grants {
		for _, v := range h.Live.Districts() {
			d := &v.District
			if d.ID != g.DistrictID {
				continue
			}
			role := roleView{District: d.Text(d.Name, reader.Lang), Path: "/d/" + d.Slug, Role: g.Role.String()}
			role.DistrictLang = otherLanguage(d, d.Name, reader.Lang)
			if area, ok := d.AreaByID(g.AreaID); ok {
				role.Area, role.AreaLang = d.Text(area.Name, reader.Lang), otherLanguage(d, area.Name, reader.Lang)
			}
			if !g.Until.IsZero() {
				role.Until = d.DayOf(g.Until.Add(-time.Second))
			}
			all = append(all, role)
		}
	}
	return all
}

// otherLanguage returns the language of a text of a district, or "" if it is that
// of the page.
func otherLanguage(d *civic.District, t civic.Text, lang string) string {
	if other := t.Language(lang, d.Languages...); other != lang {
		return other
	}
	return ""
}

// endSessions ends one session of whoever has signed in, or all but that of the
// browser.
func (h handlers) endSessions(w http.ResponseWriter, r *http.Request) error {
	session, err := serve.SessionOf(r.Context())
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return badForm(err.Error(), err)
	}
	if r.PostForm.Get("end") == "others" {
		err = h.Store.EndOtherSessions(r.Context(), session.Person, session.ID)
	} else {
		id, parseErr := strconv.ParseInt(r.PostForm.Get("end"), 10, 64)
		if parseErr != nil {
			return badForm("there is no such button", parseErr)
		}
		err = h.Store.EndSession(r.Context(), session.Person, id)
	}
	if err != nil {
		return err
	}
	return h.redirect(w, "/account?ended=yes")
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

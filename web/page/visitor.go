package page

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// visitor is what the layout shows to whoever reads the page.
type visitor struct {
	SignIn   string // path of the page to sign in, which leads back; "" for somebody who has signed in, and where that is unknown
	SignedIn bool
	Name     string    // of an account; "" for a contact
	Pages    []ownPage // of the visitor
	Ends     string    // RFC 3339: when the session ends unless it is extended; "" for one that is not extended
}

// ownPage is a page in the menu of a visitor. Key is that of its text.
type ownPage struct{ Key, Path string }

// ForgetVisitor makes a page that of somebody who has not signed in, as after the
// end of their session.
func (p *Page) ForgetVisitor() { p.Visitor = visitor{SignIn: serve.SignInPath} }

// visitor returns who reads a page of a district, which may be nil.
func (p *Renderer) visitor(r *http.Request, d *civic.District) visitor {
	session, err := serve.SessionOf(r.Context())
	switch {
	case err != nil: // the page is shown all the same
		p.cfg.Logger.WarnContext(r.Context(), "cannot tell who reads a page", "err", err)
		return visitor{}
	case !session.SignedIn() && strings.HasPrefix(r.URL.Path, serve.SignInPath):
		return visitor{}
	case !session.SignedIn():
		out := visitor{SignIn: serve.SignInPath}
		if back := serve.ReturnPath(r.URL.RequestURI()); back != "" && r.Method != http.MethodPost {
			out.SignIn += "?next=" + url.QueryEscape(back)
		}
		return out
	case session.Kind == civic.Contact:
		out := visitor{SignedIn: true}
		for _, v := range p.cfg.Service.Live.Districts() {
			if v.District.ID == session.DistrictID {
				home := "/d/" + v.District.Slug
				out.Pages = append(out.Pages, ownPage{"visitor.today", home + "/today"}, ownPage{"visitor.me", home + "/me"})
			}
		}
		out.Pages = append(out.Pages, ownPage{"visitor.account", "/account"})
		return out
	}
	out := visitor{SignedIn: true, Name: session.Name, Ends: session.EndsAt.UTC().Format(time.RFC3339)}
	if d != nil {
		may := func(action civic.Action) bool {
			return civic.CanSomewhere(session.Actor(), action, 0, d.ID, p.cfg.Service.Now()) == nil
		}
		if session.Actor().HasRole(d.ID, p.cfg.Service.Now()) {
			out.Pages = append(out.Pages, ownPage{"visitor.today", "/d/" + d.Slug + "/today"})
		}
		if may(civic.SeeDesk) {
			out.Pages = append(out.Pages, ownPage{"visitor.desk", "/d/" + d.Slug + "/desk"})
		}
		if may(civic.GiveRole) {
			out.Pages = append(out.Pages, ownPage{"visitor.people", "/d/" + d.Slug + "/people"})
		}
	}
	out.Pages = append(out.Pages, ownPage{"visitor.account", "/account"})
	return out
}

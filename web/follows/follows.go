// Package follows serves what residents do without an account about what others
// have reported: to say "mine too", to follow a thing or all that a filter selects,
// and to end that.
package follows

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// Files contains the templates and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what follows need of the database.
type Store interface {
	Voices
	Pin(ctx context.Context, d *civic.District, id int64) (civic.Pin, error)
	PublicThing(ctx context.Context, d *civic.District, id int64) (civic.Thing, error)
	Support(ctx context.Context, d *civic.District, thing int64, v civic.Voice) error
	WithdrawSupport(ctx context.Context, d *civic.District, thing int64, v civic.Voice) error
	Follow(ctx context.Context, d *civic.District, f civic.NewFollow) error
	CheckConfirmation(d *civic.District, token string) error
	ConfirmByMail(ctx context.Context, d *civic.District, token string) (civic.Follow, error)
	End(ctx context.Context, d *civic.District, token string) (civic.End, civic.Follow, error)
	EndFollow(ctx context.Context, d *civic.District, end civic.End) error
	ChangeFollow(ctx context.Context, d *civic.District, contact, id int64, c civic.Cadence) error
}

// Config configures the handlers of follows. Every field is required.
type Config struct {
	*serve.Service
	Pages  *page.Renderer
	Store  Store
	Asking *serve.WriteLimiter // of requests for a mail
}

type handlers struct{ Config }

// Routes returns the routes of follows.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	followed := serve.Parameters{Single: []string{"thing", "q", "cell", "from", "to", "scale"}, Repeated: serve.FilterQuery().Repeated}
	return []serve.Route{
		serve.Page("GET", "/d/{district}/pins/{id}/support", serve.Public, serve.Read, h.supportPage),
		serve.Page("POST", "/d/{district}/pins/{id}/support", serve.Public, serve.Write, h.support),
		serve.Page("GET", "/d/{district}/follow", serve.Public, serve.Read, h.form).WithQuery(followed),
		serve.Page("POST", "/d/{district}/follow", serve.Public, serve.Write, h.follow).WithQuery(followed),
		serve.Page("GET", "/d/{district}/confirm/{token}", serve.Public, serve.Read, h.confirmation),
		serve.Page("POST", "/d/{district}/confirm/{token}", serve.Public, serve.Write, h.confirm),
		serve.Page("GET", "/d/{district}/unsubscribe/{token}", serve.Public, serve.Read, h.end),
		serve.Page("POST", "/d/{district}/unsubscribe/{token}", serve.Public, serve.Write, h.unsubscribe).FromAnySite(),
		serve.Page("POST", "/d/{district}/me/follows/{id}", serve.SignedIn, serve.Write, h.change),
	}
}

// contactOf returns the id of the contact of the district who makes a request, or 0.
func contactOf(r *http.Request, d *civic.District) (int64, error) {
	session, err := serve.SessionOf(r.Context())
	if err != nil || session.Kind != civic.Contact || session.DistrictID != d.ID {
		return 0, err
	}
	return session.Person.ID, nil
}

// parseID returns the id of a thing in a request.
func parseID(s string) (int64, error) {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil || id < 1 {
		return 0, fmt.Errorf("thing %q: %w", s, civic.ErrNotFound)
	}
	return id, nil
}

// redirect redirects to a path of this site. The response depends on who asks.
func redirect(w http.ResponseWriter, path string) error {
	w.Header().Set("Location", path)
	w.Header().Set("Cache-Control", serve.NoStore)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

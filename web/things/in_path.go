package things

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// Finder finds a thing in the database.
type Finder interface {
	Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error)
}

// PublicInPath returns the public thing of a kind in the path of a request, with what it
// says. It returns civic.ErrNotFound for one of another kind, and for one that is not
// public.
func PublicInPath(r *http.Request, store Finder, d *civic.District, kind civic.ThingKind) (civic.Described, civic.Record, error) {
	return inPath(r, store, d, kind, func(t civic.Thing) bool { return t.Publication == civic.Published })
}

// KnownInPath returns the thing of a kind in the path of a request, with what it says. It
// returns civic.ErrNotFound for one of another kind, and for one that the actor may not
// know of; the thing itself with it, which must then not be shown.
func KnownInPath(r *http.Request, store Finder, d *civic.District, kind civic.ThingKind, actor civic.Actor, now time.Time) (civic.Described, civic.Record, error) {
	return inPath(r, store, d, kind, func(t civic.Thing) bool { return civic.CanKnow(actor, t, false, now) })
}

func inPath(r *http.Request, store Finder, d *civic.District, kind civic.ThingKind, known func(civic.Thing) bool) (t civic.Described, says civic.Record, err error) {
	id, err := serve.PathID(r, kind.String())
	if err != nil {
		return t, says, err
	}
	if t, err = store.Thing(r.Context(), d, id); err != nil {
		return t, says, err
	}
	if t.Kind != kind || !known(t.Thing) {
		return t, says, fmt.Errorf("%s %d: %w", kind, id, civic.ErrNotFound)
	}
	says, _ = t.Content.(civic.Record)
	return t, says, nil
}

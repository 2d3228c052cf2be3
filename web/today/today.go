// Package today serves what needs somebody today: whoever has a role in a district,
// and residents who were asked something. Each line says what it is and why it is
// there, and leads to where something can be done about it.
package today

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// Files contains the template, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Store is what the page needs of the database.
type Store interface {
	Today(ctx context.Context, d *civic.District, actor civic.Actor, q civic.TodayQuery) (civic.Today, error)
	CountQueues(ctx context.Context, d *civic.District, actor civic.Actor, areas []int32, now time.Time) (civic.QueueCounts, error)
}

// Config configures the handlers. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of the page.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	return []serve.Route{
		serve.Page("GET", "/d/{district}/today", serve.SignedIn, serve.Read, h.page).WithQuery(serve.Parameters{Single: []string{"section", "skip"}}),
		serve.API("GET", "/api/v1/districts/{district}/today", serve.SignedIn, serve.Read, h.api),
	}
}

const (
	sectionItems = 5       // of a section among others
	pageSize     = 50      // items of a section alone
	maxSkip      = 100_000 // items
)

// found is what needs whoever makes a request.
type found struct {
	civic.Today
	d      *civic.District
	actor  civic.Actor
	day    civic.Day
	query  civic.TodayQuery
	queues []queue // of the desk in which something waits
	needs  civic.Filter
}

// queue is a queue of the desk with how much waits in it.
type queue struct {
	Name  string
	Count int
	URL   string
}

// find returns what needs whoever makes a request. It returns civic.ErrForbidden for
// somebody who has no role in the district and is no contact of it.
func (h handlers) find(r *http.Request) (f found, err error) {
	v, err := h.District(r)
	if err != nil {
		return f, err
	}
	f.d = &v.District
	if f.actor, err = serve.ActorOf(r.Context()); err != nil {
		return f, err
	}
	now := h.Now()
	f.day = f.d.DayOf(now)
	if f.query, err = parseQuery(r.URL.Query(), now); err != nil {
		return f, err
	}
	if f.Today, err = h.Store.Today(r.Context(), f.d, f.actor, f.query); err != nil {
		return f, err
	}
	if !f.Contact && !f.actor.HasRole(f.d.ID, now) {
		return f, fmt.Errorf("what needs somebody without a role: %w", civic.ErrForbidden)
	}
	if err := h.countNeeds(r.Context(), v, &f); err != nil || f.query.Section != 0 {
		return f, err
	}
	return f, h.countQueues(r.Context(), &f)
}

// parseQuery returns what the parameters of a request select.
func parseQuery(q url.Values, now time.Time) (civic.TodayQuery, error) {
	out := civic.TodayQuery{Limit: sectionItems, Now: now}
	var err error
	if q.Has("section") {
		out.Limit = pageSize
		if out.Section, err = civic.ParseTodaySection(q.Get("section")); err != nil {
			return out, serve.BadParameter("section", "must be a section, such as deadlines")
		}
	}
	if q.Has("skip") {
		if out.Skip, err = strconv.Atoi(q.Get("skip")); err != nil || out.Skip < 0 || out.Skip > maxSkip {
			return out, serve.BadParameter("skip", fmt.Sprintf("must be a whole number from 0 to %d", maxSkip))
		}
	}
	return out, nil
}

// countNeeds counts the needs without a diagnosis, as the map does with the filter to
// which the page leads.
func (h handlers) countNeeds(ctx context.Context, v *index.Version, f *found) error {
	for i, list := range f.Lists {
		if list.Section != civic.TodayNeeds {
			continue
		}
		f.needs = civic.Filter{Kinds: []civic.Kind{civic.Need}, Statuses: civic.Undiagnosed()}
		for _, id := range civic.AreasFor(f.actor, civic.EndDiagnosis, f.d.ID, f.query.Now) {
			if a, ok := f.d.AreaByID(id); ok {
				f.needs.Areas = append(f.needs.Areas, a.Slug)
			}
		}
		stats, err := h.Stats(ctx, v, f.needs)
		if err != nil {
			return err
		}
		f.Lists[i].Total = stats.Total()
	}
	return nil
}

// countQueues counts what waits at the desk for whoever decides about it.
func (h handlers) countQueues(ctx context.Context, f *found) error {
	may := func(action civic.Action) bool {
		return civic.CanSomewhere(f.actor, action, civic.PinThing, f.d.ID, f.query.Now) == nil
	}
	if !may(civic.SeeDesk) || !may(civic.Publish) {
		return nil
	}
	areas := civic.AreasFor(f.actor, civic.SeeDesk, f.d.ID, f.query.Now)
	counts, err := h.Store.CountQueues(ctx, f.d, f.actor, areas, f.query.Now)
	if err != nil {
		return err
	}
	for _, q := range civic.Queues() {
		if n := counts.Of[q]; n > 0 {
			f.queues = append(f.queues, queue{q.String(), n, serve.WithQuery("/d/"+f.d.Slug+"/desk", url.Values{"queue": {q.String()}})})
		}
	}
	return nil
}

// path returns the path of the page, or of a section of it from some item on.
func (f found) path(section civic.TodaySection, skip int) string {
	q := url.Values{}
	if section != 0 {
		q.Set("section", section.String())
	}
	if skip > 0 {
		q.Set("skip", strconv.Itoa(skip))
	}
	return serve.WithQuery("/d/"+f.d.Slug+"/today", q)
}

// all returns where all items of a section are: the needs are on the map.
func (f found) all(section civic.TodaySection) string {
	if section == civic.TodayNeeds {
		return serve.WithQuery("/d/"+f.d.Slug, f.needs.Values())
	}
	return f.path(section, 0)
}

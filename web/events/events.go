// Package events has what events have beyond the common pages of things: the calendar,
// as a month and as a list, feeds of it as iCalendar, and registration.
package events

import (
	"context"
	"embed"
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/figures"
	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the templates, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Store is what events need of the database.
type Store interface {
	Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
	Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error)
	follows.Voices
	Support(ctx context.Context, d *civic.District, thing int64, v civic.Voice) error
	WithdrawSupport(ctx context.Context, d *civic.District, thing int64, v civic.Voice) error
	PublicTimes(ctx context.Context, d *civic.District, ids []int64) (map[int64]civic.PublicTimes, error)
	Calendar(ctx context.Context, d *civic.District, q civic.CalendarQuery) ([]civic.CalendarEntry, error)
	CalendarThings(ctx context.Context, d *civic.District, q civic.CalendarQuery, limit int) ([]int64, error)
	ContactCalendar(ctx context.Context, d *civic.District, token string) ([]civic.CalendarChoice, error)
	Register(ctx context.Context, d *civic.District, r civic.NewRegistration) (civic.Registration, error)
	RegistrationToken(d *civic.District, id int64) string
	Registration(ctx context.Context, d *civic.District, token string) (civic.Registration, error)
	ConfirmRegistration(ctx context.Context, d *civic.District, token string) (civic.Registration, error)
	CancelRegistration(ctx context.Context, d *civic.District, token string) (civic.Registration, error)
	StopNaming(ctx context.Context, d *civic.District, token string) (civic.Registration, error)
	NamedAttendees(ctx context.Context, d *civic.District, thing int64) (map[civic.Day][]string, error)
	TakenSeats(ctx context.Context, d *civic.District, thing int64) (map[civic.Day]civic.Taken, error)
	Registrations(ctx context.Context, d *civic.District, thing int64, day civic.Day) ([]civic.Registration, error)
	SetAttendance(ctx context.Context, d *civic.District, actor civic.Actor, thing int64, day civic.Day, came []int64) error
}

// Config configures the handlers of events. Every field is required where their pages
// are served.
type Config struct {
	*serve.Service
	Pages  *page.Renderer
	Store  Store
	Asking *serve.WriteLimiter // of requests for a mail

	Figures *figures.Service // with which a debate can be opened
}

type handlers struct{ Config }

// Kind returns the kind of events with its page.
func Kind(cfg Config) things.Kind {
	return things.Kind{Kind: civic.EventThing, Template: "event_page", Parameters: []string{"day"}, Extra: handlers{cfg}.extra, Shows: shows, Complete: cfg.Figures.Complete}
}

// Routes returns the routes of events beyond those of all things.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	const district, event = "/d/{district}", "/d/{district}/events/{id}"
	filters := []string{"area", "category", "type", "accessibility", "organisation"}
	edit := serve.For(civic.Edit).On(civic.EventThing)
	day := serve.Parameters{Single: []string{"day"}}
	return []serve.Route{
		serve.Page("GET", district+"/calendar", serve.Public, serve.Read, h.calendarPage).WithQuery(serve.Parameters{Single: append(filters, "month", "view")}),
		serve.Page("GET", district+"/calendar.ics", serve.Public, serve.Read, h.feed).WithQuery(serve.Parameters{Single: append(filters, "lang")}),
		serve.API("GET", "/api/v1/districts/{district}/calendar", serve.Public, serve.Read, h.api),
		serve.Page("GET", district+"/my-calendar/{token}", serve.Public, serve.Read, h.contactFeed),
		serve.Page("GET", event+"/event.ics", serve.Public, serve.Read, h.file).WithQuery(serve.Parameters{Single: []string{"day", "lang"}}),
		serve.Page("GET", event+"/poster", serve.Public, serve.Read, h.poster).WithQuery(day),
		serve.Page("GET", event+"/register", serve.Public, serve.Read, h.registerForm).WithQuery(day),
		serve.Page("POST", event+"/register", serve.Public, serve.Write, h.register).WithQuery(day),
		serve.Page("GET", event+"/registrations", edit, serve.Read, h.registrationsPage).WithQuery(day),
		serve.Page("POST", event+"/registrations", edit, serve.Write, h.setAttendance).WithQuery(day),
		serve.Page("POST", district+"/questions/{id}/support", serve.Public, serve.Write, h.support),
		serve.Page("GET", district+"/registrations/{token}", serve.Public, serve.Read, h.registrationPage),
		serve.Page("POST", district+"/registrations/{token}", serve.Public, serve.Write, h.changeRegistration),
	}
}

// dayOf returns the day that the query of a request names, or else the day of the next
// occurrence of an event that takes place, or else its last.
func (h handlers) dayOf(r *http.Request, d *civic.District, says civic.Record) (civic.Day, error) {
	if s := r.URL.Query().Get("day"); s != "" {
		first, last, err := civic.ParsePeriod(s)
		if err != nil || first != last {
			return 0, serve.BadParameter("day", "must be a day (YYYY-MM-DD)")
		}
		return first, nil
	}
	all, zone := says.Occurrences(), d.Zone()
	for _, o := range all {
		if !o.Cancelled && o.Ends.In(zone).After(h.Now()) {
			return o.Day, nil
		}
	}
	if len(all) == 0 {
		return 0, fmt.Errorf("an event without a day: %w", civic.ErrNotFound)
	}
	return all[len(all)-1].Day, nil
}

// path returns the path of the page of an event.
func path(d *civic.District, id int64) string { return things.Path(d, civic.EventThing, id) }

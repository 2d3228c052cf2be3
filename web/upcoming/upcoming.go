// Package upcoming has what takes place next as a short list, for the pages of what has a
// calendar: a district, an area, an organisation.
package upcoming

import (
	"context"
	"embed"
	"net/url"
	"slices"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the template and its texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the list needs of the database.
type Store interface {
	Calendar(ctx context.Context, d *civic.District, q civic.CalendarQuery) ([]civic.CalendarEntry, error)
}

const (
	days    = 60 // that the list looks ahead
	readFor = 10 // occurrences for each thing that is listed, since a series has many
)

// Read returns what a query selects and takes place next, the first first: at most limit
// things, of each of which the next occurrence, also one that has begun and not ended.
// What is cancelled is not among them.
func Read(ctx context.Context, store Store, d *civic.District, q civic.CalendarQuery, now time.Time, limit int) ([]civic.CalendarEntry, error) {
	q.From, q.Until, q.Limit = now, now.AddDate(0, 0, days), readFor*limit
	entries, err := store.Calendar(ctx, d, q)
	seen := map[int64]bool{}
	entries = slices.DeleteFunc(entries, func(e civic.CalendarEntry) bool {
		if e.Cancelled || seen[e.ThingID] {
			return true
		}
		seen[e.ThingID] = true
		return false
	})
	return entries[:min(limit, len(entries))], err
}

// List is the data of the template "upcoming".
type List struct {
	Events   []Event
	Calendar string // path
	Feed     string // path of the same as iCalendar
}

// Event is an occurrence.
type Event struct {
	URL, Name, Lang string // Lang is "" for the language of the page
	When, ISO       string
}

// NewList returns the list of what takes place for a reader, with the parameters of the
// calendar that has all of it.
func NewList(d *civic.District, reader *page.Reader, entries []civic.CalendarEntry, q url.Values) List {
	calendar := "/d/" + d.Slug + "/calendar"
	list := List{Calendar: serve.WithQuery(calendar, q), Feed: serve.WithQuery(calendar+".ics", q)}
	for _, e := range entries {
		starts := civic.LocalTimeAt(e.Starts)
		list.Events = append(list.Events, Event{
			URL: things.Path(d, civic.EventThing, e.ThingID) + "?day=" + e.Day.String(), Name: reader.In(e.Name), Lang: reader.OtherLanguage(e.Name),
			When: When(reader, starts, civic.LocalTimeAt(e.Ends)), ISO: starts.String(),
		})
	}
	return list
}

// When returns from when to when something takes place.
func When(reader *page.Reader, starts, ends civic.LocalTime) string {
	if ends.Day > starts.Day+1 {
		return reader.Time(starts) + " – " + reader.Time(ends)
	}
	return reader.Time(starts) + "–" + ends.Clock()
}

package events

import (
	"net/http"
	"net/url"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// entryJSON is an occurrence in the API.
type entryJSON struct {
	ID        int64        `json:"id"`  // of the event
	Day       civic.Day    `json:"day"` // of the series
	Name      civic.Text   `json:"name"`
	Type      string       `json:"type"`
	Starts    time.Time    `json:"starts"`
	Ends      time.Time    `json:"ends"`
	Cancelled bool         `json:"cancelled"`
	Area      *string      `json:"area"`   // slug; null outside all areas
	Places    *int         `json:"places"` // null for any number
	Free      *int         `json:"free"`   // null as above
	Links     []serve.Link `json:"links"`
}

// longest is how many days the API returns at once.
const longest = 100

// parseDays returns the days that the API is asked for: by default listDays from today,
// or until a last day that is past. It returns at most longest, the first.
func parseDays(q url.Values, today civic.Day) (first, last civic.Day, err error) {
	if q.Has("to") {
		if _, last, err = civic.ParsePeriod(q.Get("to")); err != nil {
			return 0, 0, serve.BadParameter("to", "must be a month (YYYY-MM) or a day (YYYY-MM-DD)")
		}
	}
	if first = today; q.Has("from") {
		if first, _, err = civic.ParsePeriod(q.Get("from")); err != nil {
			return 0, 0, serve.BadParameter("from", "must be a month (YYYY-MM) or a day (YYYY-MM-DD)")
		}
		if q.Has("to") && last < first {
			return 0, 0, serve.BadParameter("to", "must not be before from")
		}
	}
	switch {
	case !q.Has("to"):
		last = first + listDays - 1
	case last < first:
		first = max(0, last-listDays+1)
	}
	return first, min(last, first+longest-1, civic.MaxDay-1), nil
}

func (h handlers) api(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d, q := &v.District, r.URL.Query()
	query, err := parseFilters(d, q)
	if err != nil {
		return err
	}
	first, last, err := parseDays(q, h.Today(d))
	if err != nil {
		return err
	}
	query = withDays(d, query, first, last)
	query.Limit = mostOfFeed
	entries, err := h.Store.Calendar(r.Context(), d, query)
	if err != nil {
		return err
	}
	out := struct {
		Returned int         `json:"numberReturned"`
		Entries  []entryJSON `json:"entries"`
	}{len(entries), []entryJSON{}}
	for _, e := range entries {
		j := entryJSON{
			ID: e.ThingID, Day: e.Day, Name: e.Name, Type: e.Type, Starts: e.Starts, Ends: e.Ends, Cancelled: e.Cancelled,
			Links: []serve.Link{{Rel: "alternate", Href: path(d, e.ThingID), Type: "text/html"}},
		}
		if a, ok := d.AreaByID(e.AreaID); ok {
			j.Area = &a.Slug
		}
		if e.Capacity > 0 {
			free := max(0, e.Capacity-e.Taken.Seated)
			j.Places, j.Free = &e.Capacity, &free
		}
		out.Entries = append(out.Entries, j)
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, out)
}

package events

import (
	"bytes"
	"cmp"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/ical"
	"github.com/pinezka/pinezka/web/serve"
)

// What a feed has: what has taken place since some days, and what is still to come.
const (
	feedPast   = 31
	feedFuture = civic.MaxSeries
	mostOfFeed = 1000 // events, of which a series is one
)

// feed sends the events that a calendar selects as iCalendar.
func (h handlers) feed(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	query, err := parseFilters(d, r.URL.Query())
	if err != nil {
		return err
	}
	today := h.Today(d)
	ids, err := h.Store.CalendarThings(r.Context(), d, withDays(d, query, max(0, today-feedPast), min(today+feedFuture, civic.MaxDay-1)), mostOfFeed)
	if err != nil {
		return err
	}
	var found []civic.Described
	if len(ids) > 0 {
		found, err = h.Store.Things(r.Context(), d, civic.ThingQuery{
			Kind: civic.EventThing, Publications: []civic.Publication{civic.Published}, IDs: ids, Limit: mostOfFeed,
		})
		if err != nil {
			return err
		}
	}
	return h.send(w, r, d, found, 0, d.Slug+".ics")
}

// file sends one event as iCalendar, or one day of a series.
func (h handlers) file(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	t, says, err := h.event(r, &v.District)
	if err != nil {
		return err
	}
	var only civic.Day
	if r.URL.Query().Has("day") {
		if only, err = h.dayOf(r, &v.District, says); err != nil {
			return err
		}
	}
	return h.send(w, r, &v.District, []civic.Described{t}, only, v.District.Slug+"-"+r.PathValue("id")+".ics")
}

// send sends events as iCalendar, in the language of the reader.
func (h handlers) send(w http.ResponseWriter, r *http.Request, d *civic.District, found []civic.Described, only civic.Day, name string) error {
	reader := h.Pages.Reader(r, d)
	base, configured := h.BaseURL(r)
	c := ical.Calendar{District: d, Base: base, Language: reader.Lang, Name: reader.Text("calendar.title", "district", reader.In(d.Name))}
	ids := make([]int64, len(found))
	for i, t := range found {
		ids[i] = t.ID
	}
	times, err := h.Store.PublicTimes(r.Context(), d, ids)
	if err != nil {
		return err
	}
	for _, t := range found {
		c.Events = append(c.Events, ical.Event{Described: t, Modified: times[t.ID].Changed, Only: only})
	}
	slices.SortFunc(c.Events, func(a, b ical.Event) int { return cmp.Compare(a.ID, b.ID) })
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		return err
	}
	content := serve.Content{Type: ical.ContentType, CacheControl: serve.NoCache, Body: b.Bytes()}
	if !configured {
		content.CacheControl = serve.NoStore
	}
	w.Header().Add("Vary", "Accept-Language, Cookie")
	w.Header().Set("Content-Language", reader.Lang)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	return h.SendContent(w, r, content)
}

package events

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/ical"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
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
	found, err := h.published(r.Context(), d, ids)
	if err != nil {
		return err
	}
	var events []ical.Event
	for _, t := range found {
		events = append(events, ical.Event{Described: t})
	}
	return h.send(w, r, d, events, d.Slug+".ics")
}

// file sends one event as iCalendar, or one day of a series.
func (h handlers) file(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	t, says, err := things.PublicInPath(r, h.Store, &v.District, civic.EventThing)
	if err != nil {
		return err
	}
	var only civic.Day
	if r.URL.Query().Has("day") {
		if only, err = h.dayOf(r, &v.District, says); err != nil {
			return err
		}
	}
	return h.send(w, r, &v.District, []ical.Event{{Described: t, Only: only}}, v.District.Slug+"-"+r.PathValue("id")+".ics")
}

// contactFeed sends the calendar of a contact, by its token.
func (h handlers) contactFeed(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	chosen, err := h.Store.ContactCalendar(r.Context(), d, r.PathValue("token"))
	if err != nil {
		return err
	}
	var ids []int64
	for _, c := range chosen {
		ids = append(ids, c.ThingID)
	}
	found, err := h.published(r.Context(), d, ids)
	if err != nil {
		return err
	}
	var events []ical.Event
	followed := map[int64]bool{}
	for _, c := range chosen { // all of a thing come before its single days
		i := slices.IndexFunc(found, func(t civic.Described) bool { return t.ID == c.ThingID })
		if i < 0 || followed[c.ThingID] {
			continue
		}
		followed[c.ThingID] = c.Day == 0
		events = append(events, ical.Event{Described: found[i], Only: c.Day})
	}
	return h.send(w, r, d, events, d.Slug+".ics")
}

// published returns the public events among those with the ids.
func (h handlers) published(ctx context.Context, d *civic.District, ids []int64) ([]civic.Described, error) {
	if len(ids) == 0 {
		return nil, nil // no ids are all things
	}
	return h.Store.Things(ctx, d, civic.ThingQuery{Kind: civic.EventThing, Publications: []civic.Publication{civic.Published}, IDs: ids, Limit: len(ids)})
}

// send sends events as iCalendar, in the language of the reader.
func (h handlers) send(w http.ResponseWriter, r *http.Request, d *civic.District, events []ical.Event, name string) error {
	reader := h.Pages.Reader(r, d)
	base, configured := h.BaseURL(r)
	c := ical.Calendar{District: d, Base: base, Language: reader.Lang, Name: reader.Text("calendar.title", "district", reader.In(d.Name))}
	ids := make([]int64, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	times, err := h.Store.PublicTimes(r.Context(), d, ids)
	if err != nil {
		return err
	}
	for _, e := range events {
		e.Modified = times[e.ID].Changed
		c.Events = append(c.Events, e)
	}
	slices.SortFunc(c.Events, func(a, b ical.Event) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Only, b.Only)) })
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

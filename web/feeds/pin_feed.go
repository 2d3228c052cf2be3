package feeds

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/pins"
)

// pin sends what became of a pin that has a public page, the newest first.
func (h handlers) pin(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return fmt.Errorf("pin %q: %w", r.PathValue("id"), civic.ErrNotFound)
	}
	p, err := h.Store.Pin(r.Context(), d, id)
	if err != nil {
		return err
	}
	history, err := h.Store.History(r.Context(), d, id)
	if err != nil {
		return err
	}
	path := fmt.Sprintf("/d/%s/pins/%d", d.Slug, id)
	f := h.newFeed(r, d, path)
	f.ID, f.Title, f.Subtitle = f.id+fmt.Sprintf("/pins/%d/history", id), p.Title, p.Body
	times := map[int64]time.Time{}
	for _, e := range history {
		times[e.ID] = e.At
	}
	point := georssPoint(p.Location.Point)
	for _, item := range pins.NewTimeline(d, f.reader, p, history) {
		at, ok := times[item.ID]
		if !ok {
			at = item.Date.Time()
		}
		f.addHistory(item, at, path, point)
	}
	slices.Reverse(f.Entries)
	return h.send(w, r, f)
}

// addHistory adds an entry of the history of a thing, which has a page and a place,
// to the feed.
func (f *feed) addHistory(item pins.TimelineItem, at time.Time, path string, point georssPoint) {
	title := item.Title
	if item.By != "" {
		title += " – " + item.By
	}
	f.Entries = append(f.Entries, atomEntry{
		ID: fmt.Sprintf("%s/%d", f.ID, item.ID), Title: title, Content: item.Text,
		Published: atomTime(at), Updated: atomTime(at),
		Links: []atomLink{{"alternate", "text/html", f.base + path}}, Point: &point,
	})
}

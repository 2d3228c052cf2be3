package feeds

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// pin sends what became of a pin that has a public page, the newest first.
func (h handlers) pin(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	id, err := serve.PathID(r, "pin")
	if err != nil {
		return err
	}
	p, err := h.Store.Pin(r.Context(), d, id)
	if err != nil {
		return err
	}
	path := fmt.Sprintf("/d/%s/pins/%d", d.Slug, id)
	f := h.newFeed(r, d, path)
	f.ID, f.Title, f.Subtitle = f.id+fmt.Sprintf("/pins/%d/history", id), p.Title, p.Body
	point := georssPoint(p.Location.Point)
	if err := h.addThread(r.Context(), f, d, id, &point); err != nil {
		return err
	}
	return h.send(w, r, f)
}

// addThread adds what everybody may know of the thread of a thing to its feed, the
// newest first. point is its place, and nil for none.
func (h handlers) addThread(ctx context.Context, f *feed, d *civic.District, id int64, point *georssPoint) error {
	thread, err := h.Store.Thread(ctx, d, id)
	if err != nil {
		return err
	}
	public := thread.Public()
	for _, e := range things.Timeline(d, f.reader, &public, id) {
		title := e.Title
		if e.Of != "" {
			title += ": " + e.Of
		}
		if e.By != "" {
			title += " – " + e.By
		}
		entry := atomEntry{
			ID: fmt.Sprintf("%s/%d", f.ID, e.ID), Title: title, Content: e.Text, Published: atomTime(e.At), Updated: atomTime(e.At),
			Links: []atomLink{{"alternate", "text/html", f.base + e.URL}},
		}
		if e.ID == 0 {
			entry.ID = fmt.Sprintf("%s/reported/%d", f.ID, e.ThingID)
		}
		if e.ThingID == id {
			entry.Point = point
		}
		f.Entries = append(f.Entries, entry)
	}
	slices.Reverse(f.Entries)
	return nil
}

package feeds

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/things"
)

// thingHandlers serves the feeds of a kind of things other than pins.
type thingHandlers struct {
	handlers
	kind things.Kind
}

// things sends the public things of the kind, the last changed first.
func (h thingHandlers) things(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	found, err := h.kind.Published(r.Context(), h.Store, d)
	if err != nil {
		return err
	}
	var ids []int64
	for _, t := range found {
		ids = append(ids, t.ID)
	}
	times, err := h.Store.PublicTimes(r.Context(), d, ids)
	if err != nil {
		return err
	}
	slices.SortFunc(found, func(a, b civic.Described) int {
		return cmp.Or(times[b.ID].Changed.Compare(times[a.ID].Changed), cmp.Compare(b.ID, a.ID))
	})
	path := h.kind.Path(d, 0)
	f := h.newFeed(r, d, path)
	f.ID = f.id + "/" + h.kind.Plural()
	f.Title = h.kind.Title(f.reader, f.Author)
	for _, t := range found[:min(len(found), feedPins)] {
		item := h.kind.Item(d, f.reader, t)
		f.Entries = append(f.Entries, atomEntry{
			ID: fmt.Sprintf("%s/%d", f.ID, t.ID), Title: item.Title.Text, Content: content(item),
			Published: atomTime(times[t.ID].Published), Updated: atomTime(times[t.ID].Changed),
			Links:      []atomLink{{"alternate", "text/html", f.base + item.URL}},
			Categories: []atomCategory{{h.kind.Kind.String(), f.reader.Text(h.kind.Plural() + ".one")}},
			Point:      pointOf(t),
		})
	}
	return h.send(w, r, f)
}

// thing sends what became of a public thing of the kind, the newest first.
func (h thingHandlers) thing(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	t, _, err := things.PublicInPath(r, h.Store, d, h.kind.Kind)
	if err != nil {
		return err
	}
	path := h.kind.Path(d, t.ID)
	f := h.newFeed(r, d, path)
	item := h.kind.Item(d, f.reader, t)
	f.ID = fmt.Sprintf("%s/%s/%d/history", f.id, h.kind.Plural(), t.ID)
	f.Title, f.Subtitle = item.Title.Text, content(item)
	if err := h.addThread(r.Context(), f, d, t.ID, pointOf(t)); err != nil {
		return err
	}
	return h.send(w, r, f)
}

// pointOf returns the place of a thing, or nil for none.
func pointOf(t civic.Described) *georssPoint {
	r, _ := t.Content.(civic.Record)
	return (*georssPoint)(r.Point)
}

// content returns the texts of a thing below its title, a paragraph each.
func content(item things.Item) string {
	var lines []string
	for _, t := range item.Texts {
		lines = append(lines, t.Label+": "+t.Text)
	}
	return strings.Join(lines, "\n\n")
}

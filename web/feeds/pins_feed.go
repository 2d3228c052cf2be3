package feeds

import (
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/pins"
	"github.com/pinezka/pinezka/web/serve"
)

// feedPins is the number of pins of a feed: more than a district has in a week.
const feedPins = 50

// pins sends the newest pins that a filter selects, at their shown locations.
func (h handlers) pins(w http.ResponseWriter, r *http.Request) error {
	found, err := h.Matching(r)
	if err != nil {
		return err
	}
	d := &found.District
	q := serve.Pick(r.URL.Query(), append(serve.FilterParameters(), "q", "cell")...)
	query, err := pins.ParseQuery(q, d, feedPins, feedPins)
	if err != nil {
		return err
	}
	query.IDs = found.IDs
	listed, err := h.Store.Pins(r.Context(), d, query)
	if err != nil {
		return err
	}
	f := h.newFeed(r, d, serve.WithQuery("/d/"+d.Slug, q))
	f.ID = serve.WithQuery(f.id+"/pins", q)
	f.Title = f.reader.Text("feed.pins", "name", f.Author)
	for _, p := range listed.Pins {
		f.add(p)
	}
	return h.send(w, r, f)
}

// add adds a pin to the feed.
func (f *feed) add(p civic.Pin) {
	item := pins.NewItem(f.district, f.reader, p)
	point := georssPoint(p.Location.Point)
	f.Entries = append(f.Entries, atomEntry{
		ID: f.id + fmt.Sprintf("/pins/%d", p.ID), Title: item.Title, Content: item.Body,
		Published: beginning(p.ReportedOn), Updated: atomTime(later(p.UpdatedAt, p.ReportedOn.Time())),
		Links: []atomLink{{"alternate", "text/html", f.base + item.URL}},
		Categories: []atomCategory{
			{p.Category.Kind.String(), f.reader.Text("kind." + item.Kind)},
			{p.Category.Slug, item.Category},
			{item.Status, f.reader.Text("status." + item.Status)},
		},
		Point: &point,
	})
}

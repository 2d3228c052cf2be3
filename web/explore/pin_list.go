package explore

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/pins"
	"github.com/pinezka/pinezka/web/serve"
)

const (
	pageSize    = 30              // pins on a page of the list
	listTimeout = 5 * time.Second // after which the map is shown without the list
)

// listView is the list of pins beside the map.
type listView struct {
	Pins     []listItem
	Total    int                // of the list, on all pages
	HexOnly  serve.HexOnlyCount // counted beside it
	From     int                // number of the first pin on the page, beginning with 1
	Next     string             // URL; "" on the last page
	First    string             // URL of the first page; "" on it
	RetryURL string             // URL of this page when the database is unavailable; otherwise ""
	TooMany  int                // that a search may find, when it has found more; otherwise 0
}

// listItem is a pin of the list.
type listItem struct {
	pins.Item

	Support follows.Support
}

// newListView returns a list without pins. The statistics are those of the filter.
func (h handlers) newListView(v *index.Version, query civic.PinQuery, stats *index.Stats) listView {
	list := listView{Total: stats.Total() - stats.HexOnly, From: 1, HexOnly: serve.HexOnly(stats, query)}
	if query.Cell != 0 {
		list.Total = v.PointsIn(query.Cell, query.Filter)
	}
	return list
}

// list returns the list with the pins of a page.
func (h handlers) list(r *http.Request, d *civic.District, reader *page.Reader, query civic.PinQuery, list listView) (listView, error) {
	ctx, cancel := context.WithTimeout(r.Context(), listTimeout)
	defer cancel()
	found, err := h.Store.Pins(ctx, d, query)
	if err != nil {
		return list, err
	}
	supports, err := follows.Supports(h.Service, h.Store, r.WithContext(ctx), d, found.Pins...)
	if err != nil {
		return list, err
	}
	path, q := "/d/"+d.Slug, serve.Pick(r.URL.Query(), pageParameters("after", "seen", "hide", "show")...)
	for i, p := range found.Pins {
		supports[i].Brief, supports[i].Back = true, serve.WithQuery(path, q)
		list.Pins = append(list.Pins, listItem{pins.NewItem(d, reader, p), supports[i]})
	}
	if query.After != nil {
		if q.Has("seen") {
			seen, err := strconv.ParseUint(q.Get("seen"), 10, 31)
			if err != nil {
				return list, serve.BadParameter("seen", "must be a whole number")
			}
			list.From = int(seen) + 1
		}
		list.First = serve.WithQuery(path, serve.Pick(q, pageParameters("hide", "show")...))
	}
	if found.Next != nil {
		q.Set("after", pins.FormatCursor(*found.Next))
		q.Set("seen", strconv.Itoa(list.From+len(found.Pins)-1))
		list.Next = serve.WithQuery(path, q)
	}
	return list, nil
}

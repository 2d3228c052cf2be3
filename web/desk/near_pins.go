package desk

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/duplicates"
	"github.com/pinezka/pinezka/web/page"
)

const (
	maxLikely = 5  // likely duplicates that are listed
	maxNear   = 10 // pins near a thing that are listed and on its map
)

// near is a pin near the thing. The likely duplicates are first, the most likely
// before the others; then come the nearest. On the map, each has its number.
type near struct {
	Number       int // from 1
	ID           int64
	URL          string
	Title        string
	Kind, Icon   string // of the category
	Category     string
	CategoryLang string
	Publication  string
	Metres, Days int // from the thing, and since it was reported
	Lon, Lat     float64

	Likely       bool // that it says the same; what follows is 0 otherwise
	Percent      int
	SameCategory bool
	Words        string
	Apart        int // days between the two
}

// marker is a pin near the thing as web/ui/src/map/near-markers.ts reads it.
type marker struct {
	Number  int     `json:"number"`
	Lon     float64 `json:"lon"`
	Lat     float64 `json:"lat"`
	Waiting bool    `json:"waiting"`
	Likely  bool    `json:"likely"`
}

// nearPins sets what is near the thing. Pins that wait, and exact places, are for
// the staff of their areas alone: they are part of this page, which nobody keeps,
// and of no tile.
func (v *thingView) nearPins(h handlers, r *http.Request, a at, item civic.QueueItem) error {
	if item.Kind != civic.PinThing {
		return nil
	}
	found, err := h.Store.NearPins(r.Context(), a.d, item, a.areas)
	if err != nil {
		return err
	}
	slices.SortStableFunc(found, func(one, two duplicates.Report) int { // PostGIS orders by degrees
		return cmp.Compare(geo.DistanceHaversine(item.Point, one.Point), geo.DistanceHaversine(item.Point, two.Point))
	})
	category, _ := a.d.CategoryByID(item.CategoryID)
	var same []duplicates.Report
	for _, pin := range found {
		if c, ok := a.d.CategoryByID(pin.CategoryID); ok && c.Kind == category.Kind {
			same = append(same, pin)
		}
	}
	likely := map[int64]bool{}
	for _, l := range duplicates.Rank(duplicates.Report{
		ID: item.ID, CategoryID: item.CategoryID, Title: item.Title, Body: item.Body, Point: item.Point, ReportedOn: item.ReportedOn,
	}, same, maxLikely) {
		likely[l.ID] = true
		n := v.addNear(a, a.d.DayOf(h.Now()), item, l.Report)
		n.Likely, n.Percent, n.SameCategory = true, int(l.Score*100+0.5), l.SameCategory
		n.Words, n.Apart = strings.Join(l.SharedWords, ", "), l.Days
	}
	for _, pin := range found {
		if len(v.Near) < maxNear && !likely[pin.ID] {
			v.addNear(a, a.d.DayOf(h.Now()), item, pin)
		}
	}
	var markers []marker
	for _, n := range v.Near {
		markers = append(markers, marker{n.Number, n.Lon, n.Lat, n.Publication == civic.Pending.String(), n.Likely})
	}
	v.Markers = page.JSON(markers)
	return nil
}

// HasLikely reports whether a pin near the thing may say the same.
func (v *thingView) HasLikely() bool {
	return len(v.Near) > 0 && v.Near[0].Likely
}

// addNear adds a pin to those near the thing.
func (v *thingView) addNear(a at, today civic.Day, item civic.QueueItem, pin duplicates.Report) *near {
	n := near{
		Number: len(v.Near) + 1, ID: pin.ID, URL: a.thingURL(pin.ID), Title: pin.Title,
		Publication: pin.Publication.String(), Metres: int(geo.DistanceHaversine(item.Point, pin.Point) + 0.5),
		Days: int(max(0, today-pin.ReportedOn)), Lon: pin.Point.Lon(), Lat: pin.Point.Lat(),
	}
	if c, ok := a.d.CategoryByID(pin.CategoryID); ok {
		n.Kind, n.Icon, n.Category, n.CategoryLang = c.Kind.String(), c.Icon, a.reader.In(c.Label), a.reader.OtherLanguage(c.Label)
	}
	v.Near = append(v.Near, n)
	return &v.Near[len(v.Near)-1]
}

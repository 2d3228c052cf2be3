package index_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// TestSkippedBlocks compares clusters, hexes and statistics with a test of
// every pin where most blocks have no pin of the selected values: areas that
// are apart, a category and a status that are rare, and a category whose id
// shares a bit with that of a frequent one.
func TestSkippedBlocks(t *testing.T) {
	d := tilestest.District()
	d.Categories = append(d.Categories, civic.Category{ID: 65, Slug: "rare", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336633", Label: civic.Text{"en": "Rare"}})
	r := rand.New(rand.NewPCG(5, 5))
	pins := map[int64]civic.MapPin{}
	for _, p := range normalPins(t, 20_000, 0.02) {
		p.AreaID = 2
		if p.Shown.Point.Lon() < 19.95 {
			p.AreaID = 1
		}
		p.Status = civic.Reported
		switch p.ID % 5000 {
		case 0:
			p.Status = civic.Verified
		case 1:
			p.CategoryID = 65
		}
		pins[p.ID] = p
	}
	v := newVersion(d, slices.Collect(maps.Values(pins)))
	var changes []civic.MapPin
	for id := int64(30_000); id < 30_100; id++ { // of the delta
		p := civic.MapPin{DistrictID: 1, ID: id, CategoryID: 65, Status: civic.Verified, AreaID: 1, Day: 20_000,
			Shown: locationAt(t, orb.Point{19.94 + 0.02*r.Float64(), 50.03})}
		pins[id], changes = p, append(changes, p)
	}
	v = v.Apply(changes)

	at := maptile.At(orb.Point{19.95, 50.03}, 11)
	for _, f := range []civic.Filter{
		{Areas: []string{"west"}}, {Areas: []string{"east"}}, {Areas: []string{"west", "east"}},
		{Categories: []string{"rare"}}, {Categories: []string{"trees"}}, {Categories: []string{"fear"}},
		{Statuses: []civic.Status{civic.Verified}}, {Statuses: []civic.Status{civic.Met}},
		{Statuses: []civic.Status{civic.Verified}, Areas: []string{"west"}},
		{Categories: []string{"rare"}, Statuses: []civic.Status{civic.Reported}},
	} {
		want := civic.Counts{}
		for _, p := range pins {
			if selects(&d, f, p) {
				c := d.Categories[slices.IndexFunc(d.Categories, func(c civic.Category) bool { return c.ID == int32(p.CategoryID) })]
				want.Add(c.Kind, 1)
			}
		}
		if diff := cmp.Diff(clusterPins(&d, pins, at, f), clustersOf(t, v, at, f)); diff != "" {
			t.Errorf("%+v: clusters (-want +got):\n%s", f, diff)
		}
		if diff := cmp.Diff(want, v.Stats(f).Counts); diff != "" {
			t.Errorf("%+v: statistics (-want +got):\n%s", f, diff)
		}
		for resolution := index.MinResolution; resolution <= index.MaxResolution; resolution++ {
			sum := civic.Counts{}
			var s index.Scratch
			v.VisitCells(&s, resolution, v.Filter(f), nil, visit(func(h index.Hex) { sum = sum.Plus(h.Counts) }))
			if diff := cmp.Diff(want, sum); diff != "" {
				t.Errorf("%+v: cells of resolution %d (-want +got):\n%s", f, resolution, diff)
			}
			tile := civic.Counts{}
			box := index.TileBox(maptile.At(orb.Point{19.95, 50.03}, 8), 0) // contains all pins
			v.VisitCells(&s, resolution, v.Filter(f), &box, visit(func(h index.Hex) { tile = tile.Plus(h.Counts) }))
			if diff := cmp.Diff(want, tile); diff != "" {
				t.Errorf("%+v: cells of resolution %d in a box (-want +got):\n%s", f, resolution, diff)
			}
		}
	}
}

type visit func(index.Hex)

func (f visit) VisitCell(h index.Hex, _ *index.Outline) { f(h) }

package tiles_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
)

// TestOverviewsShowWhatTheRowsDo: a tile drawn from overviews, while pins come,
// move, change and go, is byte for byte the one drawn from all rows. A filter
// that names every category is drawn from the rows.
func TestOverviewsShowWhatTheRowsDo(t *testing.T) {
	live, rec := follow(t, 1200)
	r := rand.New(rand.NewPCG(31, 31))
	kinds := [][]civic.Kind{nil, {civic.Need}, {civic.Potential, civic.Organisation}}
	shown := 0
	for round := range 25 {
		v, _ := live.District("test")
		for i := range 80 {
			at := maptile.At(orb.Point{19.9 + 0.1*r.Float64(), 50 + 0.06*r.Float64()}, maptile.Zoom(6+r.IntN(10)))
			chosen := civic.Filter{Kinds: kinds[i%len(kinds)]}
			byRow := chosen
			for _, c := range v.District.Categories {
				byRow.Categories = append(byRow.Categories, c.Slug)
			}
			got, want := v.AppendPins(nil, at, v.Match(chosen)), v.AppendPins(nil, at, v.Match(byRow))
			if !bytes.Equal(got, want) {
				t.Fatalf("round %d, tile %v, kinds %v: an overview shows %v, the rows %v", round, at, chosen.Kinds, decode(t, got), decode(t, want))
			}
			for _, layer := range decode(t, got) {
				shown += len(layer.Features)
			}
		}
		rec.writer(t.Context(), t, uint64(400+round), 4)
		if round == 15 { // the table of categories that overviews were made with changes
			if _, err := rec.pool.Exec(t.Context(), `
				insert into categories (district_id, category_id, slug, kind, visibility, colour, label, position)
				select district_id, 5, 'benches', kind, visibility, colour, label, 5 from categories where slug = 'trees'`); err != nil {
				t.Fatal(err)
			}
		}
		caughtUp(t, live)
	}
	if shown == 0 {
		t.Error("nothing was drawn")
	}
}

package index_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/internal/tuning"
)

// clusterKey is a square and a kind.
type clusterKey struct {
	square [2]uint32
	kind   civic.Kind
}

// clustersOf returns the clusters of a tile.
func clustersOf(t *testing.T, v *index.Version, at maptile.Tile, f civic.Filter) map[clusterKey]index.Cluster {
	t.Helper()
	var s index.Scratch
	out := map[clusterKey]index.Cluster{}
	for _, c := range v.Clusters(&s, at, v.Filter(f)) {
		if !v.Filter(f).SelectsKind(c.Kind) {
			continue
		}
		key := clusterKey{squareOf(geo.Mercator{X: c.X, Y: c.Y}, int(at.Z)), c.Kind}
		if _, twice := out[key]; twice || c.N == 0 {
			t.Fatalf("tile %v has the cluster %+v twice, or empty", at, c)
		}
		out[key] = c
	}
	return out
}

// clusterPins returns the clusters of pins as the documentation of Cluster
// defines them.
func clusterPins(d *civic.District, pins map[int64]civic.MapPin, at maptile.Tile, f civic.Filter) map[clusterKey]index.Cluster {
	hash := func(id int64) uint64 { return uint64(id) * 0x9E3779B97F4A7C15 }
	categories := map[uint16]civic.Category{}
	for _, c := range d.Categories {
		categories[uint16(c.ID)] = c
	}
	out := map[clusterKey]index.Cluster{}
	for id, p := range pins {
		m := geo.Project(p.Shown.Point)
		category := categories[p.CategoryID]
		inTile := m.X>>(32-at.Z) == at.X && m.Y>>(32-at.Z) == at.Y
		if !inTile || category.Visibility == civic.HexOnly || !selects(d, f, p) {
			continue
		}
		key := clusterKey{squareOf(m, int(at.Z)), category.Kind}
		c := out[key]
		n := c.N + 1
		if c.N == 0 || hash(id) < hash(c.ID) {
			c = index.Cluster{ID: id, X: m.X, Y: m.Y, Category: p.CategoryID, Status: p.Status, Kind: category.Kind}
		}
		c.N = n
		out[key] = c
	}
	return out
}

// TestClusters compares the clusters of tiles, while pins and categories
// change, with their definition: for each kind and square, the number of pins,
// and the pin with the smallest hashed id. It uses overviews (filters of whole
// kinds), ranges in one square, bins, and single rows.
func TestClusters(t *testing.T) {
	rows, bins := smallTuning(), smallTuning()
	rows.ScanRows, rows.BinRows, rows.SegmentRows, rows.ClusterRows = 64, 24, 400, 1
	bins.ScanRows, bins.BinRows, bins.SegmentRows, bins.ClusterRows = 0, 1, 400, 1
	for name, sizes := range map[string]tuning.Tuning{"small": smallTuning(), "rows": rows, "bins": bins} {
		t.Run(name, func(t *testing.T) { testClusters(t, sizes) })
	}
}

func testClusters(t *testing.T, sizes tuning.Tuning) {
	s := newSimulation(t, 31, sizes, centralPoint)
	s.change(1500)
	for s.merge == nil { // so that there are overviews
		s.mergeLate()
	}
	r := s.r
	kinds := [][]civic.Kind{nil, {civic.Need}, {civic.Potential, civic.Organisation}}
	total := 0
	for round := range 12 {
		for i := range 40 {
			at := maptile.At(orb.Point{19.9 + 0.1*r.Float64(), 50 + 0.06*r.Float64()}, maptile.Zoom(6+r.IntN(10)))
			wholeKinds := civic.Filter{Kinds: kinds[i%len(kinds)]}
			byRow := wholeKinds // selects the same, but cannot use overviews
			for _, c := range s.District.Categories {
				byRow.Categories = append(byRow.Categories, c.Slug)
			}
			for _, f := range []civic.Filter{wholeKinds, byRow, tilestest.RandomFilter(r)} {
				got, want := clustersOf(t, s.Version, at, f), clusterPins(&s.District, s.pins, at, f)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("round %d, tile %v, %+v (-want +got):\n%s", round, at, f, diff)
				}
				total += len(got)
			}
		}
		for range 8 {
			s.change(20)
			s.mergeLate()
		}
		if round == 5 || round == 9 {
			s.changeCategories()
		}
	}
	if total == 0 || index.OverviewCount(s.Version) == 0 {
		t.Errorf("%d clusters, %d overviews", total, index.OverviewCount(s.Version))
	}
}

// TestClustersOfManyPinsInACell compares clusters with their definition where
// cells and bins have many pins.
func TestClustersOfManyPinsInACell(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	d, pins := tilestest.District(), map[int64]civic.MapPin{}
	list := normalPins(t, 60_000, 0.002)
	for _, p := range list {
		pins[p.ID] = p
	}
	v := newVersion(d, list)
	for z := maptile.Zoom(6); z <= 18; z++ {
		for range 3 {
			at := maptile.At(orb.Point{19.95 + 0.001*r.NormFloat64(), 50.03 + 0.0006*r.NormFloat64()}, z)
			f := tilestest.RandomFilter(r)
			if diff := cmp.Diff(clusterPins(&d, pins, at, f), clustersOf(t, v, at, f)); diff != "" {
				t.Fatalf("tile %v, %+v (-want +got):\n%s", at, f, diff)
			}
		}
	}
}

// TestClustersNest checks that a pin that represents a cluster at one zoom does
// so at the next, and that every pin is counted at each zoom.
func TestClustersNest(t *testing.T) {
	s := newSimulation(t, 7, smallTuning(), centralPoint)
	s.change(8000)
	want := 0
	for _, p := range s.pins {
		if p.CategoryID != 3 { // not hex-only
			want++
		}
	}
	shown := map[maptile.Zoom]map[int64]bool{}
	for z := maptile.Zoom(9); z <= 17; z++ {
		shown[z] = map[int64]bool{}
		n := 0
		b := s.District.Boundary.Bound()
		low, high := maptile.At(b.LeftTop(), z), maptile.At(b.RightBottom(), z)
		for x := low.X; x <= high.X; x++ {
			for y := low.Y; y <= high.Y; y++ {
				for _, c := range clustersOf(t, s.Version, maptile.Tile{X: x, Y: y, Z: z}, civic.Filter{}) {
					shown[z][c.ID] = true
					n += int(c.N)
				}
			}
		}
		if n != want {
			t.Errorf("zoom %d: %d pins are counted, want %d", z, n, want)
		}
	}
	for z := maptile.Zoom(9); z < 17; z++ {
		for id := range shown[z] {
			if !shown[z+1][id] {
				t.Fatalf("pin %v is shown at zoom %d and not at %d", id, z, z+1)
			}
		}
	}
}

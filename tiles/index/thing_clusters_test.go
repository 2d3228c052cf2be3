package index_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// thingSimulation changes things other than pins at random.
type thingSimulation struct {
	*index.Version
	r      *rand.Rand
	things map[int64]civic.MapThing // those on the map
}

func newThingSimulation(seed uint64, n int) *thingSimulation {
	s := &thingSimulation{r: rand.New(rand.NewPCG(seed, 5)), things: map[int64]civic.MapThing{}}
	s.Version = index.New(tilestest.District(), new(index.Rows), index.Config{Things: s.changes(n, int64(n))})
	return s
}

// changes returns n changes of things with ids up to max, some of which change
// nothing, or the same thing twice.
func (s *thingSimulation) changes(n int, most int64) (changes []civic.MapThing) {
	for range n {
		id := 1 + s.r.Int64N(most)
		kind := []civic.ThingKind{civic.OfficeThing, civic.InitiativeThing, civic.OfferThing}[id%3]
		t, known := s.things[id]
		switch {
		case s.r.IntN(5) == 0:
			t = civic.MapThing{DistrictID: 1, ID: id, Kind: kind, Deleted: true}
			delete(s.things, id)
		case !known || s.r.IntN(3) == 0:
			p := centralPoint(s.r)
			if s.r.IntN(4) == 0 {
				p = orb.Point{19.95, 50.03} // many at one place
			}
			t = civic.MapThing{DistrictID: 1, ID: id, Kind: kind, State: []civic.State{"", "idea", "running", "done"}[s.r.IntN(4)], Point: p}
			s.things[id] = t
		}
		changes = append(changes, t)
	}
	return changes
}

// defined returns the clusters of a tile as the documentation of ThingCluster defines
// them, in any order.
func (s *thingSimulation) defined(at maptile.Tile) map[[3]uint32]index.ThingCluster {
	hash := func(id int64) uint64 { return uint64(id) * 0x9E3779B97F4A7C15 }
	out := map[[3]uint32]index.ThingCluster{}
	for id, t := range s.things {
		m := geo.Project(t.Point)
		if m.X>>(32-at.Z) != at.X || m.Y>>(32-at.Z) != at.Y {
			continue
		}
		key := [3]uint32{m.X >> (32 - at.Z - 3), m.Y >> (32 - at.Z - 3), uint32(t.Kind)}
		c := out[key]
		n := c.N + 1
		if c.N == 0 || hash(id) < hash(c.ID) {
			c = index.ThingCluster{ID: id, X: m.X, Y: m.Y, Kind: t.Kind, State: t.State}
		}
		c.N = n
		out[key] = c
	}
	return out
}

// TestThingClusters compares the clusters of tiles of all zooms, while things change,
// with their definition.
func TestThingClusters(t *testing.T) {
	s := newThingSimulation(3, 900)
	found := 0
	for round := range 20 {
		for range 40 {
			at := maptile.At(centralPoint(s.r), maptile.Zoom(s.r.IntN(21)))
			got := map[[3]uint32]index.ThingCluster{}
			for _, c := range s.ThingClusters(nil, at) {
				got[[3]uint32{c.X >> (32 - at.Z - 3), c.Y >> (32 - at.Z - 3), uint32(c.Kind)}] = c
			}
			if diff := cmp.Diff(s.defined(at), got); diff != "" {
				t.Fatalf("round %d, tile %v (-want +got):\n%s", round, at, diff)
			}
			found += len(got)
		}
		s.Version = s.WithThings(s.changes(1+s.r.IntN(60), 900))
	}
	if found == 0 {
		t.Error("there are no clusters")
	}
}

// TestThingsAreCountedAtEveryZoom checks that the tiles of a zoom together have every
// thing, that of each kind there are as many as ThingCount says, and that a thing that
// represents others does so at the next zoom.
func TestThingsAreCountedAtEveryZoom(t *testing.T) {
	s := newThingSimulation(8, 3000)
	want := map[civic.ThingKind]int{}
	for _, thing := range s.things {
		want[thing.Kind]++
	}
	var shown map[int64]bool
	for z := maptile.Zoom(0); z <= 17; z++ {
		got, now := map[civic.ThingKind]int{}, map[int64]bool{}
		for _, at := range tilestest.TilesOver(s.District.Boundary.Bound().Pad(0.01), z) {
			for _, c := range s.ThingClusters(nil, at) {
				got[c.Kind] += int(c.N)
				now[c.ID] = true
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("zoom %d (-want +got):\n%s", z, diff)
		}
		for id := range shown {
			if !now[id] {
				t.Fatalf("thing %d is shown at zoom %d and not at %d", id, z-1, z)
			}
		}
		shown = now
	}
	for kind, n := range want {
		if got := s.ThingCount(kind); got != n {
			t.Errorf("%d things of kind %s, want %d", got, kind, n)
		}
	}
}

// TestUnchangedThingTiles checks that every tile of things that is reported as
// unchanged is, that a few changes leave most tiles unchanged, and that neither pins
// nor the district change any.
func TestUnchangedThingTiles(t *testing.T) {
	s := newThingSimulation(13, 900)
	type drawn struct {
		at     maptile.Tile
		number uint64
		body   []byte
	}
	var all []drawn
	unchanged, total := 0, 0
	for range 15 {
		for range 30 {
			at := maptile.At(centralPoint(s.r), maptile.Zoom(11+s.r.IntN(7)))
			all = append(all, drawn{at, s.Number, draw.Things(nil, s.Version, at)})
		}
		for range 3 {
			s.Version = s.WithThings(s.changes(2, 900))
		}
		for _, d := range all {
			total++
			if !draw.UnchangedSince(s.Version, d.number, draw.LayerThings, d.at, 0) {
				continue
			}
			unchanged++
			if !slices.Equal(d.body, draw.Things(nil, s.Version, d.at)) {
				t.Fatalf("%v is reported as unchanged and is not", d.at)
			}
		}
	}
	if unchanged < total/10 || unchanged == total {
		t.Errorf("%d of %d tiles are unchanged", unchanged, total)
	}
	at := maptile.At(orb.Point{19.95, 50.03}, 12)
	v := s.Apply(normalPins(t, 10, 0.01)).WithDistrict(s.District)
	if v.Number == s.Number || !v.ThingsUnchangedSince(s.Number, at) {
		t.Error("pins or the district have changed a tile of things")
	}
	if v.ThingsUnchangedSince(v.Number+1, at) || index.New(s.District, new(index.Rows), index.Config{Number: v.Number}).ThingsUnchangedSince(s.Number, at) {
		t.Error("a tile of another version is reported as unchanged")
	}
}

// TestManyChangedThings checks that no tile is reported as unchanged after more
// changes than the log keeps.
func TestManyChangedThings(t *testing.T) {
	s := newThingSimulation(21, 100)
	v := s.WithThings(s.changes(20_000, 30_000))
	at := maptile.At(orb.Point{19.95, 50.03}, 12)
	if v.ThingsUnchangedSince(s.Number, at) || !v.ThingsUnchangedSince(v.Number, at) {
		t.Error("a tile is reported as unchanged")
	}
}

// TestChangedThings checks that a version says of which kinds things have changed after
// an earlier one, also where they are not on the map, and that pins have not.
func TestChangedThings(t *testing.T) {
	first := index.New(civic.District{Slug: "test"}, new(index.Rows), index.Config{})
	second := first.WithThings([]civic.MapThing{{ID: 1, Kind: civic.OfficeThing, Deleted: true}})
	third := second.WithThings([]civic.MapThing{{ID: 2, Kind: civic.CommentThing, Deleted: true}})
	for _, test := range []struct {
		since *index.Version
		want  []civic.ThingKind
	}{
		{first, []civic.ThingKind{civic.OfficeThing, civic.CommentThing}},
		{second, []civic.ThingKind{civic.CommentThing}},
		{third, nil},
	} {
		if got := third.ChangedThings(test.since.Number); !cmp.Equal(got, test.want) {
			t.Errorf("since %d: %v, want %v", test.since.Number, got, test.want)
		}
		if cells, ok := third.ChangedCells(test.since.Number, 8, 10); !ok || len(cells) != 0 {
			t.Errorf("since %d: pins of %v have changed (%v)", test.since.Number, cells, ok)
		}
		if !third.ThingsUnchangedSince(test.since.Number, maptile.Tile{}) {
			t.Errorf("since %d: the map has changed", test.since.Number)
		}
	}
	if got := first.ChangedThings(0); got != nil {
		t.Errorf("the first version: %v", got)
	}
}

// BenchmarkThings applies a change to 100,000 things, and finds the clusters of a tile
// with all of them.
func BenchmarkThings(b *testing.B) {
	all := make([]civic.MapThing, 100_000)
	r := rand.New(rand.NewPCG(1, 1))
	for i := range all {
		all[i] = civic.MapThing{DistrictID: 1, ID: int64(i + 1), Kind: civic.InitiativeThing, State: "idea", Point: centralPoint(r)}
	}
	v := index.New(tilestest.District(), new(index.Rows), index.Config{Things: all})
	change := []civic.MapThing{all[500]}
	change[0].State = "running"
	at := maptile.At(orb.Point{19.95, 50.03}, 10)
	var clusters []index.ThingCluster
	for name, f := range map[string]func(){
		"change":   func() { v.WithThings(change) },
		"clusters": func() { clusters = v.ThingClusters(clusters[:0], at) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
		})
	}
}

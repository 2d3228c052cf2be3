package index_test

import (
	"flag"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/internal/tuning"
)

var benchPins = flag.Int("pins", 1_000_000, "number of pins of the benchmarks")

// locationAt returns the location of a point on Earth.
func locationAt(t testing.TB, p orb.Point) civic.Location {
	t.Helper()
	l, err := civic.LocationAt(p)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// normalPins returns n pins around the middle of the district, with the
// standard deviation in degrees of longitude.
func normalPins(t testing.TB, n int, deviation float64) []civic.MapPin {
	t.Helper()
	r := rand.New(rand.NewPCG(4, 4))
	pins := make([]civic.MapPin, n)
	for i := range pins {
		pins[i] = civic.MapPin{
			DistrictID: 1, ID: int64(i + 1), CategoryID: []uint16{1, 2, 4}[i%3],
			Shown:  locationAt(t, orb.Point{19.95 + deviation*r.NormFloat64(), 50.03 + 0.6*deviation*r.NormFloat64()}),
			Status: civic.Statuses()[r.IntN(10)], AreaID: uint16(r.IntN(3)), Day: civic.Day(20000 + r.IntN(700)),
		}
	}
	return pins
}

// deletions returns the changes that delete pins.
func deletions(pins []civic.MapPin) []civic.MapPin {
	out := make([]civic.MapPin, len(pins))
	for i, p := range pins {
		out[i] = civic.MapPin{DistrictID: 1, ID: p.ID, Deleted: true}
	}
	return out
}

// selects reports whether f selects a pin of d, as civic.Filter defines it.
func selects(d *civic.District, f civic.Filter, p civic.MapPin) bool {
	i := slices.IndexFunc(d.Categories, func(c civic.Category) bool { return c.ID == int32(p.CategoryID) })
	area, _ := d.AreaByID(int32(p.AreaID))
	return i >= 0 &&
		(d.Categories[i].Visibility != civic.HexOnly || f.CountsHexOnly()) &&
		(len(f.Kinds) == 0 || slices.Contains(f.Kinds, d.Categories[i].Kind)) &&
		(len(f.Categories) == 0 || slices.Contains(f.Categories, d.Categories[i].Slug)) &&
		(len(f.Statuses) == 0 || slices.Contains(f.Statuses, p.Status)) &&
		(len(f.Areas) == 0 || slices.Contains(f.Areas, area.Slug)) &&
		(f.From == 0 || p.Day >= f.From) && (f.Until == 0 || p.Day < f.Until)
}

// newVersion returns an index of a district with the pins.
func newVersion(d civic.District, pins []civic.MapPin) *index.Version {
	return newTuned(d, pins, tuning.Default())
}

func newTuned(d civic.District, pins []civic.MapPin, t tuning.Tuning) *index.Version {
	var rows index.Rows
	for _, p := range pins {
		rows.Add(p)
	}
	return index.New(d, &rows, index.Config{Tuning: &t})
}

// smallTuning returns sizes with which a few hundred pins have several segments
// and overviews.
func smallTuning() tuning.Tuning {
	return tuning.Tuning{SegmentRows: 300, ScanRows: 8, BinRows: 3, OverviewRows: 100, ClusterRows: 2}
}

// simulation changes the pins and the categories of a district at random, and
// merges segments late, as a live index does in the background.
type simulation struct {
	*index.Version
	t       testing.TB
	r       *rand.Rand
	tuning  tuning.Tuning
	point   func(*rand.Rand) orb.Point // returns the location of a new pin
	pins    map[int64]civic.MapPin     // the current pins
	merge   *index.Merge               // not yet installed; nil if there is none
	pending []civic.MapPin             // changes since the merge began
}

func newSimulation(t testing.TB, seed uint64, sizes tuning.Tuning, point func(*rand.Rand) orb.Point) *simulation {
	return &simulation{
		Version: newTuned(tilestest.District(), nil, sizes), t: t, r: rand.New(rand.NewPCG(seed, 99)), tuning: sizes, point: point, pins: map[int64]civic.MapPin{},
	}
}

// centralPoint returns a point in the district, often in its middle.
func centralPoint(r *rand.Rand) orb.Point {
	if r.IntN(2) == 0 {
		return orb.Point{19.9 + 0.1*r.Float64(), 50 + 0.06*r.Float64()}
	}
	return orb.Point{19.95 + 0.002*r.NormFloat64(), 50.03 + 0.001*r.NormFloat64()}
}

// change adds, changes and deletes n pins. Some of the changes leave a pin as
// it is.
func (s *simulation) change(n int) {
	s.t.Helper()
	r := s.r
	var changes []civic.MapPin
	for range n {
		id := int64(1 + r.IntN(3000))
		p, known := s.pins[id]
		switch {
		case r.IntN(5) == 0:
			changes = append(changes, civic.MapPin{DistrictID: 1, ID: id, Deleted: true})
			delete(s.pins, id)
			continue
		case !known || r.IntN(3) > 0:
			p = civic.MapPin{
				DistrictID: 1, ID: id, Shown: locationAt(s.t, s.point(r)), CategoryID: uint16(s.District.Categories[r.IntN(len(s.District.Categories))].ID),
				Status: civic.Statuses()[r.IntN(9)], AreaID: uint16(r.IntN(3)), Day: []civic.Day{0, civic.MaxDay, 20000, civic.Day(r.IntN(1 << 16))}[r.IntN(4)],
			}
		}
		changes = append(changes, p)
		s.pins[id] = p
	}
	s.Version = s.Apply(changes)
	s.pending = append(s.pending, changes...)
}

// changeCategories adds a category or changes the visibility of one.
func (s *simulation) changeCategories() {
	d := s.District
	d.Categories = slices.Clone(d.Categories)
	if i := s.r.IntN(len(d.Categories)); s.r.IntN(2) == 0 {
		d.Categories[i].Visibility = []civic.Visibility{civic.Exact, civic.HexOnly}[s.r.IntN(2)]
	} else {
		id := int32(4 + len(d.Categories))
		d.Categories = append(d.Categories, civic.Category{ID: id, Slug: "more-" + string('a'+id), Kind: civic.Kinds()[s.r.IntN(3)], Visibility: civic.Exact})
	}
	s.Version = s.WithDistrict(d)
}

// mergeLate begins a merge when enough has changed, and installs it some time
// later.
func (s *simulation) mergeLate() {
	if s.merge == nil && s.ChangedRows() > 40 {
		s.merge, s.pending = s.Merge(), nil
	} else if s.merge != nil && s.r.IntN(3) == 0 {
		before := s.Number
		s.Version, _ = s.Install(s.merge, s.pending)
		s.merge = nil
		if s.Number != before {
			s.t.Errorf("a merge, which changes no pin, changes the version from %d to %d", before, s.Number)
		}
	}
}

// rebuilt returns a new index of the current pins.
func (s *simulation) rebuilt() *index.Version {
	return newTuned(s.District, slices.Collect(maps.Values(s.pins)), s.tuning)
}

// squareOf returns the square of the thinning grid of a zoom that contains m,
// by its number east and south of the north-west corner of the world.
func squareOf(m geo.Mercator, z int) [2]uint32 {
	shift := 32 - z - 5
	return [2]uint32{m.X >> shift, m.Y >> shift}
}

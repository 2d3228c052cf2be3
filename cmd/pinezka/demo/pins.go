package demo

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

const (
	period       = 730 // number of days, up to today, on which pins are reported
	hotspotShare = 0.6 // share of the pins of a category that are at its hotspots
	deviation    = 110 // standard deviation of the distance from a place, in metres
)

// maxWithBody is the largest number of pins that have bodies. Nobody reads the
// bodies of more, and indexing their words would take most of the time.
const maxWithBody = 100_000

// Pins returns n invented pins of the two years up to today. The areas and
// categories of d must have ids. The pins are the same for the same n, seed and
// day. If there are more than 100,000, they have titles only.
func Pins(d *civic.District, n int, seed uint64, today civic.Day) iter.Seq2[civic.NewPin, error] {
	return func(yield func(civic.NewPin, error) bool) {
		g, err := newGenerator(d, seed, today)
		if err != nil {
			yield(civic.NewPin{}, err)
			return
		}
		for range n {
			pin, err := g.pin()
			if n > maxWithBody {
				pin.Body = ""
			}
			if !yield(pin, err) || err != nil {
				return
			}
		}
	}
}

// generator generates pins.
type generator struct {
	district *civic.District
	random   *rand.Rand
	today    civic.Day
	acceptor *civic.Acceptor
	sources  []*source
	weights  weights // of sources
	choice   sequence
	threads  []Thread
	silent   []geo.Cell       // in which nobody is heard
	places   []place          // except where nobody is heard
	named    map[string]place // of organisations that a thread names, by title
	unheard  []place          // at which no need has been reported yet
}

// source generates the pins of one category, or those that are planted in it.
// Their places and ages are spread evenly, so that statistics find what is
// planted and nothing that is there by chance.
type source struct {
	slug string
	corpus
	places       []place
	placeWeights weights
	areas        []int32 // to which its pins are limited; empty: all
	planted      bool
	deviation    float64 // standard deviation of the distance from a place, in metres
	ageWeights   weights // by age in days
	placeAt, age sequence
	used         int // number of paired texts that have been used
}

func newGenerator(d *civic.District, seed uint64, today civic.Day) (*generator, error) {
	t, err := readTexts()
	if err != nil {
		return nil, err
	}
	threads, err := Threads(today)
	if err != nil {
		return nil, err
	}
	g := &generator{
		district: d, acceptor: civic.NewAcceptor(d, today), random: rand.New(rand.NewPCG(seed, 13)), today: today, threads: threads, named: map[string]place{},
	}
	g.choice = sequence{g.random.Float64(), 0.6180339887498949} // by the golden ratio
	for _, p := range t.Places {
		c, err := geo.CellAt(orb.Point{p.Lon, p.Lat})
		if err != nil {
			return nil, fmt.Errorf("find the cell of %s: %w", p.Name, err)
		}
		if p.cell = c.Parent(heardResolution); slices.Contains(t.Silent, p.Name) {
			g.silent = append(g.silent, p.cell)
		} else {
			g.places = append(g.places, p)
		}
	}
	g.unheard = slices.Clone(g.places)
	for _, t := range threads {
		for _, o := range t.Organisations {
			i := slices.IndexFunc(g.places, func(p place) bool { return p.Name == o.Place })
			if i < 0 {
				return nil, fmt.Errorf("find the place of %s: %w", o.Title, civic.ErrNotFound)
			}
			g.named[o.Title] = g.places[i]
		}
	}
	for _, c := range d.Categories {
		from, ok := t.Texts[c.Slug]
		if !ok {
			if from, ok = t.Organisations[c.Slug]; !ok {
				return nil, fmt.Errorf("demo has no texts for category %s", c.Slug)
			}
		}
		s := &source{slug: c.Slug, corpus: from, deviation: deviation, ageWeights: ageWeights(today, 0)}
		if err := g.addSource(s); err != nil {
			return nil, err
		}
	}
	for _, p := range t.Planted {
		s := &source{slug: p.Category, corpus: p.in(t.Texts[p.Category]), planted: true, deviation: p.Deviation, ageWeights: ageWeights(today, p.Rise)}
		if err := g.addSource(s); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// addSource adds a source of pins at those places that suit it.
func (g *generator) addSource(s *source) error {
	// The steps of the two-dimensional sequence with the lowest known discrepancy:
	// M. Roberts, The Unreasonable Effectiveness of Quasirandom Sequences, 2018.
	s.placeAt = sequence{g.random.Float64(), 0.7548776662466927}
	s.age = sequence{g.random.Float64(), 0.5698402909980532}
	for _, slug := range s.Areas {
		a, _ := g.district.Area(slug)
		s.areas = append(s.areas, a.ID)
	}
	all, hot := 0.0, 0.0
	for _, p := range g.places {
		if !s.suits(p) {
			continue
		}
		s.places = append(s.places, p)
		all += p.Weight
		if slices.Contains(s.Hotspots, p.Name) {
			hot += p.Weight
		}
	}
	if len(s.places) == 0 {
		return fmt.Errorf("demo has no place for category %s", s.slug)
	}
	for _, p := range s.places {
		w := p.Weight / all
		if hot > 0 {
			w *= 1 - hotspotShare
			if slices.Contains(s.Hotspots, p.Name) {
				w += hotspotShare * p.Weight / hot
			}
		}
		s.placeWeights.add(w)
	}
	g.sources = append(g.sources, s)
	g.weights.add(s.Weight)
	return nil
}

func (g *generator) pin() (civic.NewPin, error) {
	const attempts = 200 // to find a point inside the district
	s := g.source()
	c, _ := g.district.Category(s.slug)
	at, first := g.place(s, c)
	title, body := s.text(g.random)
	if place, ok := g.named[title]; ok {
		at = place
	}
	fill := strings.NewReplacer("{at}", at.At)
	draft := civic.Draft{Category: s.slug, Title: capitalize(fill.Replace(title)), Body: capitalize(fill.Replace(body))}
	age := s.ageWeights.pick(s.age.next())
	draft.ReportedOn = g.today - civic.Day(age)
	if c.Visibility == civic.HexOnly && draft.ReportedOn.Month() == g.today.Month() { // every pin of the demonstration can be counted
		draft.ReportedOn = g.today.Month().First() - 1
	}
	draft.Status = g.status(c.Kind, age)
	var err error
	for range attempts {
		draft.Point = g.pointNear(at, s.deviation)
		var pin civic.NewPin
		if pin, err = g.acceptor.Accept(draft); err != nil {
			continue
		}
		if cell := pin.Exact.Cell.Parent(heardResolution); cell == at.cell || !first && !slices.Contains(g.silent, cell) {
			if len(s.areas) == 0 || slices.Contains(s.areas, pin.AreaID) {
				for _, t := range g.threads {
					t.prepare(&pin)
				}
				return pin, nil
			}
		}
		err = errors.New("the point is in another area or cell")
	}
	return civic.NewPin{}, fmt.Errorf("generate a pin of %s at %s: %w", s.slug, at.Name, err)
}

// place returns the place of the next pin of s, and whether it must be in the
// cell of that place: until a need has been reported at each place, needs that
// are listed are reported at those without one.
func (g *generator) place(s *source, c civic.Category) (at place, first bool) {
	if c.Kind == civic.Need && c.Visibility != civic.HexOnly && !s.planted {
		if i := slices.IndexFunc(g.unheard, s.suits); i >= 0 {
			at = g.unheard[i]
			g.unheard = slices.Delete(g.unheard, i, i+1)
			return at, true
		}
	}
	return s.places[s.placeWeights.pick(s.placeAt.next())], false
}

// source returns the source of the next pin. One with paired texts, which name
// organisations, is rare once each of them has been used.
func (g *generator) source() *source {
	for {
		s := g.sources[g.weights.pick(g.choice.next())]
		if !s.Paired || s.used < len(s.Titles) || g.random.IntN(50) == 0 {
			return s
		}
	}
}

func (s *source) text(r *rand.Rand) (title, body string) {
	if s.Paired {
		i := s.used % len(s.Titles)
		s.used++
		return s.Titles[i], s.Bodies[i]
	}
	if len(s.Themes) > 0 {
		t := s.Themes[r.IntN(len(s.Themes))]
		return s.Titles[t.Titles[r.IntN(len(t.Titles))]], s.Bodies[t.Bodies[r.IntN(len(t.Bodies))]]
	}
	return s.Titles[r.IntN(len(s.Titles))], s.Bodies[r.IntN(len(s.Bodies))]
}

// ageWeights returns the weights of the ages of pins, in days. There are
// slightly more pins of spring and autumn, and their number rises with a power
// of the time since the start of the period.
func ageWeights(today civic.Day, rise float64) (w weights) {
	for age := range period {
		year := float64((today - civic.Day(age)).Time().YearDay()) / 365
		season := 1 + 0.1*math.Cos(4*math.Pi*(year-0.3)) // is greatest in April and October
		w.add(season * math.Pow(1-float64(age)/period, rise))
	}
	return w
}

// status returns the status of a pin. An older need is likely to be further in
// its progress.
func (g *generator) status(k civic.Kind, age int) civic.Status {
	if k != civic.Need {
		return civic.Active
	}
	progress := float64(age)/period + 0.35*g.random.NormFloat64()
	switch side := g.random.Float64(); {
	case side < 0.05 && age > 60:
		return civic.PassedOn
	case side < 0.09 && age > 60:
		return civic.NotPossible
	case side < 0.11 && age > 200:
		return civic.Reopened
	}
	for _, step := range []struct {
		below float64
		is    civic.Status
	}{{0.45, civic.Reported}, {0.65, civic.UnderDiagnosis}, {0.8, civic.Diagnosed}, {1, civic.InAction}, {1.2, civic.Met}} {
		if progress < step.below {
			return step.is
		}
	}
	return civic.Verified
}

// pointNear returns a point around the place, normally distributed with the
// deviation in metres.
func (g *generator) pointNear(p place, deviation float64) orb.Point {
	const metresPerDegree = 111_320
	dx, dy := g.random.NormFloat64()*deviation, g.random.NormFloat64()*deviation
	return orb.Point{
		roundDegrees(p.Lon + dx/(metresPerDegree*math.Cos(p.Lat*math.Pi/180))),
		roundDegrees(p.Lat + dy/metresPerDegree),
	}
}

// roundDegrees rounds degrees to six decimals, which are 11 cm.
func roundDegrees(v float64) float64 { return math.Round(v*1e6) / 1e6 }

// capitalize returns s with its first letter in upper case.
func capitalize(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// weights are cumulative weights, in ascending order.
type weights []float64

func (w *weights) add(x float64) {
	sum := x
	if n := len(*w); n > 0 {
		sum += (*w)[n-1]
	}
	*w = append(*w, sum)
}

// pick returns the index in whose share of the weights u, of 0 to 1, is.
func (w weights) pick(u float64) int {
	i, _ := slices.BinarySearch(w, u*w[len(w)-1])
	return min(i, len(w)-1)
}

// sequence is an additive recurrence: the fractional parts of the multiples of
// an irrational step. Each run of it is spread evenly over 0 to 1, other than a
// run of random numbers.
type sequence struct{ value, step float64 }

func (s *sequence) next() float64 {
	_, s.value = math.Modf(s.value + s.step)
	return s.value
}

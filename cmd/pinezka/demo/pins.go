package demo

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

const (
	span        = 730 // days that the pins are spread over
	nearHotspot = 0.6 // share of a category's pins that lie at its hotspots
	scatter     = 110 // metres from a place, one standard deviation
)

// wordy is the number of pins up to which they have a body: beyond, nobody reads
// them, and searching words would be most of the work.
const wordy = 100_000

// Pins are n made-up pins of the district, which must be numbered, over the two
// years up to today. The same n, seed and day give the same pins; more than
// 100,000 have titles only.
func Pins(d *civic.District, n int, seed uint64, today civic.Day) iter.Seq2[civic.NewPin, error] {
	return func(yield func(civic.NewPin, error) bool) {
		g, err := newGenerator(d, seed, today)
		if err != nil {
			yield(civic.NewPin{}, err)
			return
		}
		for range n {
			pin, err := g.pin()
			if n > wordy {
				pin.Body = ""
			}
			if !yield(pin, err) || err != nil {
				return
			}
		}
	}
}

// generator puts pins together.
type generator struct {
	district *civic.District
	random   *rand.Rand
	today    civic.Day
	kinds    []*source
	choose   weights // among kinds
}

// source of one category's pins.
type source struct {
	slug string
	corpus
	everywhere, hotspots []place
	anywhere, hot        weights
	used                 int // of paired texts
}

func newGenerator(d *civic.District, seed uint64, today civic.Day) (*generator, error) {
	t, err := readTexts()
	if err != nil {
		return nil, fmt.Errorf("read demo texts: %w", err)
	}
	g := &generator{district: d, random: rand.New(rand.NewPCG(seed, 13)), today: today}
	for _, c := range d.Categories {
		from, ok := t.Texts[c.Slug]
		if !ok {
			if from, ok = t.Organisations[c.Slug]; !ok {
				return nil, fmt.Errorf("demo has no texts for category %s", c.Slug)
			}
		}
		s := &source{slug: c.Slug, corpus: from}
		for _, p := range t.Places {
			if !from.suits(p) {
				continue
			}
			s.everywhere = append(s.everywhere, p)
			s.anywhere.add(p.Weight)
			if slices.Contains(from.Hotspots, p.Name) {
				s.hotspots = append(s.hotspots, p)
				s.hot.add(p.Weight)
			}
		}
		if len(s.everywhere) == 0 {
			return nil, fmt.Errorf("demo has no place for category %s", c.Slug)
		}
		g.kinds = append(g.kinds, s)
		g.choose.add(from.Weight)
	}
	return g, nil
}

func (g *generator) pin() (civic.NewPin, error) {
	const attempts = 50 // to land inside the district
	s := g.source()
	at := s.everywhere[s.anywhere.pick(g.random)]
	if len(s.hotspots) > 0 && g.random.Float64() < nearHotspot {
		at = s.hotspots[s.hot.pick(g.random)]
	}
	title, body := s.words(g.random)
	fill := strings.NewReplacer("{at}", at.At)
	draft := civic.Draft{Category: s.slug, Title: capital(fill.Replace(title)), Body: capital(fill.Replace(body))}
	age := g.age()
	draft.ReportedOn = g.today - civic.Day(age)
	category, _ := g.district.Category(s.slug)
	draft.Status = g.status(category.Kind, age)
	var err error
	for range attempts {
		draft.Point = g.near(at)
		var pin civic.NewPin
		if pin, err = g.district.Accept(draft); err == nil {
			return pin, nil
		}
	}
	return civic.NewPin{}, fmt.Errorf("make up a pin of %s at %s: %w", s.slug, at.Name, err)
}

// source of the next pin. Named organisations are each used once, as long as
// there are others to choose.
func (g *generator) source() *source {
	for {
		s := g.kinds[g.choose.pick(g.random)]
		if !s.Paired || s.used < len(s.Titles) || g.random.IntN(50) == 0 {
			return s
		}
	}
}

func (s *source) words(r *rand.Rand) (title, body string) {
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

// age in days: more of late than long ago, and more in spring and autumn.
func (g *generator) age() int {
	for {
		age := int(span * math.Pow(g.random.Float64(), 1.25))
		year := float64((g.today - civic.Day(age)).Time().YearDay()) / 365
		season := 0.7 + 0.3*math.Cos(4*math.Pi*(year-0.3)) // peaks in April and October
		if g.random.Float64() < season {
			return min(age, span-1)
		}
	}
}

// status of a need by its age: the longer ago, the further.
func (g *generator) status(k civic.Kind, age int) civic.Status {
	if k != civic.Need {
		return civic.Active
	}
	progress := float64(age)/span + 0.35*g.random.NormFloat64()
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

// near is a point around the place, normally distributed.
func (g *generator) near(p place) orb.Point {
	const metresPerDegree = 111_320
	dx, dy := g.random.NormFloat64()*scatter, g.random.NormFloat64()*scatter
	return orb.Point{
		sixDecimals(p.Lon + dx/(metresPerDegree*math.Cos(p.Lat*math.Pi/180))),
		sixDecimals(p.Lat + dy/metresPerDegree),
	}
}

// sixDecimals of a degree are 11 cm: as exact as anybody points.
func sixDecimals(v float64) float64 { return math.Round(v*1e6) / 1e6 }

// capital makes the first letter a capital.
func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// weights are cumulative.
type weights []float64

func (w *weights) add(x float64) {
	sum := x
	if n := len(*w); n > 0 {
		sum += (*w)[n-1]
	}
	*w = append(*w, sum)
}

// pick an index, each as often as its weight says.
func (w weights) pick(r *rand.Rand) int {
	i, _ := slices.BinarySearch(w, r.Float64()*w[len(w)-1])
	return min(i, len(w)-1)
}

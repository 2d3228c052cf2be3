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
	district   *civic.District
	random     *rand.Rand
	today      civic.Day
	acceptor   *civic.Acceptor
	categories []*category
	weights    weights // of categories
}

// category generates the pins of one category.
type category struct {
	slug string
	corpus
	places         []place
	placeWeights   weights
	hotspots       []place
	hotspotWeights weights
	used           int // number of paired texts that have been used
}

func newGenerator(d *civic.District, seed uint64, today civic.Day) (*generator, error) {
	t, err := readTexts()
	if err != nil {
		return nil, err
	}
	g := &generator{district: d, acceptor: civic.NewAcceptor(d, today), random: rand.New(rand.NewPCG(seed, 13)), today: today}
	for _, c := range d.Categories {
		from, ok := t.Texts[c.Slug]
		if !ok {
			if from, ok = t.Organisations[c.Slug]; !ok {
				return nil, fmt.Errorf("demo has no texts for category %s", c.Slug)
			}
		}
		k := &category{slug: c.Slug, corpus: from}
		for _, p := range t.Places {
			if !from.suits(p) {
				continue
			}
			k.places = append(k.places, p)
			k.placeWeights.add(p.Weight)
			if slices.Contains(from.Hotspots, p.Name) {
				k.hotspots = append(k.hotspots, p)
				k.hotspotWeights.add(p.Weight)
			}
		}
		if len(k.places) == 0 {
			return nil, fmt.Errorf("demo has no place for category %s", c.Slug)
		}
		g.categories = append(g.categories, k)
		g.weights.add(from.Weight)
	}
	return g, nil
}

func (g *generator) pin() (civic.NewPin, error) {
	const attempts = 50 // to find a point inside the district
	k := g.category()
	at := k.places[k.placeWeights.pick(g.random)]
	if len(k.hotspots) > 0 && g.random.Float64() < hotspotShare {
		at = k.hotspots[k.hotspotWeights.pick(g.random)]
	}
	title, body := k.text(g.random)
	fill := strings.NewReplacer("{at}", at.At)
	draft := civic.Draft{Category: k.slug, Title: capitalize(fill.Replace(title)), Body: capitalize(fill.Replace(body))}
	age := g.age()
	draft.ReportedOn = g.today - civic.Day(age)
	c, _ := g.district.Category(k.slug)
	if c.Visibility == civic.HexOnly && draft.ReportedOn.Month() == g.today.Month() { // every pin of the demonstration can be counted
		draft.ReportedOn = g.today.Month().First() - 1
	}
	draft.Status = g.status(c.Kind, age)
	var err error
	for range attempts {
		draft.Point = g.pointNear(at)
		var pin civic.NewPin
		if pin, err = g.acceptor.Accept(draft); err == nil {
			return pin, nil
		}
	}
	return civic.NewPin{}, fmt.Errorf("generate a pin of %s at %s: %w", k.slug, at.Name, err)
}

// category returns the category of the next pin. One with paired texts, which
// name organisations, is rare once each of them has been used.
func (g *generator) category() *category {
	for {
		k := g.categories[g.weights.pick(g.random)]
		if !k.Paired || k.used < len(k.Titles) || g.random.IntN(50) == 0 {
			return k
		}
	}
}

func (k *category) text(r *rand.Rand) (title, body string) {
	if k.Paired {
		i := k.used % len(k.Titles)
		k.used++
		return k.Titles[i], k.Bodies[i]
	}
	if len(k.Themes) > 0 {
		t := k.Themes[r.IntN(len(k.Themes))]
		return k.Titles[t.Titles[r.IntN(len(t.Titles))]], k.Bodies[t.Bodies[r.IntN(len(t.Bodies))]]
	}
	return k.Titles[r.IntN(len(k.Titles))], k.Bodies[r.IntN(len(k.Bodies))]
}

// age returns the age of a pin in days. There are more recent pins than old
// ones, and more of spring and autumn.
func (g *generator) age() int {
	for {
		age := int(period * math.Pow(g.random.Float64(), 1.25))
		year := float64((g.today - civic.Day(age)).Time().YearDay()) / 365
		season := 0.7 + 0.3*math.Cos(4*math.Pi*(year-0.3)) // peaks in April and October
		if g.random.Float64() < season {
			return min(age, period-1)
		}
	}
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

// pointNear returns a point around the place, normally distributed.
func (g *generator) pointNear(p place) orb.Point {
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

// pick returns a random index, with a probability proportional to its weight.
func (w weights) pick(r *rand.Rand) int {
	i, _ := slices.BinarySearch(w, r.Float64()*w[len(w)-1])
	return min(i, len(w)-1)
}

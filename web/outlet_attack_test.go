package web_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/analysis/disclosure/disclosuretest"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// attackedOutlets is the number of districts of TestAttackOnOutlets, unless
// ATTACK_DISTRICTS is set.
const attackedOutlets = 2

// TestAttackOnOutlets lets the attacker of package disclosuretest read every outlet
// of servers after each month, and bound every count that fewer than K voices are in
// with an integer program from the numbers that it read. First, each of these numbers
// must be a sum of leaves, by the rule; so the attacker, which knows where leaves are
// and how many voices they have, is told nothing more. With the exact count of one
// cell, which it finds in the database, it must succeed.
func TestAttackOnOutlets(t *testing.T) {
	n := attackedOutlets
	if value := os.Getenv("ATTACK_DISTRICTS"); value != "" {
		var err error
		if n, err = strconv.Atoi(value); err != nil {
			t.Fatal(err)
		}
	}
	for seed := range n {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(seed), 27))
			f := newFactReader(t, r)
			f.readMonths()
			f.checkAllRead()
			for i, leak := range f.leaks {
				if i == 20 {
					t.Fatalf("… and %d other numbers", len(f.leaks)-i)
				}
				t.Error(leak)
			}
			solver := disclosuretest.Solver{Folder: t.TempDir()}
			found := false
			for _, c := range f.categories {
				know := disclosuretest.KnowFacts(&c.District, c.leaves, f.shown(c), f.distinct())
				f.checkLeavesKnown(solver, c, know)
				f.checkSafe(r, solver, c, know)
				found = f.findLeak(solver, c, know) || found
				f.logUtility(c)
			}
			if !found {
				t.Error("every protected count is what the leaves say")
			}
		})
	}
}

// newFactReader returns a reader of the outlets of a server with a random district.
func newFactReader(t *testing.T, r *rand.Rand) *factReader {
	later := time.Date(2090, time.January, 1, 0, 0, 0, 0, time.UTC)
	site := webtest.OpenConfig(t, web.Config{Now: func() time.Time { return later }}, newCountedDistrict(r), nil)
	d := newCountedReports(t, r, site.Live.Districts()[0].District)
	return &factReader{T: t, countedDistrict: d, site: site, paths: map[string]bool{}, facts: map[string]disclosuretest.Fact{}}
}

// readMonths adds the pins of each month, publishes what is counted of them, and
// reads all outlets.
func (f *factReader) readMonths() {
	f.addPins(f.page)
	for f.month = f.first; f.month <= f.last; f.month++ {
		before := f.version()
		for _, c := range f.categories {
			f.addPins(c.pinsIn(f.month)...)
		}
		if after := f.version(); after != before {
			f.Errorf("%s: pins that are not counted yet change the version from %s to %s", f.month, before, after)
		}
		if _, err := f.site.Store.PublishCounts(f.Context(), f.Slug, (f.month + 1).First().Time()); err != nil {
			f.Fatal(err)
		}
		f.readChanges(before)
		f.readAll()
	}
	f.month = f.last
	f.Logf("%d numbers in responses, of %d sets of rows", f.read, len(f.facts))
}

// addPins adds pins as somebody does who sends them.
func (f *factReader) addPins(pins ...civic.NewPin) {
	for _, pin := range pins {
		if _, err := f.site.Store.AddPin(f.Context(), &f.District, civic.Actor{}, pin, civic.Published); err != nil {
			f.Fatal(err)
		}
	}
}

// shown returns all leaves, with the atoms of those of one category.
func (f *factReader) shown(of *countedCategory) (all []disclosuretest.ShownLeaf) {
	for _, c := range f.categories {
		for _, leaf := range c.shown {
			if c != of {
				leaf.Atoms = nil
			}
			all = append(all, leaf)
		}
	}
	return all
}

// checkLeavesKnown checks that the numbers tell how many pins each leaf has, so that
// the attacker knows all that is published.
func (f *factReader) checkLeavesKnown(s disclosuretest.Solver, c *countedCategory, know *disclosuretest.Knowledge) {
	for i, leaf := range c.leaves {
		low, err := s.Least(f.Context(), know, disclosuretest.Pins, c.shown[i].Atoms)
		if err != nil {
			f.Fatal(err)
		}
		high, err := s.Most(f.Context(), know, disclosuretest.Pins, c.shown[i].Atoms)
		if err != nil || low != leaf.Pins || high != leaf.Pins {
			f.Errorf("the attacker finds %d to %d pins in a leaf of %d (%v)", low, high, leaf.Pins, err)
		}
	}
}

// checkSafe attacks a category.
func (f *factReader) checkSafe(r *rand.Rand, s disclosuretest.Solver, c *countedCategory, know *disclosuretest.Knowledge) {
	var counts []disclosuretest.Count
	for _, count := range disclosuretest.Counts(r, &c.District, [][]disclosure.Leaf{c.leaves}) {
		if count.Atoms[len(count.Atoms)-1].Category == 0 { // there is no other
			counts = append(counts, count)
		}
	}
	successes, attacked, err := disclosuretest.Attack(f.Context(), s, &c.District, know, counts)
	if err != nil {
		f.Fatal(err)
	}
	for _, success := range successes {
		f.Errorf("K = %d, %d voices in %s: measure %d is %d to %d", c.Rule.K, success.Truth, success.Count.Name, success.Measure, success.Low, success.High)
	}
	f.Logf("%s: bounded %d counts of %d reports in %d leaves", c.Slug, attacked, len(c.Reports), len(c.leaves))
}

// findLeak checks that the attacker succeeds with the exact count of one cell in a
// month, and that this is not taken for a sum of leaves. It is false if the category
// has no such count that differs from what leaves say.
func (f *factReader) findLeak(s disclosuretest.Solver, c *countedCategory, know *disclosuretest.Knowledge) bool {
	for _, atom := range know.Atoms {
		in := asked{category: c.Slug, from: atom.Month, to: atom.Month}.in(atom.Unit.Cell)
		exact, leaks := f.exact(c, atom), len(f.leaks)
		if exact >= c.Rule.K {
			continue
		}
		f.add("the database", exact, in)
		if len(f.leaks) == leaks {
			continue // it is what the leaves say
		}
		leaky := *know
		leaky.Bounds = append(slices.Clone(know.Bounds), disclosuretest.Bound{Measure: disclosuretest.Pins, Atoms: []disclosuretest.Atom{atom}, Min: exact, Max: exact})
		successes, _, err := disclosuretest.Attack(f.Context(), s, &c.District, &leaky, []disclosuretest.Count{{Name: atom.String(), Atoms: []disclosuretest.Atom{atom}}})
		if err != nil || len(successes) != 1 || successes[0].Low != exact || successes[0].High != exact {
			f.Errorf("%d pins are not found: %+v, %v", exact, successes, err)
		}
		return true
	}
	return false
}

// exact returns the number of pins of an atom in the database.
func (f *factReader) exact(c *countedCategory, a disclosuretest.Atom) (n int) {
	first, end := a.Unit.Cell.Span()
	err := f.site.Connect(f.T).QueryRow(f.Context(), `
		select count(*)
		from pins
		where category_id = $1
		  and shown_cell >= $2
		  and shown_cell < $3
		  and reported_on between $4 and $5`,
		c.Category.ID, int64(first), int64(end), a.Month.First().Time(), a.Month.Last().Time()).Scan(&n)
	if err != nil {
		f.Fatal(err)
	}
	return n
}

// logUtility logs which share of the pins and of the counts of cells in months is
// published, and how the sums by which hotspots are found correlate with exact ones.
func (f *factReader) logUtility(c *countedCategory) {
	pins, atoms := 0, 0
	for i, leaf := range c.leaves {
		pins += leaf.Pins
		atoms += len(c.shown[i].Atoms)
	}
	_, cells := c.CountedIn()
	_, hotspots := f.hotspots(asked{category: c.Slug}, int(cells))
	var published, exact []float64
	for _, h := range hotspots.Cells {
		disk := diskOf(f.T, f.cell(h.H3))
		n := 0
		for _, report := range c.Reports {
			if slices.Contains(disk, report.Unit.Cell) {
				n++
			}
		}
		published, exact = append(published, float64(h.Sum)), append(exact, float64(n))
	}
	f.Logf("%s: published are %d of %d pins and %d of %d cells in months", c.Slug, pins, len(c.Reports), atoms, len(c.Units)*countedMonths)
	if slices.Min(exact) < slices.Max(exact) { // otherwise all cells are neighbours
		f.Logf("%s: the sums of %d hotspots correlate by %.2f", c.Slug, len(exact), disclosuretest.Spearman(published, exact))
	}
}

package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/analysis/disclosure/disclosuretest"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

func month(year int, m time.Month) civic.Month { return civic.Month((year-1970)*12 + int(m) - 1) }

// unitsOf returns the units of an area with cells 1 to n.
func unitsOf(area int32, n int) (units []disclosure.Unit) {
	for i := range n {
		units = append(units, disclosure.Unit{Area: area, Cell: geo.Cell(i + 1)})
	}
	return units
}

func Example() {
	rule := disclosure.Rule{K: 2, Target: 4}
	units := []disclosure.Unit{{Area: 1, Cell: 1}, {Area: 1, Cell: 2}, {Area: 1, Cell: 3}, {Area: 2, Cell: 4}}
	april := civic.Month(56*12 + 3)
	open := map[int32]civic.Month{1: april, 2: april}
	reports := []disclosure.Report{
		{Pin: 1, Unit: units[0], Month: april, Voice: 100},
		{Pin: 2, Unit: units[1], Month: april, Voice: 101},
		{Pin: 3, Unit: units[2], Month: april, Voice: 102},
		{Pin: 4, Unit: units[2], Month: april + 1, Voice: 103},
		{Pin: 5, Unit: units[2], Month: april + 1, Voice: 103},
		{Pin: 6, Unit: units[3], Month: april, Voice: 104},
	}
	for m := april; m <= april+1; m++ {
		fmt.Println(m, "ends")
		for _, leaf := range disclosure.Close(rule, units, open, reports, m) {
			fmt.Printf("  area %d, cells %d to %d, %s to %s: %d pins of %d contributors\n",
				leaf.Area, leaf.First, leaf.Last, leaf.From, leaf.To, leaf.Pins, leaf.Voices)
		}
	}
	// Output:
	// 2026-04 ends
	// 2026-05 ends
	//   area 1, cells 1 to 2, 2026-04 to 2026-05: 2 pins of 2 contributors
	//   area 1, cells 3 to 3, 2026-04 to 2026-05: 3 pins of 2 contributors
}

func TestClose(t *testing.T) {
	may, june := month(2026, time.May), month(2026, time.June)
	// reports of one pin each, of voices 1, 2, … at cells
	at := func(area int32, m civic.Month, cells ...geo.Cell) (reports []disclosure.Report) {
		for i, c := range cells {
			reports = append(reports, disclosure.Report{Pin: int64(m)*1000 + int64(i), Unit: disclosure.Unit{Area: area, Cell: c}, Month: m, Voice: uint64(m)*1000 + uint64(i)})
		}
		return reports
	}
	oneVoice := at(1, may, 1, 2, 3, 4, 5, 5)
	for i := range oneVoice {
		oneVoice[i].Voice = 7
	}
	twice := at(1, may, 1, 1, 2, 3, 3)
	twice[1].Voice = twice[0].Voice

	for _, test := range []struct {
		name    string
		rule    disclosure.Rule
		units   []disclosure.Unit
		open    civic.Month
		reports []disclosure.Report
		month   civic.Month
		want    []string // area: first-last from-to pins/voices @at
	}{
		{"nothing reported", disclosure.Rule{K: 2}, unitsOf(1, 3), may, nil, june, nil},
		{"fewer than K at the end of a half-year", disclosure.Rule{K: 3}, unitsOf(1, 3), may, at(1, may, 1, 1), june, nil},
		{"K before the end of a half-year", disclosure.Rule{K: 3, Target: 6}, unitsOf(1, 3), may, at(1, may, 1, 1, 1), may, nil},
		{"K at the end of a half-year", disclosure.Rule{K: 3, Target: 6}, unitsOf(1, 3), may, at(1, may, 1, 1, 1), june, []string{"1: 1-3 2026-05 to 2026-06 3/3 @2"}},
		{"the target before the end of a half-year", disclosure.Rule{K: 2, Target: 4}, unitsOf(1, 4), may, at(1, may, 1, 1, 3, 4), may, []string{"1: 1-1 2026-05 to 2026-05 2/2 @1", "1: 2-4 2026-05 to 2026-05 2/2 @3"}},
		{"a target below K is K", disclosure.Rule{K: 3, Target: 1}, unitsOf(1, 3), may, at(1, may, 1, 1), may, nil},
		{"defaults are 5 and 50", disclosure.Rule{}, unitsOf(1, 2), may, at(1, may, slices.Repeat([]geo.Cell{1}, 49)...), may, nil},
		{"with 50 voices", disclosure.Rule{}, unitsOf(1, 2), may, at(1, may, slices.Repeat([]geo.Cell{1}, 50)...), may, []string{"1: 1-2 2026-05 to 2026-05 50/50 @1"}},
		{"a rest of fewer than K", disclosure.Rule{K: 2, Target: 2}, unitsOf(1, 3), may, at(1, may, 1, 1, 3), may, []string{"1: 1-3 2026-05 to 2026-05 3/3 @2"}},
		{"one voice in many pins", disclosure.Rule{K: 2, Target: 2}, unitsOf(1, 5), may, oneVoice, june, nil},
		{"two pins of one voice in a unit", disclosure.Rule{K: 2, Target: 2}, unitsOf(1, 3), may, twice, may, []string{"1: 1-2 2026-05 to 2026-05 3/2 @1", "1: 3-3 2026-05 to 2026-05 2/2 @3"}},
		{"a later month", disclosure.Rule{K: 2, Target: 2}, unitsOf(1, 1), may, slices.Concat(at(1, may, 1), at(1, june, 1, 1)), may, nil},
		{"a month before the open one", disclosure.Rule{K: 2, Target: 2}, unitsOf(1, 1), june, at(1, may, 1, 1), june, []string{"1: 1-1 2026-06 to 2026-06 2/2 @1"}},
		{"a month that was released", disclosure.Rule{K: 2, Target: 2}, unitsOf(1, 1), june, at(1, may, 1, 1), may, nil},
		{"cells that are no units", disclosure.Rule{K: 2, Target: 2}, unitsOf(1, 3)[1:], may, at(1, may, 1, 1, 3, 9), may, []string{"1: 2-2 2026-05 to 2026-05 2/2 @2", "1: 3-3 2026-05 to 2026-05 2/2 @3"}},
		{"an area without units", disclosure.Rule{K: 2, Target: 2}, unitsOf(1, 1), may, at(2, may, 1, 1), may, nil},
		{"units twice, in any order", disclosure.Rule{K: 2, Target: 2}, append([]disclosure.Unit{{Area: 2, Cell: 1}, {Area: 1, Cell: 2}}, unitsOf(1, 2)...), may, slices.Concat(at(1, may, 1, 1), at(2, june, 1, 1)), june, []string{"1: 1-2 2026-05 to 2026-06 2/2 @1", "2: 1-1 2026-05 to 2026-06 2/2 @1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			open := map[int32]civic.Month{1: test.open, 2: test.open}
			var got []string
			for _, l := range disclosure.Close(test.rule, test.units, open, test.reports, test.month) {
				got = append(got, fmt.Sprintf("%d: %d-%d %s to %s %d/%d @%d", l.Area, l.First, l.Last, l.From, l.To, l.Pins, l.Voices, l.At))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLeavesArePartitions checks of random districts that each leaf has at least
// K voices, that leaves do not overlap and leave no gaps, that each report is in
// the leaf that it belongs to, that what was released does not depend on what is
// reported later, and that the order of reports and units does not matter.
func TestLeavesArePartitions(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 14))
	for range 500 {
		d := disclosuretest.Random(r, true)
		reports := d.Of(0)
		leaves := disclosuretest.Release(d.Rule, d.Units, reports, d.First, d.Last)
		checkPartition(t, d.Rule, d.Units, reports, leaves, d.First)

		for m := d.First; m < d.Last; m++ {
			until := disclosuretest.Release(d.Rule, d.Units, slices.DeleteFunc(slices.Clone(reports), func(r disclosure.Report) bool { return r.Month > m }), d.First, m)
			after := slices.DeleteFunc(slices.Clone(leaves), func(l disclosure.Leaf) bool { return l.To > m })
			if diff := cmp.Diff(until, after); len(until)+len(after) > 0 && diff != "" {
				t.Fatalf("what was released by %s changed later:\n%s", m, diff)
			}
		}

		units := slices.Clone(d.Units)
		r.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
		r.Shuffle(len(reports), func(i, j int) { reports[i], reports[j] = reports[j], reports[i] })
		if diff := cmp.Diff(leaves, disclosuretest.Release(d.Rule, units, reports, d.First, d.Last)); diff != "" {
			t.Fatalf("the order of units or reports matters:\n%s", diff)
		}
	}
}

// checkPartition checks the leaves of the months from first.
func checkPartition(t *testing.T, rule disclosure.Rule, units []disclosure.Unit, reports []disclosure.Report, leaves []disclosure.Leaf, first civic.Month) {
	t.Helper()
	type atom struct {
		unit  disclosure.Unit
		month civic.Month
	}
	in := map[atom]int{} // the leaf, from 1
	open := map[int32]civic.Month{}
	for i, l := range leaves {
		pins, voices := []int64{}, map[uint64]bool{}
		for _, u := range units {
			if u.Area != l.Area || u.Cell < l.First || u.Cell > l.Last {
				continue
			}
			for m := l.From; m <= l.To; m++ {
				a := atom{u, m}
				if in[a] != 0 {
					t.Fatalf("%v is in leaves %+v and %+v", a, leaves[in[a]-1], l)
				}
				in[a] = i + 1
			}
		}
		for _, r := range reports {
			if in[atom{r.Unit, r.Month}] == i+1 {
				pins = append(pins, r.Pin)
				voices[r.Voice] = true
			}
		}
		slices.Sort(pins)
		if len(voices) < rule.K || l.Voices != len(voices) || l.Pins != len(pins) || !slices.Equal(l.Reports, pins) {
			t.Fatalf("%+v has %d voices and pins %d, K is %d", l, len(voices), pins, rule.K)
		}
		if at := (disclosure.Unit{Area: l.Area, Cell: l.At}); in[atom{at, l.From}] != i+1 {
			t.Fatalf("%+v is shown outside", l)
		}
		open[l.Area] = max(open[l.Area], l.To+1)
	}
	for _, u := range units {
		for m := first; m < open[u.Area]; m++ {
			if in[atom{u, m}] == 0 {
				t.Fatalf("%v in %s is in no leaf, but its area is released", u, m)
			}
		}
	}
}

// FuzzClose closes what is read from bytes: a report from three of them.
func FuzzClose(f *testing.F) {
	f.Add(uint8(2), uint8(4), uint8(9), []byte("\x00\x01\x02\x10\x21\x32\x01\x01\x03\x02\x02\x04"))
	f.Add(uint8(0), uint8(0), uint8(1), []byte{})
	f.Fuzz(func(t *testing.T, k, target, cells uint8, data []byte) {
		if len(data) > 3000 {
			t.Skip()
		}
		rule := disclosure.Rule{K: 1 + int(k%8), Target: int(target)}
		units := slices.Concat(unitsOf(0, 1+int(cells%40)), unitsOf(1, 1+int(cells/8)))
		const first, last = 700, 707
		var reports []disclosure.Report
		for i := 0; i+2 < len(data); i += 3 {
			reports = append(reports, disclosure.Report{
				Pin:   int64(i),
				Unit:  units[int(data[i])%len(units)],
				Month: first + civic.Month(data[i+1]%(last-first+1)),
				Voice: uint64(data[i+2]),
			})
		}
		checkPartition(t, rule, units, reports, disclosuretest.Release(rule, units, reports, first, last), first)
	})
}

// BenchmarkRelease releases 24 months of 20 categories with a million reports in
// 5,000 cells, month by month.
func BenchmarkRelease(b *testing.B) {
	const categories, months, cells, areas, reports = 20, 24, 5000, 12, 1_000_000
	r := rand.New(rand.NewPCG(1, 14))
	var units []disclosure.Unit
	for i := range cells {
		units = append(units, disclosure.Unit{Area: int32(i * areas / cells), Cell: geo.Cell(i + 1)})
	}
	byCategory := make([][]disclosure.Report, categories)
	for i := range reports {
		c := r.IntN(categories)
		byCategory[c] = append(byCategory[c], disclosure.Report{
			Pin: int64(i), Unit: units[r.IntN(cells)], Month: 600 + civic.Month(r.IntN(months)), Voice: r.Uint64N(reports / 2),
		})
	}
	for b.Loop() {
		leaves := 0
		for _, reports := range byCategory {
			leaves += len(disclosuretest.Release(disclosure.Rule{}, units, reports, 600, 600+months-1))
		}
		b.ReportMetric(float64(leaves), "leaves")
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/release")
}

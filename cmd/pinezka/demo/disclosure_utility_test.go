package demo_test

import (
	"slices"
	"testing"
	"time"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/analysis/disclosure/disclosuretest"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/geo"
)

// TestDisclosureUtility prints how much is left of the pins of the demonstration
// that are published only in counts, by the rule of disclosure, as if each had
// another contributor, and checks that most of them are published.
func TestDisclosureUtility(t *testing.T) {
	const k = 5
	d := numbered(t)
	today := civic.DayOf(time.Date(2026, time.December, 31, 0, 0, 0, 0, time.UTC))
	acceptor := civic.NewAcceptor(d, today)
	cells, err := geo.Cover(d.Boundary, civic.HexResolution, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{20_000, 100_000} {
		study := disclosuretest.Study{First: today.Month() - 23, Last: today.Month()}
		used := slices.Clone(cells)
		for pin, err := range demo.Pins(d, n, 1, today) {
			if err != nil {
				t.Fatal(err)
			}
			if pin.Category.Visibility != civic.HexOnly {
				continue
			}
			cell := pin.Shown.Cell.Parent(civic.HexResolution)
			used = append(used, cell)
			study.Reports = append(study.Reports, disclosure.Report{
				Pin:   int64(len(study.Reports)),
				Unit:  disclosure.Unit{Area: pin.ShownAreaID, Cell: cell},
				Month: max(pin.ReportedOn.Month(), study.First),
				Voice: uint64(len(study.Reports)),
			})
		}
		slices.Sort(used)
		for _, c := range slices.Compact(used) {
			study.Units = append(study.Units, disclosure.Unit{Area: acceptor.AreaAt(c.Centre()), Cell: c})
		}
		t.Logf("%d reports in two years, in %d cells of %d areas\n%s", len(study.Reports), len(study.Units), len(d.Areas), disclosuretest.Table(k, []disclosuretest.Study{study}))
		if u := study.Of(disclosure.Rule{K: k}, disclosuretest.Whole); u.Published < 0.9 {
			t.Errorf("of %d reports, %.2f are published", len(study.Reports), u.Published)
		}
	}
}

package web_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/analysis/disclosure/disclosuretest"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// countedMonths is the number of months in which something is reported.
const countedMonths = 3

// countedDistrict is a small random district in which somebody reports what is only
// counted, with all that may be published of that.
type countedDistrict struct {
	civic.District // as it was loaded

	first, last civic.Month
	page        civic.NewPin // one that is not only counted
	categories  []*countedCategory
	rows        []shownRow // of page, then of the leaves
}

// countedCategory is a category whose pins are only counted, with what is reported
// of it and what is released by the rule.
type countedCategory struct {
	civic.Category
	disclosuretest.District

	pins   []civic.NewPin
	leaves []disclosure.Leaf
	shown  []disclosuretest.ShownLeaf // the same
}

// shownRow is where pins are shown: that of a pin with a page, or of a leaf in one
// of its cells.
type shownRow struct {
	category civic.Category
	area     string      // slug; "" outside all areas
	cell     geo.Cell    // of resolution 15
	from     civic.Month // first one of a leaf
	month    civic.Month // in which it counts: the last one of a leaf
	pins     int
}

// newCountedDistrict returns a district of 8 to 16 cells of resolution 9 and up to
// three areas, without pins.
func newCountedDistrict(r *rand.Rand) civic.District {
	for {
		d := randomDistrict(r, "counted")
		cells, err := geo.Cover(d.Boundary, civic.HexResolution, 1000)
		if err != nil || len(cells) < 8 || len(cells) > 16 || len(d.Areas) > 3 {
			continue
		}
		d.Categories = []civic.Category{
			{Slug: "trees", Kind: civic.Potential, Visibility: civic.Exact},
			{Slug: "fear", Kind: civic.Need, Visibility: civic.HexOnly},
			{Slug: "violence", Kind: civic.Need, Visibility: civic.HexOnly, Sensitive: true},
		}
		for i := range d.Categories {
			d.Categories[i].Colour, d.Categories[i].Label = "#336633", civic.Text{"en": d.Categories[i].Slug}
		}
		return d
	}
}

// newCountedReports returns the district with three months of random reports, of
// which one, two or all end with a half-year, so that what was not enough before is
// released.
func newCountedReports(t *testing.T, r *rand.Rand, d civic.District) *countedDistrict {
	halfYear := civic.Month(110*12 + 5 + 6*r.IntN(2))
	c := &countedDistrict{District: d, first: halfYear - civic.Month(r.IntN(countedMonths))}
	c.last = c.first + countedMonths - 1
	c.addPage(r)
	for i := range d.Categories {
		if d.Categories[i].Visibility == civic.HexOnly {
			c.addCategory(t, r, d.Categories[i])
		}
	}
	return c
}

// addPage adds a pin with a page in the first month, from which on all areas are open.
func (c *countedDistrict) addPage(r *rand.Rand) {
	c.page = c.report(r, civic.Draft{Category: "trees", Title: "Trees", ReportedOn: c.first.First()})
	c.rows = append(c.rows, shownRow{c.page.Category, c.slugOf(c.page.ShownAreaID), c.page.Shown.Cell, c.first, c.first, 1})
}

// report returns a pin in a random place, or at the point of the draft.
func (c *countedDistrict) report(r *rand.Rand, draft civic.Draft) civic.NewPin {
	box := geo.BoxOf(c.Boundary)
	random := draft.Point == [2]float64{}
	for {
		if random {
			draft.Point = pointIn(r, box)
		}
		if pin, err := c.Accept(draft, civic.MaxDay); err == nil { // otherwise the place is outside
			return pin
		}
	}
}

func (c *countedDistrict) slugOf(area int32) string {
	a, _ := c.AreaByID(area)
	return a.Slug
}

// addCategory adds up to 50 K reports of a category. Half of them are in one popular
// place, whose area often has enough for several releases; some are by somebody who
// reported before, in the same place and month; and some are by nobody known, on the
// first day of a month or the last.
func (c *countedDistrict) addCategory(t *testing.T, r *rand.Rand, category civic.Category) {
	k, resolution := category.CountedIn()
	of := &countedCategory{Category: category, District: disclosuretest.District{Rule: disclosure.Rule{K: k, Target: 10 * k}, First: c.first, Last: c.last}}
	c.categories = append(c.categories, of)
	cells, err := geo.Cover(c.Boundary, resolution, 1000)
	if err != nil {
		t.Fatal(err)
	}
	acceptor := civic.NewAcceptor(&c.District, 0)
	areas := map[geo.Cell]int32{}
	for _, cell := range cells {
		areas[cell] = acceptor.AreaAt(cell.Centre())
		of.Units = append(of.Units, disclosure.Unit{Area: areas[cell], Cell: cell})
	}
	slices.SortFunc(of.Units, func(a, b disclosure.Unit) int {
		return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Cell, b.Cell))
	})

	voices := map[string]uint64{}
	for n := k * (3 + r.IntN(48)); len(of.pins) < n; {
		month := c.first + civic.Month(r.IntN(countedMonths))
		draft := civic.Draft{Category: category.Slug, Title: "x", ReportedOn: month.First()}
		if r.IntN(3) > 0 {
			draft.Email = fmt.Sprintf("%s-%d@example.org", category.Slug, len(of.pins))
		}
		if len(of.pins) > 0 && r.IntN(2) == 0 {
			draft.Point = of.pins[0].Point
		}
		if len(of.pins) > 0 && r.IntN(6) == 0 {
			again := of.pins[r.IntN(len(of.pins))]
			draft.Point, draft.Email, draft.ReportedOn = again.Point, again.Email, again.ReportedOn.Month().Last()
		}
		pin := c.report(r, draft)
		unit := pin.Shown.Cell.Parent(resolution)
		area, known := areas[unit]
		if !known { // a parent does not quite cover its children
			continue
		}
		voice := cmp.Or(draft.Email, fmt.Sprint(unit, draft.ReportedOn))
		if _, known := voices[voice]; !known {
			voices[voice] = uint64(len(voices))
		}
		of.Reports = append(of.Reports, disclosure.Report{
			Pin: int64(len(of.pins)), Unit: disclosure.Unit{Area: area, Cell: unit}, Month: draft.ReportedOn.Month(), Voice: voices[voice],
		})
		of.pins = append(of.pins, pin)
	}
	of.leaves = disclosuretest.Release(of.Rule, of.Units, of.Reports, c.first, c.last)
	for _, leaf := range of.leaves {
		c.addLeaf(of, leaf)
	}
}

// pinsIn returns the pins that are reported in a month.
func (c *countedCategory) pinsIn(m civic.Month) []civic.NewPin {
	return slices.DeleteFunc(slices.Clone(c.pins), func(p civic.NewPin) bool { return p.ReportedOn.Month() != m })
}

// addLeaf adds the rows of a leaf.
func (c *countedDistrict) addLeaf(of *countedCategory, leaf disclosure.Leaf) {
	pins := map[geo.Cell]int{}
	for _, cell := range disclosure.Spread(of.Units, leaf) {
		pins[cell]++
	}
	units, atoms := of.Extent(leaf)
	shown := disclosuretest.ShownLeaf{Atoms: atoms}
	for _, u := range units {
		shown.Rows = append(shown.Rows, len(c.rows))
		c.rows = append(c.rows, shownRow{of.Category, c.slugOf(u.Area), u.Cell.CentreChild(), leaf.From, leaf.To, pins[u.Cell]})
	}
	of.shown = append(of.shown, shown)
}

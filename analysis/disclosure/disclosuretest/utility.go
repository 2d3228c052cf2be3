package disclosuretest

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/uber/h3-go/v4"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// Study is a category of a district whose counts are published in several ways,
// to compare them.
type Study struct {
	Units       []disclosure.Unit // cells of one resolution, 9 or 8
	First, Last civic.Month       // whole half-years
	Reports     []disclosure.Report
}

// Coarser returns s with the cells of resolution r that contain its own. None may
// be in two areas.
func (s Study) Coarser(r geo.Resolution) Study {
	parent := func(u disclosure.Unit) disclosure.Unit { return disclosure.Unit{Area: u.Area, Cell: u.Cell.Parent(r)} }
	out := Study{First: s.First, Last: s.Last, Reports: slices.Clone(s.Reports)}
	seen := map[disclosure.Unit]bool{}
	for _, u := range s.Units {
		if u = parent(u); !seen[u] {
			seen[u] = true
			out.Units = append(out.Units, u)
		}
	}
	for i := range out.Reports {
		out.Reports[i].Unit = parent(out.Reports[i].Unit)
	}
	return out
}

// resolution returns the resolution of the cells of s.
func (s Study) resolution() geo.Resolution { return s.Units[0].Cell.Resolution() }

// counts returns what is published of the cells of a resolution in a period.
type counts func(r geo.Resolution, from, to civic.Month) map[geo.Cell]float64

// Utility is what is left of the truth.
type Utility struct {
	Published     float64 // share of the reports
	Leaves        int
	Single        float64       // share of the leaves that have one unit
	Cells, Months float64       // of a leaf, on average
	Ranks         []Correlation // with the exact counts
}

// Correlation is Spearman's coefficient of rank correlation, over the cells of
// a district and on average over the half-years, and over all months. Both are
// NaN for cells that are finer than what is published.
type Correlation struct{ HalfYear, All float64 }

// Shown is in which cells the pins of a leaf are counted. All are functions of
// what is published.
type Shown uint8

// The ways to show a leaf.
const (
	AtOne  Shown = iota // all in the cell At
	Whole               // by disclosure.Spread
	Shares              // the same share in each cell
)

var shownNames = []string{AtOne: "at one cell", Whole: "spread, whole pins", Shares: "spread, shares"}

// addTo adds the counts of the cells of a leaf, of which these are the units, to
// sums by cell of resolution r.
func (w Shown) addTo(sums map[geo.Cell]float64, l disclosure.Leaf, units []disclosure.Unit, r geo.Resolution) {
	switch w {
	case AtOne:
		sums[l.At.Parent(r)] += float64(l.Pins)
	case Whole:
		for _, c := range disclosure.Spread(units, l) {
			sums[c.Parent(r)]++
		}
	case Shares:
		for _, u := range units {
			sums[u.Cell.Parent(r)] += float64(l.Pins) / float64(len(units))
		}
	}
}

// Of returns the utility of leaves, by their rule.
func (s Study) Of(rule disclosure.Rule, shown Shown) Utility {
	leaves := Release(rule, s.Units, s.Reports, s.First, s.Last)
	units := slices.SortedFunc(slices.Values(s.Units), compareUnits)
	run := func(l disclosure.Leaf) []disclosure.Unit {
		first, _ := slices.BinarySearchFunc(units, disclosure.Unit{Area: l.Area, Cell: l.First}, compareUnits)
		last, _ := slices.BinarySearchFunc(units, disclosure.Unit{Area: l.Area, Cell: l.Last}, compareUnits)
		return units[first : last+1]
	}
	u := Utility{Leaves: len(leaves)}
	for _, l := range leaves {
		n := float64(len(leaves))
		u.Published += float64(l.Pins) / float64(len(s.Reports))
		u.Cells += float64(len(run(l))) / n
		u.Months += float64(l.To-l.From+1) / n
		if l.First == l.Last {
			u.Single += 1 / n
		}
	}
	u.Ranks = s.ranks(func(r geo.Resolution, from, to civic.Month) map[geo.Cell]float64 {
		sums := map[geo.Cell]float64{}
		for _, l := range leaves {
			if l.To >= from && l.To <= to {
				shown.addTo(sums, l, run(l), r)
			}
		}
		return sums
	})
	return u
}

// OfSuppressed returns the utility of counts of cells and periods, each of which
// is published if it has k voices. If monthly, these are counts of the finest
// cells in single months, and others are their sums; otherwise each count
// is judged for itself, and they do not add up.
func (s Study) OfSuppressed(k int, monthly bool) Utility {
	type key struct {
		cell  geo.Cell
		month civic.Month
	}
	published := func(r geo.Resolution, from, to civic.Month, byMonth bool) map[key]float64 {
		voices, pins := map[key]map[uint64]bool{}, map[key]float64{}
		for _, report := range s.Reports {
			if report.Month < from || report.Month > to {
				continue
			}
			at := key{cell: report.Unit.Cell.Parent(r)}
			if byMonth {
				at.month = report.Month
			}
			if voices[at] == nil {
				voices[at] = map[uint64]bool{}
			}
			voices[at][report.Voice] = true
			pins[at]++
		}
		maps.DeleteFunc(pins, func(at key, _ float64) bool { return len(voices[at]) < k })
		return pins
	}
	var u Utility
	for _, n := range published(s.resolution(), s.First, s.Last, monthly) {
		u.Published += n / float64(len(s.Reports))
	}
	u.Ranks = s.ranks(func(r geo.Resolution, from, to civic.Month) map[geo.Cell]float64 {
		finest := r
		if monthly {
			finest = s.resolution()
		}
		sums := map[geo.Cell]float64{}
		for at, n := range published(finest, from, to, monthly) {
			sums[at.cell.Parent(r)] += n
		}
		return sums
	})
	return u
}

// OfNoise returns the utility of counts that are sums of exact counts of cells
// and months, zeros included, to each of which a random whole number with a
// standard deviation was added.
func (s Study) OfNoise(deviation float64) Utility {
	r := rand.New(rand.NewPCG(1, 14))
	noise := map[geo.Cell][]float64{}
	for _, u := range s.Units {
		for m := s.First; m <= s.Last; m++ {
			noise[u.Cell] = append(noise[u.Cell], math.Round(deviation*r.NormFloat64()))
		}
	}
	return Utility{Published: 1, Ranks: s.ranks(func(r geo.Resolution, from, to civic.Month) map[geo.Cell]float64 {
		sums := s.exact(r, from, to)
		for cell, n := range noise {
			for _, x := range n[from-s.First : to-s.First+1] {
				sums[cell.Parent(r)] += x
			}
		}
		return sums
	})}
}

// exact returns the exact counts.
func (s Study) exact(r geo.Resolution, from, to civic.Month) map[geo.Cell]float64 {
	sums := map[geo.Cell]float64{}
	for _, report := range s.Reports {
		if report.Month >= from && report.Month <= to {
			sums[report.Unit.Cell.Parent(r)]++
		}
	}
	return sums
}

// ranks returns the correlations of the counts of cells of resolutions 9 and 8,
// and of the counts of each cell of 9 and of 8 with its neighbours, which decide
// what is a hotspot.
func (s Study) ranks(published counts) (all []Correlation) {
	for _, around := range []bool{false, true} {
		for _, r := range []geo.Resolution{9, 8} {
			if r > s.resolution() {
				all = append(all, Correlation{math.NaN(), math.NaN()})
				continue
			}
			var cells []geo.Cell
			for _, u := range s.Units {
				cells = append(cells, u.Cell.Parent(r))
			}
			slices.Sort(cells)
			cells = slices.Compact(cells)
			of := func(from, to civic.Month) float64 {
				return Spearman(values(cells, s.exact(r, from, to), around), values(cells, published(r, from, to), around))
			}
			c := Correlation{All: of(s.First, s.Last)}
			halves := 0.0
			for from := s.First; from < s.Last; from += 6 {
				c.HalfYear += of(from, from+5)
				halves++
			}
			c.HalfYear /= halves
			all = append(all, c)
		}
	}
	return all
}

// values returns the counts of cells, or the sums of them and their neighbours.
func values(cells []geo.Cell, sums map[geo.Cell]float64, around bool) []float64 {
	out := make([]float64, len(cells))
	for i, c := range cells {
		out[i] = sums[c]
		if !around {
			continue
		}
		disk, err := h3.Cell(c).GridDisk(1)
		if err != nil {
			panic(err)
		}
		out[i] = 0
		for _, d := range disk {
			out[i] += sums[geo.Cell(d)]
		}
	}
	return out
}

// Spearman returns Spearman's coefficient, the correlation of the ranks, of
// which equal values share the mean; 0 where all values are equal.
func Spearman(a, b []float64) float64 {
	x, y := ranksOf(a), ranksOf(b)
	mean := float64(len(x)-1) / 2
	var xy, xx, yy float64
	for i := range x {
		xy += (x[i] - mean) * (y[i] - mean)
		xx += (x[i] - mean) * (x[i] - mean)
		yy += (y[i] - mean) * (y[i] - mean)
	}
	if xx == 0 || yy == 0 {
		return 0
	}
	return xy / math.Sqrt(xx*yy)
}

func ranksOf(v []float64) []float64 {
	order := make([]int, len(v))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(v[i], v[j]) })
	ranks := make([]float64, len(v))
	for first := 0; first < len(order); {
		end := first
		for end < len(order) && v[order[end]] == v[order[first]] {
			end++
		}
		for _, i := range order[first:end] {
			ranks[i] = float64(first+end-1) / 2
		}
		first = end
	}
	return ranks
}

// Table returns a table, in Markdown, of the utility of leaves with several
// targets, of suppressed counts and of noise, on average over studies.
func Table(k int, studies []Study) string {
	var b strings.Builder
	fmt.Fprintln(&b, "| what is published, K =", k, "| pins | leaves | of one cell | cells | months | cells 9 | cells 8 | hotspots 9 | hotspots 8 |")
	b.WriteString("|---|---|---|---|---|---|---|---|---|---|\n")
	row := func(name string, of func(Study) Utility) {
		var u Utility
		n := float64(len(studies))
		u.Ranks = make([]Correlation, 4)
		for _, s := range studies {
			one := of(s)
			u.Published += one.Published / n
			u.Leaves += one.Leaves
			u.Single += one.Single / n
			u.Cells += one.Cells / n
			u.Months += one.Months / n
			for i, c := range one.Ranks {
				u.Ranks[i].HalfYear += c.HalfYear / n
				u.Ranks[i].All += c.All / n
			}
		}
		fmt.Fprintf(&b, "| %s | %.0f %% | %d | %.0f %% | %.1f | %.1f ", name, 100*u.Published, u.Leaves/len(studies), 100*u.Single, u.Cells, u.Months)
		for _, c := range u.Ranks {
			if math.IsNaN(c.All) {
				b.WriteString("| ")
				continue
			}
			fmt.Fprintf(&b, "| %.2f, %.2f ", c.HalfYear, c.All)
		}
		b.WriteString("|\n")
	}
	for _, factor := range []int{1, 2, 5, 10, 20} {
		rule := disclosure.Rule{K: k, Target: factor * k}
		for shown, name := range shownNames {
			row(fmt.Sprintf("leaves, target %d K, %s", factor, name), func(s Study) Utility { return s.Of(rule, Shown(shown)) })
		}
	}
	row("suppressed cells of months", func(s Study) Utility { return s.OfSuppressed(k, true) })
	row("suppressed cells, each for itself", func(s Study) Utility { return s.OfSuppressed(k, false) })
	row("noise of deviation 2 in cells of months", func(s Study) Utility { return s.OfNoise(2) })
	return b.String()
}

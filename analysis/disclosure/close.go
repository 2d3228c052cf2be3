package disclosure

import (
	"cmp"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// Close returns what is released of one category when month m has ended, by
// area and cell. An area that releases nothing keeps its months open.
//
// units are all units of the district, in any order; they are known to
// everybody, and must not depend on the reports. open is the first month of each
// area that has not been released, and January 1970 for an area that is not in
// it. reports are all that have not been released, in any order; those of a
// month after m are ignored. A report of an earlier month than open counts in
// that month. One whose cell is not among the units of its area counts in the
// unit that follows, or in the last one.
func Close(rule Rule, units []Unit, open map[int32]civic.Month, reports []Report, m civic.Month) []Leaf {
	rule = rule.withDefaults()
	pools := map[int32][]Report{}
	for _, r := range reports {
		if r.Month <= m {
			pools[r.Unit.Area] = append(pools[r.Unit.Area], r)
		}
	}
	var leaves []Leaf
	for area, cells := range areasOf(units) {
		if pool := pools[area]; open[area] <= m && rule.releases(pool, m) {
			leaves = append(leaves, release(rule.K, area, cells, place(pool, cells), open[area], m)...)
		}
	}
	return leaves
}

// areasOf returns the cells of each area, ascending, in the order of areas.
func areasOf(units []Unit) func(yield func(area int32, cells []geo.Cell) bool) {
	sorted := slices.SortedFunc(slices.Values(units), func(a, b Unit) int {
		return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Cell, b.Cell))
	})
	sorted = slices.Compact(sorted)
	return func(yield func(int32, []geo.Cell) bool) {
		for len(sorted) > 0 {
			area := sorted[0].Area
			var cells []geo.Cell
			for len(sorted) > 0 && sorted[0].Area == area {
				cells = append(cells, sorted[0].Cell)
				sorted = sorted[1:]
			}
			if !yield(area, cells) {
				return
			}
		}
	}
}

// releases reports whether a pool is released at the end of month m.
func (r Rule) releases(pool []Report, m civic.Month) bool {
	need := r.Target
	if endsHalfYear(m) {
		need = r.K
	}
	return len(pool) >= need && countVoices(pool) >= need
}

// endsHalfYear reports whether m is June or December.
func endsHalfYear(m civic.Month) bool { return (m+1)%6 == 0 }

func countVoices(pool []Report) int {
	voices := make(map[uint64]struct{}, len(pool))
	for _, r := range pool {
		voices[r.Voice] = struct{}{}
	}
	return len(voices)
}

// placed is a report with the position of its unit among those of its area.
type placed struct {
	at    int
	pin   int64
	voice uint64
}

// place returns the reports of an area in the order of its cells.
func place(pool []Report, cells []geo.Cell) []placed {
	out := make([]placed, len(pool))
	for i, r := range pool {
		at, _ := slices.BinarySearch(cells, r.Unit.Cell)
		out[i] = placed{min(at, len(cells)-1), r.Pin, r.Voice}
	}
	slices.SortFunc(out, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.pin, b.pin))
	})
	return out
}

// release returns the leaves of an area whose pool has at least k voices.
func release(k int, area int32, cells []geo.Cell, pool []placed, from, to civic.Month) []Leaf {
	leaves := make([]Leaf, 0, 1)
	first := 0
	for _, last := range runs(k, pool, len(cells)) {
		leaf := Leaf{
			Area: area, First: cells[first], Last: cells[last], At: cells[first+(last-first)/2],
			From: from, To: to,
		}
		voices := map[uint64]struct{}{}
		for len(pool) > 0 && pool[0].at <= last {
			voices[pool[0].voice] = struct{}{}
			leaf.Reports = append(leaf.Reports, pool[0].pin)
			pool = pool[1:]
		}
		slices.Sort(leaf.Reports)
		leaf.Pins, leaf.Voices = len(leaf.Reports), len(voices)
		leaves = append(leaves, leaf)
		first = last + 1
	}
	return leaves
}

// runs divides n units into runs, and returns the position of the last unit of
// each. A run ends after the first unit with which it has k voices, if all units
// after it together have k, too.
func runs(k int, pool []placed, n int) (ends []int) {
	limit := lastEnd(k, pool)
	voices := map[uint64]struct{}{}
	for i, r := range pool {
		voices[r.voice] = struct{}{}
		complete := i+1 == len(pool) || pool[i+1].at != r.at // all reports of the unit
		if complete && len(voices) >= k && r.at <= limit {
			ends = append(ends, r.at)
			clear(voices)
		}
	}
	return append(ends, n-1)
}

// lastEnd returns the last position after which the units have k voices, or -1.
func lastEnd(k int, pool []placed) int {
	voices := map[uint64]struct{}{}
	for _, r := range slices.Backward(pool) {
		voices[r.voice] = struct{}{}
		if len(voices) >= k {
			return r.at - 1
		}
	}
	return -1
}

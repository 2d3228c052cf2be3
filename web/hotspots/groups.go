package hotspots

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	analysis "github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// maxRows is the number of hexagons in the table. Files and the API have all.
const maxRows = 100

// group is a number of adjacent significant hexagons, all of them hot or all of
// them cold: what people call a hotspot.
type group struct {
	Name string // that of the most significant hexagon
	Cold bool
	N    int   // of its hexagons
	Rows []row // that the table has, the most significant first
}

// row is a hexagon in the table.
type row struct {
	cell geo.Cell

	Name        string // of the nearest place, or else of the area
	URL         string // of its evidence
	Class       classView
	Value       int // pins in it
	Sum         int // and in its neighbours
	Neighbours  int
	Expected    string // sum, if pins were spread at random
	Q           string
	Permutation string // p by permutation; "" without
}

// groupsOf returns the significant cells of a result in groups of adjacent ones,
// hot ones first, the most significant first.
func groupsOf(cells []analysis.Cell) (groups [][]analysis.Cell, err error) {
	rest := map[geo.Cell]analysis.Cell{}
	for _, c := range cells {
		if c.Class == analysis.Hot || c.Class == analysis.VeryHot || c.Class == analysis.Cold {
			rest[c.Cell] = c
		}
	}
	for _, c := range cells {
		if _, ok := rest[c.Cell]; !ok {
			continue
		}
		delete(rest, c.Cell)
		found := []analysis.Cell{c}
		for i := 0; i < len(found); i++ {
			around, err := found[i].Cell.Neighbours()
			if err != nil {
				return nil, fmt.Errorf("group hotspots: %w", err)
			}
			for _, n := range around {
				if next, ok := rest[n]; ok && (next.Class == analysis.Cold) == (c.Class == analysis.Cold) {
					delete(rest, n)
					found = append(found, next)
				}
			}
		}
		slices.SortFunc(found, bySignificance)
		groups = append(groups, found)
	}
	slices.SortFunc(groups, func(a, b []analysis.Cell) int { return bySignificance(a[0], b[0]) })
	return groups, nil
}

// bySignificance orders hot cells before cold ones, and each by z.
func bySignificance(a, b analysis.Cell) int {
	if (a.Z < 0) != (b.Z < 0) {
		return cmp.Compare(b.Z, a.Z)
	}
	return cmp.Or(cmp.Compare(math.Abs(b.Z), math.Abs(a.Z)), cmp.Compare(a.Cell, b.Cell))
}

// fillPlaces fills what names places in: the groups and the evidence of a cell.
func (v *view) fillPlaces(ctx context.Context, out *pageView, cell geo.Cell) error {
	found, err := groupsOf(v.answer.Cells)
	if err != nil {
		return err
	}
	rows := 0
	for _, cells := range found {
		listed := cells[:min(len(cells), maxRows-rows)]
		rows += len(listed)
		out.Unlisted += len(cells) - len(listed)
		g := group{Cold: cells[0].Class == analysis.Cold, N: len(cells)}
		for _, c := range listed {
			g.Rows = append(g.Rows, v.row(c))
		}
		out.Groups = append(out.Groups, g)
	}
	out.Groups = slices.DeleteFunc(out.Groups, func(g group) bool { return len(g.Rows) == 0 })
	if cell != 0 {
		out.Cell = cell.String()
		if out.Evidence, err = v.evidence(ctx, cell); err != nil {
			return err
		}
	}
	return v.name(ctx, out)
}

// row returns a row of the table without its name.
func (v *view) row(c analysis.Cell) row {
	r := row{
		cell: c.Cell, URL: v.evidenceURL(c.Cell), Class: v.class(c.Class, 0), Value: int(c.Value), Sum: int(c.Sum), Neighbours: c.Neighbours,
		Expected: v.Decimal(c.Expected, 1), Q: v.probability(c.Q),
	}
	if !math.IsNaN(c.PermutationP) {
		r.Permutation = v.probability(c.PermutationP)
	}
	return r
}

// name sets the names of the rows, the groups and the evidence.
func (v *view) name(ctx context.Context, out *pageView) error {
	var cells []geo.Cell
	var names []*string
	for i := range out.Groups {
		for j := range out.Groups[i].Rows {
			r := &out.Groups[i].Rows[j]
			cells, names = append(cells, r.cell), append(names, &r.Name)
		}
	}
	if e := out.Evidence; e != nil {
		cells, names = append(cells, e.cell), append(names, &e.Name)
		for i := range e.Cells {
			cells, names = append(cells, e.Cells[i].cell), append(names, &e.Cells[i].Name)
		}
	}
	found, err := v.placeNames(ctx, cells)
	if err != nil {
		return err
	}
	for i, name := range names {
		*name = found[i]
	}
	for i := range out.Groups {
		out.Groups[i].Name = out.Groups[i].Rows[0].Name
	}
	return nil
}

// placeNames returns a name for each cell: that of the nearest place, with its
// area. While the database is unavailable it is that of the area alone.
func (v *view) placeNames(ctx context.Context, cells []geo.Cell) ([]string, error) {
	if len(cells) == 0 {
		return nil, nil
	}
	points := make([]orb.Point, len(cells))
	for i, c := range cells {
		points[i] = c.Centre()
	}
	names, err := v.h.Store.NearestPlaces(ctx, &v.District, points)
	if errors.Is(err, civic.ErrUnavailable) {
		names, err = make([]string, len(cells)), nil
	}
	if err != nil {
		return nil, err
	}
	for i, at := range points {
		area := v.areaAt(at)
		switch {
		case names[i] == "" && area == "":
			names[i] = cells[i].String()
		case names[i] == "":
			names[i] = area
		case area != "" && area != names[i]:
			names[i] = v.Text("hotspots.place", "name", names[i], "area", area)
		}
	}
	return names, nil
}

// areaAt returns the name of the area at a point, or "".
func (v *view) areaAt(at orb.Point) string {
	for _, a := range v.District.Areas {
		if planar.MultiPolygonContains(a.Boundary, at) {
			return v.In(a.Name)
		}
	}
	return ""
}

// probability returns a probability as it is written in a text.
func (v *view) probability(p float64) string {
	switch {
	case math.IsNaN(p):
		return "–"
	case p < 0.001:
		return "< " + v.Decimal(0.001, 3)
	}
	return v.Decimal(p, 3)
}

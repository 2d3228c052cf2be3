package web_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// randomDistrict returns a small district whose areas have borders at random
// angles, a few per cell of a pin that is not exact, sometimes with a gap or an overlap
// between them, and sometimes on both sides of the antimeridian.
func randomDistrict(r *rand.Rand, slug string) civic.District {
	centre := orb.Point{r.Float64()*360 - 180, r.Float64()*150 - 75}
	if r.IntN(10) == 0 {
		centre[0] = 179.999
	}
	side := 300 * math.Exp(r.Float64()*math.Log(5)) // 300 to 1500 metres
	var outline []orb.Point
	for i, n := 0, 4+r.IntN(4); i < n; i++ {
		sin, cos := math.Sincos((float64(i) + 0.6*r.Float64()) / float64(n) * 2 * math.Pi)
		outline = append(outline, orb.Point{side / 2 * cos, side / 2 * sin})
	}
	parts := [][]orb.Point{outline}
	for n := 2 + r.IntN(5); len(parts) < n; {
		i := r.IntN(len(parts))
		sides := cut(parts[i], middle(parts[i]), r.Float64()*math.Pi)
		parts = append(slices.Delete(parts, i, i+1), sides[:]...)
	}
	switch r.IntN(4) {
	case 0: // a gap
		parts = parts[1:]
	case 1: // an overlap
		at := middle(parts[0])
		for i, p := range parts[0] {
			parts[0][i] = orb.Point{at[0] + 1.4*(p[0]-at[0]), at[1] + 1.4*(p[1]-at[1])}
		}
	}
	d := civic.District{
		Slug: slug, Name: civic.Text{"en": slug}, Languages: []string{"en", "uk"}, Moderation: civic.ModerateAfter, Boundary: onEarth(centre, outline),
		Places: []civic.Place{{Name: "Square", Point: centre}},
		Categories: []civic.Category{
			{Slug: "trees", Kind: civic.Need, Visibility: civic.Exact},
			{Slug: "help", Kind: civic.Potential, Visibility: civic.Blurred},
			{Slug: "lights", Kind: civic.Need, Visibility: civic.Blurred},
			{Slug: "fear", Kind: civic.Need, Visibility: civic.HexOnly},
			{Slug: "shelter", Kind: civic.Organisation, Visibility: civic.HexOnly},
		},
	}
	for i := range d.Categories {
		d.Categories[i].Colour, d.Categories[i].Label = "#336633", civic.Text{"en": d.Categories[i].Slug}
	}
	for i, part := range parts {
		name := fmt.Sprintf("area%d", i+1)
		d.Areas = append(d.Areas, civic.Area{Slug: name, Name: civic.Text{"en": name}, Boundary: onEarth(centre, part)})
	}
	return d
}

// cut cuts a convex shape along the line through a point.
func cut(shape []orb.Point, at orb.Point, angle float64) (sides [2][]orb.Point) {
	sin, cos := math.Sincos(angle)
	distance := func(p orb.Point) float64 { return (p[0]-at[0])*sin - (p[1]-at[1])*cos }
	for i, p := range shape {
		q := shape[(i+1)%len(shape)]
		a, b := distance(p), distance(q)
		side := 0
		if a < 0 {
			side = 1
		}
		sides[side] = append(sides[side], p)
		if (a < 0) != (b < 0) {
			share := a / (a - b)
			crossing := orb.Point{p[0] + share*(q[0]-p[0]), p[1] + share*(q[1]-p[1])}
			sides[0], sides[1] = append(sides[0], crossing), append(sides[1], crossing)
		}
	}
	return sides
}

func middle(shape []orb.Point) (m orb.Point) {
	for _, p := range shape {
		m[0] += p[0] / float64(len(shape))
		m[1] += p[1] / float64(len(shape))
	}
	return m
}

// onEarth returns a shape in metres around a point as a multipolygon in degrees.
func onEarth(centre orb.Point, shape []orb.Point) orb.MultiPolygon {
	const metres = 111_320 // in a degree of latitude
	var ring orb.Ring
	for _, p := range shape {
		ring = append(ring, orb.Point{centre.Lon() + p[0]/(metres*math.Cos(centre.Lat()*math.Pi/180)), centre.Lat() + p[1]/metres})
	}
	return geo.CutAtAntimeridian(append(ring, ring[0]))
}

// randomPins returns 6 to 10 pins, of which at least four are not exact, mostly
// near the borders of areas. Some are of a month that has not closed. In every
// second district, more of one place are enough to be counted.
func randomPins(r *rand.Rand, d *civic.District) (pins []civic.NewPin) {
	if r.IntN(2) == 0 {
		for point := nearBorder(r, d); len(pins) < 8; {
			pin, err := d.Accept(civic.Draft{
				Category: "fear", Title: fmt.Sprintf("Pin %d", len(pins)), Point: point, ReportedOn: civic.Day(19000 + 7*len(pins)),
			}, civic.MaxDay)
			if err != nil { // the place is outside
				point = nearBorder(r, d)
				continue
			}
			pins = append(pins, pin)
		}
	}
	for n := len(pins) + 6 + r.IntN(5); len(pins) < n; {
		category := d.Categories[r.IntN(len(d.Categories))]
		if first := n - len(pins); first <= len(d.Categories) {
			category = d.Categories[first-1]
		}
		draft := civic.Draft{
			Category: category.Slug, Status: randomStatus(r, category.Kind), ReportedOn: civic.Day(19000 + r.IntN(1000)),
			Title: fmt.Sprintf("Pin %d alder%d", len(pins), len(pins)), Body: "A body.", Point: nearBorder(r, d),
		}
		if category.Visibility == civic.HexOnly && r.IntN(6) == 0 {
			draft.ReportedOn = civic.MaxDay - 100
		}
		if pin, err := d.Accept(draft, civic.MaxDay); err == nil { // otherwise the place is outside
			pins = append(pins, pin)
		}
	}
	return pins
}

func randomStatus(r *rand.Rand, k civic.Kind) civic.Status {
	if k != civic.Need {
		return civic.Active
	}
	return civic.Statuses()[r.IntN(len(civic.Statuses())-1)]
}

// nearBorder returns a point within some 100 metres of the border of an area.
func nearBorder(r *rand.Rand, d *civic.District) orb.Point {
	boundary := d.Areas[r.IntN(len(d.Areas))].Boundary
	ring := boundary[r.IntN(len(boundary))][0]
	i, share := 1+r.IntN(len(ring)-1), r.Float64()
	p := orb.Point{ring[i-1][0] + share*(ring[i][0]-ring[i-1][0]), ring[i-1][1] + share*(ring[i][1]-ring[i-1][1])}
	box := geo.Box{West: p[0], South: p[1], East: p[0], North: p[1]}.Pad(100)
	return pointIn(r, box)
}

func pointIn(r *rand.Rand, b geo.Box) orb.Point {
	bound := b.Unwrapped()
	p := orb.Point{bound.Min[0] + r.Float64()*(bound.Max[0]-bound.Min[0]), bound.Min[1] + r.Float64()*(bound.Max[1]-bound.Min[1])}
	if p[0] > 180 {
		p[0] -= 360
	}
	return p
}

// shownCell returns the cell that contains all places at which a pin that is not exact
// can be for all that the public knows.
func shownCell(pin civic.NewPin) geo.Cell {
	if pin.Category.Visibility == civic.HexOnly {
		return pin.Exact.Cell.Parent(civic.HexResolution)
	}
	return pin.Exact.Cell.Parent(civic.BlurResolution)
}

// movedWord is in the title of each hex pin that moved returns.
const movedWord = "willow"

// moved returns a pin that is not exact at another place of its shown cell, in another
// area if the cell has one. Of a pin that is published only in counts, the
// texts, the day and the progress are different as well.
func moved(r *rand.Rand, d *civic.District, pin civic.NewPin) civic.NewPin {
	cell, out := shownCell(pin), pin
	draft := pin.Draft
	if pin.Category.Visibility == civic.HexOnly {
		first := draft.ReportedOn.Month().First()
		draft.Title, draft.Body, draft.Status = "Moved "+movedWord, "Another body.", randomStatus(r, pin.Category.Kind)
		draft.ReportedOn = first + civic.Day(r.IntN(int(draft.ReportedOn.Month().Last()-first)+1))
	}
	box := boxOf(cell)
	for tries := 0; tries < 60 && out.AreaID == pin.AreaID; tries++ {
		draft.Point = pointIn(r, box)
		if next, err := d.Accept(draft, civic.MaxDay); err == nil && shownCell(next) == cell {
			out = next
		}
	}
	return out
}

// boxOf returns the box around a cell.
func boxOf(c geo.Cell) geo.Box {
	bound := c.Boundary().Bound()
	b := geo.Box{West: bound.Min.Lon(), South: bound.Min.Lat(), East: bound.Max.Lon(), North: bound.Max.Lat()}
	if b.West < -180 {
		b.West += 360
	}
	if b.East > 180 {
		b.East -= 360
	}
	return b
}

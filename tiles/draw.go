package tiles

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// The layers of a district.
const (
	LayerPins  = "pins"
	LayerHexes = "hexes"
	LayerAreas = "areas"
)

// CheckTile reports civic.ErrInvalid for a tile that does not exist.
func CheckTile(t maptile.Tile) error {
	if t.Z > MaxZoom {
		return fmt.Errorf("%w: zoom %d is not 0 to %d", civic.ErrInvalid, t.Z, MaxZoom)
	}
	if side := uint32(1) << t.Z; t.X >= side || t.Y >= side {
		return fmt.Errorf("%w: tile %d/%d/%d lies outside 0 to %d", civic.ErrInvalid, t.Z, t.X, t.Y, side-1)
	}
	return nil
}

// ZoomResolution is the resolution of hexes that reads well at a zoom: a hex is
// 20 to 60 pixels wide.
func ZoomResolution(z maptile.Zoom) geo.Resolution {
	r := geo.Resolution((7*int(z) + 11) / 10) // a zoom is a factor of 2, a resolution one of √7
	return max(MinResolution, min(MaxResolution, r))
}

// FinestResolution is the finest that hexes may have at a zoom: they are 8 to 23
// pixels wide, and a tile has some thousands of them. Finer ones are ever more,
// too small to be told apart.
func FinestResolution(z maptile.Zoom) geo.Resolution {
	return min(MaxResolution, ZoomResolution(z)+1)
}

// FirstZoom is the zoom from which on hexes of a resolution are drawn.
func FirstZoom(r geo.Resolution) maptile.Zoom {
	z := maptile.Zoom(0)
	for FinestResolution(z) < r {
		z++
	}
	return z
}

// AppendAreas appends the tile's layer "areas": a polygon for each area of the
// filter (all, where it names none), with its slug and name.
func (v *Version) AppendAreas(dst []byte, t maptile.Tile, f civic.Filter) []byte {
	b := v.brush()
	defer v.done(b)
	in, l := frameOf(t), &b.layer
	edge := in.box(polygonBuffer)
	l.begin(dst, LayerAreas)
	for _, a := range v.District.Areas {
		if !holds(f.Areas, a.Slug) {
			continue
		}
		if commands := in.polygons(a.Boundary, edge); len(commands) > 0 {
			l.feature(uint64(a.ID), mvtPolygon, []uint32{0, l.text(a.Slug), 1, l.text(a.Name)}, commands)
		}
	}
	return l.end("slug", "name")
}

// polygons is mp as commands, clipped to the tile and its buffer: outer rings
// clockwise on the map, holes the other way.
func (f frame) polygons(mp orb.MultiPolygon, edge box) []uint32 {
	var p pen
	for _, polygon := range mp {
		for i, ring := range polygon {
			points := make([][2]int32, 0, len(ring))
			for j := len(ring) - 1; j > 0; j-- { // RFC 7946 winds the other way
				at := geo.Project(ring[j])
				points = append(points, f.place(int64(at.X), int64(at.Y)))
			}
			points = clip(points, make([][2]int32, 0, len(points)+8))
			if !p.ring(points) && i == 0 {
				break // no outer ring, no holes
			}
		}
	}
	return p.commands
}

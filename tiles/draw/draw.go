// Package draw draws the vector tiles of a district: what package index
// selects, encoded by package mvt.
//
// A district has four layers, each of which is a tile of its own or part of
// one:
//
//	pins    a point for every cluster of pins: kind, category, status, n
//	hexes   a polygon for every H3 cell with pins: h3, need, potential, organisation, total
//	areas   a polygon for every area: slug, name
//	things  a point for every cluster of things other than pins: kind, state, n
//
// Every function appends a layer to a buffer and allocates nothing when that is
// large enough. A layer without features appends nothing.
package draw

import (
	"fmt"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// The layers of a district.
const (
	LayerPins   = "pins"
	LayerHexes  = "hexes"
	LayerAreas  = "areas"
	LayerThings = "things"
)

// Layers returns the names of all layers.
func Layers() []string { return []string{LayerAreas, LayerHexes, LayerPins, LayerThings} }

// CheckTile returns civic.ErrInvalid for a tile that does not exist.
func CheckTile(t maptile.Tile) error {
	if t.Z > index.MaxZoom {
		return fmt.Errorf("%w: zoom %d is not 0 to %d", civic.ErrInvalid, t.Z, index.MaxZoom)
	}
	if side := uint32(1) << t.Z; t.X >= side || t.Y >= side {
		return fmt.Errorf("%w: tile %d/%d/%d is outside 0 to %d", civic.ErrInvalid, t.Z, t.X, t.Y, side-1)
	}
	return nil
}

// UnchangedSince reports whether a tile of a layer is the same as in an earlier
// version, which is identified by its Number. It may report false although the
// tile is the same. r is the resolution of hexes.
func UnchangedSince(v *index.Version, number uint64, layer string, t maptile.Tile, r geo.Resolution) bool {
	switch layer {
	case LayerPins:
		return v.ClustersUnchangedSince(number, t)
	case LayerHexes:
		return v.CellsUnchangedSince(number, t, r)
	case LayerThings:
		return v.ThingsUnchangedSince(number, t)
	default:
		return v.Since <= number && number <= v.Number
	}
}

// buffers contains the memory that drawing a tile needs. It is kept in the Pool
// of an index.
type buffers struct {
	layer    mvt.Layer
	geometry mvt.Geometry
	scratch  index.Scratch
	tags     tagTable
	things   []index.ThingCluster

	// of Hexes
	version     *index.Version
	to          transform
	box         index.Box // of the tile and its buffer
	ring, spare [32]mvt.Point
}

func getBuffers(v *index.Version) *buffers {
	if b, ok := v.Pool().Get().(*buffers); ok {
		return b
	}
	return new(buffers)
}

// transform converts units of geo.Mercator to the coordinates of a tile.
type transform struct {
	minX, minY int64
	shift      uint
}

func transformOf(t maptile.Tile) transform {
	const extentBits = 12 // of mvt.Extent
	return transform{int64(t.X) << (32 - t.Z), int64(t.Y) << (32 - t.Z), uint(32 - t.Z - extentBits)}
}

// nearest returns an X of geo.Mercator, continued beyond the antimeridian where
// that is nearer to the tile.
func (t transform) nearest(x uint32) int64 {
	middle := t.minX + mvt.Extent<<t.shift/2
	return middle + int64(int32(x-uint32(middle)))
}

// isWorld reports whether the tile is the whole world.
func (t transform) isWorld() bool { return int64(mvt.Extent)<<t.shift == world }

const world = 1 << 32 // units of geo.Mercator

// nextWorld returns the same X in the copy of the world that is nearest to it,
// on the other side of the antimeridian.
func nextWorld(x int64) int64 {
	if x < world/2 {
		return x + world
	}
	return x - world
}

func (t transform) point(x, y int64) mvt.Point {
	return mvt.Point{int32((x - t.minX) >> t.shift), int32((y - t.minY) >> t.shift)}
}

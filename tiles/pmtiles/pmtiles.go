// Package pmtiles writes and reads archives of vector tiles in the PMTiles format,
// version 3 (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md):
// one file, of which a client reads the parts that it needs by HTTP range
// requests.
//
//	┌────────┬──────────────┬──────────┬──────────────────┬────────────────┐
//	│ header │ root         │ metadata │ leaf directories │ tiles          │
//	│ 127 B  │ to 16,384 B  │ JSON     │ if the root does │ in order of    │
//	│        │ with header  │          │ not fit          │ their ids      │
//	└────────┴──────────────┴──────────┴──────────────────┴────────────────┘
//
// A directory has an entry for every run of tiles with the same content. Since
// the directories precede the tiles but can be written only when all tiles are
// known, a Writer keeps the tiles in a temporary file first.
//
// In what a Writer writes, everything but the header is compressed with gzip,
// and the tiles are Mapbox Vector Tiles.
//
// A Reader reads archives of any writer from a Source: a file, or a URL by range
// requests. It checks all that it reads, and everything that it reads is of one
// version of the file: when the file is replaced, it returns ErrReplaced.
package pmtiles

import (
	"math/bits"

	"github.com/paulmach/orb/maptile"
)

// TileID returns the id of a tile. Ids begin with the lower zooms, and within a
// zoom they follow the Hilbert curve, so that most neighbours on the map are
// neighbours in the file.
//
// Formula: Warren, Hacker's Delight (2nd edition), section 16–2, rotated as in
// the example of the specification: 1/0/0, 1/0/1, 1/1/1, 1/1/0.
func TileID(t maptile.Tile) uint64 {
	id := firstID(uint8(t.Z))
	x, y := t.X, t.Y
	for i := int(t.Z) - 1; i >= 0; i-- {
		side := uint32(1) << i
		right, low := x>>i&1, y>>i&1
		id += uint64(3*right^low) << (2 * i)
		x, y = x&(side-1), y&(side-1)
		if low == 0 { // the curve of this quarter is rotated
			if right == 1 {
				x, y = side-1-x, side-1-y
			}
			x, y = y, x
		}
	}
	return id
}

// firstID returns the id of the first tile of a zoom: the number of the tiles
// of all lower zooms.
func firstID(z uint8) uint64 { return (uint64(1)<<(2*z) - 1) / 3 }

// zoomOf returns the zoom of the tile with an id.
func zoomOf(id uint64) uint8 { return uint8(bits.Len64(3*id+1)-1) / 2 }

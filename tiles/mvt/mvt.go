// Package mvt encodes layers of vector tiles as the Mapbox Vector Tile
// specification 2.1 defines them
// (https://github.com/mapbox/vector-tile-spec/tree/master/2.1).
//
// All positions are tile coordinates: integers from 0 to Extent, X to the
// right and Y downward, in which a feature may extend Buffer beyond the edge.
//
//	-Buffer,-Buffer
//	   ┌───────────────────┐
//	   │  0,0              │
//	   │   ┌───────────┐   │
//	   │   │   tile    │   │
//	   │   └───────────┘   │
//	   │       Extent,Extent
//	   └───────────────────┘
//
// A Layer refers to its keys and values by number. Its message is written in
// one pass into the buffer of the caller: features first, then keys and values,
// and at last the length in front, for which five bytes are reserved.
//
//	┌─────┬────────┬─────────┬──────┬───────────────────┬──────┬────────┬────────┐
//	│ tag │ length │ version │ name │ feature feature … │ keys │ values │ extent │
//	└─────┴────────┴─────────┴──────┴───────────────────┴──────┴────────┴────────┘
package mvt

// Extent is the width and height of a tile in tile coordinates.
const Extent = 4096

// Buffer is how far a polygon may extend beyond the edges of its tile, so that
// the cut along the edge is not visible.
const Buffer = 64

// Point is a position in tile coordinates: X, Y.
type Point [2]int32

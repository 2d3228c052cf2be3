package tiles

import (
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
)

// drawnBound returns a bound of everything that the layers of d can ever have,
// whatever pins it will get. Clients request no tile outside, so it must not be
// too small. Hexes have the resolution r, or the resolution that suits each zoom
// if r is 0.
//
// Neither TileJSON nor PMTiles allows a bound that crosses the antimeridian:
// where something is drawn on both sides of it, the bound extends from -180 to
// 180. It ends where Web Mercator ends.
func drawnBound(d *civic.District, layers []string, r geo.Resolution) orb.Bound {
	var out orb.Bound
	for i, layer := range layers {
		b := drawnBox(d, layer, r)
		if b.Crosses() {
			b.West, b.East = -180, 180
		}
		b.South, b.North = max(b.South, -geo.MaxLatitude), min(b.North, geo.MaxLatitude)
		if i == 0 {
			out = b.Unwrapped()
		}
		out = out.Union(b.Unwrapped())
	}
	return out
}

// drawnBox returns the box of everything that a layer can have. A hex extends at
// most four edges from any of its pins, since neither a pin nor a vertex of a
// cell is more than two edges from its centre. A pin is shown at most two edges
// from where it is (civic.Visibility.Show), and other things not so far.
func drawnBox(d *civic.District, layer string, r geo.Resolution) geo.Box {
	if layer == draw.LayerAreas {
		boundary := d.Boundary
		for _, a := range d.Areas {
			boundary = append(boundary[:len(boundary):len(boundary)], a.Boundary...)
		}
		return geo.BoxOf(boundary)
	}
	b := geo.BoxOf(d.Boundary)
	if layer == draw.LayerPins || layer == draw.LayerThings {
		return b.Pad(2 * civic.BlurResolution.EdgeLength())
	}
	if r == 0 {
		r = index.MinResolution
	}
	return b.Pad(4 * min(r, civic.HexResolution).EdgeLength())
}

package draw

import (
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
)

// ZoomResolution returns the resolution at which hexes are legible at a zoom:
// they are 20 to 60 pixels wide.
func ZoomResolution(z maptile.Zoom) geo.Resolution {
	r := geo.Resolution((7*int(z) + 11) / 10) // a zoom is a factor of 2, a resolution one of √7
	return max(index.MinResolution, min(index.MaxResolution, r))
}

// FinestResolution returns the finest resolution of hexes at a zoom, at which
// they are 8 to 23 pixels wide and a tile has some thousands of them.
func FinestResolution(z maptile.Zoom) geo.Resolution {
	return min(index.MaxResolution, ZoomResolution(z)+1)
}

// FirstZoom returns the lowest zoom at which hexes may have the resolution r.
func FirstZoom(r geo.Resolution) maptile.Zoom {
	z := maptile.Zoom(0)
	for FinestResolution(z) < r {
		z++
	}
	return z
}

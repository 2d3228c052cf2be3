package tiles

import (
	"fmt"

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

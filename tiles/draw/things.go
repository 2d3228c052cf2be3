package draw

import (
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// Things appends the layer "things" of a tile: a point for every cluster of things
// other than pins (index.Version.ThingClusters), with the id of the thing that
// represents it and the number of its things in n. State is empty for a kind without
// a lifecycle.
func Things(dst []byte, v *index.Version, t maptile.Tile) []byte {
	b := getBuffers(v)
	defer v.Pool().Put(b)
	to, layer := transformOf(t), &b.layer
	layer.Begin(dst, LayerThings)
	b.things = v.ThingClusters(b.things[:0], t)
	var tags mvt.Tags
	var kind civic.ThingKind
	var state civic.State
	for i := range b.things {
		c := &b.things[i]
		if i == 0 || c.Kind != kind || c.State != state {
			kind, state, tags = c.Kind, c.State, mvt.Tags{}
			for _, number := range [...]uint32{0, layer.Text(kind.Rules().Name), 1, layer.Text(state.String()), 2} {
				tags.Add(number)
			}
		}
		layer.Point(uint64(c.ID), &tags, layer.Uint(uint64(c.N)), to.point(int64(c.X), int64(c.Y)))
	}
	return layer.End("kind", "state", "n")
}

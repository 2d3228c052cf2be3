package draw

import (
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// Pins appends the layer "pins" of a tile: a point for every cluster of the
// pins that f selects (index.Version.Clusters), with the id of the pin that
// represents it and the number of its pins in n.
func Pins(dst []byte, v *index.Version, t maptile.Tile, f *index.Filter) []byte {
	b := getBuffers(v)
	defer v.Pool().Put(b)
	to, layer := transformOf(t), &b.layer
	layer.Begin(dst, LayerPins)
	b.tags.reset(v.CategorySlugs())
	clusters := v.Clusters(&b.scratch, t, f)
	for i := range clusters {
		if clusters[i].N == 0 {
			continue
		}
		if c := &clusters[i]; f.SelectsKind(c.Kind) {
			tags := b.tags.tags(layer, c)
			layer.Point(uint64(c.ID), tags, layer.Uint(uint64(c.N)), to.point(int64(c.X), int64(c.Y)))
		}
	}
	return layer.End("kind", "category", "status", "n")
}

// tagTable contains the values of a layer of pins, and the tags of each
// category and status, which are added to the layer when they first occur.
type tagTable struct {
	slugs      []string // by category id
	categories []uint32 // 1 + the number of the value, by category id; 0 for none yet
	kinds      [civic.Organisation + 1]uint32
	statuses   [civic.Active + 1]uint32
	known      [][civic.Active + 1]mvt.Tags // by category id and status
}

func (t *tagTable) reset(slugs []string) {
	if cap(t.categories) < len(slugs) {
		t.categories = make([]uint32, len(slugs))
		t.known = make([][civic.Active + 1]mvt.Tags, len(slugs))
	}
	t.slugs, t.categories, t.known = slugs, t.categories[:len(slugs)], t.known[:len(slugs)]
	clear(t.categories)
	clear(t.known)
	clear(t.kinds[:])
	clear(t.statuses[:])
}

// tags returns the tags of a cluster, without the value of n.
func (t *tagTable) tags(l *mvt.Layer, c *index.Cluster) *mvt.Tags {
	e := &t.known[c.Category][c.Status]
	if !e.Empty() {
		return e
	}
	if t.kinds[c.Kind] == 0 {
		t.kinds[c.Kind] = l.Text(c.Kind.String()) + 1
	}
	if t.categories[c.Category] == 0 {
		t.categories[c.Category] = l.Text(t.slugs[c.Category]) + 1
	}
	if t.statuses[c.Status] == 0 {
		t.statuses[c.Status] = l.Text(c.Status.String()) + 1
	}
	for key, value := range [3]uint32{t.kinds[c.Kind], t.categories[c.Category], t.statuses[c.Status]} {
		e.Add(uint32(key))
		e.Add(value - 1)
	}
	e.Add(3)
	return e
}

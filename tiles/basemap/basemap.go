// Package basemap makes the map under the data, as an archive of vector tiles,
// from features of OpenStreetMap, and opens, cuts and follows such archives.
//
//	features ──► classify ──► compact shapes ──► tiles by zoom ──► PMTiles
//	             schema.go    in memory          clip, simplify
//
// The tiles have a subset of the schema of Protomaps basemaps, version 4
// (https://docs.protomaps.com/basemaps/layers), so that a style of either serves
// both. Land is the boxes, the sea is made from coastlines, and everything is cut
// at the boxes.
//
// A Builder holds all shapes in memory: about 5 bytes for each point and 60 for
// each feature, and per zoom 4 for each feature of a tile: 200 MB for a city of
// 10 million nodes in 1.5 million features.
package basemap

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/pmtiles"
)

// Zooms of a basemap. Beyond the last, maps enlarge its tiles, whose points are
// exact to a quarter of a metre.
const (
	MinZoom maptile.Zoom = 6
	MaxZoom maptile.Zoom = 15
)

// maxTiles is the number of tiles of MaxZoom that a basemap may have: a country
// of 700 km by 700 km in central Europe.
const maxTiles = 1_000_000

// Attribution is that which the licence of OpenStreetMap requires.
const Attribution = `<a href="https://www.openstreetmap.org/copyright">© OpenStreetMap</a>`

// Config describes a basemap.
type Config struct {
	// Boxes is what the basemap covers, within -180 to 180 degrees; required.
	// Boxes that overlap are joined.
	Boxes []orb.Bound
	// Languages are those whose names the tiles have, besides the local ones, as
	// in the tag name:pl; default none.
	Languages []string
	// Name is the title of the archive; default "Basemap".
	Name string
	// Attribution is HTML; default Attribution.
	Attribution string
}

// Builder makes a basemap: call Add for every feature, then Write.
type Builder struct {
	cfg        Config
	boxes      []orb.Bound
	classifier *classifier
	layers     map[string]uint8

	shapes     []shape
	arena      arena
	sets       [][]attribute
	setNumbers map[string]uint32
	coastlines []orb.LineString
}

// Summary describes a basemap that has been written.
type Summary struct {
	Features map[string]int // by layer
	pmtiles.Summary
}

// New returns a Builder. It returns an error when there is no box, or one that is
// empty or too large.
func New(cfg Config) (*Builder, error) {
	boxes := joinBoxes(cfg.Boxes)
	if len(boxes) == 0 {
		return nil, fmt.Errorf("a basemap needs a box that it covers")
	}
	tiles := 0.0
	for _, b := range boxes {
		if !(b.Min[0] < b.Max[0]) || !(b.Min[1] < b.Max[1]) {
			return nil, fmt.Errorf("the box %v has no surface", b)
		}
		low, high := geo.Project(b.LeftTop()), geo.Project(b.RightBottom())
		tiles += float64(high.X-low.X) / (1 << (32 - MaxZoom)) * float64(high.Y-low.Y) / (1 << (32 - MaxZoom))
	}
	if tiles > maxTiles {
		return nil, fmt.Errorf("a basemap of %.0f tiles is too large, the limit is %d: choose a smaller box", tiles, maxTiles)
	}
	b := &Builder{cfg: cfg, boxes: boxes, classifier: newClassifier(cfg.Languages), layers: map[string]uint8{}, setNumbers: map[string]uint32{}}
	for i, name := range Layers() {
		b.layers[name] = uint8(i)
	}
	for _, box := range boxes {
		b.addArea(LayerEarth, uint8(MinZoom), 0, []attribute{{key: "kind", text: "earth"}}, orb.MultiPolygon{box.ToPolygon()})
	}
	return b, nil
}

// joinBoxes joins boxes that overlap, so that nothing is drawn twice.
func joinBoxes(boxes []orb.Bound) []orb.Bound {
	var out []orb.Bound
	for _, b := range boxes {
		for {
			i := slices.IndexFunc(out, b.Intersects)
			if i < 0 {
				break
			}
			b = b.Union(out[i])
			out = slices.Delete(out, i, i+1)
		}
		out = append(out, b)
	}
	return out
}

// Add adds a feature. What the schema does not have, and what is outside the
// boxes, is left out.
func (b *Builder) Add(f geo.Feature) {
	if l, ok := f.Geometry.(orb.LineString); ok && f.Tags["natural"] == "coastline" && len(l) > 1 {
		b.coastlines = append(b.coastlines, l.Clone())
	}
	for _, r := range b.classifier.match(f.Tags) {
		b.addRule(r, f)
	}
}

func (b *Builder) addRule(r *rule, f geo.Feature) {
	attributes := func() []attribute { return b.classifier.attributes(r, f.Tags) }
	switch g := f.Geometry.(type) {
	case orb.Point:
		if r.shape == point || r.shape == dot {
			b.addPoint(r.layer, r.minZoom, pointOrder(r, f.Tags), attributes(), g)
		}
	case orb.LineString:
		if r.shape == line {
			b.addLine(r.layer, r.minZoom, lineOrder(r, f.Tags), attributes(), g)
		}
	case orb.Polygon:
		b.addPolygons(r, f.Tags, attributes, orb.MultiPolygon{g})
	case orb.MultiPolygon:
		b.addPolygons(r, f.Tags, attributes, g)
	}
}

func (b *Builder) addPolygons(r *rule, tags map[string]string, attributes func() []attribute, mp orb.MultiPolygon) {
	mp = slices.DeleteFunc(slices.Clone(mp), func(p orb.Polygon) bool { return len(p) == 0 || len(p[0]) < 4 })
	if len(mp) == 0 {
		return
	}
	switch {
	case r.shape == area:
		b.addArea(r.layer, r.minZoom, 0, attributes(), mp)
	case r.shape == point && tags["boundary"] != "administrative":
		b.addPoint(r.layer, labelZoom(r, mp), pointOrder(r, tags), attributes(), geo.Centre(mp))
	}
}

// addArea adds an area, larger ones below smaller ones.
func (b *Builder) addArea(layer string, minZoom uint8, order float32, attributes []attribute, mp orb.MultiPolygon) {
	for _, box := range b.boxes {
		if !mp.Bound().Intersects(box) {
			continue
		}
		cut := mp
		if !contains(box, mp.Bound()) {
			cut = clip.MultiPolygon(box, mp.Clone())
		}
		rings, surface := projectArea(cut)
		if len(rings) > 0 {
			b.add(shape{layer: b.layers[layer], kind: area, minZoom: minZoom, order: order - float32(math.Log2(surface))}, attributes, rings)
		}
	}
}

func (b *Builder) addLine(layer string, minZoom uint8, order float32, attributes []attribute, l orb.LineString) {
	for _, box := range b.boxes {
		cut := orb.MultiLineString{l}
		if !l.Bound().Intersects(box) {
			continue
		} else if !contains(box, l.Bound()) {
			cut = clip.LineString(box, l)
		}
		for _, part := range cut {
			if points := projectLine(part); len(points) > 1 {
				b.add(shape{layer: b.layers[layer], kind: line, minZoom: minZoom, order: order}, attributes, []path{{points: points}})
			}
		}
	}
}

func (b *Builder) addPoint(layer string, minZoom uint8, order float32, attributes []attribute, p orb.Point) {
	if slices.ContainsFunc(b.boxes, func(box orb.Bound) bool { return box.Contains(p) }) {
		b.add(shape{layer: b.layers[layer], kind: point, minZoom: minZoom, order: order}, attributes, []path{{points: []geo.Mercator{geo.Project(p)}}})
	}
}

func (b *Builder) add(s shape, attributes []attribute, paths []path) {
	s.attrs = b.set(attributes)
	s.set(&b.arena, paths)
	b.shapes = append(b.shapes, s)
}

// set returns the number of a set of attributes, of which most are repeated.
func (b *Builder) set(attributes []attribute) uint32 {
	var key strings.Builder
	for _, a := range attributes {
		fmt.Fprintf(&key, "%s\x00%s\x00%d\x00", a.key, a.text, a.number)
	}
	n, ok := b.setNumbers[key.String()]
	if !ok {
		n = uint32(len(b.sets))
		b.sets = append(b.sets, attributes)
		b.setNumbers[key.String()] = n
	}
	return n
}

func contains(box, b orb.Bound) bool { return box.Contains(b.Min) && box.Contains(b.Max) }

// lineOrder returns the order of a line in its layer: by level, then by the rank
// of the road.
func lineOrder(r *rule, tags map[string]string) float32 {
	if r.layer != LayerRoads {
		return 0
	}
	return float32(100*roadLevel(tags) + roadOrder(tags[r.key]))
}

// pointOrder returns the order of a label: those of lower zooms first, since a
// map places labels in this order.
func pointOrder(r *rule, tags map[string]string) float32 {
	order := float32(r.minZoom)
	if r.layer == LayerPlaces {
		for _, a := range tags["population"] {
			if a >= '0' && a <= '9' {
				order -= 0.1 // a digit more
			}
		}
	}
	return order
}

// labelWidth is the width of an area, as part of that of a tile, at which it has
// room for its name.
const labelWidth = 0.15

// labelZoom returns the first zoom of the name of an area: that at which the
// area has room for it, but not far from that of the rule.
func labelZoom(r *rule, mp orb.MultiPolygon) uint8 {
	if r.minZoom >= uint8(MaxZoom) {
		return r.minZoom
	}
	_, surface := projectArea(mp)
	zoom := int(r.minZoom)
	for lower := zoom - 2; zoom > lower && math.Sqrt(surface) >= labelWidth*math.Exp2(float64(32-(zoom-1))); {
		zoom--
	}
	if math.Sqrt(surface) < labelWidth/4*math.Exp2(float64(32-zoom)) {
		zoom++
	}
	return uint8(zoom)
}

// Write writes the basemap to dst. It keeps the tiles in spool, an empty
// temporary file, until all are known. Progress is called after every tile, from
// one goroutine; nil for none. After an error, dst has no basemap.
func (b *Builder) Write(ctx context.Context, dst io.Writer, spool io.ReadWriteSeeker, progress func(done, total int)) (Summary, error) {
	for _, box := range b.boxes {
		if water := sea(b.coastlines, box); len(water) > 0 {
			b.addArea(LayerWater, uint8(MinZoom), 0, []attribute{{key: "kind", text: "ocean"}}, water)
		}
	}
	b.coastlines = nil
	b.dropRepeatedHouseNumbers()
	b.joinLines()
	b.sort()
	summary := Summary{Features: map[string]int{}}
	for _, s := range b.shapes {
		summary.Features[Layers()[s.layer]]++
	}
	w := pmtiles.NewWriter(spool)
	total, done := 0, 0
	for z := MinZoom; z <= MaxZoom; z++ {
		total += len(b.tiles(z))
	}
	for z := MinZoom; z <= MaxZoom; z++ {
		d := newDrawing(b, z)
		tiles := b.tiles(z)
		err := w.Draw(ctx, tiles, d.newDraw, func(n, _ int) {
			if progress != nil {
				progress(done+n, total)
			}
		})
		if err != nil {
			return summary, fmt.Errorf("draw tiles of zoom %d: %w", z, err)
		}
		done += len(tiles)
	}
	extent := pmtiles.Extent{Bound: b.boxes[0], Centre: b.boxes[0].Center()}
	for _, box := range b.boxes {
		extent.Bound = extent.Bound.Union(box)
	}
	var err error
	if summary.Summary, err = w.Finish(dst, extent, b.metadata); err != nil {
		return summary, fmt.Errorf("write basemap: %w", err)
	}
	return summary, nil
}

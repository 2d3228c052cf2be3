package osm

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// errStopped reports that the caller wants no more features.
var errStopped = errors.New("stopped")

// builder makes the features of a file in three passes.
type builder struct {
	file    *File
	yield   func(geo.Feature, error) bool
	stopped bool
	read    int64 // bytes in all passes

	nodes     nodeTable
	relations []areaRelation
	members   map[int64][]int64 // the nodes of the ways of relations, by way
	bound     orb.Bound
	any       bool // whether a feature has been returned
	hasNodes  bool
}

// areaRelation is a multipolygon or a boundary.
type areaRelation struct {
	tags    map[string]string
	members []member
}

func (b *builder) build(ctx context.Context) error {
	b.members = map[int64][]int64{}
	for _, pass := range []struct {
		kinds elementKind
		visit func(*element) error
		end   func()
	}{
		{way | relation, b.collect, b.nodes.sort},
		{node, b.place, nil},
		{way, b.draw, nil},
	} {
		if _, err := b.file.file.Seek(0, io.SeekStart); err != nil {
			return err //nolint:wrapcheck // Features says what was being done
		}
		if err := b.file.scan(ctx, b.file.file, pass.kinds, pass.visit, b.progress); err != nil {
			return err
		}
		if pass.end != nil {
			pass.end()
		}
	}
	if !b.hasNodes {
		return errors.New("the file has no nodes, or is cut off")
	}
	for _, r := range b.relations {
		if err := b.assemble(r); err != nil {
			return err
		}
	}
	if b.file.bound.IsEmpty() && b.any {
		b.file.bound = b.bound
	}
	return ctx.Err()
}

// passes is the number of times that a file is read.
const passes = 3

func (b *builder) progress(bytes int64) {
	b.read += bytes
	if b.file.Progress != nil {
		b.file.Progress(b.read, passes*b.file.size)
	}
}

// collect is the first pass.
func (b *builder) collect(e *element) error {
	if e.kind == way {
		b.nodes.want(e.nodes)
		return nil
	}
	if t := e.tags["type"]; t != "multipolygon" && t != "boundary" {
		return nil
	}
	if tags := described(e.tags); tags != nil {
		b.relations = append(b.relations, areaRelation{tags, slices.Clone(e.members)})
		for _, m := range e.members {
			b.members[m.way] = nil
		}
	}
	return nil
}

// place is the second pass.
func (b *builder) place(e *element) error {
	b.hasNodes = true
	b.nodes.set(e.id, e.point)
	if tags := described(e.tags); tags != nil {
		return b.add(tags, e.point)
	}
	return nil
}

// draw is the third pass.
func (b *builder) draw(e *element) error {
	if _, ok := b.members[e.id]; ok {
		b.members[e.id] = slices.Clone(e.nodes)
	}
	tags := described(e.tags)
	if tags == nil {
		return nil
	}
	line := b.line(e.nodes)
	switch {
	case len(line) >= 4 && e.nodes[0] == e.nodes[len(e.nodes)-1] && isArea(tags):
		if line[0] != line[len(line)-1] { // the node that closes it is missing
			line = append(line, line[0])
		}
		return b.add(tags, orb.Polygon{orb.Ring(line)})
	case len(line) >= 2:
		return b.add(tags, line)
	}
	return nil
}

// line returns the points of nodes, without those that the file does not have.
func (b *builder) line(nodes []int64) orb.LineString {
	line := make(orb.LineString, 0, len(nodes))
	for _, id := range nodes {
		if p, ok := b.nodes.get(id); ok {
			line = append(line, p)
		} else {
			b.file.found.MissingNodes++
		}
	}
	return line
}

// add returns a feature to the caller if it meets a box.
func (b *builder) add(tags map[string]string, g orb.Geometry) error {
	bound := g.Bound()
	if !b.wanted(bound) {
		return nil
	}
	if !b.any {
		b.bound, b.any = bound, true
	}
	b.bound = b.bound.Union(bound)
	b.file.found.Features++
	if !b.yield(geo.Feature{Tags: tags, Geometry: g}, nil) {
		b.stopped = true
		return errStopped
	}
	return nil
}

func (b *builder) wanted(bound orb.Bound) bool {
	return len(b.file.Boxes) == 0 || slices.ContainsFunc(b.file.Boxes, bound.Intersects)
}

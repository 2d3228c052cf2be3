// Package osm reads extracts of OpenStreetMap, .osm.pbf and .osm (XML), as
// geometries with tags.
//
// An extract has nodes with coordinates, ways that refer to nodes, and relations
// that refer to ways. Features are made from it in three passes, so that only
// what ways refer to is held in memory:
//
//	       file                        memory
//	pass 1 ways, relations  ────────►  ids of the nodes of ways; relations of areas
//	pass 2 nodes            ──┬─────►  coordinates of these nodes
//	                          └─────►  Point of each tagged node
//	pass 3 ways             ──┬─────►  ways that relations of areas refer to
//	                          └─────►  LineString or Polygon of each tagged way
//	end                     ────────►  MultiPolygon of each relation
//
// The memory is 16 bytes for each node of a way of the file, and as much again
// while ids are collected: 160 to 320 MB for a file of 10 million nodes.
package osm

import (
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// File is an open extract.
type File struct {
	// Boxes selects the features that meet one of them; default all.
	Boxes []orb.Bound
	// Progress is called with the bytes that have been read and those that will
	// be, in all passes; default none.
	Progress func(done, total int64)

	file  *os.File
	size  int64
	scan  scanFunc
	bound orb.Bound
	found Counts
}

// Counts describes what Features has found.
type Counts struct {
	Features     int // returned
	MissingNodes int // which ways refer to but the file does not have; the ways are drawn without
	ClosedRings  int // parts of areas outside the box, or at its edge, that were not closed and were closed by a straight line
	BrokenRings  int // parts of areas that were left out because they are not closed
}

// element is a node, a way or a relation. It is valid until the next.
type element struct {
	kind    elementKind
	id      int64
	tags    map[string]string // nil if there are none
	point   orb.Point         // of a node
	nodes   []int64           // of a way
	members []member          // of a relation: the ways
}

// member is a way of a relation.
type member struct {
	way   int64
	inner bool
}

// elementKind is one bit, so that kinds form a set.
type elementKind uint8

const (
	node elementKind = 1 << iota
	way
	relation
)

// scanFunc calls visit for each element of the kinds wanted, in order of the
// file, and read after each part of the file with its size in bytes.
type scanFunc func(ctx context.Context, r io.ReadSeeker, wanted elementKind, visit func(*element) error, read func(int64)) error

// Open opens an extract, whose format it recognises by its content. The caller
// must close it.
func Open(path string) (*File, error) {
	file, err := os.Open(path) //nolint:gosec // whoever runs a command names the file
	if err != nil {
		return nil, fmt.Errorf("open extract: %w", err)
	}
	f := &File{file: file}
	if err := f.detect(); err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// Close closes the file.
func (f *File) Close() error {
	if err := f.file.Close(); err != nil {
		return fmt.Errorf("close extract: %w", err)
	}
	return nil
}

// Bound returns the bound that the file states, or else that of the features
// that Features has returned. It is empty where neither is known.
func (f *File) Bound() orb.Bound { return f.bound }

// Counts returns what the last call of Features has found so far.
func (f *File) Counts() Counts { return f.found }

// Features returns every tagged node as a Point, every tagged way as a
// LineString or Polygon, and every relation of an area, a multipolygon or a
// boundary, as a MultiPolygon. Features without tags are left out, and so are
// those that meet no box. An error, such as that of a file that is cut off, is
// the last value.
func (f *File) Features(ctx context.Context) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		b := &builder{file: f, yield: yield}
		f.found = Counts{}
		if err := b.build(ctx); err != nil && !b.stopped {
			yield(geo.Feature{}, fmt.Errorf("read %s: %w", f.file.Name(), err))
		}
	}
}

// uninteresting lists the tags that describe the data and not what is there.
func uninteresting(key string) bool {
	switch key {
	case "source", "created_by", "note", "fixme", "FIXME", "attribution", "converted_by", "odbl", "type":
		return true
	}
	return false
}

// described returns the tags that say what is there, or nil if there are none.
func described(tags map[string]string) map[string]string {
	for key := range tags {
		if uninteresting(key) {
			tags = maps.Clone(tags)
			maps.DeleteFunc(tags, func(key, _ string) bool { return uninteresting(key) })
			break
		}
	}
	if len(tags) == 0 {
		return nil
	}
	return tags
}

package ingest

import (
	"errors"
	"fmt"
	"io"
	"slices"
)

// maxFeature bounds one feature, and what is not features in a collection.
const maxFeature = 8 << 20

// geoJSON reads a FeatureCollection, a single Feature or geometry, or many of
// them one after another (newline-delimited GeoJSON, RFC 8142 text sequences).
// Members may come in any order, foreign ones are passed over.
//
// A feature that is valid JSON but wrong, or larger than 8 MiB, is rejected
// and reading goes on. A type or crs that stands after the features can only
// be refused when they have been read, so keep nothing before the end.
type geoJSON struct {
	text    *text
	scan    jsonScanner
	row     int
	at      stage
	first   bool // no feature of the list has been read
	members members
	size    int
	fits    bool
	done    bool // the object's features were read
	columns *Columns
}

type stage uint8

const (
	outside    stage = iota // between objects
	inObject                // before a member of an object
	inFeatures              // in a collection's list of features
)

func newGeoJSON(t *text) (*geoJSON, error) {
	r := &geoJSON{text: t, scan: jsonScanner{in: t.Reader}}
	b, err := r.scan.space("\x1e")
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the file is empty")
	case err != nil:
		return nil, r.scan.failed(err)
	case b != '{':
		return nil, r.scan.errorf("GeoJSON begins with '{', not %q", b)
	}
	r.open()
	return r, nil
}

// Fields are not stated by GeoJSON.
func (r *geoJSON) Fields() []string { return nil }

func (r *geoJSON) open() {
	r.at, r.members, r.size, r.fits, r.done = inObject, members{}, 0, true, false
}

func (r *geoJSON) Read() (Record, error) {
	record, err := r.read()
	if err != nil && err != io.EOF {
		err = fmt.Errorf("after feature %d: %w", r.row, err)
	}
	return record, err
}

func (r *geoJSON) read() (Record, error) {
	for {
		var (
			record Record
			found  bool
			err    error
		)
		switch r.at {
		case outside:
			err = r.between()
		case inObject:
			record, found, err = r.member()
		case inFeatures:
			record, found, err = r.feature()
		}
		if err != nil || found {
			return record, err
		}
	}
}

// between objects: the next one opens, or that was all.
func (r *geoJSON) between() error {
	b, err := r.scan.space("\x1e")
	switch {
	case errors.Is(err, io.EOF):
		return io.EOF
	case err != nil:
		return r.scan.failed(err)
	case b != '{':
		return r.scan.errorf("'{' or the end was expected, not %q", b)
	}
	r.open()
	return nil
}

// member of the object that is open; at its end, the record that it is if it
// is no collection.
func (r *geoJSON) member() (record Record, found bool, err error) {
	b, err := r.scan.space("")
	if err != nil {
		return Record{}, false, r.scan.failed(err)
	}
	if b == '}' {
		r.at = outside
		return r.object()
	}
	r.scan.back()
	key, err := r.scan.key()
	if err != nil {
		return Record{}, false, err
	}
	switch key {
	case "features":
		if err := r.features(); err != nil || r.at == inFeatures {
			return Record{}, false, err
		}
		err = r.skip()
	case "type", "id", "crs", "geometry", "properties", "coordinates":
		err = r.keep(key)
	default:
		err = r.skip()
	}
	if err != nil {
		return Record{}, false, err
	}
	return Record{}, false, r.separate('}')
}

// features begin, if this is a collection as far as is known.
func (r *geoJSON) features() error {
	kind, known := r.members["type"]
	switch name := jsonText(kind); {
	case known && name != "FeatureCollection":
		if name == "Feature" || isGeometry(name) {
			return nil // a foreign member
		}
		return r.scan.errorf("the type is %q, not \"FeatureCollection\"", shorten(name))
	case r.done:
		return r.scan.errorf("\"features\" occurs twice")
	}
	if err := r.members.crs(); err != nil {
		return r.scan.errorf("%w: it is %s", err, shorten(string(r.members["crs"])))
	}
	b, err := r.scan.space("")
	if err != nil {
		return r.scan.failed(err)
	}
	if b != '[' {
		return r.scan.errorf("\"features\" is not a list")
	}
	r.at, r.first, r.done = inFeatures, true, true
	return nil
}

// keep a member for the object's end.
func (r *geoJSON) keep(key string) error {
	if _, twice := r.members[key]; twice {
		return r.scan.errorf("%q occurs twice", key)
	}
	raw, fits, err := r.scan.value(maxFeature - r.size)
	if err != nil {
		return err
	}
	if !fits {
		r.fits, raw = false, nil
	}
	r.size += len(raw)
	r.members[key] = slices.Clone(raw)
	return nil
}

func (r *geoJSON) skip() error {
	_, _, err := r.scan.value(0)
	return err
}

// separate passes over a comma, or leaves the closing bracket for the next step.
func (r *geoJSON) separate(closing byte) error {
	b, err := r.scan.expect(',', closing)
	if err != nil {
		return err
	}
	if b == closing {
		r.scan.back()
		return nil
	}
	if b, err = r.scan.space(""); err != nil {
		return r.scan.failed(err)
	}
	if b == closing {
		return r.scan.errorf("a comma stands before %q", closing)
	}
	r.scan.back()
	return nil
}

// feature of the list; at its end, the collection goes on.
func (r *geoJSON) feature() (Record, bool, error) {
	b, err := r.scan.space("")
	if err != nil {
		return Record{}, false, r.scan.failed(err)
	}
	if b == ']' {
		r.at = inObject
		return Record{}, false, r.separate('}')
	}
	r.scan.back()
	raw, fits, err := r.scan.value(maxFeature)
	if err != nil {
		return Record{}, false, err
	}
	r.row++
	var record Record
	if fits {
		record = r.record(raw)
	} else {
		record.Err = errTooLarge
	}
	record.Row = r.row
	return record, true, r.separate(']')
}

var errNotFeature = errors.New("its type is not \"Feature\"")

var errTooLarge = fmt.Errorf("the feature is larger than %d MiB", maxFeature>>20)

// object ends: a collection is checked, anything else is a record.
func (r *geoJSON) object() (Record, bool, error) {
	kind := jsonText(r.members["type"])
	if r.done || kind == "FeatureCollection" {
		return Record{}, false, r.collection(kind)
	}
	if kind != "Feature" && !isGeometry(kind) && r.row == 0 {
		return Record{}, false, r.scan.errorf("this is not GeoJSON: its type is %q", shorten(kind))
	}
	r.row++
	record := Record{Row: r.row}
	if !r.fits {
		record.Err = errTooLarge
		return record, true, nil
	}
	if record.Err = r.members.check(r.text); record.Err != nil {
		return record, true, nil
	}
	switch {
	case isGeometry(kind):
		if record.Err = r.members.crs(); record.Err == nil {
			record.Geometry, record.Err = r.members.geometry()
		}
	case kind == "Feature":
		record = r.build(r.members)
	default:
		record.Err = errNotFeature
	}
	record.Row = r.row
	return record, true, nil
}

func (r *geoJSON) collection(kind string) error {
	switch {
	case kind != "FeatureCollection":
		return r.scan.errorf("the type is %q, not \"FeatureCollection\"", shorten(kind))
	case !r.done:
		return r.scan.errorf("the FeatureCollection has no \"features\"")
	}
	if err := r.members.crs(); err != nil {
		return r.scan.errorf("%w: it is %s", err, shorten(string(r.members["crs"])))
	}
	return nil
}

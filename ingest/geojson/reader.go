// Package geojson reads GeoJSON (RFC 7946) as records: a FeatureCollection, a
// single Feature or geometry, or several of them one after another, as in
// newline-delimited GeoJSON and text sequences (RFC 8142).
//
// It reads a stream of any length. Members can come in any order, and foreign
// ones are skipped. A feature that is valid JSON but not a point, or larger
// than 8 MiB, is a record with an error. A wrong type or crs that comes after
// the features of a collection is an error only once they have been read, so
// the records of a file must not be used before its end.
package geojson

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/pinezka/pinezka/ingest/record"
)

// maxFeature limits the size of a feature, and that of all other members of a
// collection together, in bytes.
const maxFeature = 8 << 20

// Reader reads features as records.
type Reader struct {
	text    *record.Text
	scan    scanner
	row     int // number of features read
	state   state
	columns *record.Columns // of the latest feature

	// Of the current object.
	members      members         // the known ones, not yet parsed
	size         int             // of members, in bytes
	names        map[string]bool // of all members
	repeated     error           // a name that occurs twice, here or deeper
	tooLarge     bool
	featuresRead bool // its array of features
}

// state is the position within the file.
type state uint8

const (
	betweenObjects state = iota
	inObject             // before a member of an object, or its end
	inFeatures           // before a feature of a collection, or the end of the array
)

// NewReader returns a reader. It returns an error if the text does not begin
// with an object.
func NewReader(text *record.Text) (*Reader, error) {
	r := &Reader{text: text, scan: scanner{in: text.Reader}}
	b, err := r.scan.objectByte()
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the file is empty")
	case err != nil:
		return nil, r.scan.readError(err)
	case b != '{':
		return nil, r.scan.errorf("GeoJSON begins with '{', not %q", b)
	}
	r.beginObject()
	return r, nil
}

// Columns returns nil: GeoJSON does not state the names of properties before
// the first feature.
func (r *Reader) Columns() []string { return nil }

// Read returns the record of the next feature.
func (r *Reader) Read() (record.Record, error) {
	for {
		var (
			rec   record.Record
			found bool
			err   error
		)
		switch r.state {
		case betweenObjects:
			err = r.nextObject()
		case inObject:
			rec, found, err = r.nextMember()
		case inFeatures:
			rec, found, err = r.nextFeature()
		}
		if err != nil && !errors.Is(err, io.EOF) {
			err = fmt.Errorf("after feature %d: %w", r.row, err)
		}
		if err != nil || found {
			return rec, err
		}
	}
}

func (r *Reader) beginObject() {
	r.state, r.members, r.names, r.repeated = inObject, members{}, map[string]bool{}, nil
	r.size, r.tooLarge, r.featuresRead = 0, false, false
}

// nextObject begins the next object. It returns io.EOF after the last.
func (r *Reader) nextObject() error {
	b, err := r.scan.objectByte()
	switch {
	case errors.Is(err, io.EOF):
		return io.EOF
	case err != nil:
		return r.scan.readError(err)
	case b != '{':
		return r.scan.errorf("'{' or the end was expected, not %q", b)
	}
	r.beginObject()
	return nil
}

// nextMember reads the next member of the object. At the end of the object it
// returns its record, unless it is a collection.
func (r *Reader) nextMember() (rec record.Record, found bool, err error) {
	b, err := r.scan.nextByte()
	if err != nil {
		return rec, false, err
	}
	if b == '}' {
		r.state = betweenObjects
		return r.endObject()
	}
	r.scan.unreadByte()
	key, err := r.scan.key()
	if err != nil {
		return rec, false, err
	}
	if r.names[key] {
		r.repeated = record.RepeatedName{Name: key}
	}
	r.names[key] = true
	switch key {
	case "features":
		if err := r.beginFeatures(); err != nil || r.state == inFeatures {
			return rec, false, err
		}
		err = r.readForeign()
	case "type", "id", "crs", "geometry", "properties", "coordinates":
		err = r.readMember(key)
	default:
		err = r.readForeign()
	}
	if err != nil {
		return rec, false, err
	}
	return rec, false, r.skipComma('}')
}

// beginFeatures begins the array of features, if the object can be a
// collection.
func (r *Reader) beginFeatures() error {
	raw, known := r.members["type"]
	switch kind := fieldText(raw); {
	case known && kind != "FeatureCollection":
		if kind == "Feature" || isGeometry(kind) {
			return nil // a foreign member
		}
		return r.scan.errorf("the type is %q, not \"FeatureCollection\"", record.Shorten(kind))
	case r.featuresRead:
		return r.scan.errorf("\"features\" occurs twice")
	}
	if err := r.checkCRS(); err != nil {
		return err
	}
	b, err := r.scan.nextByte()
	if err != nil {
		return err
	}
	if b != '[' {
		return r.scan.errorf("\"features\" is not a list")
	}
	r.state, r.featuresRead = inFeatures, true
	return nil
}

func (r *Reader) checkCRS() error {
	if err := r.members.checkCRS(); err != nil {
		return r.scan.errorf("%w: it is %s", err, record.Shorten(string(r.members["crs"])))
	}
	return nil
}

// readMember reads the value of a member that is parsed at the end of the
// object.
func (r *Reader) readMember(key string) error {
	raw, complete, err := r.scan.value(maxFeature - r.size)
	if err != nil {
		return err
	}
	if !complete {
		r.tooLarge, raw = true, nil
	}
	r.size += len(raw)
	r.members[key] = slices.Clone(raw)
	return nil
}

// readForeign reads the value of a member that is not used. Unless it is large,
// it checks the names in it.
func (r *Reader) readForeign() error {
	raw, complete, err := r.scan.value(maxFeature - r.size)
	if err != nil || !complete {
		return err
	}
	if err := record.CheckJSON(raw); errors.Is(err, record.ErrRepeatedName) {
		r.repeated = err
	}
	return nil
}

// skipComma skips a comma. It leaves the closing bracket to be read next.
func (r *Reader) skipComma(closing byte) error {
	b, err := r.scan.expect(',', closing)
	if err != nil {
		return err
	}
	if b != closing {
		if b, err = r.scan.nextByte(); err != nil {
			return err
		}
		if b == closing {
			return r.scan.errorf("there is a comma before %q", closing)
		}
	}
	r.scan.unreadByte()
	return nil
}

// nextFeature returns the next feature of the collection. At the end of the
// array it continues with the members of the collection.
func (r *Reader) nextFeature() (rec record.Record, found bool, err error) {
	b, err := r.scan.nextByte()
	if err != nil {
		return rec, false, err
	}
	if b == ']' {
		r.state = inObject
		return rec, false, r.skipComma('}')
	}
	r.scan.unreadByte()
	raw, complete, err := r.scan.value(maxFeature)
	if err != nil {
		return rec, false, err
	}
	r.row++
	if complete {
		rec = r.parseFeature(raw)
		rec.Source = raw
	} else {
		rec.Err = errTooLarge
	}
	rec.Row = r.row
	return rec, true, r.skipComma(']')
}

var (
	errNotFeature = errors.New("its type is not \"Feature\"")
	errTooLarge   = fmt.Errorf("the feature is larger than %d MiB", maxFeature>>20)
)

// endObject checks a collection, or returns the record of any other object.
func (r *Reader) endObject() (rec record.Record, found bool, err error) {
	kind := fieldText(r.members["type"])
	switch {
	case r.featuresRead && r.repeated != nil:
		return rec, false, r.scan.errorf("%w", r.repeated)
	case r.featuresRead && kind == "FeatureCollection":
		return rec, false, r.checkCRS()
	case r.featuresRead:
		return rec, false, r.scan.errorf("the type is %q, not \"FeatureCollection\"", record.Shorten(kind))
	case kind == "FeatureCollection":
		return rec, false, r.scan.errorf("the FeatureCollection has no \"features\"")
	case kind != "Feature" && !isGeometry(kind) && r.row == 0 && r.repeated == nil:
		return rec, false, r.scan.errorf("this is not GeoJSON: its type is %q", record.Shorten(kind))
	}
	r.row++
	if rec = r.object(kind); !r.tooLarge {
		rec.Source = r.members.source()
	}
	rec.Row = r.row
	return rec, true, nil
}

// object returns the record of an object of this type that is no collection.
func (r *Reader) object(kind string) (rec record.Record) {
	switch {
	case r.tooLarge:
		rec.Err = errTooLarge
		return rec
	case r.repeated != nil:
		rec.Err = r.repeated
		return rec
	}
	if rec.Err = r.members.check(r.text); rec.Err != nil {
		return rec
	}
	switch {
	case isGeometry(kind):
		rec.Geometry, rec.Err = r.members.geometry()
	case kind == "Feature":
		rec = r.feature(r.members)
	default:
		rec.Err = errNotFeature
	}
	return rec
}

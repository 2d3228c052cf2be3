package geojson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/ingest/record"
)

// members are the members of a JSON object by name. With a struct,
// encoding/json would also accept "Type" for "type".
type members map[string]json.RawMessage

// parseFeature returns the record of the JSON of a feature.
func (r *Reader) parseFeature(raw []byte) record.Record {
	if err := r.text.Check(raw); err != nil {
		return record.Record{Err: err}
	}
	if err := checkJSON(raw); err != nil {
		return record.Record{Err: err}
	}
	var m members
	switch err := json.Unmarshal(raw, &m); {
	case err != nil || m == nil:
		return record.Record{Err: errors.New("the feature is not an object")}
	case fieldText(m["type"]) != "Feature":
		return record.Record{Err: errNotFeature}
	}
	return r.feature(m)
}

var errNotJSON = errors.New("the feature is not valid JSON")

// checkJSON returns an error if raw is not valid JSON, or if an object in it has
// two members of the same name.
func checkJSON(raw []byte) error {
	err := record.CheckJSON(raw)
	if err != nil && !errors.Is(err, record.ErrRepeatedName) {
		return errNotJSON
	}
	return err
}

// check returns an error if the members are not valid in the encoding of the
// text or as JSON.
func (m members) check(text *record.Text) error {
	for _, raw := range m {
		if err := text.Check(raw); err != nil {
			return err
		}
		if err := checkJSON(raw); err != nil {
			return err
		}
	}
	return nil
}

// source returns the object that has these members.
func (m members) source() []byte {
	b := []byte{'{'}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, "%q:%s", name, m[name])
	}
	return append(b, '}')
}

// feature returns the record of a feature. It has its values even if the
// geometry is invalid, so that a rejection can state the id.
func (r *Reader) feature(m members) (rec record.Record) {
	if rec.Err = r.properties(&rec, m["properties"]); rec.Err != nil {
		return rec
	}
	if rec.ID, rec.Err = featureID(m["id"]); rec.Err != nil {
		return rec
	}
	if rec.Err = m.checkCRS(); rec.Err != nil || isNull(m["geometry"]) {
		return rec
	}
	var geometry members
	if err := json.Unmarshal(m["geometry"], &geometry); err != nil {
		rec.Err = errors.New("the geometry is not an object")
		return rec
	}
	rec.Geometry, rec.Err = geometry.geometry()
	return rec
}

func featureID(raw json.RawMessage) (string, error) {
	switch {
	case isNull(raw):
		return "", nil
	case raw[0] == '"', raw[0] == '-', raw[0] >= '0' && raw[0] <= '9':
		return fieldText(raw), nil
	}
	return "", errors.New("the feature's id is neither a text nor a number")
}

var errProperties = errors.New("the properties are not valid JSON")

// properties sets the columns and values of the record, in the order of the
// properties. Successive features with the same names share their columns.
func (r *Reader) properties(rec *record.Record, raw json.RawMessage) error {
	if isNull(raw) {
		return nil
	}
	if raw[0] != '{' {
		return errors.New("the properties are not an object")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		return errProperties
	}
	var names, values []string
	for d.More() {
		token, err := d.Token()
		name, ok := token.(string)
		var value json.RawMessage
		if err != nil || !ok || d.Decode(&value) != nil {
			return errProperties
		}
		names, values = append(names, record.CleanName(name)), append(values, fieldText(value))
	}
	if r.columns == nil || !slices.Equal(r.columns.Names(), names) {
		r.columns = record.NewColumns(names...)
	}
	rec.Columns, rec.Values = r.columns, values
	return nil
}

// geometry returns the geometry that has these members, which must be one
// point.
func (m members) geometry() (orb.Geometry, error) {
	if err := m.checkCRS(); err != nil {
		return nil, err
	}
	switch kind := fieldText(m["type"]); {
	case kind == "Point":
		return parsePosition(m["coordinates"])
	case kind == "MultiPoint":
		var points []json.RawMessage
		if err := json.Unmarshal(m["coordinates"], &points); err != nil {
			return nil, errCoordinates
		}
		if len(points) != 1 {
			return nil, record.NotPoint(fmt.Sprintf("MultiPoint of %d", len(points)))
		}
		return parsePosition(points[0])
	case isGeometry(kind):
		return nil, record.NotPoint(kind)
	}
	return nil, errors.New("the geometry's type is unknown")
}

var errCoordinates = errors.New("the coordinates are not a list of two or three numbers")

func parsePosition(raw json.RawMessage) (orb.Geometry, error) {
	var numbers []*float64 // a null would leave a float64 at zero, which is a valid coordinate
	if err := json.Unmarshal(raw, &numbers); err != nil || len(numbers) < 2 || len(numbers) > 3 || slices.Contains(numbers, nil) {
		return nil, errCoordinates
	}
	return orb.Point{*numbers[0], *numbers[1]}, nil
}

var errCRS = errors.New("the coordinate system (crs) is not WGS 84; convert the file to it (EPSG:4326) first")

// checkCRS returns an error unless the member "crs" is absent, null or WGS 84.
// GeoJSON had this member until 2008; RFC 7946 allows WGS 84 only.
func (m members) checkCRS() error {
	raw := m["crs"]
	if isNull(raw) {
		return nil
	}
	var crs struct {
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(raw, &crs); err != nil {
		return errCRS
	}
	name := strings.ToUpper(crs.Properties.Name)
	for _, wgs84 := range []string{"CRS84", "CRS84H", "EPSG::4326", "EPSG:4326", "EPSG/0/4326", "EPSG::4979", "WGS84", "WGS 84"} {
		if name == wgs84 || strings.HasSuffix(name, ":"+wgs84) || strings.HasSuffix(name, "/"+wgs84) {
			return nil
		}
	}
	return errCRS
}

func isGeometry(kind string) bool {
	switch kind {
	case "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection":
		return true
	}
	return false
}

func isNull(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

// fieldText returns a JSON value as the value of a field: a string without its
// quotes and escapes, "" for null, and any other value as it is written.
func fieldText(raw json.RawMessage) string {
	if isNull(raw) {
		return ""
	}
	if raw[0] == '"' {
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return s
		}
	}
	return string(raw)
}

package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// members of a JSON object by their exact names: encoding/json would take
// "Type" for "type" in a struct.
type members map[string]json.RawMessage

// record of one feature's JSON.
func (r *geoJSON) record(raw []byte) Record {
	if err := r.text.check(raw); err != nil {
		return Record{Err: err}
	}
	var m members
	var syntax *json.SyntaxError
	switch err := json.Unmarshal(raw, &m); {
	case errors.As(err, &syntax):
		return Record{Err: errNotJSON}
	case err != nil || m == nil:
		return Record{Err: errors.New("the feature is not an object")}
	case jsonText(m["type"]) != "Feature":
		return Record{Err: errNotFeature}
	}
	return r.build(m)
}

var errNotJSON = errors.New("the feature is not valid JSON")

// check the members that were held without being parsed.
func (m members) check(t *text) error {
	for _, raw := range m {
		if err := t.check(raw); err != nil {
			return err
		}
		if !json.Valid(raw) {
			return errNotJSON
		}
	}
	return nil
}

// build the record of a feature. Its fields are there even if its geometry is
// refused, so that the rejection can name its id.
func (r *geoJSON) build(m members) (record Record) {
	if record.Err = r.properties(&record, m["properties"]); record.Err != nil {
		return record
	}
	if record.ID, record.Err = featureID(m["id"]); record.Err != nil {
		return record
	}
	if record.Err = m.crs(); record.Err != nil || isNull(m["geometry"]) {
		return record
	}
	var geometry members
	if err := json.Unmarshal(m["geometry"], &geometry); err != nil {
		record.Err = errors.New("the geometry is not an object")
		return record
	}
	if record.Err = geometry.crs(); record.Err == nil {
		record.Geometry, record.Err = geometry.geometry()
	}
	return record
}

func featureID(raw json.RawMessage) (string, error) {
	switch {
	case isNull(raw):
		return "", nil
	case raw[0] == '"', raw[0] == '-', raw[0] >= '0' && raw[0] <= '9':
		return jsonText(raw), nil
	}
	return "", errors.New("the feature's id is neither a text nor a number")
}

// properties in order. Features of one file mostly share one list of names, so
// it is kept from one to the next.
func (r *geoJSON) properties(record *Record, raw json.RawMessage) error {
	if isNull(raw) {
		return nil
	}
	if raw[0] != '{' {
		return errors.New("the properties are not an object")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		return errors.New("the properties are not valid JSON")
	}
	var names, values []string
	for d.More() {
		token, err := d.Token()
		name, ok := token.(string)
		var value json.RawMessage
		if err != nil || !ok || d.Decode(&value) != nil {
			return errors.New("the properties are not valid JSON")
		}
		names, values = append(names, tidyName(name)), append(values, jsonText(value))
	}
	if r.columns == nil || !slices.Equal(r.columns.names, names) {
		r.columns = NewColumns(names...)
	}
	record.Columns, record.Values = r.columns, values
	return nil
}

// geometry if it is a point. Of the others only the type is read: nothing else
// can be imported.
func (m members) geometry() (orb.Geometry, error) {
	switch kind := jsonText(m["type"]); kind {
	case "Point":
		return position(m["coordinates"])
	case "MultiPoint":
		var points []json.RawMessage
		if err := json.Unmarshal(m["coordinates"], &points); err != nil {
			return nil, errCoordinates
		}
		if len(points) != 1 {
			return nil, fmt.Errorf("geometry is a MultiPoint of %d; only single points can be imported", len(points))
		}
		return position(points[0])
	default:
		if isGeometry(kind) {
			return nil, onlyPoints(kind)
		}
		return nil, errors.New("the geometry's type is unknown")
	}
}

func onlyPoints(kind string) error {
	return fmt.Errorf("geometry is a %s; only points can be imported", kind)
}

var errCoordinates = errors.New("the coordinates are not a list of two or three numbers")

func position(raw json.RawMessage) (orb.Geometry, error) {
	var numbers []*float64 // a null would leave a float64 at zero, in the Gulf of Guinea
	if err := json.Unmarshal(raw, &numbers); err != nil || len(numbers) < 2 || len(numbers) > 3 || slices.Contains(numbers, nil) {
		return nil, errCoordinates
	}
	return orb.Point{*numbers[0], *numbers[1]}, nil
}

var errCRS = errors.New("the coordinate system (crs) is not WGS 84; convert the file to it (EPSG:4326) first")

// crs must be absent, null or WGS 84 (the GeoJSON of 2008 had this member, RFC
// 7946 has WGS 84 only).
func (m members) crs() error {
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

// jsonText is a value as the text of a field: strings unquoted, null empty,
// all else as it stands.
func jsonText(raw json.RawMessage) string {
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

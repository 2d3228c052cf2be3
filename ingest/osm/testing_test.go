package osm_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"encoding/xml"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/osm"
)

// extract is a hand-made extract: a street, a roundabout, a fountain, a house, a
// lake with an island whose ways are in any order and direction, and a wood that
// the extract has only a part of.
const extract = `<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="hand">
 <bounds minlat="50" minlon="20" maxlat="50.01" maxlon="20.01"/>
 <node id="1" lat="50.001" lon="20.001"/>
 <node id="2" lat="50.001" lon="20.002"/>
 <node id="3" lat="50.002" lon="20.002"/>
 <node id="4" lat="50.002" lon="20.001"/>
 <node id="5" lat="50.005" lon="20.005"><tag k="amenity" v="fountain"/><tag k="name" v="Źródło"/><tag k="source" v="survey"/></node>
 <node id="6" lat="50.006" lon="20.006"><tag k="created_by" v="JOSM"/></node>
 <node id="11" lat="50.003" lon="20.003"/>
 <node id="12" lat="50.003" lon="20.009"/>
 <node id="13" lat="50.009" lon="20.009"/>
 <node id="14" lat="50.009" lon="20.003"/>
 <node id="21" lat="50.005" lon="20.005"/>
 <node id="22" lat="50.005" lon="20.006"/>
 <node id="23" lat="50.006" lon="20.006"/>
 <node id="31" lat="50.2" lon="20.2"/>
 <node id="32" lat="50.3" lon="20.3"/>
 <way id="100"><nd ref="1"/><nd ref="2"/><nd ref="99"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="name" v="Kalwaryjska"/></way>
 <way id="101"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/><tag k="highway" v="tertiary"/><tag k="junction" v="roundabout"/></way>
 <way id="102"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/><tag k="building" v="yes"/></way>
 <way id="103"><nd ref="31"/><nd ref="32"/><tag k="highway" v="primary"/></way>
 <way id="200"><nd ref="13"/><nd ref="14"/></way>
 <way id="201"><nd ref="12"/><nd ref="11"/></way>
 <way id="202"><nd ref="12"/><nd ref="13"/></way>
 <way id="203"><nd ref="11"/><nd ref="14"/></way>
 <way id="204"><nd ref="21"/><nd ref="22"/><nd ref="23"/><nd ref="21"/></way>
 <relation id="300">
  <member type="way" ref="200" role="outer"/><member type="way" ref="201" role="outer"/>
  <member type="way" ref="204" role="inner"/><member type="node" ref="5" role="label"/>
  <member type="way" ref="202" role="outer"/><member type="way" ref="203" role=""/>
  <tag k="type" v="multipolygon"/><tag k="natural" v="water"/><tag k="name" v="Staw"/>
 </relation>
 <relation id="301">
  <member type="way" ref="202" role="outer"/><member type="way" ref="201" role="outer"/><member type="way" ref="999" role="outer"/>
  <tag k="type" v="multipolygon"/><tag k="natural" v="wood"/>
 </relation>
 <relation id="302"><member type="way" ref="100" role=""/><tag k="type" v="route"/><tag k="route" v="tram"/></relation>
</osm>
`

// write writes a file and returns its name.
func write(t testing.TB, name string, content []byte) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// read returns the features of a file up to the first error.
func read(ctx context.Context, name string, prepare func(*osm.File)) ([]geo.Feature, *osm.File, error) {
	f, err := osm.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	if prepare != nil {
		prepare(f)
	}
	var all []geo.Feature
	for feature, err := range f.Features(ctx) {
		if err != nil {
			return all, f, err
		}
		all = append(all, feature)
	}
	return all, f, nil
}

// pbf returns the extract as PBF. It is written from the description of
// the format and shares no code with the reader.
func pbf(t testing.TB) []byte {
	t.Helper()
	type tagged struct {
		ID   int64 `xml:"id,attr"`
		Tags []struct {
			K string `xml:"k,attr"`
			V string `xml:"v,attr"`
		} `xml:"tag"`
	}
	var x struct {
		Bounds struct {
			MinLat, MinLon, MaxLat, MaxLon float64
			A                              []xml.Attr `xml:",any,attr"`
		} `xml:"bounds"`
		Nodes []struct {
			tagged
			Lat float64 `xml:"lat,attr"`
			Lon float64 `xml:"lon,attr"`
		} `xml:"node"`
		Ways []struct {
			tagged
			Nodes []struct {
				Ref int64 `xml:"ref,attr"`
			} `xml:"nd"`
		} `xml:"way"`
		Relations []struct {
			tagged
			Members []struct {
				Type string `xml:"type,attr"`
				Ref  int64  `xml:"ref,attr"`
				Role string `xml:"role,attr"`
			} `xml:"member"`
		} `xml:"relation"`
	}
	if err := xml.Unmarshal([]byte(extract), &x); err != nil {
		t.Fatal(err)
	}
	field := func(b []byte, n int, data []byte) []byte {
		b = binary.AppendUvarint(b, uint64(n<<3|2))
		b = binary.AppendUvarint(b, uint64(len(data)))
		return append(b, data...)
	}
	varint := func(b []byte, n int, v uint64) []byte {
		return binary.AppendUvarint(binary.AppendUvarint(b, uint64(n<<3)), v)
	}
	blob := func(b []byte, kind string, data []byte) []byte {
		var zip bytes.Buffer
		w := zlib.NewWriter(&zip)
		_, _ = w.Write(data)
		_ = w.Close()
		body := field(varint(nil, 2, uint64(len(data))), 3, zip.Bytes())
		header := varint(field(nil, 1, []byte(kind)), 3, uint64(len(body)))
		b = binary.BigEndian.AppendUint32(b, uint32(len(header)))
		return append(append(b, header...), body...)
	}
	var table []byte
	numbers := map[string]uint64{}
	number := func(s string) uint64 {
		if _, ok := numbers[s]; !ok {
			numbers[s] = uint64(len(numbers))
			table = field(table, 1, []byte(s))
		}
		return numbers[s]
	}
	number("") // the format reserves 0
	tags := func(b []byte, e tagged) []byte {
		var keys, values []byte
		for _, tag := range e.Tags {
			keys, values = binary.AppendUvarint(keys, number(tag.K)), binary.AppendUvarint(values, number(tag.V))
		}
		return field(field(b, 2, keys), 3, values)
	}
	units := func(degrees float64) int64 { return int64(math.Round(degrees * 1e7)) }

	var ids, lats, lons, keysValues []byte
	var id, lat, lon int64
	for _, n := range x.Nodes {
		ids = binary.AppendVarint(ids, n.ID-id)
		lats = binary.AppendVarint(lats, units(n.Lat)-lat)
		lons = binary.AppendVarint(lons, units(n.Lon)-lon)
		id, lat, lon = n.ID, units(n.Lat), units(n.Lon)
		for _, tag := range n.Tags {
			keysValues = binary.AppendUvarint(keysValues, number(tag.K))
			keysValues = binary.AppendUvarint(keysValues, number(tag.V))
		}
		keysValues = append(keysValues, 0)
	}
	dense := field(field(field(field(nil, 1, ids), 8, lats), 9, lons), 10, keysValues)
	var ways, relations []byte
	for _, w := range x.Ways {
		var refs []byte
		last := int64(0)
		for _, n := range w.Nodes {
			refs = binary.AppendVarint(refs, n.Ref-last)
			last = n.Ref
		}
		ways = field(ways, 3, field(tags(varint(nil, 1, uint64(w.ID)), w.tagged), 8, refs))
	}
	for _, r := range x.Relations {
		var roles, members, types []byte
		last := int64(0)
		for _, m := range r.Members {
			roles = binary.AppendUvarint(roles, number(m.Role))
			members = binary.AppendVarint(members, m.Ref-last)
			last = m.Ref
			types = append(types, map[string]byte{"node": 0, "way": 1, "relation": 2}[m.Type])
		}
		body := field(field(field(tags(varint(nil, 1, uint64(r.ID)), r.tagged), 8, roles), 9, members), 10, types)
		relations = field(relations, 4, body)
	}
	box := varint(varint(varint(varint(nil, 1, 40e9), 2, 40.02e9), 3, 100.02e9), 4, 100e9) // zigzag of 20, 20.01, 50.01, 50 degrees
	out := blob(nil, "OSMHeader", field(field(field(nil, 1, box), 4, []byte("OsmSchema-V0.6")), 4, []byte("DenseNodes")))
	for _, group := range [][]byte{field(nil, 2, dense), ways, relations} {
		out = blob(out, "OSMData", field(field(nil, 1, table), 2, group))
	}
	return out
}

package store

import (
	"context"
	"database/sql/driver"
	"encoding/binary"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"
)

// srid is the spatial reference of every geometry in the database: WGS 84.
const srid = 4326

// registerGeometry registers the types geometry and geometry[] of PostGIS with
// a connection. Values are orb.Point and orb.MultiPolygon in Go and EWKB,
// encoded by go-geom, on the wire. It registers nothing where PostGIS is
// missing, since the first migration creates it.
func registerGeometry(ctx context.Context, conn *pgx.Conn) error {
	var oid, arrayOID *uint32
	err := conn.QueryRow(ctx, `
		select to_regtype('geometry')::oid, to_regtype('geometry[]')::oid`).Scan(&oid, &arrayOID)
	if err != nil {
		return fmt.Errorf("look up geometry types: %w", err)
	}
	if oid != nil {
		geometry := &pgtype.Type{Name: "geometry", OID: *oid, Codec: geometryCodec{}}
		conn.TypeMap().RegisterType(geometry)
		conn.TypeMap().RegisterType(&pgtype.Type{
			Name: "_geometry", OID: *arrayOID, Codec: &pgtype.ArrayCodec{ElementType: geometry},
		})
	}
	return nil
}

// geometryCodec is the pgtype.Codec of geometry. It is also its own EncodePlan
// and ScanPlan.
type geometryCodec struct{}

func (geometryCodec) FormatSupported(format int16) bool { return format == pgtype.BinaryFormatCode }
func (geometryCodec) PreferredFormat() int16            { return pgtype.BinaryFormatCode }

func (c geometryCodec) PlanEncode(_ *pgtype.Map, _ uint32, _ int16, value any) pgtype.EncodePlan {
	switch value.(type) {
	case orb.Point, orb.MultiPolygon:
		return c
	}
	return nil
}

func (c geometryCodec) PlanScan(_ *pgtype.Map, _ uint32, _ int16, target any) pgtype.ScanPlan {
	switch target.(type) {
	case *orb.Point, *orb.MultiPolygon:
		return c
	}
	return nil
}

func (geometryCodec) DecodeDatabaseSQLValue(_ *pgtype.Map, _ uint32, _ int16, src []byte) (driver.Value, error) {
	return src, nil
}

func (geometryCodec) DecodeValue(_ *pgtype.Map, _ uint32, _ int16, src []byte) (any, error) {
	if src == nil {
		return nil, nil
	}
	return decodeEWKB(src)
}

func (geometryCodec) Encode(value any, buf []byte) ([]byte, error) {
	var g geom.T
	switch v := value.(type) {
	case orb.Point:
		g = geom.NewPointFlat(geom.XY, v[:]).SetSRID(srid)
	case orb.MultiPolygon:
		if v == nil {
			return nil, nil
		}
		flat, ends := flatten(v)
		g = geom.NewMultiPolygonFlat(geom.XY, flat, ends).SetSRID(srid)
	}
	b, err := ewkb.Marshal(g, binary.LittleEndian)
	if err != nil {
		return nil, fmt.Errorf("encode %T as EWKB: %w", value, err)
	}
	return append(buf, b...), nil
}

func (geometryCodec) Scan(src []byte, target any) error {
	if src == nil {
		return fmt.Errorf("scan null into %T", target)
	}
	g, err := decodeEWKB(src)
	if err != nil {
		return err
	}
	var ok bool
	switch t := target.(type) {
	case *orb.Point:
		*t, ok = g.(orb.Point)
	case *orb.MultiPolygon:
		*t, ok = g.(orb.MultiPolygon)
	}
	if !ok {
		return fmt.Errorf("scan %s into %T", g.GeoJSONType(), target)
	}
	return nil
}

func decodeEWKB(src []byte) (orb.Geometry, error) {
	g, err := ewkb.Unmarshal(src)
	if err != nil {
		return nil, fmt.Errorf("decode EWKB: %w", err)
	}
	switch g := g.(type) {
	case *geom.Point:
		return orb.Point{g.X(), g.Y()}, nil
	case *geom.MultiPolygon:
		return unflatten(g), nil
	}
	return nil, fmt.Errorf("decode EWKB: unexpected %T", g)
}

// flatten returns the coordinates of mp one after another and, for each
// polygon, the indexes at which its rings end.
func flatten(mp orb.MultiPolygon) (flat []float64, ends [][]int) {
	for _, polygon := range mp {
		var e []int
		for _, ring := range polygon {
			for _, p := range ring {
				flat = append(flat, p[0], p[1])
			}
			e = append(e, len(flat))
		}
		ends = append(ends, e)
	}
	return flat, ends
}

func unflatten(g *geom.MultiPolygon) orb.MultiPolygon {
	flat, stride := g.FlatCoords(), g.Stride()
	mp := make(orb.MultiPolygon, 0, g.NumPolygons())
	at := 0
	for _, ends := range g.Endss() {
		polygon := make(orb.Polygon, 0, len(ends))
		for _, end := range ends {
			ring := make(orb.Ring, 0, (end-at)/stride)
			for ; at < end; at += stride {
				ring = append(ring, orb.Point{flat[at], flat[at+1]})
			}
			polygon = append(polygon, ring)
		}
		mp = append(mp, polygon)
	}
	return mp
}

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

// srid of everything in the record: WGS 84.
const srid = 4326

// registerGeometry teaches a connection PostGIS's geometry type: orb values in
// and out, EWKB on the wire. It is the one place where go-geom meets orb.
func registerGeometry(ctx context.Context, conn *pgx.Conn) error {
	var oid *uint32
	if err := conn.QueryRow(ctx, `select to_regtype('geometry')::oid`).Scan(&oid); err != nil {
		return fmt.Errorf("look up the geometry type: %w", err)
	}
	if oid == nil {
		return nil // PostGIS is not there yet: the first migration adds it
	}
	conn.TypeMap().RegisterType(&pgtype.Type{Name: "geometry", OID: *oid, Codec: geometryCodec{}})
	return nil
}

// geometryCodec carries orb.Point and orb.MultiPolygon as binary EWKB.
type geometryCodec struct{}

func (geometryCodec) FormatSupported(format int16) bool { return format == pgtype.BinaryFormatCode }
func (geometryCodec) PreferredFormat() int16            { return pgtype.BinaryFormatCode }

func (geometryCodec) PlanEncode(_ *pgtype.Map, _ uint32, _ int16, value any) pgtype.EncodePlan {
	switch value.(type) {
	case orb.Point, orb.MultiPolygon:
		return encodeGeometry{}
	}
	return nil
}

func (geometryCodec) PlanScan(_ *pgtype.Map, _ uint32, _ int16, target any) pgtype.ScanPlan {
	switch target.(type) {
	case *orb.Point, *orb.MultiPolygon:
		return scanGeometry{}
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
	return decode(src)
}

type encodeGeometry struct{}

func (encodeGeometry) Encode(value any, buf []byte) ([]byte, error) {
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
	default:
		return nil, fmt.Errorf("encode %T as geometry: unsupported", value)
	}
	b, err := ewkb.Marshal(g, binary.LittleEndian)
	if err != nil {
		return nil, fmt.Errorf("encode %T as EWKB: %w", value, err)
	}
	return append(buf, b...), nil
}

type scanGeometry struct{}

func (scanGeometry) Scan(src []byte, target any) error {
	if src == nil {
		return fmt.Errorf("scan null into %T", target)
	}
	g, err := decode(src)
	if err != nil {
		return err
	}
	switch t := target.(type) {
	case *orb.Point:
		p, ok := g.(orb.Point)
		if !ok {
			return fmt.Errorf("scan %s into a point", g.GeoJSONType())
		}
		*t = p
	case *orb.MultiPolygon:
		mp, ok := g.(orb.MultiPolygon)
		if !ok {
			return fmt.Errorf("scan %s into a multipolygon", g.GeoJSONType())
		}
		*t = mp
	}
	return nil
}

func decode(src []byte) (orb.Geometry, error) {
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

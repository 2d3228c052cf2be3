package maps

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

func (m *Maps) hexes(w http.ResponseWriter, r *http.Request) error {
	v, err := m.Matching(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	filter, err := serve.ParseFilter(q, &v.District)
	if err != nil {
		return err
	}
	res, err := serve.ParseResolution(q, 0)
	if err != nil {
		return err
	}
	rendered, err := m.renderHexes(r.Context(), v.Version, res, filter)
	if err != nil {
		return err
	}
	return m.Send(w, r, rendered)
}

// renderHexes returns hexes of resolution res as GeoJSON, which can be fifty
// megabytes. If res is 0, they have civic.HexResolution, or the finest below at
// which there are not too many.
func (m *Maps) renderHexes(ctx context.Context, v *index.Version, res geo.Resolution, f civic.Filter) (*serve.Representation, error) {
	if err := m.Rendering.Acquire(ctx); err != nil {
		return nil, err
	}
	defer m.Rendering.Release(ctx)
	hexes, err := v.Hexes(cmp.Or(res, civic.HexResolution), f)
	for coarser := civic.HexResolution - 1; res == 0 && coarser >= index.MinResolution && errors.Is(err, geo.ErrTooManyCells); coarser-- {
		hexes, err = v.Hexes(coarser, f)
	}
	if err != nil {
		return nil, err
	}
	stats := v.Stats(f)
	hexOnly := serve.HexOnly(&stats, civic.PinQuery{Filter: f})
	rendered := new(serve.Representation)
	return rendered, rendered.Encode(serve.TypeGeoJSON, serve.NoCache, func(w io.Writer) error { return writeHexes(w, hexOnly, hexes) })
}

// writeHexes writes hexes as GeoJSON, in pieces. It does not use encoding/json
// for them, since there can be tens of thousands.
func writeHexes(w io.Writer, hexOnly serve.HexOnlyCount, hexes []index.Hex) error {
	const piece = 32 << 10 // bytes
	counted, err := json.Marshal(hexOnly)
	if err != nil {
		return fmt.Errorf("encode what is counted: %w", err)
	}
	b := fmt.Appendf(nil, `{"type":"FeatureCollection","hex_only":%s,"features":[`, counted)
	for i, h := range hexes {
		if i > 0 {
			b = append(b, ',')
		}
		if len(b) > piece {
			if _, err := w.Write(b); err != nil {
				return err //nolint:wrapcheck // the writer is that of the caller
			}
			b = b[:0]
		}
		name := h.Cell.String()
		b = append(b, `{"type":"Feature","id":"`...)
		b = append(b, name...)
		b = append(b, `","geometry":`...)
		b = AppendCell(b, h.Cell)
		b = append(b, `,"properties":{"h3":"`...)
		b = append(b, name...)
		b = append(b, '"')
		b = appendCount(b, "need", h.Need)
		b = appendCount(b, "potential", h.Potential)
		b = appendCount(b, "organisation", h.Organisation)
		b = appendCount(b, "total", h.Total())
		b = append(b, `}}`...)
	}
	_, err = w.Write(append(b, "]}\n"...))
	return err //nolint:wrapcheck // the writer is that of the caller
}

// AppendCell appends the boundary of a cell as GeoJSON: a Polygon, or a
// MultiPolygon where the antimeridian cuts it.
func AppendCell(b []byte, c geo.Cell) []byte {
	ring := c.Boundary()
	if bound := ring.Bound(); bound.Min.Lon() >= -180 && bound.Max.Lon() <= 180 {
		b = append(b, `{"type":"Polygon","coordinates":[`...)
		return append(appendRing(b, ring), "]}"...)
	}
	b = append(b, `{"type":"MultiPolygon","coordinates":[`...)
	for i, part := range geo.CutAtAntimeridian(ring) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendRing(append(b, '['), part[0]), ']')
	}
	return append(b, "]}"...)
}

func appendRing(b []byte, ring orb.Ring) []byte {
	const decimals = 6 // of a degree: 11 cm
	b = append(b, '[')
	for i, p := range ring {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		b = strconv.AppendFloat(b, p.Lon(), 'f', decimals, 64)
		b = append(b, ',')
		b = strconv.AppendFloat(b, p.Lat(), 'f', decimals, 64)
		b = append(b, ']')
	}
	return append(b, ']')
}

func appendCount(b []byte, name string, n int) []byte {
	b = append(b, `,"`...)
	b = append(b, name...)
	b = append(b, `":`...)
	return strconv.AppendInt(b, int64(n), 10)
}

package web

import (
	"context"
	"net/http"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
)

func (s *Server) listHexes(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	filter, err := parseFilter(q, &v.District)
	if err != nil {
		return err
	}
	res, err := parseResolution(q, civic.HexResolution)
	if err != nil {
		return err
	}
	body, err := s.hexes(r.Context(), v, res, filter)
	if err != nil {
		return err
	}
	return s.respond(w, r, content{typeGeoJSON, cacheLive, body})
}

// hexes as GeoJSON, when it is their turn.
func (s *Server) hexes(ctx context.Context, v *index.Version, res geo.Resolution, f civic.Filter) ([]byte, error) {
	if err := s.turns.take(ctx); err != nil {
		return nil, err
	}
	defer s.turns.leave()
	hexes, err := v.Hexes(res, f)
	if err != nil {
		return nil, err
	}
	return appendHexes(nil, hexes), nil
}

// appendHexes writes hexes as GeoJSON. There can be tens of thousands, so it
// goes without the general encoder.
func appendHexes(b []byte, hexes []index.Hex) []byte {
	const digits = 6 // of a degree: 11 cm
	b = append(b, `{"type":"FeatureCollection","features":[`...)
	for i, h := range hexes {
		if i > 0 {
			b = append(b, ',')
		}
		name := h.Cell.String()
		b = append(b, `{"type":"Feature","id":"`...)
		b = append(b, name...)
		b = append(b, `","geometry":{"type":"Polygon","coordinates":[[`...)
		for j, p := range h.Cell.Boundary() {
			if j > 0 {
				b = append(b, ',')
			}
			b = append(b, '[')
			b = strconv.AppendFloat(b, p.Lon(), 'f', digits, 64)
			b = append(b, ',')
			b = strconv.AppendFloat(b, p.Lat(), 'f', digits, 64)
			b = append(b, ']')
		}
		b = append(b, `]]},"properties":{"h3":"`...)
		b = append(b, name...)
		b = append(b, '"')
		b = appendCount(b, "need", h.Need)
		b = appendCount(b, "potential", h.Potential)
		b = appendCount(b, "organisation", h.Organisation)
		b = appendCount(b, "total", h.Total())
		b = append(b, `}}`...)
	}
	return append(b, "]}\n"...)
}

func appendCount(b []byte, name string, n int) []byte {
	b = append(b, `,"`...)
	b = append(b, name...)
	b = append(b, `":`...)
	return strconv.AppendInt(b, int64(n), 10)
}

package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
)

// tileQuery is what a query chooses of a layer.
type tileQuery struct {
	filter civic.Filter
	match  *index.Filter
	res    geo.Resolution // 0 where it is not said
}

// tileQueryKey: a query means the same as long as the district is the same.
type tileQueryKey struct {
	since uint64 // index.Version.Since
	hexes bool
	raw   string
}

// Queries read last are kept, unless they are long: a screen asks for many tiles
// with the same one.
const (
	queriesKept  = 512
	longestQuery = 2048 // bytes
)

// tileQuery reads the query of a tile.
func (s *Server) tileQuery(v *index.Version, layer, raw string) (tileQuery, error) {
	if raw == "" {
		return tileQuery{match: v.Filter(civic.Filter{})}, nil
	}
	key := tileQueryKey{v.Since, layer == draw.LayerHexes, raw}
	if kept, ok := s.queries.Get(key); ok {
		return kept, nil
	}
	if len(raw) <= longestQuery { // or what is kept would keep all of the request's line
		raw = strings.Clone(raw)
		key.raw = raw
	}
	q, err := url.ParseQuery(raw)
	if err != nil {
		return tileQuery{}, &problem{Status: http.StatusBadRequest, Title: "Bad query", Detail: err.Error()}
	}
	out, err := parseTileQuery(q, v, layer)
	if err == nil && len(raw) <= longestQuery {
		s.queries.Add(key, out)
	}
	return out, err
}

func parseTileQuery(q url.Values, v *index.Version, layer string) (out tileQuery, err error) {
	names := filterParameters
	if layer == draw.LayerHexes {
		names = hexParameters
	}
	if err := only(q, repeatable, names...); err != nil {
		return out, err
	}
	if out.filter, err = parseFilter(q, &v.District); err != nil {
		return out, err
	}
	if out.res, err = parseResolution(q, 0); err != nil {
		return out, err
	}
	out.match = v.Filter(out.filter)
	return out, nil
}

package maps

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

// tileQuery is the parsed query of a tile.
type tileQuery struct {
	filter     civic.Filter
	rows       *index.Filter  // the filter for the rows of the index
	resolution geo.Resolution // 0 if it is not in the query
}

// tileQueryKey identifies a query. Its meaning stays the same until the
// district changes.
type tileQueryKey struct {
	since uint64 // index.Version.Since
	hexes bool
	raw   string
}

// The most recently used queries are cached, since the many tiles of a screen
// have the same query.
const (
	maxQueries     = 512
	maxCachedQuery = 2048 // bytes
)

// tileQuery parses the query of a tile.
func (m *Maps) tileQuery(v *index.Version, layer, raw string) (tileQuery, error) {
	if raw == "" {
		return tileQuery{rows: v.Filter(civic.Filter{})}, nil
	}
	key := tileQueryKey{v.Since, layer == draw.LayerHexes, raw}
	if cached, ok := m.queries.Get(key); ok {
		return cached, nil
	}
	if len(raw) <= maxCachedQuery { // without the clone, the whole request line would stay in memory
		raw = strings.Clone(raw)
		key.raw = raw
	}
	q, err := url.ParseQuery(raw)
	if err != nil {
		return tileQuery{}, &serve.Problem{Status: http.StatusBadRequest, Title: "Bad query", Detail: err.Error()}
	}
	out, err := parseTileQuery(q, v, layer)
	if err == nil && len(raw) <= maxCachedQuery {
		m.queries.Add(key, out)
	}
	return out, err
}

func parseTileQuery(q url.Values, v *index.Version, layer string) (out tileQuery, err error) {
	if err := checkParameters(q, layer); err != nil {
		return out, err
	}
	if out.filter, err = serve.ParseFilter(q, &v.District); err != nil {
		return out, err
	}
	if out.resolution, err = serve.ParseResolution(q, 0); err != nil {
		return out, err
	}
	out.rows = v.Filter(out.filter)
	return out, nil
}

// checkParameters returns a problem for a parameter that the layer does not
// have, and for one that is repeated though it must not be.
func checkParameters(q url.Values, layer string) error {
	const repeatable = 4 // of FilterParameters
	names := serve.FilterParameters()
	if layer == draw.LayerHexes {
		names = append(names, "res")
	}
	for name, values := range q {
		i := slices.Index(names, name)
		switch {
		case i < 0:
			return serve.BadParameter(name, "there is no such parameter")
		case len(values) > 1 && i >= repeatable:
			return serve.BadParameter(name, "must not be repeated")
		}
	}
	return nil
}

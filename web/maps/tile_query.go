package maps

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

// tileQuery is the parsed query of a tile.
type tileQuery struct {
	filter     civic.Filter
	words      string         // to search for; "" if they are not in the query
	rows       *index.Filter  // the filter for the rows of the index
	resolution geo.Resolution // 0 if it is not in the query
}

// tileQueryKey identifies a query. Its meaning stays the same until the
// district changes.
type tileQueryKey struct {
	since uint64 // index.Version.Since
	raw   string
}

// The most recently used queries are cached, since the many tiles of a screen
// have the same query.
const (
	maxQueries     = 512
	maxCachedQuery = 2048 // bytes
)

// tileQuery parses the query of a tile.
func (m *Maps) tileQuery(v *index.Version, raw string) (tileQuery, error) {
	if raw == "" {
		return tileQuery{rows: v.Filter(civic.Filter{})}, nil
	}
	key := tileQueryKey{v.Since, raw}
	if cached, ok := m.queries.Get(key); ok {
		return cached, nil
	}
	if len(raw) <= maxCachedQuery { // without the clone, the whole request line would stay in memory
		raw = strings.Clone(raw)
		key.raw = raw
	}
	q, err := url.ParseQuery(raw)
	if err != nil {
		return tileQuery{}, fmt.Errorf("query that the router has checked: %w", err)
	}
	out, err := parseTileQuery(q, v)
	if err == nil && len(raw) <= maxCachedQuery {
		m.queries.Add(key, out)
	}
	return out, err
}

func parseTileQuery(q url.Values, v *index.Version) (out tileQuery, err error) {
	if out.filter, err = serve.ParseFilter(q, &v.District); err != nil {
		return out, err
	}
	if out.resolution, err = serve.ParseResolution(q, 0); err != nil {
		return out, err
	}
	if out.words, err = serve.ParseWords(q); err != nil {
		return out, err
	}
	out.rows = v.Filter(out.filter)
	return out, nil
}

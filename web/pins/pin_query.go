package pins

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/serve"
)

// ParseQuery parses a query of pins: a filter, bbox, cell, q, limit and after. A page
// has limit pins by default, and at most most. The problem that it returns
// names the invalid parameter.
func ParseQuery(q url.Values, d *civic.District, limit, most int) (civic.PinQuery, error) {
	var out civic.PinQuery
	var err error
	if out.Search, err = serve.ParseWords(q); err != nil {
		return out, err
	}
	if out.Filter, err = serve.ParseFilter(q, d); err != nil {
		return out, err
	}
	if q.Has("bbox") {
		box, err := geo.ParseBox(q.Get("bbox"))
		if err != nil {
			return out, serve.BadParameter("bbox", err.Error())
		}
		out.Box = &box
	}
	if q.Has("cell") {
		if out.Cell, err = serve.ParseCell(q.Get("cell")); err != nil {
			return out, err
		}
	}
	if out.Limit, err = serve.ParseLimit(q, limit, most); err != nil {
		return out, err
	}
	out.After, err = parseCursor(q.Get("after"))
	return out, err
}

// FormatCursor returns a cursor as it appears in URLs: 2025-03-01.1234.
func FormatCursor(k civic.PinCursor) string { return fmt.Sprintf("%s.%d", k.Day, k.ID) }

// parseCursor parses a cursor that FormatCursor has formatted. It returns nil
// for "".
func parseCursor(s string) (*civic.PinCursor, error) {
	if s == "" {
		return nil, nil
	}
	day, id, ok := strings.Cut(s, ".")
	first, _, err := civic.ParsePeriod(day)
	n, idErr := strconv.ParseInt(id, 10, 64)
	if !ok || err != nil || idErr != nil || n < 1 {
		return nil, serve.BadParameter("after", "is not a cursor; follow the link with rel next")
	}
	return &civic.PinCursor{Day: first, ID: n}, nil
}

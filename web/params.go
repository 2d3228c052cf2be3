package web

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
)

// Query parameters of a filter, those that may be repeated first, and of hexes.
var (
	hexParameters    = []string{"kind", "category", "status", "area", "from", "to", "res"}
	filterParameters = hexParameters[:6:6]
	repeatable       = hexParameters[:4:4]
)

// only reports a 400 for a parameter that is not among the names, and for one
// given twice that must stand once.
func only(q url.Values, repeatable []string, names ...string) error {
	for name, values := range q {
		switch {
		case slices.Contains(repeatable, name):
		case !slices.Contains(names, name):
			return badParameter(name, "there is no such parameter")
		case len(values) > 1:
			return badParameter(name, "may be given once only")
		}
	}
	return nil
}

// parseFilter reads kind, category, status, area (each may be repeated), from
// and to. Empty values choose nothing in particular.
func parseFilter(q url.Values, d *civic.District) (civic.Filter, error) {
	var f civic.Filter
	var err error
	if f.Kinds, err = parseEach(q, "kind", civic.ParseKind); err != nil {
		return f, err
	}
	if f.Statuses, err = parseEach(q, "status", civic.ParseStatus); err != nil {
		return f, err
	}
	if f.Categories, err = parseEach(q, "category", func(s string) (string, error) {
		if _, ok := d.Category(s); !ok {
			return "", fmt.Errorf("the district has no category %q", s)
		}
		return s, nil
	}); err != nil {
		return f, err
	}
	if f.Areas, err = parseEach(q, "area", func(s string) (string, error) {
		if _, ok := d.Area(s); !ok {
			return "", fmt.Errorf("the district has no area %q", s)
		}
		return s, nil
	}); err != nil {
		return f, err
	}
	if s := q.Get("from"); s != "" {
		if f.From, _, err = civic.ParsePeriod(s); err != nil {
			return f, badParameter("from", err.Error())
		}
	}
	if s := q.Get("to"); s != "" {
		if _, f.To, err = civic.ParsePeriod(s); err != nil {
			return f, badParameter("to", err.Error())
		}
	}
	if f.From > 0 && f.To > 0 && f.From > f.To {
		return f, badParameter("to", "is before from")
	}
	return f, nil
}

func parseEach[T comparable](q url.Values, name string, parse func(string) (T, error)) ([]T, error) {
	var out []T
	for _, s := range q[name] {
		if s == "" {
			continue
		}
		v, err := parse(s)
		if err != nil {
			return nil, badParameter(name, err.Error())
		}
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out, nil
}

// parseResolution reads res; without it the answer is otherwise.
func parseResolution(q url.Values, otherwise geo.Resolution) (geo.Resolution, error) {
	if !q.Has("res") {
		return otherwise, nil
	}
	n, err := strconv.ParseUint(q.Get("res"), 10, 8)
	if err != nil || index.CheckResolution(geo.Resolution(n)) != nil {
		return 0, badParameter("res", fmt.Sprintf("must be a whole number from %d to %d", index.MinResolution, index.MaxResolution))
	}
	return geo.Resolution(n), nil
}

// parseBox reads west,south,east,north in degrees.
func parseBox(s string) (*orb.Bound, error) {
	const want = "must be four numbers west,south,east,north in degrees, with west before east and south before north"
	parts := strings.Split(s, ",")
	if len(parts) != 4 {
		return nil, badParameter("bbox", want)
	}
	var n [4]float64
	for i, part := range parts {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(v) {
			return nil, badParameter("bbox", want)
		}
		n[i] = v
	}
	b := orb.Bound{Min: orb.Point{n[0], n[1]}, Max: orb.Point{n[2], n[3]}}
	if !geo.Valid(b.Min) || !geo.Valid(b.Max) || n[0] > n[2] || n[1] > n[3] {
		return nil, badParameter("bbox", want)
	}
	return &b, nil
}

// parseLimit reads limit, 1 to most.
func parseLimit(q url.Values, otherwise, most int) (int, error) {
	if !q.Has("limit") {
		return otherwise, nil
	}
	n, err := strconv.Atoi(q.Get("limit"))
	if err != nil || n < 1 || n > most {
		return 0, badParameter("limit", fmt.Sprintf("must be a whole number from 1 to %d", most))
	}
	return n, nil
}

// A page key stands in URLs as 2025-03-01.1234.
func formatKey(k civic.PinCursor) string { return fmt.Sprintf("%s.%d", k.Day, k.ID) }

func parseKey(s string) (*civic.PinCursor, error) {
	if s == "" {
		return nil, nil
	}
	day, id, ok := strings.Cut(s, ".")
	first, _, err := civic.ParsePeriod(day)
	n, idErr := strconv.ParseInt(id, 10, 64)
	if !ok || err != nil || idErr != nil || n < 1 {
		return nil, badParameter("after", "is not the end of a page; follow the link with rel next")
	}
	return &civic.PinCursor{Day: first, ID: n}, nil
}

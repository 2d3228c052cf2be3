package civic

import (
	"fmt"
	"net/url"
	"slices"
)

// Filter selects pins. A pin matches when each list that is not empty contains
// its value and its day is within the period, which begins with From and ends
// before Until. The zero value selects all pins: no day is before 0, and a
// period whose Until is 0 has no end.
type Filter struct {
	Kinds      []Kind
	Categories []string // slugs
	Statuses   []Status
	Areas      []string // slugs
	From       Day      // the first day
	Until      Day      // the day after the last; 0 for no end
}

// CountsHexOnly reports whether pins that are published only in counts
// (HexOnly) are counted under f. They are counted by kind, category, area and
// whole months; under any other condition their counts are set aside, since the
// condition would disclose more about each of them.
func (f Filter) CountsHexOnly() bool {
	return len(f.Statuses) == 0 &&
		(f.From == 0 || f.From == f.From.Month().First()) &&
		(f.Until == 0 || f.Until > MaxDay || f.Until == f.Until.Month().First())
}

// SelectsCategory reports whether pins of a category can be selected by f.
func (f Filter) SelectsCategory(c Category) bool {
	return (len(f.Kinds) == 0 || slices.Contains(f.Kinds, c.Kind)) &&
		(len(f.Categories) == 0 || slices.Contains(f.Categories, c.Slug))
}

// ParseFilter reads a filter of the district from the parameters kind,
// category, status and area, each of which may be repeated, and from and to, as
// ParsePeriod reads them. Empty values are ignored. It returns Faults whose
// field is the parameter for a value that is malformed or that the district
// does not have.
func (d *District) ParseFilter(q url.Values) (Filter, error) {
	var f Filter
	fault := func(name string, err error) (Filter, error) {
		return f, Faults{{Field: name, Code: "unknown", Detail: err.Error()}}
	}
	var err error
	if f.Kinds, err = parseEach(q["kind"], ParseKind); err != nil {
		return fault("kind", err)
	}
	if f.Statuses, err = parseEach(q["status"], ParseStatus); err != nil {
		return fault("status", err)
	}
	f.Categories, err = parseEach(q["category"], func(slug string) (string, error) {
		if _, ok := d.Category(slug); !ok {
			return "", fmt.Errorf("the district has no category %q", slug)
		}
		return slug, nil
	})
	if err != nil {
		return fault("category", err)
	}
	f.Areas, err = parseEach(q["area"], func(slug string) (string, error) {
		if _, ok := d.Area(slug); !ok {
			return "", fmt.Errorf("the district has no area %q", slug)
		}
		return slug, nil
	})
	if err != nil {
		return fault("area", err)
	}
	if s := q.Get("from"); s != "" {
		if f.From, _, err = ParsePeriod(s); err != nil {
			return fault("from", err)
		}
	}
	if s := q.Get("to"); s != "" {
		_, last, err := ParsePeriod(s)
		if err != nil {
			return fault("to", err)
		}
		if last < f.From {
			return fault("to", fmt.Errorf("%s is before %s", last, f.From))
		}
		f.Until = last + 1
	}
	return f, nil
}

// parseEach parses the values that are not empty and returns the distinct
// results.
func parseEach[T comparable](values []string, parse func(string) (T, error)) ([]T, error) {
	var out []T
	for _, s := range values {
		if s == "" {
			continue
		}
		v, err := parse(s)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out, nil
}

// Values returns the parameters from which ParseFilter reads f.
func (f Filter) Values() url.Values {
	q := url.Values{}
	for _, k := range f.Kinds {
		q.Add("kind", k.String())
	}
	for _, s := range f.Statuses {
		q.Add("status", s.String())
	}
	for _, slug := range f.Categories {
		q.Add("category", slug)
	}
	for _, slug := range f.Areas {
		q.Add("area", slug)
	}
	if f.From > 0 {
		q.Set("from", f.From.String())
	}
	if f.Until > 0 {
		q.Set("to", (f.Until - 1).String())
	}
	return q
}

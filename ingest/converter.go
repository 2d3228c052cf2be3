package ingest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
)

// converter converts records to pins by a mapping that has been checked.
type converter struct {
	district     *civic.District
	acceptor     *civic.Acceptor
	swapAxes     bool
	templates    map[Target]template
	defaults     map[Target]string
	translations map[Target]map[string]string // by normalized value of the file
	categories   categoryLookup
	dates        dateParser
	missing      missingColumns
}

// newConverter returns the converter of a mapping, or an error if the mapping
// is invalid. columns are those of the file, or nil if they are not known yet.
func newConverter(m Mapping, d *civic.District, today civic.Day, columns []string) (*converter, error) {
	c := &converter{
		district:     d,
		acceptor:     civic.NewAcceptor(d, today),
		swapAxes:     m.SwapAxes,
		templates:    map[Target]template{},
		defaults:     map[Target]string{},
		translations: map[Target]map[string]string{},
		categories:   newCategoryLookup(d),
		missing:      missingColumns{names: map[string]bool{}},
	}
	zone, err := time.LoadLocation(d.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone of the district %s: %w", d.Slug, err)
	}
	if c.dates, err = newDateParser(m.DateLayout, zone); err != nil {
		return nil, err
	}
	if err := c.addTemplates(m.Column, columns); err != nil {
		return nil, err
	}
	for target, values := range m.Values {
		for from, to := range values {
			if err := c.checkConstant(target, to); err != nil {
				return nil, fmt.Errorf("translation of %s %q: %w", target, from, err)
			}
			c.translate(target, from, to)
		}
	}
	for name, slug := range c.categories {
		if noValue(name) && slug != "" { // a category that is called "None"
			c.translate(Category, name, slug)
		}
	}
	for target, value := range m.Default {
		if err := c.checkConstant(target, value); err != nil {
			return nil, fmt.Errorf("default of %s: %w", target, err)
		}
		c.defaults[target] = strings.TrimSpace(value)
	}
	return c, c.checkTargets()
}

// translate adds the translation of a value, unless it has one.
func (c *converter) translate(target Target, from, to string) {
	if c.translations[target] == nil {
		c.translations[target] = map[string]string{}
	}
	if _, known := c.translations[target][normalize(from)]; !known {
		c.translations[target][normalize(from)] = to
	}
}

// addTemplates adds the templates of the mapped columns.
func (c *converter) addTemplates(mapped map[Target]string, columns []string) error {
	for _, target := range slices.Sorted(maps.Keys(mapped)) {
		if err := target.check(); err != nil {
			return err
		}
		t, err := parseTemplate(mapped[target], columns)
		if err != nil {
			return fmt.Errorf("%s: %w", target, err)
		}
		for _, p := range t {
			first := slices.Index(columns, p.column)
			switch {
			case p.column == "":
			case columns == nil:
				c.missing.names[p.column] = true
			case first < 0:
				return fmt.Errorf("%s: %w", target, notFound(ErrNoColumn, p.column, columns))
			case slices.Contains(columns[first+1:], p.column):
				second := first + 1 + slices.Index(columns[first+1:], p.column)
				return fmt.Errorf("%s: columns %d and %d are both called %q; rename one of them", target, first+1, second+1, record.Shorten(p.column))
			}
		}
		c.templates[target] = t
	}
	return nil
}

// checkConstant checks a default or a translation.
func (c *converter) checkConstant(target Target, value string) error {
	err := target.check()
	switch target {
	case Category:
		if _, err = c.categories.slug(value); err != nil {
			var slugs []string
			for _, category := range c.district.Categories {
				slugs = append(slugs, category.Slug)
			}
			err = notFound(errNoCategory, value, slugs)
		}
	case Status:
		if _, err = parseStatus(value); err != nil {
			var names []string
			for _, s := range civic.Statuses() {
				names = append(names, s.String())
			}
			err = notFound(errNoStatus, value, names)
		}
	case Date:
		_, err = c.dates.parse(strings.TrimSpace(value))
	case Lon, Lat:
		_, err = parseDegrees(value)
	case Point:
		_, err = parsePoint(value)
	}
	return err
}

// checkTargets returns an error if a required target is missing, or if targets
// contradict each other.
func (c *converter) checkTargets() error {
	for _, target := range []Target{Title, Category, Date} {
		if !c.has(target) {
			return fmt.Errorf("nothing is mapped to the %s; map a column to it or set a default", target)
		}
	}
	lon, lat := c.has(Lon), c.has(Lat)
	switch {
	case lon != lat:
		return errors.New("lon and lat must both be mapped")
	case lon && c.has(Point):
		return errors.New("map either point or lon and lat")
	}
	return nil
}

// has reports whether a column is mapped to the target or a default is set for
// it.
func (c *converter) has(target Target) bool {
	_, mapped := c.templates[target]
	_, constant := c.defaults[target]
	return mapped || constant
}

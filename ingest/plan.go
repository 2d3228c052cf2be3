package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
)

// plan is a mapping made ready for one district and one reader.
type plan struct {
	sources    map[Target]source
	defaults   map[Target]string
	values     map[Target]map[string]string // by foldValue of theirs
	categories map[string]string            // slug by foldValue of slug or label; "" if more than one
	dates      dates
	district   *civic.District
}

// compile checks all of the mapping that can be checked before the first
// record. fields are the reader's, nil if it cannot tell.
func (m Mapping) compile(d *civic.District, fields []string) (*plan, error) {
	p := &plan{
		sources:    map[Target]source{},
		defaults:   map[Target]string{},
		values:     map[Target]map[string]string{},
		categories: categoryNames(d),
		district:   d,
	}
	zone, err := time.LoadLocation(d.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone of the district %s: %w", d.Slug, err)
	}
	if p.dates, err = newDates(m.DateLayout, zone); err != nil {
		return nil, err
	}
	if err := p.addSources(m.Column, fields); err != nil {
		return nil, err
	}
	for target, theirs := range m.Values {
		if !slices.Contains(Targets(), target) {
			return nil, unknownTarget(string(target))
		}
		p.values[target] = map[string]string{}
		for from, to := range theirs {
			if err := p.checkConstant(target, to); err != nil {
				return nil, fmt.Errorf("translation of %s %q: %w", target, from, err)
			}
			p.values[target][foldValue(from)] = to
		}
	}
	for target, value := range m.Default {
		if !slices.Contains(Targets(), target) {
			return nil, unknownTarget(string(target))
		}
		if err := p.checkConstant(target, value); err != nil {
			return nil, fmt.Errorf("default of %s: %w", target, err)
		}
		p.defaults[target] = strings.TrimSpace(value)
	}
	return p, p.checkComplete()
}

func (p *plan) addSources(columns map[Target]string, fields []string) error {
	for _, target := range Targets() {
		name, mapped := columns[target]
		if !mapped {
			continue
		}
		src, err := parseSource(name, fields)
		if err != nil {
			return fmt.Errorf("%s: %w", target, err)
		}
		for _, column := range src.columns() {
			if fields != nil && !slices.Contains(fields, column) {
				return fmt.Errorf("%s: %w", target, unknown("column", column, fields))
			}
		}
		p.sources[target] = src
	}
	for target := range columns {
		if !slices.Contains(Targets(), target) {
			return unknownTarget(string(target))
		}
	}
	return nil
}

func (p *plan) checkConstant(target Target, value string) error {
	var err error
	switch target {
	case Category:
		if _, err = p.category(value); err != nil {
			var slugs []string
			for _, c := range p.district.Categories {
				slugs = append(slugs, c.Slug)
			}
			err = unknown("category", value, slugs)
		}
	case Status:
		if _, err = parseStatus(value); err != nil {
			var names []string
			for _, s := range civic.Statuses() {
				names = append(names, s.String())
			}
			err = unknown("status", value, names)
		}
	case Date:
		_, err = p.dates.day(strings.TrimSpace(value))
	case Lon, Lat:
		_, err = parseNumber(value)
	case Point:
		_, err = parsePoint(value)
	}
	return err
}

func (p *plan) checkComplete() error {
	for _, target := range []Target{Title, Category, Date} {
		if !p.given(target) {
			return fmt.Errorf("nothing gives the %s; map a column to it or give a default", target)
		}
	}
	lon, lat := p.given(Lon), p.given(Lat)
	switch {
	case lon != lat:
		return errors.New("lon and lat must both be given")
	case lon && p.given(Point):
		return errors.New("give either point or lon and lat")
	}
	return nil
}

func (p *plan) given(target Target) bool {
	_, mapped := p.sources[target]
	_, constant := p.defaults[target]
	return mapped || constant
}

// columns that the plan reads.
func (p *plan) columns() []string {
	var names []string
	for _, src := range p.sources {
		names = append(names, src.columns()...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

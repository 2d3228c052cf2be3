package main

import (
	"fmt"
	"net/url"

	"github.com/pinezka/pinezka/civic"
)

// tileFilter is a filter for the handler and for SQL.
type tileFilter struct {
	query url.Values
	where string // begins with "and"
}

// filterOf returns the filter for the i-th tile: in turn months, a category, a
// status, an area, and kind, area and months together.
func (b *bench) filterOf(i int) tileFilter {
	d, last := b.v.District, b.lastDay()
	from, to := (last - civic.Day(60+i%400)).String(), (last - civic.Day(i%50)).String()
	category, area := d.Categories[i%len(d.Categories)], d.Areas[i%len(d.Areas)]
	months := fmt.Sprintf("and reported_on between date '%s' and date '%s'", from, to)
	inArea := fmt.Sprintf("and area_id = %d", area.ID)
	switch i % 5 {
	case 0:
		return tileFilter{url.Values{"from": {from}, "to": {to}}, months}
	case 1:
		return tileFilter{url.Values{"category": {category.Slug}}, fmt.Sprintf("and category = '%s'", category.Slug)}
	case 2:
		return tileFilter{url.Values{"status": {"reported"}}, "and status = 'reported'"}
	case 3:
		return tileFilter{url.Values{"area": {area.Slug}}, inArea}
	}
	return tileFilter{url.Values{"kind": {"need"}, "area": {area.Slug}, "from": {from}, "to": {to}}, "and kind = 'need' " + inArea + " " + months}
}

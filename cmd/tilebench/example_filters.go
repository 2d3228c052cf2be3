package main

import (
	"net/url"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// tileFilter is a filter for the handler and for SQL.
type tileFilter struct {
	query url.Values
	args  pgx.NamedArgs // kind, category, status, area, from, to: null if absent
}

// noFilter selects everything.
func noFilter(int) tileFilter { return newFilter() }

func newFilter() tileFilter {
	return tileFilter{url.Values{}, pgx.NamedArgs{"kind": nil, "category": nil, "status": nil, "area": nil, "from": nil, "to": nil}}
}

// filterOf returns the filter for the i-th tile: in turn months, a category, a
// status, an area, and kind, area and months together.
func (b *bench) filterOf(i int) tileFilter {
	f, d := newFilter(), &b.v.District
	last := b.lastDay()
	months := func() {
		from, to := last-civic.Day(60+i%400), last-civic.Day(i%50)
		f.query.Set("from", from.String())
		f.query.Set("to", to.String())
		f.args["from"], f.args["to"] = int32(from), int32(to)
	}
	area := func() {
		a := d.Areas[i%len(d.Areas)]
		f.query.Set("area", a.Slug)
		f.args["area"] = a.ID
	}
	switch i % 5 {
	case 0:
		months()
	case 1:
		c := d.Categories[i%len(d.Categories)]
		f.query.Set("category", c.Slug)
		f.args["category"] = c.ID
	case 2:
		f.query.Set("status", civic.Reported.String())
		f.args["status"] = uint16(civic.Reported)
	case 3:
		area()
	default:
		f.query.Set("kind", civic.Need.String())
		f.args["kind"] = uint16(civic.Need)
		area()
		months()
	}
	return f
}

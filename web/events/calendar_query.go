package events

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// filterFields are the fields of events by which calendars are filtered.
func filterFields() (fields []civic.Field) {
	for _, f := range civic.EventThing.Rules().Fields {
		if f.Filters {
			fields = append(fields, f)
		}
	}
	return fields
}

// parseFilters returns what the parameters of a calendar select, without a time.
func parseFilters(d *civic.District, q url.Values) (civic.CalendarQuery, error) {
	var out civic.CalendarQuery
	if q.Get("area") != "" {
		a, ok := d.Area(q.Get("area"))
		if !ok {
			return out, serve.BadParameter("area", "must be the slug of an area")
		}
		out.AreaID = a.ID
	}
	if q.Get("category") != "" {
		c, ok := d.Category(q.Get("category"))
		if !ok {
			return out, serve.BadParameter("category", "must be the slug of a category")
		}
		out.CategoryID = c.ID
	}
	if s := q.Get("organisation"); s != "" {
		id, err := strconv.ParseInt(s, 10, 64)
		if err != nil || id < 1 {
			return out, serve.BadParameter("organisation", "must be the number of an organisation")
		}
		out.Organisation = id
	}
	for _, f := range filterFields() {
		value := q.Get(f.Name)
		if value == "" {
			continue
		}
		if !slices.Contains(f.Options, value) {
			return out, serve.BadParameter(f.Name, "must be an option of the field, such as "+f.Options[0])
		}
		out.Tags = append(out.Tags, civic.Tag(f.Name, value))
	}
	return out, nil
}

// withDays returns a query with the time from a day to another one, both included, by
// the clocks of the district.
func withDays(d *civic.District, q civic.CalendarQuery, first, last civic.Day) civic.CalendarQuery {
	q.From, q.Until = d.Beginning(first), d.Beginning(last+1)
	return q
}

package areas

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

const defaultMonths = 6

// season is a period of whole months that have ended, both included.
type season struct{ from, to civic.Month }

// days returns the number of days of the season.
func (s season) days() int { return int(s.to.Last()-s.from.First()) + 1 }

// filter returns the filter of the pins of the season in areas, which are slugs.
func (s season) filter(areas ...string) civic.Filter {
	return civic.Filter{Areas: areas, From: s.from.First(), Until: s.to.Last() + 1}
}

// values returns the parameters of a filter of the season.
func (s season) values() url.Values {
	return url.Values{"from": {s.from.String()}, "to": {s.to.String()}}
}

// question is what a request asks.
type question struct {
	area    civic.Area
	now     season
	earlier season // with which it is compared, of as many months
	against string // "before" for the months just before, "year" for the same months of the year before
}

// months returns the number of months of each season.
func (q question) months() int { return int(q.now.to-q.now.from) + 1 }

// parse returns what a request asks of a district. Without parameters, it is
// about the last six months that have ended, and the six before them.
func (h handlers) parse(r *http.Request, v *index.Version) (question, error) {
	var q question
	var ok bool
	slug := r.PathValue("area")
	if q.area, ok = v.District.Area(slug); !ok {
		return q, fmt.Errorf("area %q: %w", slug, civic.ErrNotFound)
	}
	in := r.URL.Query()
	from, to, err := serve.ParseMonths(in, h.Today(&v.District).Month()-1, defaultMonths)
	if err != nil {
		return q, err
	}
	q.now = season{from, to}
	months := to - from + 1
	switch q.against = in.Get("against"); q.against {
	case "", "before":
		q.against, q.earlier = "before", season{q.now.from - months, q.now.from - 1}
	case "year":
		q.earlier = season{q.now.from - 12, q.now.to - 12}
	default:
		return q, serve.BadParameter("against", `must be "before" or "year"`)
	}
	return q, nil
}

// values returns the parameters from which parse reads the question.
func (q question) values() url.Values {
	return url.Values{"month": {q.now.to.String()}, "months": {strconv.Itoa(q.months())}, "against": {q.against}}
}

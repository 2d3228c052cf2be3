package measures

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/provenance"
)

const (
	year           = 12 // months
	fewestOfPeople = 5  // who are counted by language; fewer could be recognised
)

// span is a time of whole months that have ended, both included.
type span struct{ first, last civic.Month }

// months returns the number of months.
func (s span) months() int { return int(s.last-s.first) + 1 }

// before returns the time just before, of as many months.
func (s span) before() span { return span{s.first - civic.Month(s.months()), s.first - 1} }

// values returns the parameters from which serve.ParseMonths reads the time.
func (s span) values() url.Values {
	return url.Values{"month": {s.last.String()}, "months": {strconv.Itoa(s.months())}}
}

// filter returns the filter of the pins of the time.
func (s span) filter() civic.Filter {
	return civic.Filter{From: s.first.First(), Until: s.last.Last() + 1}
}

// counts are the counts of a measure.
type counts struct {
	total   int
	byMonth map[civic.Month]int
	byArea  map[int32]int // 0 outside all areas
}

// report is what is counted of a time.
type report struct {
	span

	district   *civic.District
	now        map[civic.Measure]*counts
	before     map[civic.Measure]int // of the time before
	outside    bool                  // whether something is outside all areas
	people     []civic.Language      // who were reached, by language; those of few people are together as ""
	channels   []civic.Channel       // of the ideas
	responses  []civic.ResponseTimes
	residents  map[int32]int // by area; without those of which they are unknown
	provenance provenance.Provenance
}

// report counts what there is of a time. Without the database it fails with
// civic.ErrUnavailable.
func (h handlers) report(ctx context.Context, v *index.Version, s span) (*report, error) {
	d := &v.District
	r := &report{span: s, district: d, now: map[civic.Measure]*counts{}, before: map[civic.Measure]int{}, residents: map[int32]int{}}
	for _, m := range civic.Measures() {
		r.now[m] = &counts{byMonth: map[civic.Month]int{}, byArea: map[int32]int{}}
	}
	all, err := h.Store.Measures(ctx, d, s.before().first, s.last)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		r.add(c)
	}
	if err := h.addPeople(ctx, r); err != nil {
		return nil, err
	}
	if r.channels, err = h.Store.IdeaChannels(ctx, d, s.first, s.last); err != nil {
		return nil, err
	}
	if r.responses, err = h.Store.ResponseTimes(ctx, d, s.first, s.last); err != nil {
		return nil, err
	}
	population, err := h.Store.Population(ctx, d)
	if err != nil && !errors.Is(err, civic.ErrUnavailable) {
		return nil, err
	}
	for _, a := range d.Areas {
		if n, known := population.ByArea[a.Slug]; known && n > 0 {
			r.residents[a.ID] = n
		}
	}
	return r, h.addPins(ctx, v, r)
}

// add adds a count of the time, or of the one before.
func (r *report) add(c civic.MeasureCount) {
	if c.Month < r.first {
		r.before[c.Measure] += c.Count
		return
	}
	n := r.now[c.Measure]
	n.total += c.Count
	n.byMonth[c.Month] += c.Count
	n.byArea[c.AreaID] += c.Count
	r.outside = r.outside || c.AreaID == 0
}

// addPeople adds the people who were reached.
func (h handlers) addPeople(ctx context.Context, r *report) error {
	people, err := h.Store.PeopleReached(ctx, r.district, r.first, r.last)
	if err != nil {
		return err
	}
	few := 0
	for _, l := range people {
		r.now[civic.MeasurePeople].total += l.Count
		if l.Count < fewestOfPeople {
			few += l.Count
		} else {
			r.people = append(r.people, l)
		}
	}
	if few > 0 {
		r.people = append(r.people, civic.Language{Count: few})
	}
	before := r.span.before()
	if people, err = h.Store.PeopleReached(ctx, r.district, before.first, before.last); err != nil {
		return err
	}
	for _, l := range people {
		r.before[civic.MeasurePeople] += l.Count
	}
	return nil
}

// addPins adds the pins, as the map and its list count them.
func (h handlers) addPins(ctx context.Context, v *index.Version, r *report) error {
	if err := h.Rendering.Acquire(ctx); err != nil {
		return err
	}
	defer h.Rendering.Release(ctx)
	for m := r.first; m <= r.last; m++ {
		stats := v.Stats(span{m, m}.filter())
		for slug, n := range stats.ByArea {
			a, _ := r.district.Area(slug) // outside all areas, its id is 0
			if n.Total() > 0 {
				r.add(civic.MeasureCount{Measure: civic.MeasurePins, Month: m, AreaID: a.ID, Count: n.Total()})
			}
		}
	}
	before := v.Stats(r.span.before().filter())
	r.before[civic.MeasurePins] = before.Total()
	r.provenance = provenance.Of(v, r.filter(), r.now[civic.MeasurePins].total, provenance.CountMethod)
	return nil
}

// areas returns the areas of the report, with one without a name and the id 0 for what is
// outside all of them.
func (r *report) areas() []civic.Area {
	all := r.district.Areas
	if r.outside {
		all = append(all[:len(all):len(all)], civic.Area{})
	}
	return all
}

// goal returns how many of a measure the district wants in a year, or 0 where it has not
// said so, or the time is no year.
func (r *report) goal(m civic.Measure) int {
	if r.months() != year {
		return 0
	}
	return r.district.Goals[m]
}

// response returns the times of a response everywhere, or in an area.
func (r *report) response(of civic.Response, area int32, everywhere bool) (civic.ResponseTimes, bool) {
	for _, t := range r.responses {
		if t.Response == of && t.Everywhere == everywhere && t.AreaID == area {
			return t, true
		}
	}
	return civic.ResponseTimes{}, false
}

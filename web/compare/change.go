package compare

import (
	"context"
	"fmt"
	"net/url"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// Change is how what is counted differs between two periods of the same number of
// months, as the page of the comparison says it.
type Change struct {
	Periods  [2]string
	Counts   [2]int
	Sentence string
	Interval string // of the ratio, or "" where none is stated
	Notes    []string
	URL      string // of the page
}

// Months are consecutive months.
type Months struct{ First, Last civic.Month }

// ChangeOf compares the pins of a category, or all needs where it is "", in an area,
// or in the whole district where it is "", between two periods.
func ChangeOf(ctx context.Context, cfg Config, v *index.Version, reader *page.Reader, area, category string, before, after Months) (Change, error) {
	asked := url.Values{
		"from": {monthText(before.First)}, "to": {monthText(before.Last)}, "from2": {monthText(after.First)}, "to2": {monthText(after.Last)},
	}
	if area != "" {
		asked.Set("area", area)
	}
	if category != "" {
		asked.Set("category", category)
	} else {
		asked.Set("kind", civic.Need.String())
	}
	h := handlers{cfg}
	q, err := parse(asked, &v.District, h.Today(&v.District), before.First.First())
	if err != nil {
		return Change{}, err
	}
	r, err := h.answer(ctx, v, q)
	if err != nil {
		return Change{}, err
	}
	w := words{reader, r, &v.District}
	change := Change{Sentence: w.answer(), Notes: w.notes(), URL: serve.WithQuery("/d/"+v.District.Slug+"/compare", asked)}
	for i := range r.periods {
		change.Periods[i], change.Counts[i] = w.period(i), r.groups[i].count
	}
	if pair := r.pairs[0]; pair.stated() {
		change.Interval = w.pairRow(pair).RatioCI
	}
	return change, nil
}

// monthText returns a month as an address has it.
func monthText(m civic.Month) string {
	first := m.First().Time()
	return fmt.Sprintf("%04d-%02d", first.Year(), first.Month())
}

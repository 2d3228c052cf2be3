package areas

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/charts"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/pins"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
	"github.com/pinezka/pinezka/web/things"
	"github.com/pinezka/pinezka/web/upcoming"
)

const (
	listedPins  = 8               // of each kind that is there
	nextEvents  = 3               // that are listed
	listTimeout = 5 * time.Second // after which the page is shown without their names
)

// areaView is the data of the template area_page.html.
type areaView struct {
	Name     text
	Answer   []string // sentences
	Form     seasonForm
	Needs    []needRow
	Unheard  []text // categories of needs that nobody has reported in either period
	There    []thereView
	Changes  []string // sentences
	Clusters []sentence
	Silence  sentence
	Decided  sentence       // of resolutions of the council; without text where that is unknown
	Events   *upcoming.List // nil where they are unknown
	Months   charts.Months
	Cells    charts.Cells
	Rates    *charts.Bars // nil where the population is unknown
	MapURL   string       // of the map with the needs of the period
	NeedsOf  string       // heading of the column of the period
	BeforeOf string       // heading of that before
	End      sheets.PageEnd
}

// sentence is a sentence with a link to the page that says more, "" for none.
type sentence struct{ Text, URL string }

// text is a text with its language if that is not the one of the page.
type text struct{ Text, Lang string }

// seasonForm is the form that chooses the season.
type seasonForm struct {
	Action                 string
	Month, Months, Against []page.Option
}

// needRow is a row of the table of needs.
type needRow struct {
	Label        text
	Icon, Kind   string // of the badge
	Now, Before  int
	URL, Earlier string // of the map with the pins that are counted
	Width, MarkX float64
	Change       string // a verdict
	Grouped      string // what is published of pins that are only counted; "" of others
	Rate         string // per 1,000 residents; "" where the population is unknown
}

// thereView is what is there of a kind.
type thereView struct {
	Kind       string
	Total      int
	URL        string
	Categories []thereRow
	Pins       []pins.Item // the newest
}

type thereRow struct {
	Label      text
	Icon, Kind string
	Count      int
	URL        string
}

// areaPage shows the page of an area.
func (h handlers) areaPage(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	return h.showArea(w, r, v)
}

// showArea shows the page of an area of a version.
func (h handlers) showArea(w http.ResponseWriter, r *http.Request, v *index.Version) error {
	s, err := h.summaryOf(r, v)
	if err != nil {
		return err
	}
	d := &v.District
	b := viewOf{h.Pages.Reader(r, d), d, s}
	view := b.view(h.Today(d).Month() - 1)
	for i := range view.There {
		if err := h.addNames(r.Context(), b, &view.There[i]); err != nil {
			return err
		}
	}
	if view.Decided, err = h.decided(r.Context(), b); err != nil {
		return err
	}
	if view.Events, err = h.events(r.Context(), b); err != nil {
		return err
	}
	p := h.Pages.Page(r, d, view)
	p.Title = b.Text("area.title", "name", view.Name.Text, "district", p.Name)
	return h.Pages.Render(w, r, http.StatusOK, "area_page", p)
}

// addNames adds the newest pins of a kind. Without the database, the page has the
// numbers alone.
func (h handlers) addNames(ctx context.Context, b viewOf, there *thereView) error {
	if there.Total == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	kind, err := civic.ParseKind(there.Kind)
	if err != nil {
		return err
	}
	found, err := h.Store.Pins(ctx, b.district, civic.PinQuery{Filter: civic.Filter{Kinds: []civic.Kind{kind}, Areas: []string{b.area.Slug}}, Limit: listedPins})
	if errors.Is(err, civic.ErrUnavailable) {
		return nil
	}
	for _, p := range found.Pins {
		there.Pins = append(there.Pins, pins.NewItem(b.district, b.Reader, p))
	}
	return err
}

// decided returns how many resolutions of the council name the area. Without the
// database, it returns nothing.
func (h handlers) decided(ctx context.Context, b viewOf) (sentence, error) {
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	n, err := h.Store.CountThings(ctx, b.district, civic.ThingQuery{
		Kind: civic.ResolutionThing, Publications: []civic.Publication{civic.Published}, AreaID: b.area.ID,
	})
	switch {
	case errors.Is(err, civic.ErrUnavailable):
		return sentence{}, nil
	case err != nil:
		return sentence{}, err
	case n == 0:
		return sentence{Text: b.Text("area.decided_none")}, nil
	}
	return sentence{b.Text("area.decided", "n", n), things.Path(b.district, civic.ResolutionThing, 0) + "?area=" + b.area.Slug}, nil
}

// events returns what takes place next in the area. Without the database, it returns nil.
func (h handlers) events(ctx context.Context, b viewOf) (*upcoming.List, error) {
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	next, err := upcoming.Read(ctx, h.Store, b.district, civic.CalendarQuery{AreaID: b.area.ID}, h.Now(), nextEvents)
	switch {
	case errors.Is(err, civic.ErrUnavailable):
		return nil, nil
	case err != nil:
		return nil, err
	}
	list := upcoming.NewList(b.district, b.Reader, next, url.Values{"area": {b.area.Slug}})
	return &list, nil
}

// viewOf makes the view of a summary for a reader.
type viewOf struct {
	*page.Reader
	district *civic.District
	*summary
}

func (b viewOf) view(last civic.Month) areaView {
	base := "/d/" + b.district.Slug
	view := areaView{
		Name: b.text(b.area.Name), Answer: b.answer(), Form: b.form(last), Changes: b.changes(),
		Months: b.monthChart(), Cells: b.cellChart(), Rates: b.rateChart(),
		NeedsOf: b.period(b.now), BeforeOf: b.period(b.earlier),
		MapURL:   b.pinsURL(b.now.values(), "kind", civic.Need.String()),
		Clusters: b.clusterSentences(), Silence: b.silence(),
		End: sheets.PageEnd{
			How: b.how(),
			Files: sheets.Links(func(extension string) string {
				return serve.WithQuery(base+"/areas/"+b.area.Slug+"."+extension, b.values())
			}),
			API: serve.WithQuery("/api/v1/districts/"+b.district.Slug+"/areas/"+b.area.Slug+"/summary", b.values()), Of: b.Text("area.api"),
		},
	}
	view.Needs, view.Unheard = b.needs()
	for _, k := range []civic.Kind{civic.Potential, civic.Organisation} {
		view.There = append(view.There, b.there(k))
	}
	return view
}

func (b viewOf) text(t civic.Text) text { return text{b.In(t), b.OtherLanguage(t)} }

// period returns a season in words, such as "May 2026 – October 2026".
func (b viewOf) period(s season) string {
	if s.from == s.to {
		return b.Month(s.to)
	}
	return b.Month(s.from) + " – " + b.Month(s.to)
}

// pinsURL returns the URL of the map and the list of pins of the area, with
// further parameters.
func (b viewOf) pinsURL(q url.Values, pairs ...string) string {
	all := url.Values{"area": {b.area.Slug}}
	for name, values := range q {
		all[name] = values
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		all.Set(pairs[i], pairs[i+1])
	}
	return serve.WithQuery("/d/"+b.district.Slug, all)
}

// needs returns the rows of the table of needs, and the categories that nobody
// has reported.
func (b viewOf) needs() (rows []needRow, unheard []text) {
	highest := 1
	for _, c := range b.of(civic.Need) {
		highest = max(highest, c.now, c.before)
	}
	share := func(n int) float64 { return float64(n*1000/highest) / 10 }
	for _, c := range b.of(civic.Need) {
		switch {
		case c.now > 0 || c.before > 0 || c.hexOnly != nil && c.hexOnly.TogetherWith > 0:
		case c.Visibility == civic.HexOnly: // some may wait to be published
			continue
		default:
			unheard = append(unheard, b.text(c.Label))
			continue
		}
		row := needRow{
			Label: b.text(c.Label), Icon: c.Icon, Kind: c.Kind.String(), Now: c.now, Before: c.before, Change: string(c.Verdict), Grouped: b.grouped(c),
			URL: b.pinsURL(b.now.values(), "category", c.Slug), Earlier: b.pinsURL(b.earlier.values(), "category", c.Slug),
			Width: share(c.now), MarkX: share(c.before),
		}
		if c.rate != nil {
			row.Rate = b.Decimal(c.rate.per1000, 1)
		}
		rows = append(rows, row)
	}
	return rows, unheard
}

// grouped returns how many pins of the season are published, at least and together
// with those of other months; "" where that is known, or not a question.
func (b viewOf) grouped(c categoryCounts) string {
	if c.hexOnly == nil || c.hexOnly.AtLeast == c.hexOnly.TogetherWith {
		return ""
	}
	return b.Text("area.grouped", "low", c.hexOnly.AtLeast, "high", c.hexOnly.TogetherWith)
}

// there returns what is there of a kind.
func (b viewOf) there(k civic.Kind) thereView {
	out := thereView{Kind: k.String(), URL: b.pinsURL(nil, "kind", k.String())}
	for _, c := range b.of(k) {
		out.Total += c.ever
		if c.ever > 0 {
			out.Categories = append(out.Categories, thereRow{b.text(c.Label), c.Icon, k.String(), c.ever, b.pinsURL(nil, "category", c.Slug)})
		}
	}
	slices.SortStableFunc(out.Categories, func(a, b thereRow) int { return b.Count - a.Count })
	return out
}

// form returns the form, in which the last month can be last or one before.
func (b viewOf) form(last civic.Month) seasonForm {
	form := seasonForm{
		Action: "/d/" + b.district.Slug + "/areas/" + b.area.Slug, Month: b.MonthOptions(last, b.now.to), Months: b.LengthOptions(b.question.months()),
	}
	for _, value := range []string{"before", "year"} {
		form.Against = append(form.Against, page.Option{Value: value, Label: b.Text("area.form.against." + value), Chosen: value == b.against})
	}
	return form
}

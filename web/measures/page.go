package measures

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// measuresView is the data of the template measures.html.
type measuresView struct {
	Action         string // path of the page
	Month, Months  []page.Option
	Period, Before string
	Sentences      []string
	Groups         []groupView
	Responses      []responseRow
	People         []countRow // by language
	Channels       []countRow // of ideas
	Missing        []missing
	End            sheets.PageEnd
	Year           string // path
}

// groupView is a group of measures.
type groupView struct {
	Name, Heading string
	Rows          []measureRow
	Columns       []string // labels of the measures of the tables
	Areas, Months []tableRow
	HasGoals      bool
}

// measureRow is what is counted of a measure.
type measureRow struct {
	Name, Label, What string
	Total, Before     int
	URL               string // of the list behind; "" for none
	Estimate          bool
	Goal, Percent     int // of a year; 0 for none
}

// tableRow is a row of the counts of an area or a month. The last is their sum.
type tableRow struct {
	Label, Lang string
	Cells       []cell
	Sum         bool
}

// cell is a count with the list behind it; "" for none.
type cell struct {
	Count int
	URL   string
}

// countRow is a count of something with a name.
type countRow struct {
	Label string
	Count int
}

// responseRow is how long a response took, everywhere and in areas.
type responseRow struct {
	Name, Label, What string
	Times             []timesRow
}

type timesRow struct {
	Label, Lang          string
	Count                int
	Lower, Median, Upper float64
}

// missing is an area of which nobody has said or done something.
type missing struct{ Name, Lang, What, URL string }

// page shows the measures of a time.
func (h handlers) page(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	last := h.Today(d).Month() - 1
	s, err := parse(r.URL.Query(), last)
	if err != nil {
		return err
	}
	found, err := h.report(r.Context(), v, s)
	if err != nil {
		return err
	}
	b := h.viewOf(r, found)
	p := h.Pages.Page(r, d, b.view(last))
	p.Title = b.Text("measures.title", "district", p.Name)
	return h.Pages.Render(w, r, http.StatusOK, "measures", p)
}

// parse returns the time that a request chooses: by default the last year of whole months.
func parse(q url.Values, last civic.Month) (s span, err error) {
	s.first, s.last, err = serve.ParseMonths(q, last, year)
	return s, err
}

// viewOf makes the view of a report for a reader.
type viewOf struct {
	*page.Reader
	*report

	languageName func(tag string) string
}

func (h handlers) viewOf(r *http.Request, found *report) viewOf {
	return viewOf{h.Pages.Reader(r, found.district), found, h.Pages.LanguageName}
}

// path returns the path of the page, or with more of it, of what is below.
func (b viewOf) path(more string) string {
	return serve.WithQuery("/d/"+b.district.Slug+"/measures"+more, b.values())
}

func (b viewOf) view(last civic.Month) measuresView {
	base := "/d/" + b.district.Slug
	view := measuresView{
		Action: base + "/measures", Month: b.MonthOptions(last, b.last), Months: b.LengthOptions(b.months()),
		Period: b.period(b.span), Before: b.period(b.span.before()), Sentences: b.sentences(), Missing: b.missing(),
		End: sheets.PageEnd{
			How:   []string{b.provenance.Sentence(b.Messages), b.Text("measures.how.public"), b.Text("measures.how.month")},
			Files: sheets.Links(func(extension string) string { return b.path("." + extension) }),
			API:   serve.WithQuery("/api/v1/districts/"+b.district.Slug+"/measures", b.values()), Of: b.Text("measures.api"),
		},
		Year: serve.WithQuery(base+"/year", url.Values{"month": {b.last.String()}}),
	}
	for _, g := range civic.MeasureGroups() {
		view.Groups = append(view.Groups, b.group(g))
	}
	for _, of := range civic.Responses() {
		view.Responses = append(view.Responses, b.responseRow(of))
	}
	for _, l := range b.people {
		view.People = append(view.People, countRow{b.language(l.Tag), l.Count})
	}
	for _, c := range b.channels {
		view.Channels = append(view.Channels, countRow{b.channel(c), c.Count})
	}
	return view
}

// period returns a time in words, such as "May 2026 – October 2026".
func (b viewOf) period(s span) string {
	if s.first == s.last {
		return b.Month(s.last)
	}
	return b.Month(s.first) + " – " + b.Month(s.last)
}

// language returns the name of a language in itself, or what is said of those of few
// people together.
func (b viewOf) language(tag string) string {
	if tag == "" {
		return b.Text("measures.few", "n", fewestOfPeople)
	}
	return b.languageName(tag)
}

// channel returns the name of the way in which ideas came.
func (b viewOf) channel(c civic.Channel) string { return b.Text("ideas.option.source." + c.Source) }

// sentences say the most important in words.
func (b viewOf) sentences() []string {
	total := func(m civic.Measure) int { return b.now[m].total }
	all := []string{
		b.Text("measures.lead.said", "pins", b.Text("measures.n.pins", "n", total(civic.MeasurePins)), "ideas", b.Text("measures.n.ideas", "n", total(civic.MeasureIdeas)), "voices", b.Text("measures.n.voices", "n", total(civic.MeasureVoices))),
		b.Text("measures.lead.done", "events", b.Text("measures.n.events", "n", total(civic.MeasureEvents)), "initiatives", b.Text("measures.n.initiatives", "n", total(civic.MeasureInitiatives))),
	}
	if met, ok := b.response(civic.ResponseMet, 0, true); ok {
		all = append(all, b.Text("measures.lead.met", "n", met.Count, "median", b.Decimal(met.Median, 0)))
	}
	return all
}

// group returns the view of a group of measures.
func (b viewOf) group(g civic.MeasureGroup) groupView {
	view := groupView{Name: g.Name, Heading: b.Text("measures.group." + g.Name)}
	var additive []civic.Measure
	for _, m := range g.Measures {
		row := measureRow{
			Name: string(m), Label: b.label(m), What: b.Text("measures.what." + string(m)), Total: b.now[m].total, Before: b.before[m],
			URL: b.listURL(m, b.span, nil), Estimate: m.IsEstimate(), Goal: b.goal(m),
		}
		if row.Goal > 0 {
			row.Percent, view.HasGoals = row.Total*100/row.Goal, true
		}
		view.Rows = append(view.Rows, row)
		if m.IsAdditive() {
			additive, view.Columns = append(additive, m), append(view.Columns, row.Label)
		}
	}
	sum := func() tableRow {
		row := tableRow{Label: b.Text("measures.together"), Sum: true}
		for _, m := range additive {
			row.Cells = append(row.Cells, cell{b.now[m].total, b.listURL(m, b.span, nil)})
		}
		return row
	}
	for _, a := range b.areas() {
		row := tableRow{Label: b.areaName(a), Lang: b.OtherLanguage(a.Name)}
		for _, m := range additive {
			row.Cells = append(row.Cells, cell{b.now[m].byArea[a.ID], b.listURL(m, b.span, &a)})
		}
		view.Areas = append(view.Areas, row)
	}
	view.Areas = append(view.Areas, sum())
	for month := b.first; month <= b.last; month++ {
		row := tableRow{Label: b.Month(month)}
		for _, m := range additive {
			row.Cells = append(row.Cells, cell{b.now[m].byMonth[month], b.listURL(m, span{month, month}, nil)})
		}
		view.Months = append(view.Months, row)
	}
	view.Months = append(view.Months, sum())
	return view
}

func (b viewOf) label(m civic.Measure) string { return b.Text("measures.label." + string(m)) }

// areaName returns the name of an area, or what is outside all of them is called.
func (b viewOf) areaName(a civic.Area) string {
	if a.ID == 0 {
		return b.Text("measures.outside")
	}
	return b.In(a.Name)
}

// outsideAreas is the parameter area of what is outside all areas.
const outsideAreas = "none"

// listURL returns the path of the list of what a measure counts, everywhere or in an
// area, or "" where there is none.
func (b viewOf) listURL(m civic.Measure, s span, in *civic.Area) string {
	q := s.values()
	switch {
	case !m.IsAdditive():
		return ""
	case m != civic.MeasurePins:
		if in != nil && in.ID == 0 {
			q.Set("area", outsideAreas)
		} else if in != nil {
			q.Set("area", in.Slug)
		}
		return serve.WithQuery("/d/"+b.district.Slug+"/measures/"+string(m), q)
	case in != nil && in.ID == 0: // the map has no filter of them
		return ""
	}
	q = url.Values{"from": {s.first.String()}, "to": {s.last.String()}}
	if in != nil {
		q.Set("area", in.Slug)
	}
	return serve.WithQuery("/d/"+b.district.Slug, q)
}

// responseRow returns how long a response took.
func (b viewOf) responseRow(of civic.Response) responseRow {
	row := responseRow{Name: string(of), Label: b.Text("measures.response." + string(of)), What: b.Text("measures.response_what." + string(of))}
	add := func(label, lang string, t civic.ResponseTimes) {
		row.Times = append(row.Times, timesRow{label, lang, t.Count, t.Lower, t.Median, t.Upper})
	}
	for _, a := range b.district.Areas {
		if t, ok := b.response(of, a.ID, false); ok {
			add(b.In(a.Name), b.OtherLanguage(a.Name), t)
		}
	}
	if t, ok := b.response(of, 0, false); ok {
		add(b.Text("measures.outside"), "", t)
	}
	if t, ok := b.response(of, 0, true); ok {
		add(b.Text("measures.together"), "", t)
	}
	return row
}

// missing returns the areas of which nobody has reported a pin, had an idea or met at an
// event.
func (b viewOf) missing() (all []missing) {
	for _, a := range b.district.Areas {
		var what []string
		for _, m := range []civic.Measure{civic.MeasurePins, civic.MeasureIdeas, civic.MeasureEvents} {
			if b.now[m].byArea[a.ID] == 0 {
				what = append(what, b.Text("measures.none."+string(m)))
			}
		}
		if len(what) > 0 {
			all = append(all, missing{b.In(a.Name), b.OtherLanguage(a.Name), strings.Join(what, ", "), "/d/" + b.district.Slug + "/areas/" + a.Slug})
		}
	}
	return all
}

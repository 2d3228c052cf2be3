package compare

import (
	"math"
	"net/http"
	"net/url"

	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/charts"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// view is the data of the template compare.html.
type view struct {
	Question string
	Answer   string
	Topic    string
	Place    string
	Periods  []string
	Findings []finding // if there are several comparisons
	Notes    []string  // what limits the answer
	Chart    charts.Bars
	Maps     *mapsView
	Unit     string // of rates
	ByPlace  bool
	Groups   []groupRow
	Pairs    []pairRow
	Ranked   bool // whether groups have ranks
	HexOnly  serve.HexOnlyCount
	Grouped  bool   // whether groups have pins that are published only in counts
	Source   string // of the numbers of residents; "" if unknown
	Made     string // from what it was computed
	Form     form
	Examples []example
	Files    []string // extensions of the files of the tables
	API      string   // URL of the same as JSON
	Query    string   // of the page
	Address  string   // of the page on the web
	Compared bool     // whether there is something to compare

	MinPins, MinResidents int // that a comparison needs
}

// finding is what the comparisons of a period say, or those of the periods.
type finding struct {
	Heading   string
	Sentences []sentence
}

type sentence struct {
	Text  string
	Clear bool // whether it states a difference
}

// groupRow is a row of the table of groups.
type groupRow struct {
	Name, Lang string
	Period     string
	Pins       int
	Base       string // residents, or square kilometres
	Rate       string
	Interval   string
	Rank       string
	HexOnly    string // how many pins are published only in counts
	URL        string // of the map with these pins
}

// pairRow is a row of the table of comparisons.
type pairRow struct {
	Name, With               string
	Difference, DifferenceCI string
	Ratio, RatioCI           string
	Verdict                  string
}

// page shows a comparison, or the form and examples where nothing was chosen.
func (h handlers) page(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	ctx, d := r.Context(), &v.District
	all, err := h.Stats(ctx, v, civic.Filter{})
	if err != nil {
		return err
	}
	q, err := h.parse(r, v, &all)
	if err != nil {
		return err
	}
	result, err := h.answer(ctx, v, q)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	asked := serve.Pick(r.URL.Query(), "area", "kind", "category", "from", "to", "from2", "to2", "split")
	base, configured := h.BaseURL(r)
	out := newView(words{reader, result, d})
	out.Form = newForm(reader, d, q, asked, &all, h.Today(d))
	out.Query = serve.WithQuery("", asked)
	out.API = "/api/v1/districts/" + d.Slug + "/compare" + out.Query
	for _, format := range sheets.Formats() {
		out.Files = append(out.Files, string(format))
	}
	out.Address = base + serve.WithQuery("/d/"+d.Slug+"/compare", asked)
	out.Made = result.provenance(v).Sentence(reader.Messages)
	if out.Compared {
		if out.Maps, err = h.maps(ctx, v, words{reader, result, d}); err != nil {
			return err
		}
	} else if out.Examples, err = h.examples(ctx, v, reader); err != nil {
		return err
	}
	p := h.Pages.Page(r, d, out)
	p.Title, p.FromHost = reader.Text("compare.title", "name", p.Name), !configured
	return h.Pages.Render(w, r, http.StatusOK, "compare", p)
}

// newView returns what the page says of a result.
func newView(w words) view {
	out := view{
		Question: w.question(), Answer: w.answer(), Topic: w.topic(), Place: w.place(), Notes: w.notes(), Unit: w.unit(), ByPlace: w.byPlace,
		HexOnly: w.hexOnly, Compared: len(w.pairs) > 0, Chart: w.chart(), MinPins: minPins, MinResidents: minResidents,
	}
	for i := range w.periods {
		out.Periods = append(out.Periods, w.period(i))
	}
	if w.population.Known() && !w.byPlace {
		out.Source = w.source()
	}
	if len(w.pairs) > 1 {
		out.Findings = w.findings()
	}
	for i, g := range w.groups {
		s := w.sides[g.side]
		row := groupRow{Period: w.period(g.period), Pins: g.count, Base: w.Number(s.residents), Rate: w.rate(g.rate), Interval: w.interval(g.interval), URL: w.mapURL(i)}
		row.Name, row.Lang = w.side(g.side)
		if w.byPlace {
			row.Base = w.decimal(s.km2, 2)
		}
		row.HexOnly = w.hexOnlyPins(g)
		out.Grouped = out.Grouped || g.hexOnly != hexOnly{}
		if g.rank.Rank > 0 {
			out.Ranked = true
			row.Rank = w.Text("compare.rank", "rank", g.rank.Rank, "low", g.rank.Low, "high", g.rank.High)
		}
		out.Groups = append(out.Groups, row)
	}
	for _, p := range w.pairs {
		out.Pairs = append(out.Pairs, w.pairRow(p))
	}
	return out
}

// hexOnlyPins returns how many pins of a group are published only in counts: at
// least, and together with those of other months.
func (w words) hexOnlyPins(g group) string {
	if c := g.hexOnly; c.atLeast < c.togetherWith {
		return w.Text("compare.grouped", "n", c.pins, "low", c.atLeast, "high", c.togetherWith)
	}
	return w.Number(g.hexOnly.pins)
}

// group returns the name of a group.
func (w words) group(i int) string {
	g := w.groups[i]
	name, _ := w.side(g.side)
	if len(w.periods) < 2 {
		return name
	}
	if len(w.sides) < 2 {
		return w.period(g.period)
	}
	return w.Text("compare.group", "name", name, "period", w.period(g.period))
}

func (w words) pairRow(p pair) pairRow {
	row := pairRow{Name: w.group(p.a), With: w.group(p.b), Verdict: w.Text("compare.verdict." + string(p.Verdict)), Ratio: "–", Difference: w.signed(p.difference)}
	row.DifferenceCI = w.Text("compare.interval", "low", w.signed(p.differenceInterval.Low), "high", w.signed(p.differenceInterval.High))
	if !p.stated() {
		row.Difference, row.DifferenceCI = "–", ""
		return row
	}
	if !math.IsNaN(p.Ratio) && !math.IsInf(p.Ratio, 0) {
		row.Ratio = w.factor(p.Ratio)
	}
	row.RatioCI = w.Text("compare.interval", "low", w.factor(p.Interval.Low), "high", w.factor(p.Interval.High))
	if math.IsInf(p.Interval.High, 1) {
		row.RatioCI = w.Text("compare.interval_open", "low", w.factor(p.Interval.Low))
	}
	return row
}

// signed returns a difference of rates with its sign.
func (w words) signed(v float64) string {
	if s := w.rate(v); v > 0 {
		return "+" + s
	} else {
		return s
	}
}

// interval returns an interval of a rate.
func (w words) interval(i rates.Interval) string {
	if math.IsNaN(i.Low) {
		return "–"
	}
	return w.Text("compare.interval", "low", w.rate(i.Low), "high", w.rate(i.High))
}

// findings returns what all comparisons say: those of each period, and then those
// of the periods.
func (w words) findings() (all []finding) {
	heading := ""
	for _, p := range w.pairs {
		next := w.Text("compare.change")
		if !w.ofPeriods(p) {
			next = w.period(w.groups[p.a].period)
		}
		if next != heading {
			heading = next
			all = append(all, finding{Heading: heading})
		}
		f := &all[len(all)-1]
		f.Sentences = append(f.Sentences, sentence{w.sentence(p), p.Verdict.Clear()})
	}
	return all
}

// notes returns what limits the answer.
func (w words) notes() (all []string) {
	add := func(key string, pairs ...any) { all = append(all, w.Text("compare.note."+key, pairs...)) }
	if len(w.pairs) == 0 {
		return nil
	}
	if w.byPlace {
		add("by_place")
	}
	if w.overlap() {
		add("overlap")
	}
	if !w.equalSpans() {
		add("unequal", "first", w.Text("compare.days", "n", w.periods[0].days()), "second", w.Text("compare.days", "n", w.periods[1].days()))
	}
	for i, p := range w.periods {
		if !p.ended() && p.Until > 0 {
			add("not_ended", "period", w.period(i))
		}
	}
	if w.otherSeason() {
		add("season")
	}
	if len(w.pairs) > 5 {
		add("many", "n", len(w.pairs))
	}
	return all
}

// source returns who counted the residents, and when.
func (w words) source() string {
	source := w.population.Source
	if w.population.Date > 0 {
		if source != "" {
			source += ", "
		}
		source += w.Date(w.population.Date)
	}
	return source
}

// filterOf returns the filter of a group.
func (r *result) filterOf(i int) civic.Filter {
	g := r.groups[i]
	f := r.during(r.periods[g.period])
	if s := r.sides[g.side]; s.area != "" {
		f.Areas = []string{s.area}
	} else if s.category != "" {
		f.Categories = []string{s.category}
	}
	return f
}

// mapURL returns the URL of the map with the pins of a group.
func (w words) mapURL(i int) string {
	return serve.WithQuery("/d/"+w.district.Slug, queryOf(w.filterOf(i)))
}

// queryOf returns the parameters of a filter, with months where it has whole ones.
func queryOf(f civic.Filter) url.Values {
	q := f.Values()
	if f.From > 0 && f.From == f.From.Month().First() {
		q.Set("from", f.From.Month().String())
	}
	if f.Until > 0 && f.Until == f.Until.Month().First() {
		q.Set("to", (f.Until - 1).Month().String())
	}
	return q
}

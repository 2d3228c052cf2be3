package compare

import (
	"math"
	"net/http"

	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

// method is the name of the method with its version.
const method = "rates-1"

// resultJSON is a result in the API.
type resultJSON struct {
	By          dimension             `json:"by"`
	Unit        string                `json:"unit"`
	EqualSpans  bool                  `json:"equal_spans"`
	SameSeason  bool                  `json:"same_season"`
	Periods     []periodJSON          `json:"periods"`
	Groups      []groupJSON           `json:"groups"`
	Comparisons []pairJSON            `json:"comparisons"`
	Minima      minimaJSON            `json:"minima"`
	Population  populationJSON        `json:"population"`
	HexOnly     serve.HexOnlyCount    `json:"hex_only"`
	Provenance  provenance.Provenance `json:"provenance"`
}

type periodJSON struct {
	From  *civic.Day `json:"from"`
	To    *civic.Day `json:"to"`
	Days  int        `json:"days"`
	Ended bool       `json:"ended"`
}

type groupJSON struct {
	Area      *string     `json:"area"`
	Category  *string     `json:"category"`
	Period    int         `json:"period"`
	Pins      int         `json:"pins"`
	HexOnly   hexOnlyJSON `json:"hex_only"`
	Residents *int        `json:"residents"`
	KM2       float64     `json:"km2"`
	Rate      *estimate   `json:"rate"`
	Rank      *rankJSON   `json:"rank"`
}

type hexOnlyJSON struct {
	Pins         int `json:"pins"`
	AtLeast      int `json:"at_least"`
	TogetherWith int `json:"together_with"`
}

// estimate is a value with its interval. What is not finite is null.
type estimate struct {
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

type rankJSON struct {
	Rank int `json:"rank"`
	Low  int `json:"low"`
	High int `json:"high"`
}

type pairJSON struct {
	Group      int           `json:"group"`
	With       int           `json:"with"`
	Result     rates.Verdict `json:"result"`
	Ratio      estimate      `json:"ratio"`
	Difference estimate      `json:"difference"`
}

type minimaJSON struct {
	Pins      int `json:"pins"`
	Residents int `json:"residents"`
}

type populationJSON struct {
	Date   *civic.Day `json:"date"`
	Source *string    `json:"source"`
}

// api sends a result as JSON.
func (h handlers) api(w http.ResponseWriter, r *http.Request) error {
	v, result, err := h.asked(r)
	if err != nil {
		return err
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, result.encode(v))
}

// asked returns the answer to the question of a request.
func (h handlers) asked(r *http.Request) (*index.Version, *result, error) {
	v, err := h.District(r)
	if err != nil {
		return nil, nil, err
	}
	all, err := h.Stats(r.Context(), v, civic.Filter{})
	if err != nil {
		return nil, nil, err
	}
	q, err := h.parse(r, v, &all)
	if err != nil {
		return nil, nil, err
	}
	result, err := h.answer(r.Context(), v, q)
	return v, result, err
}

// parse reads the question of a request. The statistics are those of all pins.
func (h handlers) parse(r *http.Request, v *index.Version, all *index.Stats) (*question, error) {
	today := h.Today(&v.District)
	opened := today + 1
	if len(all.ByMonth) > 0 {
		opened = all.ByMonth[0].Month.First()
	}
	return parse(r.URL.Query(), &v.District, today, opened)
}

// provenance returns what a result was computed from. The period is from the
// beginning of the first period to the end of the last.
func (r *result) provenance(v *index.Version) provenance.Provenance {
	f, n := r.filter, 0
	for _, g := range r.groups {
		n += g.count
	}
	f.From, f.Until = r.periods[0].From, r.periods[0].Until
	for _, p := range r.periods[1:] {
		f.From, f.Until = min(f.From, p.From), later(f.Until, p.Until)
	}
	return provenance.Of(v, f, n, method)
}

// later returns the later end of two periods, of which 0 is none.
func later(a, b civic.Day) civic.Day {
	if a == 0 || b == 0 {
		return 0
	}
	return max(a, b)
}

func (r *result) encode(v *index.Version) resultJSON {
	out := resultJSON{
		By: r.by(), Unit: "residents", EqualSpans: r.equalSpans(), SameSeason: !r.otherSeason(), Comparisons: []pairJSON{},
		Minima: minimaJSON{minPins, minResidents}, HexOnly: r.hexOnly, Provenance: r.provenance(v),
	}
	if r.byPlace {
		out.Unit = "km2"
	}
	if !r.equalSpans() {
		out.Unit += "_year"
	}
	if r.population.Known() {
		out.Population = populationJSON{unlessZero(r.population.Date), unlessZero(r.population.Source)}
	}
	for _, p := range r.periods {
		out.Periods = append(out.Periods, periodJSON{unlessZero(p.From), unlessZero(max(0, p.Until-1)), p.days(), p.ended()})
	}
	for _, g := range r.groups {
		s := r.sides[g.side]
		j := groupJSON{
			Area: unlessZero(s.area), Category: unlessZero(s.category), Period: g.period, Pins: g.count,
			HexOnly: hexOnlyJSON{g.hexOnly.pins, g.hexOnly.atLeast, g.hexOnly.togetherWith}, Residents: unlessZero(s.residents), KM2: s.km2,
		}
		if !math.IsNaN(g.rate) {
			rate := estimateOf(g.rate, g.interval, r.scale())
			j.Rate = &rate
		}
		if g.rank.Rank > 0 {
			j.Rank = &rankJSON{g.rank.Rank, g.rank.Low, g.rank.High}
		}
		out.Groups = append(out.Groups, j)
	}
	for _, p := range r.pairs {
		out.Comparisons = append(out.Comparisons, pairJSON{
			p.a, p.b, p.Verdict, estimateOf(p.Ratio, p.Interval, 1), estimateOf(p.difference, p.differenceInterval, r.scale()),
		})
	}
	return out
}

// estimateOf returns a value and its interval, multiplied by a scale.
func estimateOf(v float64, i rates.Interval, scale float64) estimate {
	return estimate{serve.JSONNumber(v * scale), serve.JSONNumber(i.Low * scale), serve.JSONNumber(i.High * scale)}
}

// unlessZero returns a pointer to v, or nil if v is the zero value.
func unlessZero[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

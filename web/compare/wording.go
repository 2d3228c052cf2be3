package compare

import (
	"math"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// words says in the language of a reader what a result says.
type words struct {
	*page.Reader
	*result

	district *civic.District
}

// side returns the name of a side, and its language if it is not that of the
// reader.
func (w words) side(i int) (name, lang string) {
	s := w.sides[i]
	if a, ok := w.district.Area(s.area); ok {
		return w.in(a.Name)
	}
	if c, ok := w.district.Category(s.category); ok {
		return w.in(c.Label)
	}
	return w.place(), ""
}

// in returns a text of the district, and its language if it is not that of the
// reader.
func (w words) in(t civic.Text) (text, lang string) {
	if lang = t.Language(w.Lang, w.district.Languages...); lang == w.Lang {
		return t[lang], ""
	}
	return t[lang], lang
}

// place returns the areas that the filter selects.
func (w words) place() string {
	var names []string
	for _, slug := range w.filter.Areas {
		a, _ := w.district.Area(slug)
		name, _ := w.in(a.Name)
		names = append(names, name)
	}
	if len(names) == 0 {
		return w.Text("compare.everywhere")
	}
	return w.list(names)
}

// topic returns the kinds and the categories that are counted.
func (w words) topic() string {
	var names []string
	for _, k := range w.filter.Kinds {
		names = append(names, w.Text("kinds."+k.String()))
	}
	for _, slug := range w.filter.Categories {
		c, _ := w.district.Category(slug)
		name, _ := w.in(c.Label)
		names = append(names, name)
	}
	if len(names) == 0 {
		return w.Text("compare.everything")
	}
	return w.list(names)
}

// list joins names: "A, B and C".
func (w words) list(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return w.Text("compare.and", "first", strings.Join(names[:last], ", "), "last", names[last])
}

// period returns a period as it was chosen.
func (w words) period(i int) string {
	p := w.periods[i]
	first, last := w.Date(p.From), w.Date(p.Until-1)
	if p.From == p.From.Month().First() && (p.Until == 0 || p.Until == p.Until.Month().First()) {
		first, last = w.Month(p.From.Month()), w.Month((p.Until - 1).Month())
	}
	switch {
	case p.From > 0 && first == last:
		return first
	case p.From > 0 && p.Until > 0:
		return first + " – " + last
	case p.From > 0:
		return w.Text("compare.since", "date", first)
	case p.Until > 0:
		return w.Text("compare.until", "date", last)
	}
	return w.Text("compare.always")
}

// question returns the question that is answered.
func (w words) question() string {
	names := make([]string, len(w.sides))
	for i := range w.sides {
		names[i], _ = w.side(i)
	}
	switch w.by() {
	case byArea:
		return w.Text("compare.question.area", "names", w.list(names))
	case byCategory:
		return w.Text("compare.question.category", "first", names[0], "second", names[1])
	}
	return w.Text("compare.question." + string(w.by()))
}

// answer returns the answer in one sentence: of two sides, that of the later
// period; of several, how many of those for which there is enough data are clear.
func (w words) answer() string {
	switch stated, n := w.stated(); {
	case len(w.pairs) == 0:
		return w.Text("compare.choose")
	case len(w.pairs) == 1:
		return w.sentence(w.pairs[0])
	case len(w.sides) == 2 && len(w.periods) == 2:
		return w.Text("compare.in_period", "period", w.period(1), "sentence", w.sentence(w.pairs[1]))
	case stated == 0:
		return w.Text("compare.none_stated", "n", len(w.pairs))
	case n == 0:
		return w.Text("compare.none_clear", "n", stated)
	default:
		return w.Text("compare.some_clear", "n", n, "all", stated)
	}
}

// sentence returns what the comparison of two groups says.
func (w words) sentence(p pair) string {
	if w.ofPeriods(p) {
		return w.sentenceOfPeriods(p)
	}
	if p.Verdict == rates.Fewer {
		p = pair{a: p.b, b: p.a, Comparison: rates.Comparison{Ratio: 1 / p.Ratio, Interval: inverse(p.Interval), Verdict: rates.More}}
	}
	a, _ := w.side(w.groups[p.a].side)
	b, _ := w.side(w.groups[p.b].side)
	return w.fill("compare.sides.", p, "a", a, "b", b)
}

func (w words) sentenceOfPeriods(p pair) string {
	later, earlier := "compare.second", "compare.first"
	if w.split > 0 {
		later, earlier = "compare.after", "compare.before"
	}
	side, _ := w.side(w.groups[p.a].side)
	return w.fill("compare.periods.", p, "side", side, "later", w.Text(later), "earlier", w.Text(earlier))
}

// fill returns the text of a verdict under a prefix of keys. A ratio up to
// thisMany is a percentage.
func (w words) fill(prefix string, p pair, pairs ...any) string {
	const thisMany = 1.75
	x, y := w.groups[p.a], w.groups[p.b]
	low, high := p.Interval.Low, p.Interval.High
	key, per := string(p.Verdict), w.per(p)
	switch {
	case p.Verdict == rates.TooLittleData:
		if key = "too_few_residents"; x.count+y.count < minPins {
			key = "too_few_pins"
		}
		return w.Text(prefix+key, append(pairs, "n", x.count+y.count, "pins", minPins, "residents", minResidents)...)
	case p.Verdict == rates.More && y.count == 0:
		return w.Text(prefix+"only", append(pairs, "n", x.count, "low", w.factor(low), "per", per)...)
	case p.Verdict == rates.Fewer && x.count == 0:
		return w.Text(prefix+"gone", append(pairs, "n", y.count, "per", per)...)
	case p.Verdict == rates.Fewer:
		return w.Text(prefix+key, append(pairs, "share", percent(1-p.Ratio), "low", percent(1-high), "high", percent(1-low), "per", per)...)
	case p.Verdict == rates.More && p.Ratio < thisMany:
		return w.Text(prefix+"slightly_more", append(pairs, "share", percent(p.Ratio-1), "low", percent(low-1), "high", percent(high-1), "per", per)...)
	case p.Verdict == rates.More:
		return w.Text(prefix+key, append(pairs, "times", w.times(p.Ratio), "low", w.factor(low), "high", w.factor(high), "per", per)...)
	case math.IsInf(high, 1): // no clear difference, with none on one side
		return w.Text(prefix+"no_clear_difference_open", append(pairs, "per", per)...)
	}
	return w.Text(prefix+key, append(pairs, "low", w.factor(low), "high", w.factor(high), "per", per)...)
}

// per returns what the compared counts are divided by, such as " per resident":
// nothing where that is the same on both sides.
func (w words) per(p pair) string {
	switch {
	case w.ofPeriods(p) && w.equalSpans(), w.by() == byCategory && !w.ofPeriods(p):
		return ""
	case w.ofPeriods(p):
		return " " + w.Text("compare.per.day")
	case w.byPlace:
		return " " + w.Text("compare.per.km2")
	}
	return " " + w.Text("compare.per.resident")
}

// times returns "about twice", "about 2.4 times" and so on.
func (w words) times(ratio float64) string {
	for n := 2; n <= 3; n++ {
		if math.Abs(ratio-float64(n)) <= 0.25 {
			return w.Text("compare.times." + strconv.Itoa(n))
		}
	}
	if ratio >= 10 {
		return w.Text("compare.times_whole", "n", int(math.Round(ratio)))
	}
	return w.Text("compare.times", "n", w.decimal(ratio, 1))
}

// factor returns a limit of a ratio, rounded so that it is 1 only when it is.
func (w words) factor(v float64) string {
	if v >= 10 {
		return w.Number(int(math.Round(v)))
	}
	decimals := 1
	if math.Abs(v-1) < 0.05 {
		decimals = 2
	}
	return w.decimal(v, decimals)
}

// decimal returns a number with a number of decimals.
func (w words) decimal(v float64, decimals int) string {
	return strings.Replace(w.Decimal(v, decimals), "-", "−", 1)
}

// rate returns a rate, or a limit of one, in the unit of the page. Rates that are
// not known are "–".
func (w words) rate(v float64) string {
	switch v *= w.scale(); {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "–"
	case math.Abs(v) >= 100:
		return strings.Replace(w.Number(int(math.Round(v))), "-", "−", 1)
	case math.Abs(v) >= 10:
		return w.decimal(v, 1)
	}
	return w.decimal(v, 2)
}

// scale returns what rates are multiplied by: they are for 1,000 residents, or
// one square kilometre.
func (r *result) scale() float64 {
	if r.byPlace {
		return 1
	}
	return 1000
}

// unit returns the unit of rates.
func (w words) unit() string {
	key := "compare.unit.residents"
	if w.byPlace {
		key = "compare.unit.km2"
	}
	if !w.equalSpans() {
		key += "_year"
	}
	return w.Text(key)
}

// percent returns a share in per cent, 1 at least.
func percent(share float64) int { return max(1, int(math.Round(100*share))) }

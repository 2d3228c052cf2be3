package compare

import (
	"math"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/page"
)

func itoa(n int) string { return strconv.Itoa(n) }

// resultOf returns the result of a question with counts, of the sides in the
// first period and then in the second.
func resultOf(t *testing.T, query string, people map[string]int, counts ...int) *result {
	t.Helper()
	q, err := parsed(t, query)
	if err != nil {
		t.Fatal(err)
	}
	r := &result{question: q, population: civic.Population{ByArea: people}}
	for _, n := range people {
		r.population.Total += n
	}
	r.setSides(district())
	for i, n := range counts {
		p := i / len(r.sides)
		s := i % len(r.sides)
		r.groups = append(r.groups, group{side: s, period: p, count: n, exposure: r.exposure(r.sides[s], q.periods[p])})
	}
	r.measure()
	r.comparePairs()
	return r
}

var people = map[string]int{"a": 10_000, "b": 5_000, "c": 99, "d": 5_000}

const halves = "&from=2025-03&to=2025-05&from2=2026-03&to2=2026-05"

// TestVerdicts checks what comparisons say, in figures and in words.
func TestVerdicts(t *testing.T) {
	for name, c := range map[string]struct {
		query  string
		counts []int
		want   []rates.Verdict
		said   []string
	}{
		"twice as many per resident": {
			"area=a&area=b", []int{100, 100},
			[]rates.Verdict{rates.Fewer}, []string{"b has about twice as many pins per resident as a (between 1.5 and 2.7 times as many)."},
		},
		"a little more": {
			"area=a&area=d", []int{900, 350},
			[]rates.Verdict{rates.More}, nil,
		},
		"no clear difference": {
			"area=a&area=b", []int{40, 21},
			[]rates.Verdict{rates.NoClearDifference}, []string{"a and b: no clear difference. a may have between 0.5 and 1.7 times as many pins per resident as b."},
		},
		"too few pins": {
			"area=a&area=b", []int{8, 1},
			[]rates.Verdict{rates.TooLittleData}, []string{"a and b: too little data. Together they have 9 pins, and a comparison needs 10."},
		},
		"none on one side": {
			"area=a&area=b", []int{0, 12},
			[]rates.Verdict{rates.Fewer}, []string{"b has 12 pins and a has none: at least 5.6 times as many per resident."},
		},
		"too few residents": {
			"area=a&area=c", []int{8, 20},
			[]rates.Verdict{rates.TooLittleData}, []string{"a and c: too little data. A comparison per resident needs 100 residents on each side."},
		},
		"half as many later": {
			"area=a" + halves, []int{100, 50},
			[]rates.Verdict{rates.Fewer}, []string{"a: about 50% fewer pins in the second period than in the first period (between 29% and 65% fewer)."},
		},
		"none later": {
			"area=a" + halves, []int{30, 0},
			[]rates.Verdict{rates.Fewer}, []string{"a: no pins in the second period, and 30 in the first period."},
		},
		"periods with common days": {
			"area=a&from=2025-03&to=2025-05&from2=2025-05&to2=2025-07", []int{100, 50},
			[]rates.Verdict{overlapping}, []string{"a: the periods have days in common, so they are not compared."},
		},
		"a longer period": { // 31 of 365 days
			"area=a&from=2025-01&to=2025-12&from2=2026-01&to2=2026-01", []int{365, 62},
			[]rates.Verdict{rates.More}, []string{"a: about twice as many pins per day in the second period as in the first period (between 1.5 and 2.6 times as many)."},
		},
		"before and after": {
			"split=2026-05", []int{20, 60},
			[]rates.Verdict{rates.More}, []string{"The whole district: about three times as many pins after the date as before the date (between 1.8 and 5.3 times as many)."},
		},
		"categories": {
			"category=trees&category=lamps", []int{10, 10},
			[]rates.Verdict{rates.NoClearDifference}, nil,
		},
		"sides and periods": {
			"area=a&area=b" + halves, []int{4, 2, 100, 100},
			[]rates.Verdict{rates.TooLittleData, rates.Fewer, rates.More, rates.More}, nil,
		},
	} {
		r := resultOf(t, c.query, people, c.counts...)
		var got []rates.Verdict
		var said []string
		w := words{reader(t, "en"), r, district()}
		for _, p := range r.pairs {
			got, said = append(got, p.Verdict), append(said, w.sentence(p))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(c.said, said); c.said != nil && diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		for _, lang := range []string{"pl", "uk"} {
			w.Reader = reader(t, lang)
			for _, p := range r.pairs {
				checkFilled(t, w.sentence(p))
			}
			checkFilled(t, w.answer())
		}
	}
}

// checkFilled checks that a text is no key, and has no empty placeholder.
func checkFilled(t *testing.T, text string) {
	t.Helper()
	for _, c := range text {
		if c == '{' || c == '}' {
			t.Errorf("%q has a placeholder", text)
		}
	}
	if len(text) > 8 && text[:8] == "compare." {
		t.Errorf("there is no text %s", text)
	}
}

// TestOrderDoesNotMatter checks that two sides say the same in either order.
func TestOrderDoesNotMatter(t *testing.T) {
	for _, counts := range [][2]int{{100, 100}, {900, 350}, {0, 12}, {30, 400}} {
		one, other := resultOf(t, "area=a&area=b", people, counts[0], counts[1]), resultOf(t, "area=b&area=a", people, counts[1], counts[0])
		a, b := words{reader(t, "en"), one, district()}, words{reader(t, "en"), other, district()}
		if diff := cmp.Diff(a.answer(), b.answer()); diff != "" {
			t.Errorf("%v: %s", counts, diff)
		}
	}
}

// TestUnits checks that rates are for square kilometres as soon as the residents
// of one side are unknown, and for a year where the periods are not equally long,
// and that a sum of areas has their pins for their residents, never the sum of
// their rates.
func TestUnits(t *testing.T) {
	for query, want := range map[string]struct {
		unit string
		rate float64 // of ten pins
	}{
		"area=a&area=b":                        {"per 1,000 residents", 1},
		"category=trees&category=lamps&area=a": {"per 1,000 residents", 1},
		"category=trees&category=lamps":        {"per 1,000 residents", 1000 * 10 / 20_099.},
		"area=a&area=e":                        {"per km²", math.NaN()}, // without boundaries
		"area=a&from=2025-01&to=2025-12&from2=2026-01&to2=2026-01": {"per 1,000 residents and year", 365.25 / 365},
	} {
		r := resultOf(t, query, people, 10, 10)
		w := words{reader(t, "en"), r, district()}
		if got := w.unit(); got != want.unit {
			t.Errorf("%s: rates are %s, want %s", query, got, want.unit)
		}
		got := r.groups[0].rate * r.scale()
		if math.Abs(got-want.rate) > 1e-9 || math.IsNaN(got) != math.IsNaN(want.rate) {
			t.Errorf("%s: rate %g, want %g", query, got, want.rate)
		}
	}
}

// TestRanksAreUncertain checks that a rank never stands without its interval, and
// that equal counts may each be the first.
func TestRanksAreUncertain(t *testing.T) {
	r := resultOf(t, "area=a&area=b&area=d", people, 200, 50, 52)
	var got []rates.RankInterval
	for _, g := range r.groups {
		got = append(got, g.rank)
	}
	want := []rates.RankInterval{{Rank: 1, Low: 1, High: 1}, {Rank: 3, Low: 2, High: 3}, {Rank: 2, Low: 2, High: 3}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// reader returns a reader of a language without a request.
func reader(t *testing.T, lang string) *page.Reader {
	t.Helper()
	texts, err := i18n.Load(page.Files, Files)
	if err != nil {
		t.Fatal(err)
	}
	return &page.Reader{Messages: texts.Messages(lang), Lang: lang}
}

// TestAnswerOfSeveral checks that the answer counts those comparisons alone for which
// there is enough data.
func TestAnswerOfSeveral(t *testing.T) {
	for _, c := range []struct {
		query  string
		counts []int
		want   string
	}{
		{"area=a&area=b&area=d", []int{1, 2, 3}, "None of 3 comparisons can be made: there is too little data, or there are sensitive pins alone."},
		{"area=a&area=b&area=c", []int{20, 11, 30}, "1 comparison, and no clear difference."}, // in c, 99 live
		{"area=a&area=b&area=c", []int{20, 50, 30}, "1 of 1 comparisons shows a clear difference."},
		{"area=a&area=b&area=d", []int{100, 10, 200}, "3 of 3 comparisons show a clear difference."},
	} {
		r := resultOf(t, c.query, people, c.counts...)
		if got := (words{reader(t, "en"), r, district()}).answer(); got != c.want {
			t.Errorf("%v: %q, want %q", c.counts, got, c.want)
		}
	}
}

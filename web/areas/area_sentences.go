package areas

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// topNeeds is the number of categories that the answer names.
const topNeeds = 3

// answer returns the answer to the question of the page, in sentences.
func (b viewOf) answer() []string {
	all := []string{
		b.Text("area.answer", "n", b.total.now, "period", b.period(b.now)),
		b.Text("area.answer."+string(b.total.Verdict), "n", b.total.before, "period", b.period(b.earlier)),
	}
	var labels []string
	var counts []int
	var days []float64
	for _, c := range b.of(civic.Need) {
		if c.now > 0 && c.Verdict != grouped {
			labels = append(labels, fmt.Sprintf("%s (%s)", b.In(c.Label), b.Number(c.now)))
			counts, days = append(counts, c.now), append(days, float64(b.now.days()))
		}
	}
	if n := min(len(labels), topNeeds); n > 0 {
		all = append(all, b.Text("area.answer_top", "list", strings.Join(labels[:n], ", ")))
		isShared := func(r rates.RankInterval) bool { return r.Low < r.High } // with another category
		if slices.ContainsFunc(rates.Ranks(counts, days, rates.RankSeed)[:n], isShared) {
			all = append(all, b.Text("area.answer_order"))
		}
	}
	return all
}

// changes returns what has changed, in sentences.
func (b viewOf) changes() (all []string) {
	compared := false
	for _, want := range []rates.Verdict{rates.More, rates.Fewer} {
		var found []string
		for _, c := range b.of(civic.Need) {
			compared = compared || c.Verdict != rates.TooLittleData && c.Verdict != grouped
			if c.Verdict == want {
				found = append(found, b.Text("area.changed.item", "category", b.In(c.Label), "now", c.now, "before", c.before))
			}
		}
		if len(found) > 0 {
			all = append(all, b.Text("area.changed."+string(want), "list", strings.Join(found, "; ")))
		}
	}
	switch {
	case len(all) > 0:
	case compared:
		all = append(all, b.Text("area.changed.none"))
	default:
		all = append(all, b.Text("area.changed.too_few", "n", rates.MinCompared))
	}
	return all
}

// clusterSentences returns where needs are more frequent than chance would
// explain, in sentences.
func (b viewOf) clusterSentences() (all []sentence) {
	for _, c := range b.clusters {
		q := b.now.values()
		q.Set("area", b.area.Slug)
		q.Set("kind", civic.Need.String())
		of := b.Text("kinds.need")
		if c.category != nil {
			q.Del("kind")
			q.Set("category", c.category.Slug)
			of = b.In(c.category.Label)
		}
		key, n := "area.clusters.hot", len(c.hot)
		switch {
		case c.minimum != hotspots.Enough && c.category != nil:
			continue
		case c.minimum != hotspots.Enough:
			key = "area.clusters.too_few"
		case n == 0:
			key = "area.clusters.none"
		}
		all = append(all, sentence{b.Text(key, "n", n, "of", of), serve.WithQuery("/d/"+b.district.Slug+"/hotspots", q)})
	}
	return all
}

// silence returns who is not heard, in a sentence.
func (b viewOf) silence() sentence {
	u := b.unheard
	out := sentence{URL: "/d/" + b.district.Slug + "/coverage"}
	switch {
	case !u.known:
		out.Text, out.URL = b.Text("area.silence.unknown"), ""
	case u.cells == 0:
		out.Text = b.Text("area.silence.none")
	default:
		out.Text = b.Text("area.silence", "n", u.cells, "people", u.silent, "of", u.people)
	}
	return out
}

// how returns how the page was computed, in sentences.
func (b viewOf) how() []string {
	all := []string{
		b.provenance.Sentence(b.Messages),
		b.Text("area.how.spans", "n", b.question.months(), "now", b.now.days(), "before", b.earlier.days()),
		b.Text("area.how.change", "n", rates.MinCompared),
		b.Text("area.how.pins"),
	}
	if b.areaRate != nil {
		all = append(all, b.Text("area.how.rate", "n", b.areaRate.residents))
	}
	if b.unheard.source != "" {
		all = append(all, b.Text("coverage.source.from", "source", b.unheard.source, "date", b.Date(b.unheard.date)))
	}
	if b.hexOnly.Total > 0 {
		all = append(all, b.Text("area.how.hex_only", "n", b.hexOnly.Total))
	}
	if b.hexOnly.Larger > 0 {
		all = append(all, b.Text("provenance.hex_only_larger", "n", b.hexOnly.Larger))
	}
	return all
}

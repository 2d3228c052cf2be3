package numbers

import (
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

// countsJSON contains counts by kind and their sum.
type countsJSON struct {
	civic.Counts
	Total int `json:"total"`
}

func counts(c civic.Counts) countsJSON { return countsJSON{c, c.Total()} }

type statsJSON struct {
	countsJSON
	Categories []categoryCount       `json:"categories"`
	Statuses   []statusCount         `json:"statuses"`
	Areas      []areaCount           `json:"areas"`
	Months     []monthCount          `json:"months"`
	Earlier    countsJSON            `json:"earlier"`
	Later      countsJSON            `json:"later"`
	HexOnly    serve.HexOnlyCount    `json:"hex_only"`
	Provenance provenance.Provenance `json:"provenance"`
}

type categoryCount struct {
	Category string     `json:"category"`
	Kind     civic.Kind `json:"kind"`
	Total    int        `json:"total"`
}

type statusCount struct {
	Status civic.Status `json:"status"`
	Total  int          `json:"total"`
}

type areaCount struct {
	Area *string `json:"area"`
	countsJSON
}

type monthCount struct {
	Month string `json:"month"`
	countsJSON
}

func (h handlers) stats(w http.ResponseWriter, r *http.Request) error {
	v, err := h.Matching(r)
	if err != nil {
		return err
	}
	filter, err := serve.ParseFilter(r.URL.Query(), &v.District)
	if err != nil {
		return err
	}
	stats, err := h.Stats(r.Context(), v.Version, filter)
	if err != nil {
		return err
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, h.encode(v.Version, filter, &stats))
}

func (h handlers) encode(v *index.Version, filter civic.Filter, stats *index.Stats) statsJSON {
	out := statsJSON{
		countsJSON: counts(stats.Counts), HexOnly: serve.HexOnly(stats, civic.PinQuery{Filter: filter}),
		Categories: []categoryCount{}, Statuses: []statusCount{}, Areas: []areaCount{}, Months: []monthCount{},
		Earlier: counts(stats.Earlier), Later: counts(stats.Later), Provenance: provenance.Of(v, filter, stats.Total(), provenance.CountMethod),
	}
	for _, c := range v.District.Categories {
		if n, ok := stats.ByCategory[c.Slug]; ok {
			out.Categories = append(out.Categories, categoryCount{c.Slug, c.Kind, n})
		}
	}
	for _, status := range civic.Statuses() {
		if n := stats.ByStatus[status]; n > 0 {
			out.Statuses = append(out.Statuses, statusCount{status, n})
		}
	}
	for _, a := range v.District.Areas {
		if n, ok := stats.ByArea[a.Slug]; ok {
			out.Areas = append(out.Areas, areaCount{&a.Slug, counts(n)})
		}
	}
	if n, ok := stats.ByArea[""]; ok {
		out.Areas = append(out.Areas, areaCount{nil, counts(n)})
	}
	for _, m := range stats.ByMonth {
		out.Months = append(out.Months, monthCount{m.Month.String(), counts(m.Counts)})
	}
	return out
}

package areas

import (
	"net/http"

	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

type summaryJSON struct {
	Area         string                `json:"area"`
	Residents    *int                  `json:"residents"`
	Period       seasonJSON            `json:"period"`
	ComparedWith seasonJSON            `json:"compared_with"`
	Needs        comparisonJSON        `json:"needs"`
	Per1000      *estimateJSON         `json:"per_1000"`
	District     *estimateJSON         `json:"district_per_1000"`
	Categories   []categoryJSON        `json:"categories"`
	Months       []monthJSON           `json:"months"`
	Clusters     []clusterJSON         `json:"clusters"`
	Unheard      *unheardJSON          `json:"unheard"`
	HexOnly      serve.HexOnlyCount    `json:"hex_only"`
	Provenance   provenance.Provenance `json:"provenance"`
	Links        []serve.Link          `json:"links"`
}

type seasonJSON struct {
	From string `json:"from"`
	To   string `json:"to"`
	Days int    `json:"days"`
}

type comparisonJSON struct {
	Now    int           `json:"now"`
	Before int           `json:"before"`
	Change rates.Verdict `json:"change"`
	Ratio  estimateJSON  `json:"ratio"`
}

// estimateJSON is a value with its interval. What is not finite is null.
type estimateJSON struct {
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

type categoryJSON struct {
	Category string     `json:"category"`
	Kind     civic.Kind `json:"kind"`
	comparisonJSON
	AtLeast      *int          `json:"at_least"`
	TogetherWith *int          `json:"together_with"`
	Ever         int           `json:"ever"`
	Per1000      *estimateJSON `json:"per_1000"`
}

type clusterJSON struct {
	Category *string  `json:"category"`
	Minimum  string   `json:"minimum"`
	Cells    []string `json:"cells"`
}

type unheardJSON struct {
	Residents int  `json:"residents"`
	Unheard   int  `json:"unheard"`
	Cells     int  `json:"cells"`
	Spread    bool `json:"spread"`
}

type monthJSON struct {
	Month string `json:"month"`
	civic.Counts
}

// newEstimate returns a value with its interval.
func newEstimate(v float64, i rates.Interval) estimateJSON {
	return estimateJSON{serve.JSONNumber(v), serve.JSONNumber(i.Low), serve.JSONNumber(i.High)}
}

// estimate returns the rate for JSON, or nil where there is none.
func (r *rate) estimate() *estimateJSON {
	if r == nil {
		return nil
	}
	e := newEstimate(r.per1000, r.interval)
	return &e
}

func (c comparison) json() comparisonJSON {
	return comparisonJSON{c.now, c.before, c.Verdict, newEstimate(c.Ratio, c.Interval)}
}

func (s season) json() seasonJSON { return seasonJSON{s.from.String(), s.to.String(), s.days()} }

// summaryAPI sends the summary of an area.
func (h handlers) summaryAPI(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	s, err := h.summaryOf(r, v)
	if err != nil {
		return err
	}
	page := "/d/" + v.District.Slug + "/areas/" + s.area.Slug
	out := summaryJSON{
		Area: s.area.Slug, Period: s.now.json(), ComparedWith: s.earlier.json(), Needs: s.total.json(),
		Per1000: s.areaRate.estimate(), District: s.districtRate.estimate(), HexOnly: s.hexOnly, Provenance: s.provenance,
		Links: []serve.Link{{Rel: "alternate", Href: serve.WithQuery(page, s.values()), Type: "text/html"}},
	}
	if s.areaRate != nil {
		out.Residents = &s.areaRate.residents
	}
	for _, c := range s.categories {
		j := categoryJSON{Category: c.Slug, Kind: c.Kind, comparisonJSON: c.json(), Ever: c.ever, Per1000: c.rate.estimate()}
		if c.hexOnly != nil {
			j.AtLeast, j.TogetherWith = &c.hexOnly.AtLeast, &c.hexOnly.TogetherWith
		}
		out.Categories = append(out.Categories, j)
	}
	for _, c := range s.clusters {
		cluster := clusterJSON{Minimum: c.minimum.String(), Cells: []string{}}
		if c.category != nil {
			cluster.Category = &c.category.Slug
		}
		for _, cell := range c.hot {
			cluster.Cells = append(cluster.Cells, cell.String())
		}
		out.Clusters = append(out.Clusters, cluster)
	}
	if u := s.unheard; u.known {
		out.Unheard = &unheardJSON{u.people, u.silent, u.cells, u.spread}
	}
	for _, m := range s.months {
		out.Months = append(out.Months, monthJSON{m.Month.String(), m.Counts})
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, out)
}

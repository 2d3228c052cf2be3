package measures

import (
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

type measuresJSON struct {
	Period     map[string]string     `json:"period"`
	Measures   []measureJSON         `json:"measures"`
	Responses  []responseJSON        `json:"responses"`
	Channels   map[string]int        `json:"idea_channels"` // by source
	Provenance provenance.Provenance `json:"provenance"`
	Links      []serve.Link          `json:"links"`
}

type measureJSON struct {
	Measure  civic.Measure  `json:"measure"`
	Group    string         `json:"group"`
	Total    int            `json:"total"`
	Before   int            `json:"before"`
	Goal     *int           `json:"goal"` // null for none
	Estimate bool           `json:"estimate"`
	ByArea   map[string]int `json:"by_area"`  // by slug; "none" for what is outside all areas
	ByMonth  map[string]int `json:"by_month"` // by YYYY-MM
}

type responseJSON struct {
	Response civic.Response `json:"response"`
	Area     *string        `json:"area"` // slug, or "none" outside all areas; null for everywhere
	Count    int            `json:"count"`
	Lower    float64        `json:"lower_quartile"`
	Median   float64        `json:"median"`
	Upper    float64        `json:"upper_quartile"`
}

// api sends what the page shows.
func (h handlers) api(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	s, err := parse(r.URL.Query(), h.Today(d).Month()-1)
	if err != nil {
		return err
	}
	found, err := h.report(r.Context(), v, s)
	if err != nil {
		return err
	}
	out := measuresJSON{
		Period: map[string]string{"from": s.first.String(), "to": s.last.String()}, Responses: []responseJSON{}, Channels: map[string]int{}, Provenance: found.provenance,
		Links: []serve.Link{{Rel: "alternate", Href: serve.WithQuery("/d/"+d.Slug+"/measures", s.values()), Type: "text/html"}},
	}
	for _, g := range civic.MeasureGroups() {
		for _, m := range g.Measures {
			out.Measures = append(out.Measures, found.measureJSON(g.Name, m))
		}
	}
	for _, c := range found.channels {
		out.Channels[c.Source] = c.Count
	}
	for _, t := range found.responses {
		j := responseJSON{Response: t.Response, Count: t.Count, Lower: t.Lower, Median: t.Median, Upper: t.Upper}
		if !t.Everywhere {
			slug := outsideAreas
			if a, ok := d.AreaByID(t.AreaID); ok {
				slug = a.Slug
			}
			j.Area = &slug
		}
		out.Responses = append(out.Responses, j)
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, out)
}

func (r *report) measureJSON(group string, m civic.Measure) measureJSON {
	n := r.now[m]
	j := measureJSON{m, group, n.total, r.before[m], nil, m.IsEstimate(), map[string]int{}, map[string]int{}}
	if goal := r.goal(m); goal > 0 {
		j.Goal = &goal
	}
	if !m.IsAdditive() {
		return j
	}
	for _, a := range r.areas() {
		if a.ID == 0 {
			a.Slug = outsideAreas
		}
		j.ByArea[a.Slug] = n.byArea[a.ID]
	}
	for month := r.first; month <= r.last; month++ {
		j.ByMonth[month.String()] = n.byMonth[month]
	}
	return j
}

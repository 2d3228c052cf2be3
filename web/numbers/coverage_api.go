package numbers

import (
	"encoding/json"
	"math"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

// coverageHeadJSON is what a response says beside the cells.
type coverageHeadJSON struct {
	Minimum        int                   `json:"minimum"`
	Population     populationJSON        `json:"population"`
	People         peopleJSON            `json:"people"`
	Kinds          []kindCoverageJSON    `json:"kinds"`
	Areas          []areaCoverageJSON    `json:"areas"`
	Neighbourhoods []neighbourhoodJSON   `json:"neighbourhoods"`
	HexOnly        serve.HexOnlyCount    `json:"hex_only"`
	Provenance     provenance.Provenance `json:"provenance"`
	Links          []serve.Link          `json:"links"`
}

type coverageJSON struct {
	coverageHeadJSON

	Cells []coverageCellJSON `json:"cells"`
}

type coverageCollectionJSON struct {
	Type string `json:"type"`
	coverageHeadJSON

	Features []coverageFeatureJSON `json:"features"`
}

type coverageFeatureJSON struct {
	Type       string           `json:"type"`
	ID         string           `json:"id"`
	Geometry   json.RawMessage  `json:"geometry"`
	Properties coverageCellJSON `json:"properties"`
}

// populationJSON states where numbers of residents are from. What is not known is
// null.
type populationJSON struct {
	Date   *civic.Day `json:"date"`
	Source *string    `json:"source"`
	Spread bool       `json:"spread"`
}

type peopleJSON struct {
	Known        float64 `json:"known"`
	Heard        float64 `json:"heard"`
	Silent       float64 `json:"silent"`
	FewResidents float64 `json:"few_residents"`
}

type kindCoverageJSON struct {
	Kind   civic.Kind `json:"kind"`
	Heard  float64    `json:"heard"`
	Silent float64    `json:"silent"`
}

type areaCoverageJSON struct {
	Area   *string `json:"area"`
	People float64 `json:"people"`
	Heard  float64 `json:"heard"`
	Silent float64 `json:"silent"`
}

type neighbourhoodJSON struct {
	Cells    []string `json:"cells"`
	Areas    []string `json:"areas"`
	People   float64  `json:"people"`
	Expected float64  `json:"expected"`
	Clear    bool     `json:"clear"`
}

type coverageCellJSON struct {
	H3       string   `json:"h3"`
	Area     *string  `json:"area"`
	People   *float64 `json:"people"`
	Pins     int      `json:"pins"`
	Expected *float64 `json:"expected"`
	Per1000  *float64 `json:"per_1000"`
	Class    string   `json:"class"`
}

func (h handlers) coverageAPI(w http.ResponseWriter, r *http.Request) error {
	c, err := h.coverage(r)
	if err != nil {
		return err
	}
	if r.URL.Query().Get("format") != "geojson" {
		return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, coverageJSON{c.head(), c.encodeCells()})
	}
	out := coverageCollectionJSON{Type: "FeatureCollection", coverageHeadJSON: c.head(), Features: []coverageFeatureJSON{}}
	for i, properties := range c.encodeCells() {
		out.Features = append(out.Features, coverageFeatureJSON{"Feature", properties.H3, maps.AppendCell(nil, c.Cells[i].Cell), properties})
	}
	return h.SendJSON(w, r, serve.TypeGeoJSON, serve.NoCache, out)
}

func (c *coverageOf) head() coverageHeadJSON {
	out := coverageHeadJSON{
		Minimum:    c.minimum,
		Population: populationJSON{Spread: c.spread},
		People:     peopleJSON{tenth(c.People), tenth(c.HeardPeople), tenth(c.SilentPeople), tenth(c.FewPeople)},
		Kinds:      []kindCoverageJSON{}, Areas: []areaCoverageJSON{}, Neighbourhoods: []neighbourhoodJSON{},
		HexOnly: c.hexOnly, Provenance: c.provenance,
		Links: []serve.Link{{Rel: "alternate", Href: serve.WithQuery("/d/"+c.district.Slug+"/coverage", c.values()), Type: "text/html"}},
	}
	if c.population.Source != "" {
		out.Population.Date, out.Population.Source = &c.population.Date, &c.population.Source
	}
	for _, k := range c.kinds {
		out.Kinds = append(out.Kinds, kindCoverageJSON{k.kind, tenth(k.heard), tenth(k.silent)})
	}
	for _, a := range c.byArea {
		row := areaCoverageJSON{nil, tenth(a.people), tenth(a.heard), tenth(a.silent)}
		if a.Area != nil {
			row.Area = &a.Slug
		}
		out.Areas = append(out.Areas, row)
	}
	for _, n := range c.Neighbourhoods {
		row := neighbourhoodJSON{Cells: names(n.Cells), Areas: []string{}, People: tenth(n.People), Expected: tenth(n.Expected), Clear: n.Clear()}
		for _, a := range c.areasOf(n) {
			row.Areas = append(row.Areas, a.Slug)
		}
		out.Neighbourhoods = append(out.Neighbourhoods, row)
	}
	return out
}

// encodeCells returns the figures of each cell.
func (c *coverageOf) encodeCells() []coverageCellJSON {
	out := []coverageCellJSON{}
	smoothed := c.per1000()
	for i, cell := range c.Cells {
		row := coverageCellJSON{
			H3: cell.Cell.String(), People: serve.JSONNumber(tenth(cell.People)), Pins: cell.Pins, Expected: serve.JSONNumber(tenth(cell.Expected)), Per1000: serve.JSONNumber(tenth(smoothed[i])), Class: className(cell.Class),
		}
		if c.areas[i] != nil {
			row.Area = &c.areas[i].Slug
		}
		out = append(out, row)
	}
	return out
}

// tenth returns v with one decimal: spreading residents is no more exact.
func tenth(v float64) float64 { return math.Round(v*10) / 10 }

// names returns the indexes of cells.
func names(cells []geo.Cell) (all []string) {
	for _, c := range cells {
		all = append(all, c.String())
	}
	return all
}

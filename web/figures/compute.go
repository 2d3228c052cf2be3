package figures

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

// method is the version of how figures are counted. It changes when the same pins
// would have other figures.
const method = "figures-1"

// Figures are the figures that answer a question, with all that is needed to show
// them: they are stored as JSON, and names of categories and areas in them are those
// of the day on which they were computed.
type Figures struct {
	Question    string                `json:"question"`    // the parameters of the filter, and of the hexagon
	ComputedOn  string                `json:"computed_on"` // day in the district
	Total       int                   `json:"total"`
	Areas       []Area                `json:"areas"`
	Categories  []Category            `json:"categories"` // that have pins, or that the question names
	HexOnly     HexOnly               `json:"hex_only"`
	Hotspot     *Hotspot              `json:"hotspot"`     // nil for a question without a hexagon
	Fingerprint string                `json:"fingerprint"` // of the pins that were counted (index.Version.Fingerprint)
	Provenance  provenance.Provenance `json:"provenance"`
}

// Area is an area in which pins are counted.
type Area struct {
	Slug  *string    `json:"area"` // nil for what is outside all
	Name  civic.Text `json:"name"`
	Total int        `json:"total"`
}

// Category is a category with its numbers of pins.
type Category struct {
	Slug   string     `json:"category"`
	Kind   civic.Kind `json:"kind"`
	Name   civic.Text `json:"name"`
	Total  int        `json:"total"`
	ByArea []int      `json:"by_area"` // in the order of Figures.Areas
}

// HexOnly is what is counted of pins that the public only counts. Of these, between
// AtLeast and TogetherWith are of the months of the question (civic.HexOnlyCount).
type HexOnly struct {
	serve.HexOnlyCount
	AtLeast      int `json:"at_least"`
	TogetherWith int `json:"together_with"`
}

// Hotspot is what the statistic says of the hexagon of a question.
type Hotspot struct {
	Cell       string                `json:"h3"`
	Class      string                `json:"class"`   // as analysis/hotspots.Class names it
	Minimum    string                `json:"minimum"` // "enough", or why no test was made
	Value      int                   `json:"value"`   // pins in the hexagon
	Sum        int                   `json:"sum"`     // with those in its neighbours
	Expected   *float64              `json:"expected"`
	Z          *float64              `json:"z"`
	P          *float64              `json:"p"`
	Provenance provenance.Provenance `json:"provenance"`
}

// compute returns the figures of a question.
func (f *Service) compute(ctx context.Context, v *index.Version, q question) (*Figures, error) {
	stats, err := f.Stats(ctx, v, q.Filter)
	if err != nil {
		return nil, err
	}
	out := &Figures{
		Question: q.String(), ComputedOn: f.Today(&v.District).String(), Total: stats.Total(),
		HexOnly:     HexOnly{HexOnlyCount: serve.HexOnly(&stats, civic.PinQuery{Filter: q.Filter})},
		Fingerprint: fingerprint(v, q), Provenance: provenance.Of(v, q.Filter, stats.Total(), method),
	}
	if err := f.count(ctx, v, q, &stats, out); err != nil {
		return nil, err
	}
	if out.HexOnly.Total > 0 {
		if err := f.countHexOnly(ctx, &v.District, q, out); err != nil {
			return nil, err
		}
	}
	if q.Cell != 0 {
		if out.Hotspot, err = f.hotspot(ctx, v, q); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// fingerprint returns the fingerprint of the pins of a question, as figures have it.
func fingerprint(v *index.Version, q question) string {
	return fmt.Sprintf("%016x", v.Fingerprint(q.Filter))
}

// count sets the counts by category and area. What is in no area is the rest, so
// each row and each column adds up.
func (f *Service) count(ctx context.Context, v *index.Version, q question, all *index.Stats, out *Figures) error {
	var byArea []index.Stats
	for _, a := range v.District.Areas {
		n, ok := all.ByArea[a.Slug]
		if !ok {
			continue
		}
		of := q.Filter
		of.Areas = []string{a.Slug}
		stats, err := f.Stats(ctx, v, of)
		if err != nil {
			return err
		}
		byArea = append(byArea, stats)
		out.Areas = append(out.Areas, Area{&a.Slug, a.Name, n.Total()})
	}
	if n, ok := all.ByArea[""]; ok {
		out.Areas = append(out.Areas, Area{nil, nil, n.Total()})
	}
	for _, c := range v.District.Categories {
		total, selected := all.ByCategory[c.Slug]
		if !selected || total == 0 && !slices.Contains(q.Categories, c.Slug) {
			continue
		}
		row := Category{Slug: c.Slug, Kind: c.Kind, Name: c.Label, Total: total}
		rest := total
		for i := range byArea {
			n := byArea[i].ByCategory[c.Slug]
			row.ByArea, rest = append(row.ByArea, n), rest-n
		}
		if len(row.ByArea) < len(out.Areas) {
			row.ByArea = append(row.ByArea, rest)
		}
		out.Categories = append(out.Categories, row)
	}
	return nil
}

// countHexOnly sets how many of the pins that are only counted are of the months of
// the question.
func (f *Service) countHexOnly(ctx context.Context, d *civic.District, q question, out *Figures) error {
	of := civic.HexOnlyQuery{From: q.From, Until: q.Until}
	for _, slug := range q.Areas {
		a, _ := d.Area(slug)
		of.Areas = append(of.Areas, a.ID)
	}
	counts, err := f.Store.HexOnlyCounts(ctx, d, of)
	for _, n := range counts {
		if c, ok := d.Category(n.Category); ok && q.SelectsCategory(c) {
			out.HexOnly.AtLeast += n.AtLeast
			out.HexOnly.TogetherWith += n.TogetherWith
		}
	}
	return err
}

// hotspot returns what the statistic says of the hexagon of a question.
func (f *Service) hotspot(ctx context.Context, v *index.Version, q question) (*Hotspot, error) {
	found, err := f.Hotspots.Verdict(ctx, v, q.Filter, q.Cell)
	var problem *serve.Problem
	switch {
	case errors.Is(err, civic.ErrNotFound), errors.As(err, &problem) && problem.Status == http.StatusBadRequest:
		return nil, civic.Faults{{Field: questionField, Code: "malformed", Detail: "cell: hotspots are not computed for this cell"}}
	case err != nil:
		return nil, err
	}
	out := &Hotspot{
		Cell: q.Cell.String(), Class: found.Class.String(), Minimum: found.Minimum.String(), Value: int(found.Value), Sum: int(found.Sum),
		Expected: serve.JSONNumber(found.Expected), Z: serve.JSONNumber(found.Z), P: serve.JSONNumber(found.P), Provenance: found.Provenance,
	}
	return out, nil
}

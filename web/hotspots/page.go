package hotspots

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	analysis "github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/charts"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// pageView is the data of the template hotspots_page.html.
type pageView struct {
	Home     string // path of this page
	Back     string // URL of the map with the same filters
	Config   string // of the map element
	Query    string // of the map: the filter and the words, canonical: "" or "?kind=need"
	Res      int    // of the hexagons
	Cell     string // whose evidence is shown; "" for none
	Question string
	Answer   string
	Form     page.FilterForm
	Sizes    []page.Option // of hexagons, by resolution
	Classes  []classView   // that the map has
	Chart    *charts.Cells // the map on paper; nil for none
	Groups   []group       // of significant hexagons, the most significant first
	Unlisted int           // significant hexagons that are not in the table
	Evidence *evidence     // nil without a cell
	Corner   cornerView
	Made     []string // how it was computed and from how much, in sentences
	Steady   []string // how stable the significant hexagons are
	HexOnly  serve.HexOnlyCount
	API      string // URL of the same through the API; "" where there is no answer
	GeoJSON  string
	Files    string // query of the files
}

// classView is a class of hexagons with what it means.
type classView struct {
	class analysis.Class

	Name, Label, Meaning string
	N                    int // hexagons that have it
}

// view is what the parts of the page share.
type view struct {
	*question
	*page.Reader

	h      *Hotspots
	home   string // path of the page
	query  url.Values
	answer *answer // nil where the resolution is too fine
}

func pageParameters(others ...string) []string {
	return append(append(serve.FilterParameters(), "q", "res"), others...)
}

func (h *Hotspots) page(w http.ResponseWriter, r *http.Request) error {
	return h.show(w, r, http.StatusOK, cornerView{})
}

// show shows the page, with what was found for a place that was searched.
func (h *Hotspots) show(w http.ResponseWriter, r *http.Request, status int, corner cornerView) error {
	q, err := h.question(r)
	if err != nil {
		return err
	}
	query := serve.Pick(r.URL.Query(), pageParameters("cell")...)
	cell, err := q.chooseCell(query)
	if err != nil {
		return err
	}
	d := &q.District
	v := view{question: &q, Reader: h.Pages.Reader(r, d), h: h, home: "/d/" + d.Slug + "/hotspots", query: query}
	if v.answer, err = h.pageAnswer(r.Context(), &q); err != nil {
		return err
	}
	out := pageView{
		Home: v.home, Back: serve.WithQuery("/d/"+d.Slug, serve.Pick(query, append(serve.FilterParameters(), "q")...)),
		Config: h.Maps.Element(q.Version, v.Reader, q.filter.Areas), Query: serve.WithQuery("", serve.Pick(query, append(serve.FilterParameters(), "q")...)),
		Question: v.Text("hotspots.question", "of", v.of(v.filter)), Corner: corner,
	}
	if out.Form, err = v.form(r.Context()); err != nil {
		return err
	}
	out.Sizes = v.sizes()
	out.Corner.Action = serve.WithQuery(v.home, serve.Pick(query, pageParameters()...))
	if v.answer == nil {
		c, _ := q.tooFine()
		out.Answer = v.Text("hotspots.too_fine", "category", v.In(c.Label))
		return h.render(w, r, status, v, out)
	}
	out.Res, out.HexOnly = int(v.answer.res), v.answer.hexOnly
	out.Classes, out.Made, out.Steady = v.classes(), v.made(), v.steady()
	if err := v.fillPlaces(r.Context(), &out, cell); err != nil {
		return err
	}
	if e := out.Evidence; e != nil && e.Trend != nil {
		out.Made = append(out.Made, e.Trend.made...)
	}
	out.Answer = v.sentence(out.Groups)
	out.Chart = v.chart(out.Classes, out.Answer)
	out.Files = serve.WithQuery("", query)
	api := serve.Pick(query, pageParameters()...)
	api.Set("permutations", "9999")
	out.API = serve.WithQuery("/api/v1/districts/"+d.Slug+"/hotspots", api)
	api.Set("format", "geojson")
	out.GeoJSON = serve.WithQuery("/api/v1/districts/"+d.Slug+"/hotspots", api)
	return h.render(w, r, status, v, out)
}

// render renders the page.
func (h *Hotspots) render(w http.ResponseWriter, r *http.Request, status int, v view, out pageView) error {
	p := h.Pages.Page(r, &v.District, out)
	p.Title = v.Text("title.hotspots", "question", out.Question, "name", p.Name)
	return h.Pages.Render(w, r, status, "hotspots_page", p)
}

// pageAnswer returns the answer that the page shows, with permutations where
// there are not too many cells for that. It is nil where the resolution is too
// fine for a chosen category.
func (h *Hotspots) pageAnswer(ctx context.Context, q *question) (*answer, error) {
	if _, ok := q.tooFine(); ok {
		return nil, nil // the page says so instead of an answer
	}
	q.options = analysis.Options{Permutations: pagePermutations, Seed: defaultSeed}
	a, err := h.answer(ctx, q)
	var problem *serve.Problem
	if errors.As(err, &problem) && problem.Status == http.StatusBadRequest {
		q.options.Permutations = 0
		return h.answer(ctx, q)
	}
	return a, err
}

// chooseCell returns the cell whose evidence is to be shown, or 0. Its
// resolution is that of the question, unless the query has another one.
func (q *question) chooseCell(query url.Values) (geo.Cell, error) {
	if !query.Has("cell") {
		return 0, nil
	}
	cell, err := geo.ParseCell(query.Get("cell"))
	if err != nil || !isExamined(cell.Resolution()) {
		return 0, serve.BadParameter("cell", "must be the H3 index of a cell of a resolution of hotspots")
	}
	if !query.Has("res") {
		q.res = cell.Resolution()
	}
	if cell.Resolution() < q.res {
		return 0, serve.BadParameter("cell", "has a coarser resolution than res")
	}
	return cell.Parent(q.res), nil
}

// classes returns the classes that the hexagons have.
func (v *view) classes() (all []classView) {
	n := map[analysis.Class]int{}
	for i := range v.answer.Cells {
		n[v.answer.Cells[i].Class]++
	}
	for _, c := range []analysis.Class{analysis.VeryHot, analysis.Hot, analysis.Cold, analysis.NotSignificant, analysis.Undefined} {
		if n[c] > 0 {
			all = append(all, v.class(c, n[c]))
		}
	}
	return all
}

// class describes a class that n hexagons have.
func (v *view) class(c analysis.Class, n int) classView {
	name := c.String()
	return classView{c, name, v.Text("ui.hotspots.class." + name), v.Text("hotspots.meaning."+name, "of", v.of(v.filter)), n}
}

// of returns what a filter counts, in the genitive: "needs of the category
// “Lighting”".
func (v *view) of(f civic.Filter) string {
	kinds := slices.Clone(f.Kinds)
	var labels []string
	for _, slug := range f.Categories {
		c, _ := v.District.Category(slug)
		labels = append(labels, v.Text("quote", "text", v.In(c.Label)))
		if len(f.Kinds) == 0 && !slices.Contains(kinds, c.Kind) {
			kinds = append(kinds, c.Kind)
		}
	}
	of := v.Text("hotspots.of.any")
	if len(kinds) == 1 {
		of = v.Text("hotspots.of." + kinds[0].String())
	}
	if labels == nil {
		return of
	}
	return v.Text("hotspots.of_category", "of", of, "n", len(labels), "categories", joined(labels))
}

// joined returns texts with commas between them.
func joined(texts []string) string {
	out := ""
	for i, text := range texts {
		if i > 0 {
			out += ", "
		}
		out += text
	}
	return out
}

// sentence returns the answer in one sentence.
func (v *view) sentence(groups []group) string {
	if v.answer.Minimum != analysis.Enough {
		return v.Text("hotspots.minimum."+v.answer.Minimum.String(), "n", minimumOf(v.answer.Minimum), "of", v.of(v.filter))
	}
	hot := slices.DeleteFunc(slices.Clone(groups), func(g group) bool { return g.Cold })
	cells := 0
	for _, g := range hot {
		cells += g.N
	}
	switch {
	case len(hot) > 0:
		return v.Text("hotspots.answer", "n", len(hot), "cells", cells, "all", len(v.answer.Cells), "name", hot[0].Name)
	case allUndefined(v.answer.Cells):
		return v.Text("hotspots.answer_equal")
	}
	return v.Text("hotspots.answer_none", "n", len(v.answer.Cells), "of", v.of(v.filter))
}

func allUndefined(cells []analysis.Cell) bool {
	return !slices.ContainsFunc(cells, func(c analysis.Cell) bool { return c.Class != analysis.Undefined })
}

// minimumOf returns the number that a minimum requires.
func minimumOf(m analysis.Minimum) int {
	switch m {
	case analysis.FewCells:
		return analysis.MinCells
	case analysis.FewPins:
		return analysis.MinPins
	}
	return analysis.MinCellsWithPins
}

// made returns how the figures were computed and from how much.
func (v *view) made() []string {
	out := []string{v.answer.provenance.Sentence(v.Messages), v.Text("hotspots.method")}
	if v.answer.Permutations > 0 {
		out = append(out, v.Text("hotspots.permutations", "n", v.answer.Permutations))
	}
	return append(out, v.Text("hotspots.minima", "cells", analysis.MinCells, "pins", analysis.MinPins, "with_pins", analysis.MinCellsWithPins))
}

// isExamined reports whether the statistic is computed at a resolution.
func isExamined(r geo.Resolution) bool { return r >= index.MinResolution && r <= finest }

package numbers

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/analysis/coverage"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/charts"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// maxNeighbourhoods is the number of silent neighbourhoods that the page lists.
// The files have all cells.
const maxNeighbourhoods = 20

// coverageView is the data of the template coverage_page.html.
type coverageView struct {
	Path           string // of the page
	Back           string // of the map
	Known          bool   // whether anything is known of residents
	People         int
	Heard          int
	Silent         int
	Few            int
	SilentShare    int // per cent
	Minimum        int
	UnknownCells   int
	Map            charts.Cells
	OnMap          string // the map with the layer of silence; "" if that has other cells
	Neighbourhoods []neighbourhoodRow
	Unlisted       int // further neighbourhoods
	Areas          []peopleRow
	Kinds          []peopleRow
	Source         string // of the residents, in words
	HexOnly        serve.HexOnlyCount
	Provenance     string
	Files          []fileLink
	Form           coverageForm
}

// neighbourhoodRow is a silent neighbourhood.
type neighbourhoodRow struct {
	Areas    []place
	Map      string // the map there
	Cells    int
	People   int
	Expected float64
	Clear    bool
}

// place is the name of an area, and its language if that is not that of the page.
type place struct{ Name, Lang string }

// peopleRow says how many people of an area, or with regard to a kind, were heard.
type peopleRow struct {
	place

	Kind          string
	Heard, Silent int
	Known         bool
	URL           string // the pins; "" outside all areas
}

type fileLink struct{ Format, URL string }

// coverageForm is the form with which something else is asked.
type coverageForm struct {
	Kinds       []page.Option
	Categories  []page.OptionGroup
	Resolutions []page.Option
	From, To    string
}

func (h handlers) coveragePage(w http.ResponseWriter, r *http.Request) error {
	c, err := h.coverage(r)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, c.district)
	p := h.Pages.Page(r, c.district, c.view(reader))
	p.Title = reader.Text("title.coverage", "district", reader.In(c.district.Name))
	return h.Pages.Render(w, r, http.StatusOK, "coverage_page", p)
}

// coverageFile returns the handler of a file with all cells.
func (h handlers) coverageFile(format sheets.Format) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		c, err := h.coverage(r)
		if err != nil {
			return err
		}
		reader := h.Pages.Reader(r, c.district)
		file := sheets.File{Name: c.district.Slug + "-coverage", Table: c.table(reader), More: c.moreTables(reader), Provenance: c.provenance}
		return file.Send(h.Service, w, r, reader.Messages, format)
	}
}

// table returns all cells as a table.
func (c *coverageOf) table(m *page.Reader) sheets.Table {
	t := sheets.Table{Title: m.Text("coverage.heading")}
	for _, column := range []string{"cell", "area", "people", "pins", "expected", "per_1000", "class"} {
		t.Columns = append(t.Columns, sheets.Column{Name: m.Text("coverage.column." + column), Description: m.Text("coverage.column."+column+".means", "n", c.minimum, "source", c.source(m))})
	}
	smoothed := c.per1000()
	for i, cell := range c.Cells {
		area := ""
		if c.areas[i] != nil {
			area = m.In(c.areas[i].Name)
		}
		t.Rows = append(t.Rows, []any{
			cell.Cell.String(), area, sheets.Fixed{Value: cell.People, Decimals: 1}, cell.Pins, sheets.Fixed{Value: cell.Expected, Decimals: 1},
			sheets.Fixed{Value: smoothed[i], Decimals: 1}, m.Text("coverage.class." + className(cell.Class)),
		})
	}
	return t
}

// moreTables returns the tables of the page, if residents are known.
func (c *coverageOf) moreTables(m *page.Reader) []sheets.Table {
	if !c.population.Known() || c.People <= 0 {
		return nil
	}
	table := func(title string, columns ...string) sheets.Table {
		t := sheets.Table{Title: m.Text("coverage." + title)}
		for _, column := range columns {
			t.Columns = append(t.Columns, sheets.Column{Name: m.Text("coverage.column." + column), Description: m.Text("coverage."+title+"."+column+".means", "n", c.minimum)})
		}
		return t
	}
	where := table("where", "area", "people", "cells", "expected", "chance")
	for _, n := range c.Neighbourhoods {
		var names []string
		for _, a := range c.areasOf(n) {
			names = append(names, m.In(a.Name))
		}
		if names == nil {
			names = []string{m.Text("coverage.outside")}
		}
		chance := "coverage.by_chance"
		if n.Clear() {
			chance = "coverage.clear"
		}
		where.Rows = append(where.Rows, []any{strings.Join(names, ", "), whole(n.People), len(n.Cells), sheets.Fixed{Value: n.Expected, Decimals: 1}, m.Text(chance)})
	}
	areas, kinds := table("by_area", "area", "silent", "heard"), table("by_kind", "kind", "silent", "heard")
	for _, a := range c.byArea {
		name := m.Text("coverage.outside")
		if a.Area != nil {
			name = m.In(a.Name)
		}
		row := []any{name, nil, nil}
		if a.people > 0 {
			row = []any{name, whole(a.silent), whole(a.heard)}
		}
		areas.Rows = append(areas.Rows, row)
	}
	for _, k := range c.kinds {
		kinds.Rows = append(kinds.Rows, []any{m.Text("kinds." + k.kind.String()), whole(k.silent), whole(k.heard)})
	}
	return []sheets.Table{where, areas, kinds}
}

// source returns where numbers of residents are from, in words.
func (c *coverageOf) source(m *page.Reader) string {
	key := "coverage.source.grid"
	switch {
	case !c.population.Known():
		return m.Text("coverage.source.none")
	case c.population.ByCell == nil:
		key = "coverage.source.areas"
	case c.spread:
		key = "coverage.source.coarser_grid"
	}
	text := m.Text(key)
	if c.population.Source != "" {
		return text + " " + m.Text("coverage.source.from", "source", c.population.Source, "date", m.Date(c.population.Date))
	}
	return text + " " + m.Text("coverage.source.unknown")
}

// view returns the view of a coverage.
func (c *coverageOf) view(m *page.Reader) coverageView {
	home := "/d/" + c.district.Slug
	v := coverageView{
		Path: home + "/coverage", Back: home, Known: c.population.Known() && c.People > 0,
		People: whole(c.People), Heard: whole(c.HeardPeople), Silent: whole(c.SilentPeople), Few: whole(c.FewPeople), Minimum: c.minimum, UnknownCells: c.UnknownCells,
		Source: c.source(m), HexOnly: c.hexOnly, Provenance: c.provenance.Sentence(m.Messages), Form: c.form(m),
	}
	if v.Known && c.minimum == coverage.DefaultMinimum && cmp.Or(c.resolution, c.finest) == c.finest {
		onMap := c.filter.Values()
		onMap.Set("show", "silence")
		v.OnMap = serve.WithQuery(home, onMap)
	}
	if v.Known {
		v.SilentShare = whole(100 * c.SilentPeople / c.People)
	}
	for _, format := range sheets.Formats() {
		v.Files = append(v.Files, fileLink{strings.ToUpper(string(format)), serve.WithQuery(v.Path+"."+string(format), c.values())})
	}
	for i, n := range c.Neighbourhoods {
		if i == maxNeighbourhoods {
			v.Unlisted = len(c.Neighbourhoods) - i
			break
		}
		row := neighbourhoodRow{Map: mapAt(home, n.Cells, c.provenance.Resolution), Cells: len(n.Cells), People: whole(n.People), Expected: n.Expected, Clear: n.Clear()}
		for _, a := range c.areasOf(n) {
			row.Areas = append(row.Areas, place{m.In(a.Name), m.OtherLanguage(a.Name)})
		}
		v.Neighbourhoods = append(v.Neighbourhoods, row)
	}
	for _, a := range c.byArea {
		row := peopleRow{place: place{m.Text("coverage.outside"), ""}, Heard: whole(a.heard), Silent: whole(a.silent), Known: a.people > 0}
		if a.Area != nil {
			q := c.filter.Values()
			q.Set("area", a.Slug)
			row.place, row.URL = place{m.In(a.Name), m.OtherLanguage(a.Name)}, serve.WithQuery(home, q)
		}
		v.Areas = append(v.Areas, row)
	}
	for _, k := range c.kinds {
		q := c.filter.Values()
		q.Set("kind", k.kind.String())
		v.Kinds = append(v.Kinds, peopleRow{
			place: place{m.Text("kinds." + k.kind.String()), ""}, Kind: k.kind.String(), Heard: whole(k.heard), Silent: whole(k.silent), Known: v.Known, URL: serve.WithQuery(home, q),
		})
	}
	v.Map = c.cellMap(m, &v)
	return v
}

// The classes of the map.
const (
	mapHeard = iota
	mapSilent
	mapUnsaid // of which nothing can be said
)

// cellMap returns the map of the cells.
func (c *coverageOf) cellMap(m *page.Reader, v *coverageView) charts.Cells {
	out := charts.Cells{
		Head: charts.Head{ID: "coverage-map", Title: m.Text("coverage.map"), Description: m.Text("coverage.map_description", "n", c.SilentCells, "cells", len(c.Cells), "people", v.Silent)},
		Classes: []charts.CellClass{
			mapHeard:  {Style: "count-1", Label: m.Text("coverage.key.heard")},
			mapSilent: {Style: "count-0", Hatched: true, Label: m.Text("coverage.key.silent", "n", c.minimum)},
			mapUnsaid: {Style: "count-0", Label: m.Text("coverage.key.unsaid", "n", c.minimum)},
		},
	}
	for _, cell := range c.Cells {
		drawn := charts.Cell{Cell: cell.Cell, Class: mapUnsaid}
		switch cell.Class {
		case coverage.Heard:
			drawn.Class = mapHeard
		case coverage.Silent:
			drawn.Class, drawn.Title = mapSilent, m.Text("coverage.silent_cell", "n", whole(cell.People))
		case coverage.FewResidents, coverage.Unknown:
		}
		out.Cells = append(out.Cells, drawn)
	}
	for _, a := range c.district.Areas {
		out.Boundaries = append(out.Boundaries, a.Boundary)
	}
	return out
}

// mapAt returns the address of the map at cells.
func mapAt(home string, cells []geo.Cell, r geo.Resolution) string {
	var bound orb.Bound
	for i, c := range cells {
		if at := c.Centre(); i == 0 {
			bound = orb.Bound{Min: at, Max: at}
		} else {
			bound = bound.Extend(at)
		}
	}
	zoom := 6 + int(r) // at which such a cell is a few fingers wide
	at := bound.Center()
	return fmt.Sprintf("%s#map=%d/%.4f/%.4f", home, zoom, at.Lat(), at.Lon())
}

// form returns the form with what was asked.
func (c *coverageOf) form(m *page.Reader) coverageForm {
	var f coverageForm
	if c.filter.From > 0 {
		f.From = c.filter.From.Month().String()
	}
	if c.filter.Until > 0 {
		f.To = (c.filter.Until - 1).Month().String()
	}
	f.Kinds = append(f.Kinds, page.Option{Label: m.Text("coverage.form.every_kind"), Chosen: len(c.filter.Kinds) == 0})
	for _, k := range civic.Kinds() {
		f.Kinds = append(f.Kinds, page.Option{Value: k.String(), Label: m.Text("kinds." + k.String()), Chosen: slices.Contains(c.filter.Kinds, k)})
	}
	f.Categories = m.CategoryOptions(func(o *page.Option) { o.Chosen = slices.Contains(c.filter.Categories, o.Value) })
	for r := c.finest; r >= coarsestCoverage; r-- {
		f.Resolutions = append(f.Resolutions, page.Option{
			Value: strconv.Itoa(int(r)), Label: m.Text(fmt.Sprintf("coverage.form.resolution.%d", r)), Chosen: r == c.provenance.Resolution,
		})
	}
	return f
}

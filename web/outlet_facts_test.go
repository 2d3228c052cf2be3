package web_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"
	"github.com/uber/h3-go/v4"

	"github.com/pinezka/pinezka/analysis/disclosure/disclosuretest"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/webtest"
)

// factReader reads numbers from the outlets of a server, as somebody would who keeps
// them all.
type factReader struct {
	*testing.T
	*countedDistrict

	site  *webtest.Site
	month civic.Month     // the last one that is published
	paths map[string]bool // that were requested
	read  int             // numbers
	facts map[string]disclosuretest.Fact
	leaks []string // numbers that are not those of leaves
}

// add adds that a request has returned the number of pins that some rows have.
func (f *factReader) add(request string, pins int, selects func(shownRow) bool) {
	f.read++
	var rows []int
	hexOnly, shown := pins, 0
	for i, row := range f.rows {
		switch {
		case row.month > f.month || !selects(row):
		case row.category.Visibility == civic.HexOnly:
			rows = append(rows, i)
			shown += row.pins
		default:
			hexOnly -= row.pins
		}
	}
	if hexOnly != shown {
		f.leaks = append(f.leaks, fmt.Sprintf("%s, after %s: %d pins, but leaves have %d there", request, f.month, hexOnly, shown))
		return
	}
	if len(rows) > 0 {
		f.facts[fmt.Sprint(rows)] = disclosuretest.Fact{Rows: rows, Pins: hexOnly}
	}
}

// distinct returns the facts, each once.
func (f *factReader) distinct() (all []disclosuretest.Fact) {
	for _, key := range slices.Sorted(maps.Keys(f.facts)) {
		all = append(all, f.facts[key])
	}
	return all
}

// asked is what the filter of a request selects.
type asked struct {
	kind, category, area string         // "" for all
	from, to             civic.Month    // 0 for all
	cells                geo.Resolution // of a statistic, without categories that are shown in larger cells; 0 for none
}

// values returns the filter as parameters.
func (a asked) values() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"kind": a.kind, "category": a.category, "area": a.area} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if a.from > 0 {
		q.Set("from", a.from.String())
		q.Set("to", a.to.String())
	}
	return q
}

// selects reports whether the filter selects a row.
func (a asked) selects(r shownRow) bool {
	return (a.kind == "" || a.kind == r.category.Kind.String()) &&
		(a.category == "" || a.category == r.category.Slug) &&
		r.category.ShownResolution() >= a.cells &&
		(a.area == "" || a.area == r.area) &&
		(a.from == 0 || a.from <= r.month && r.month <= a.to)
}

// aside reports whether the filter selects a row that a statistic sets aside.
func (a asked) aside(r shownRow) bool {
	isCounted := a.selects(r)
	a.cells = 0
	return a.selects(r) && !isCounted
}

// hexOnly reports whether the filter selects a row that is only counted.
func (a asked) hexOnly(r shownRow) bool {
	return a.selects(r) && r.category.Visibility == civic.HexOnly
}

// wholly reports whether the filter selects a row of a leaf all of whose months it
// selects.
func (a asked) wholly(r shownRow) bool { return a.hexOnly(r) && (a.from == 0 || a.from <= r.from) }

// partly reports whether the filter selects a row of a leaf some of whose months it
// selects.
func (a asked) partly(r shownRow) bool {
	if a.from > 0 && r.from <= a.to && r.month >= a.from {
		a.from = 0
	}
	return a.hexOnly(r)
}

// paged reports whether the filter selects a row with a page.
func (a asked) paged(r shownRow) bool {
	return a.selects(r) && r.category.Visibility != civic.HexOnly
}

// in returns the rows that the filter selects in cells.
func (a asked) in(cells ...geo.Cell) func(shownRow) bool {
	return func(r shownRow) bool {
		return a.selects(r) && slices.ContainsFunc(cells, func(c geo.Cell) bool { return r.cell.Parent(c.Resolution()) == c })
	}
}

// ofKind returns the rows of a kind that the filter selects.
func (a asked) ofKind(kind string) func(shownRow) bool {
	return func(r shownRow) bool { return a.selects(r) && r.category.Kind.String() == kind }
}

// get returns the body of a response.
func (f *factReader) get(path string, q url.Values) (request, body string) {
	f.Helper()
	f.paths[path] = true
	request = fmt.Sprintf("%s?%s", path, q.Encode())
	resp, body := f.site.Do(f.T, "GET", request, "")
	if resp.StatusCode != http.StatusOK {
		f.Fatalf("%s: status %d: %.300s", request, resp.StatusCode, body)
	}
	return request, body
}

// decode reads a response of the API of the district.
func (f *factReader) decode(into any, path string, q url.Values) (request string) {
	f.Helper()
	request, body := f.get("/api/v1/districts/"+f.Slug+path, q)
	if err := json.Unmarshal([]byte(body), into); err != nil {
		f.Fatalf("%s: %v", request, err)
	}
	return request
}

// hexOnlyCount is a part of most responses.
type hexOnlyCount struct {
	HexOnly struct {
		Total    int  `json:"total"`
		SetAside bool `json:"set_aside"`
		Larger   int
	} `json:"hex_only"`
}

// tile returns the layers of a tile.
func (f *factReader) tile(layer string, at maptile.Tile, q url.Values) (request string, layers mvt.Layers) {
	request, body := f.get(fmt.Sprintf("/tiles/%s/%s/%d/%d/%d.mvt", f.Slug, layer, at.Z, at.X, at.Y), q)
	layers, err := mvt.Unmarshal([]byte(body))
	if err != nil {
		f.Fatalf("%s: %v", request, err)
	}
	return request, layers
}

// number returns a number of a tile.
func (f *factReader) number(value any) int {
	n, ok := value.(float64)
	if !ok {
		f.Fatalf("%v is no number", value)
	}
	return int(n)
}

// table returns the rows of a file below its header.
func (f *factReader) table(path string, q url.Values) (request string, rows [][]string) {
	request, body := f.get("/d/"+f.Slug+path, q)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\uFEFF"))).ReadAll()
	if err != nil {
		f.Fatalf("%s: %v", request, err)
	}
	return request, rows[1:]
}

func (f *factReader) integer(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		f.Fatal(err)
	}
	return n
}

func (f *factReader) cell(s string) geo.Cell {
	c, err := geo.ParseCell(s)
	if err != nil {
		f.Fatal(err)
	}
	return c
}

func (f *factReader) monthOf(day string) civic.Month {
	first, _, err := civic.ParsePeriod(day)
	if err != nil {
		f.Fatal(err)
	}
	return first.Month()
}

// diskOf returns a cell and its neighbours.
func diskOf(t *testing.T, c geo.Cell) (all []geo.Cell) {
	disk, err := h3.Cell(c).GridDisk(1)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range disk {
		all = append(all, geo.Cell(d))
	}
	return all
}

package numbers

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// exactMethod is the name of the method with its version.
const exactMethod = "exact-count-1"

// exact is what the staff see: exact numbers of the record beside those that
// everybody sees. Its address works for the staff alone, and nothing keeps it.
type exact struct {
	civic.ExactCounts

	district   *civic.District
	filter     civic.Filter // of months, and at most one area
	area       *civic.Area  // nil for all that the reader may see
	seen       []civic.Area // areas that the reader may see, of which one can be chosen
	everywhere bool         // whether the reader may see the whole district
	public     index.Stats  // of the same filter, by the shown place
	provenance provenance.Provenance
}

// exact returns what a request of the staff asks.
func (h handlers) exact(r *http.Request) (*exact, error) {
	v, err := h.District(r)
	if err != nil {
		return nil, err
	}
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return nil, err
	}
	d := &v.District
	out := &exact{district: d}
	if out.filter, err = serve.ParseFilter(serve.Pick(r.URL.Query(), "area", "from", "to"), d); err != nil {
		return nil, err
	}
	if !out.filter.CountsHexOnly() {
		return nil, serve.BadParameter("from", "exact numbers are of whole months, so that they can be compared with those that are published")
	}
	areas := civic.AreasFor(actor, civic.SeeDesk, d.ID, h.Now())
	out.everywhere = areas == nil
	for _, a := range d.Areas {
		if out.everywhere || slices.Contains(areas, a.ID) {
			out.seen = append(out.seen, a)
		}
	}
	if len(out.filter.Areas) > 0 {
		chosen, _ := d.Area(out.filter.Areas[0])
		if err := civic.Can(actor, civic.SeeDesk, civic.Thing{DistrictID: d.ID, AreaID: chosen.ID}, h.Now()); err != nil {
			return nil, err
		}
		out.area, areas = &chosen, []int32{chosen.ID}
	} else if !out.everywhere {
		for _, a := range out.seen {
			out.filter.Areas = append(out.filter.Areas, a.Slug)
		}
	}
	if out.ExactCounts, err = h.Store.ExactCounts(r.Context(), d, out.filter.From, out.filter.Until, areas); err != nil {
		return nil, err
	}
	if out.public, err = h.Stats(r.Context(), v, out.filter); err != nil {
		return nil, err
	}
	out.provenance = provenance.Of(v, out.filter, out.All.Published, exactMethod)
	out.provenance.Kind = provenance.Exact
	return out, nil
}

// exactView is the data of the template exact_page.html.
type exactView struct {
	Desk, Path string
	All        exactRow
	Categories []exactRow
	Areas      []exactRow // none where one was chosen
	Sources    []exactRow // none where people sent all pins themselves
	Form       exactForm
	Rate       string // of the chosen area, as of its row; "" if unknown
	Provenance string
	Files      []fileLink
	Public     string // page of the area that everybody sees; "" for none
}

// exactRow is a row of a table.
type exactRow struct {
	civic.ExactCount
	place

	Icon, Kind string // of a category
	Public     int    // what everybody sees
	Rate       string // voices per 1,000 residents with their interval, of an area; "" if unknown
	rate       voiceRate
}

type exactForm struct {
	Areas    []page.Option
	From, To string
}

// exactPage shows exact numbers.
func (h handlers) exactPage(w http.ResponseWriter, r *http.Request) error {
	e, err := h.exact(r)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, e.district)
	p := h.Pages.Page(r, e.district, e.view(reader))
	p.Title, p.Private = reader.Text("title.exact", "district", reader.In(e.district.Name)), true
	return h.Pages.Render(w, r, http.StatusOK, "exact_page", p)
}

// exactFile returns the handler of a file with the numbers by category, in XLSX also
// by area and by source.
func (h handlers) exactFile(format sheets.Format) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		e, err := h.exact(r)
		if err != nil {
			return err
		}
		reader := h.Pages.Reader(r, e.district)
		file := sheets.File{Name: e.fileName(), Table: e.table(reader), More: e.moreTables(reader), Provenance: e.provenance}
		return file.Send(h.Service, w, r, reader.Messages, format)
	}
}

// fileName returns the name of a file, which says for whom it is and what is in it.
func (e *exact) fileName() string {
	parts := []string{e.district.Slug, "staff-only"}
	for _, value := range []string{e.values().Get("area"), e.values().Get("from"), e.values().Get("to")} {
		if value != "" {
			parts = append(parts, value)
		}
	}
	return strings.Join(parts, "-")
}

// path returns the path of the page.
func (e *exact) path() string { return "/d/" + e.district.Slug + "/desk/numbers" }

// values returns the parameters of the page.
func (e *exact) values() url.Values {
	q := url.Values{}
	if e.area != nil {
		q.Set("area", e.area.Slug)
	}
	if e.filter.From > 0 {
		q.Set("from", e.filter.From.Month().String())
	}
	if e.filter.Until > 0 {
		q.Set("to", (e.filter.Until - 1).Month().String())
	}
	return q
}

// categories returns the rows of all categories that have a number.
func (e *exact) categories(m *page.Reader) (rows []exactRow) {
	for _, c := range e.district.Categories {
		row := exactRow{place: place{m.In(c.Label), m.OtherLanguage(c.Label)}, Icon: c.Icon, Kind: c.Kind.String(), Public: e.public.ByCategory[c.Slug]}
		if i := slices.IndexFunc(e.ByCategory, func(n civic.ExactCount) bool { return n.Category == c.Slug }); i >= 0 {
			row.ExactCount = e.ByCategory[i]
		} else if row.Public == 0 {
			continue
		}
		rows = append(rows, row)
	}
	return rows
}

// areas returns the rows of all areas that the reader may see, and of what is
// outside them.
func (e *exact) areas(m *page.Reader) (rows []exactRow) {
	if e.area != nil {
		return nil
	}
	add := func(p place, slug string, residents int32) {
		row := exactRow{place: p, Public: e.public.ByArea[slug].Total()}
		if i := slices.IndexFunc(e.ByArea, func(n civic.ExactCount) bool { return n.Area == slug }); i >= 0 {
			row.ExactCount = e.ByArea[i]
		} else if slug == "" {
			return
		}
		row.rate = newVoiceRate(row.Voices, residents)
		row.Rate = row.rate.text(m)
		rows = append(rows, row)
	}
	for _, a := range e.seen {
		add(place{m.In(a.Name), m.OtherLanguage(a.Name)}, a.Slug, a.Residents)
	}
	if e.everywhere {
		add(place{m.Text("coverage.outside"), ""}, "", 0)
	}
	return rows
}

// voiceRate is a number of voices per 1,000 residents with its interval. It is not a
// number if the residents are unknown.
type voiceRate struct {
	rates.Interval
	Value float64
}

func newVoiceRate(voices int, residents int32) voiceRate {
	value, i := rates.Rate(voices, float64(residents)/1000)
	return voiceRate{i, value}
}

// text returns the rate in words, or "" if it is unknown.
func (r voiceRate) text(m *page.Reader) string {
	if math.IsNaN(r.Value) {
		return ""
	}
	return m.Text("exact.rate", "rate", m.Decimal(r.Value, 1), "low", m.Decimal(r.Low, 1), "high", m.Decimal(r.High, 1))
}

// sources returns the rows of what people sent themselves and of the sources of
// imports, if there are any.
func (e *exact) sources(m *page.Reader) (rows []exactRow) {
	for _, n := range e.BySource {
		row := exactRow{ExactCount: n, place: place{n.Source, ""}}
		if n.Source == "" {
			row.place = place{m.Text("exact.people"), ""}
		}
		rows = append(rows, row)
	}
	if len(rows) == 1 && rows[0].Source == "" {
		return nil
	}
	return rows
}

func (e *exact) view(m *page.Reader) exactView {
	home := "/d/" + e.district.Slug
	v := exactView{
		Desk: home + "/desk", Path: e.path(), All: exactRow{ExactCount: e.All, Public: e.public.Total()},
		Categories: e.categories(m), Areas: e.areas(m), Sources: e.sources(m), Provenance: e.provenance.Sentence(m.Messages),
		Form: exactForm{From: e.values().Get("from"), To: e.values().Get("to")},
	}
	for _, a := range e.seen {
		v.Form.Areas = append(v.Form.Areas, m.Option(a.Slug, a.Name, e.area != nil && e.area.ID == a.ID))
	}
	if e.area != nil {
		v.Public = home + "/areas/" + e.area.Slug
		v.Rate = newVoiceRate(e.All.Voices, e.area.Residents).text(m)
	}
	for _, format := range sheets.Formats() {
		v.Files = append(v.Files, fileLink{strings.ToUpper(string(format)), serve.WithQuery(v.Path+"."+string(format), e.values())})
	}
	return v
}

// table returns the numbers by category as a table.
func (e *exact) table(m *page.Reader) sheets.Table {
	title := m.Text("exact.heading")
	if e.area != nil {
		title = fmt.Sprintf("%s: %s", title, m.In(e.area.Name))
	}
	t := exactTable(m, title, "category", "published", "public", "waiting", "voices", "without_contact")
	row := func(name string, r exactRow) {
		t.Rows = append(t.Rows, []any{name, r.Published, r.Public, r.Waiting, r.Voices, r.WithoutContact})
	}
	for _, c := range e.categories(m) {
		row(c.Name, c)
	}
	row(m.Text("exact.all"), exactRow{ExactCount: e.All, Public: e.public.Total()})
	return t
}

// exactTable returns a table without rows.
func exactTable(m *page.Reader, title string, columns ...string) sheets.Table {
	t := sheets.Table{Title: title}
	for _, column := range columns {
		t.Columns = append(t.Columns, sheets.Column{Name: m.Text("exact.column." + column), Description: m.Text("exact.column." + column + ".means")})
	}
	return t
}

// moreTables returns the numbers by area and by source, as far as the page has them.
func (e *exact) moreTables(m *page.Reader) (all []sheets.Table) {
	if rows := e.areas(m); rows != nil {
		t := exactTable(m, m.Text("coverage.by_area"), "area", "published", "public", "waiting", "voices", "without_contact", "voice_rate", "rate_low", "rate_high")
		for _, r := range rows {
			t.Rows = append(t.Rows, []any{r.Name, r.Published, r.Public, r.Waiting, r.Voices, r.WithoutContact, r.rate.Value, r.rate.Low, r.rate.High})
		}
		all = append(all, t)
	}
	if rows := e.sources(m); rows != nil {
		t := exactTable(m, m.Text("exact.by_source"), "source", "published", "waiting", "voices", "without_contact")
		for _, r := range rows {
			t.Rows = append(t.Rows, []any{r.Name, r.Published, r.Waiting, r.Voices, r.WithoutContact})
		}
		all = append(all, t)
	}
	return all
}

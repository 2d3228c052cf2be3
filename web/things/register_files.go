package things

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

const (
	filePage = 1000   // things that are read at a time
	maxFile  = 20_000 // things of a file; more go page by page, through the API
)

// published returns all things of the kind that are public and that the query of
// the request selects, the newest first. It returns civic.ErrTooMany for more than
// a file has.
func (h handlers) published(r *http.Request, in request) (all []civic.Described, err error) {
	q, err := h.parseQuery(in.d, r.URL.Query(), h.Today(in.d))
	if err != nil {
		return nil, err
	}
	q.Publications, q.Limit = []civic.Publication{civic.Published}, filePage
	for {
		found, err := h.Store.Things(r.Context(), in.d, q)
		if err != nil {
			return nil, err
		}
		if all = append(all, found...); len(all) > maxFile {
			return nil, &serve.Problem{Status: http.StatusUnprocessableEntity, Title: "Too many", Detail: "choose a filter, or read the API page by page", Cause: civic.ErrTooMany}
		}
		if len(found) < filePage {
			return all, nil
		}
		q.Before = found[len(found)-1].ID
	}
}

// file returns a handler that sends the register as a table in a format.
func (h handlers) file(format sheets.Format) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		in, err := h.request(r)
		if err != nil {
			return err
		}
		all, err := h.published(r, in)
		if err != nil {
			return err
		}
		reader := h.Pages.Reader(r, in.d)
		base, _ := h.BaseURL(r)
		name := in.d.Slug + "-" + h.Plural() + "-" + h.Today(in.d).String()
		f := sheets.File{Name: name, Table: h.table(in.d, reader, all), Note: reader.Text("thing.file.note", "url", base+h.Path(in.d, 0))}
		return f.Send(h.Service, w, r, reader.Messages, format)
	}
}

// geoJSON sends the register as GeoJSON to download.
func (h handlers) geoJSON(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	all, err := h.published(r, in)
	if err != nil {
		return err
	}
	out := collection{Type: "FeatureCollection", Returned: len(all), Features: []feature{}, Links: []serve.Link{}}
	for page := range slices.Chunk(all, filePage) {
		features, err := h.features(r, request{in.version, in.d, civic.Actor{}}, page)
		if err != nil {
			return err
		}
		out.Features = append(out.Features, features...)
	}
	w.Header().Set("Content-Disposition", `attachment; filename="`+in.d.Slug+"-"+h.Plural()+`.geojson"`)
	return h.SendJSON(w, r, serve.TypeGeoJSON, serve.NoStore, out)
}

// table returns things as a table, with a column for each field.
func (h handlers) table(d *civic.District, reader *page.Reader, all []civic.Described) sheets.Table {
	t := sheets.Table{Title: reader.Text(h.Plural() + ".heading")}
	column := func(name string) {
		t.Columns = append(t.Columns, sheets.Column{Name: name, Description: name})
	}
	fields := h.Kind.Kind.Rules().Fields
	column(reader.Text("thing.file.number"))
	for _, f := range fields {
		if f.Type != civic.FrozenField && f.Type != civic.AreaField {
			column(reader.Text(h.Plural() + ".field." + f.Name))
		}
	}
	column(reader.Text("thing.filter.state"))
	column(reader.Text("thing.area"))
	column(reader.Text("thing.file.lon"))
	column(reader.Text("thing.file.lat"))
	for _, described := range all {
		r, _ := described.Content.(civic.Record)
		item := h.Item(d, reader, described)
		texts := map[string]Text{item.Title.Name: item.Title}
		for _, text := range item.Texts {
			texts[text.Name] = text
		}
		row := []any{described.ID}
		for _, f := range fields {
			if f.Type != civic.FrozenField && f.Type != civic.AreaField {
				row = append(row, cell(r, f, texts[f.Name]))
			}
		}
		row = append(row, item.StateText, item.Area.Text, nil, nil)
		if r.Point != nil {
			row[len(row)-2], row[len(row)-1] = r.Point.Lon(), r.Point.Lat()
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// cell returns the value of a field in a table.
func cell(r civic.Record, f civic.Field, text Text) any {
	switch f.Type {
	case civic.DateField:
		if day := r.Day(f.Name); day != 0 {
			return day
		}
		return nil
	case civic.NumberField:
		if r.Words[f.Name] == "" {
			return nil
		}
		return r.Number(f.Name)
	case civic.RowsField:
		var rows []string
		for _, row := range text.Rows {
			var values []string
			for _, v := range row {
				values = append(values, v.Text)
			}
			rows = append(rows, strings.Join(values, ", "))
		}
		return strings.Join(rows, "\n")
	default:
		return text.Text
	}
}

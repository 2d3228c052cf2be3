package pins

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

const (
	exportPage = 1000    // pins that are read at a time
	maxExport  = 200_000 // pins of an export; more go page by page, through the API
)

// export is a file of all pins that a query selects, newest first, at their
// shown locations.
type export struct {
	handlers
	all    *index.Version // of the district
	found  serve.Found
	query  civic.PinQuery
	reader *page.Reader
	base   string     // URL at which the public reaches the service
	asked  url.Values // parameters of the list
}

// exportRoute returns a handler that sends the pins of a filter as a file to
// download, which write writes.
func (h handlers) exportRoute(extension, mediaType string, write func(context.Context, *export, io.Writer) error) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx := r.Context()
		all, err := h.District(r)
		if err != nil {
			return err
		}
		found, err := h.Matching(r)
		if err != nil {
			return err
		}
		d := &found.District
		asked := serve.Pick(r.URL.Query(), append(serve.FilterParameters(), "q", "cell")...)
		query, err := ParseQuery(asked, d, exportPage, exportPage)
		if err != nil {
			return err
		}
		query.IDs = found.IDs
		stats, err := h.Stats(ctx, found.Version, query.Filter)
		if err != nil {
			return err
		}
		n := stats.Total() - stats.HexOnly
		if query.Cell != 0 {
			n = found.PointsIn(query.Cell, query.Filter)
		}
		if n > maxExport {
			return &serve.Problem{
				Status: http.StatusUnprocessableEntity, Title: "Too many pins", Page: "export_too_many",
				Detail: fmt.Sprintf("these are %d pins, and a file can have %d; choose fewer by filters", n, maxExport),
			}
		}
		base, _ := h.BaseURL(r)
		e := &export{h, all, found, query, h.Pages.Reader(r, d), base, asked}
		var file serve.Representation
		if err := e.encode(ctx, &file, mediaType, write); err != nil {
			return err
		}
		name := fmt.Sprintf("%s-%s.%s", d.Slug, h.Today(d), extension)
		w.Header().Set("Content-Disposition", "attachment; filename="+strconv.Quote(name))
		return h.Send(w, r, &file)
	}
}

// encode makes what write writes the content of file. Few do so at once, since
// a file is in memory until it is sent.
func (e *export) encode(ctx context.Context, file *serve.Representation, mediaType string, write func(context.Context, *export, io.Writer) error) error {
	if err := e.Exporting.Acquire(ctx); err != nil {
		return err
	}
	defer e.Exporting.Release(ctx)
	return file.Encode(mediaType, serve.NoStore, func(out io.Writer) error { return write(ctx, e, out) })
}

// each calls write for every pin, with the number of voices for it. It reads them page by page, so that it holds
// no connection of the database while it writes.
func (e *export) each(ctx context.Context, write func(p civic.Pin, voices int) error) error {
	q := e.query
	for {
		page, err := e.Store.Pins(ctx, &e.found.District, q)
		if err != nil {
			return err
		}
		voices, err := e.voices(ctx, &e.found.District, page.Pins...)
		if err != nil {
			return err
		}
		for _, p := range page.Pins {
			if err := write(p, voices[p.ID]); err != nil {
				return err
			}
		}
		if page.Next == nil {
			return nil
		}
		q.After = page.Next
	}
}

// columns returns the columns of the files for spreadsheets.
func (e *export) columns() (columns []sheets.Column) {
	for _, column := range []string{"id", "kind", "category", "status", "title", "body", "area", "lat", "lon", "place", "date", "voices", "url"} {
		columns = append(columns, sheets.Column{Name: e.reader.Text("export." + column), Description: e.reader.Text("export." + column + ".means")})
	}
	return columns
}

// eachRow calls write for every pin, with the names that the reader sees.
func (e *export) eachRow(ctx context.Context, write func(row ...any) error) error {
	return e.each(ctx, func(p civic.Pin, voices int) error {
		item := NewItem(&e.found.District, e.reader, p)
		place := "exact"
		if item.Blurred {
			place = "blurred"
		}
		return write(
			p.ID, e.reader.Text("kind."+item.Kind), item.Category, e.reader.Text("status."+item.Status), item.Title, item.Body, item.Area,
			sheets.Fixed{Value: item.Lat, Decimals: 6}, sheets.Fixed{Value: item.Lon, Decimals: 6}, e.reader.Text("export.place_"+place),
			item.Date, voices, e.base+item.URL,
		)
	})
}

// writeCSV writes the pins for any spreadsheet.
func writeCSV(ctx context.Context, e *export, out io.Writer) error {
	w, err := sheets.NewCSVWriter(out, e.reader.Messages, e.columns())
	if err != nil {
		return err
	}
	if err := e.eachRow(ctx, w.Write); err != nil {
		return err
	}
	return w.Flush()
}

// writeXLSX writes the same with a sheet that says what each column is.
func writeXLSX(ctx context.Context, e *export, out io.Writer) error {
	f := sheets.File{
		Table: sheets.Table{Title: e.reader.Text("export.table", "name", e.reader.In(e.found.District.Name)), Columns: e.columns()},
		Note:  e.reader.Text("thing.file.note", "url", e.base+serve.WithQuery("/d/"+e.found.District.Slug, e.asked)),
	}
	return f.StreamXLSX(out, e.reader.Messages, func(write func(row ...any) error) error { return e.eachRow(ctx, write) })
}

// writeGeoJSON writes the pins as the API does.
func writeGeoJSON(ctx context.Context, e *export, out io.Writer) error {
	separator := `{"type":"FeatureCollection","features":[`
	err := e.each(ctx, func(p civic.Pin, voices int) error {
		f, err := e.feature(ctx, e.all, p, voices)
		if err != nil {
			return err
		}
		b, err := json.Marshal(f)
		if err != nil {
			return fmt.Errorf("encode pin %d: %w", p.ID, err)
		}
		_, err = io.WriteString(out, separator+"\n"+string(b))
		separator = ","
		return err //nolint:wrapcheck // the writer is that of the caller
	})
	if err != nil {
		return err
	}
	if separator == "," {
		separator = ""
	}
	_, err = io.WriteString(out, separator+"\n]}\n")
	return err //nolint:wrapcheck // the writer is that of the caller
}

// Package sheets writes tables as files for spreadsheets: CSV, and XLSX with a
// last sheet that says what each column is and from what the tables were
// computed. All files for spreadsheets are written here, so that text that would
// be a formula is guarded in all of them, and numbers stay numbers.
package sheets

import (
	"embed"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

// Files contains the texts, and the template of the end of a page with tables.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Table is a table.
type Table struct {
	Title   string
	Name    string // of its sheet, if it is not the first; "" for the title
	Columns []Column
	Rows    [][]any // in the order of the columns; see Column
}

// Rows calls write for each row of a table, until it returns an error.
type Rows func(write func(row ...any) error) error

// each is the Rows of the table.
func (t Table) each(write func(row ...any) error) error {
	for _, row := range t.Rows {
		if err := write(row...); err != nil {
			return err
		}
	}
	return nil
}

// Column is a column of a table. Its values are of the types int, int64,
// float64, Fixed, string and civic.Day, or nil for what is unknown. A number
// that is not finite is unknown.
type Column struct {
	Name        string
	Unit        string // such as "per 1,000 residents"; "" for none
	Description string // what it is, in a sentence
}

// header returns the name of the column with its unit.
func (c Column) header() string {
	if c.Unit == "" {
		return c.Name
	}
	return c.Name + " (" + c.Unit + ")"
}

// Fixed is a number that is written with a fixed number of decimals.
type Fixed struct {
	Value    float64
	Decimals int
}

// Format is a format of files. Its value is the extension of their names.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// Formats returns all formats.
func Formats() []Format { return []Format{CSV, XLSX} }

// MediaType returns the media type of files of the format.
func (f Format) MediaType() string {
	if f == XLSX {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8"
}

// File is a table to download, in XLSX with others of the same page.
type File struct {
	Name       string // without its extension
	Table      Table
	More       []Table
	Provenance provenance.Provenance
	Note       string // where the table is from, instead of the provenance of figures; "" for that
}

// Send sends the file in a format, in the language of m.
func (f File) Send(s *serve.Service, w http.ResponseWriter, r *http.Request, m *i18n.Messages, format Format) error {
	var out serve.Representation
	err := out.Encode(format.MediaType(), serve.NoStore, func(to io.Writer) error {
		if format == XLSX {
			return f.WriteXLSX(to, m)
		}
		return f.Table.WriteCSV(to, m)
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", "attachment; filename="+strconv.Quote(f.Name+"."+string(format)))
	return s.Send(w, r, &out)
}

// number returns a value as a number and its decimals, -1 for as many as it has.
func number(value any) (v float64, decimals int, ok bool) {
	switch n := value.(type) {
	case int:
		return float64(n), 0, true
	case int64:
		return float64(n), 0, true
	case float64:
		return n, -1, true
	case Fixed:
		return n.Value, n.Decimals, true
	}
	return 0, 0, false
}

// isUnknown reports whether a value is nil or a number that is not finite.
func isUnknown(value any) bool {
	v, _, isNumber := number(value)
	return value == nil || isNumber && (math.IsNaN(v) || math.IsInf(v, 0))
}

// errType returns the error of a value of a type that tables do not have.
func errType(value any) error {
	return fmt.Errorf("%w: a table has no values of the type %T", civic.ErrInvalid, value)
}

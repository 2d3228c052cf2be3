package sheets

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/web/i18n"
)

// CSVWriter writes the rows of a table as CSV, one at a time.
type CSVWriter struct {
	out    *csv.Writer
	comma  bool // whether decimals follow a comma
	fields []string
}

// NewCSVWriter returns a writer that has written the header. In languages with a
// decimal comma, fields are separated by semicolons, as spreadsheets in these
// languages expect. The byte order mark states UTF-8; there is no line "sep=",
// with which Excel disregards it.
func NewCSVWriter(out io.Writer, m *i18n.Messages, columns []Column) (*CSVWriter, error) {
	const byteOrderMark = "\uFEFF"
	if _, err := io.WriteString(out, byteOrderMark); err != nil {
		return nil, err //nolint:wrapcheck // the writer is that of the caller
	}
	w := &CSVWriter{out: csv.NewWriter(out), comma: m.DecimalComma()}
	w.out.UseCRLF = true
	if w.comma {
		w.out.Comma = ';'
	}
	for _, c := range columns {
		w.fields = append(w.fields, ingest.EscapeFormula(c.header()))
	}
	return w, w.write()
}

// Write writes a row of values; see Column.
func (w *CSVWriter) Write(row ...any) error {
	w.fields = w.fields[:0]
	for _, value := range row {
		field, err := w.format(value)
		if err != nil {
			return err
		}
		w.fields = append(w.fields, field)
	}
	return w.write()
}

// Flush writes what is buffered. It must be called after the last row.
func (w *CSVWriter) Flush() error {
	w.out.Flush()
	if err := w.out.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func (w *CSVWriter) write() error {
	if err := w.out.Write(w.fields); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// format returns a value as a field.
func (w *CSVWriter) format(value any) (string, error) {
	if isUnknown(value) {
		return "", nil
	}
	switch v := value.(type) {
	case string:
		return ingest.EscapeFormula(v), nil
	case civic.Day:
		return v.String(), nil
	case int:
		return strconv.Itoa(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	}
	v, decimals, ok := number(value)
	if !ok {
		return "", errType(value)
	}
	field := strconv.FormatFloat(v, 'f', decimals, 64)
	if w.comma {
		field = strings.Replace(field, ".", ",", 1)
	}
	return field, nil
}

// WriteCSV writes the table as CSV.
func (t Table) WriteCSV(out io.Writer, m *i18n.Messages) error {
	w, err := NewCSVWriter(out, m, t.Columns)
	if err != nil {
		return err
	}
	if err := t.each(w.Write); err != nil {
		return err
	}
	return w.Flush()
}

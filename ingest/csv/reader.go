// Package csv reads delimited text, such as CSV and TSV, as records.
//
// The header is the first row that is not blank, after those that are to be
// skipped. A line such as "sep=;" above it, which Excel writes, states the
// delimiter. Rows in which every field is blank are skipped, since spreadsheets
// often export many of them. As in RFC 4180, a row must have as many fields as
// the header: if it does not, it is unknown which field is missing, and the
// record is rejected. Blank fields beyond the last column are ignored, and
// columns without a name at the end of the header need not be there.
//
// A quote within a field that does not begin with one is text. A row whose
// quotes are wrong is rejected, and reading continues with the next line, so
// that no other row is lost (see splitter).
package csv

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/pinezka/pinezka/ingest/record"
)

// Options are the options of NewReader.
type Options struct {
	Delimiter rune // in ASCII; default: that of a line such as "sep=;", or else the most frequent of , ; tab and | in the header
	SkipRows  int  // number of lines above the header, such as titles; default 0
}

// Reader reads the rows below a header as records.
type Reader struct {
	text    *record.Text
	rows    splitter
	parser  *csv.Reader
	input   *bytes.Reader // of the parser: one row
	row     []byte        // the bytes of input, including a line end
	columns *record.Columns
}

// NewReader returns a reader that has read the header.
func NewReader(text *record.Text, opt Options) (*Reader, error) {
	r := &Reader{text: text, rows: splitter{in: text.Reader}, input: bytes.NewReader(nil)}
	delimiter, err := r.rows.skipAbove(opt.SkipRows)
	switch {
	case err != nil:
		return nil, err
	case opt.Delimiter != 0:
		delimiter = opt.Delimiter
	case delimiter == 0:
		delimiter = detectDelimiter(r.rows.head())
	}
	if delimiter >= utf8.RuneSelf || strings.ContainsRune("\"\r\n\x00", delimiter) {
		return nil, fmt.Errorf("delimiter %q cannot be used", delimiter)
	}
	r.rows.delimiter = byte(delimiter)
	r.parser = csv.NewReader(r.input)
	r.parser.Comma = delimiter
	r.parser.FieldsPerRecord = -1
	r.parser.LazyQuotes = true // the splitter has checked the quotes

	names, err := r.readRow()
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the file is empty: there is no header row")
	case err != nil:
		return nil, fmt.Errorf("row %d: the header cannot be read: %w", r.rows.number, err)
	}
	for i, name := range names {
		names[i] = record.CleanName(name)
		if names[i] != "" {
			r.rows.least = i + 1
		}
	}
	r.rows.most = len(names)
	r.columns = record.NewColumns(names...)
	return r, nil
}

// detectDelimiter returns the candidate that is most frequent outside quotes in
// the first line of text that is not empty, or the comma.
func detectDelimiter(text []byte) rune {
	const candidates = ",;\t|"
	text = bytes.TrimLeft(text, "\r\n")
	var count [len(candidates)]int
	inQuotes := false
scan:
	for _, b := range text {
		switch {
		case b == '"':
			inQuotes = !inQuotes
		case inQuotes:
		case b == '\n' || b == '\r':
			break scan
		default:
			if i := strings.IndexByte(candidates, b); i >= 0 {
				count[i]++
			}
		}
	}
	best := 0
	for i, n := range count {
		if n > count[best] {
			best = i
		}
	}
	return rune(candidates[best])
}

// Delimiter returns the character between two fields.
func (r *Reader) Delimiter() rune { return rune(r.rows.delimiter) }

// Columns returns the names in the header; a column can lack one.
func (r *Reader) Columns() []string { return r.columns.Names() }

// Read returns the record of the next row that is not blank.
func (r *Reader) Read() (record.Record, error) {
	values, err := r.readRow()
	rec := record.Record{Row: r.rows.number, Columns: r.columns, Values: values}
	var invalid rowError
	switch {
	case errors.As(err, &invalid):
		rec.Err = invalid.error
		return rec, nil
	case err != nil:
		return record.Record{}, err
	}
	n := len(values)
	switch {
	case n > r.rows.most && isBlank(values[r.rows.most:]):
		rec.Values = values[:r.rows.most]
	case n < r.rows.least || n > r.rows.most:
		rec.Err = fmt.Errorf("the number of fields is %d, that of the header is %d", n, r.rows.least)
	}
	return rec, nil
}

// rowError is an error of one row, after which reading can continue.
type rowError struct{ error }

func (e rowError) Unwrap() error { return e.error }

// readRow returns the fields of the next row that is not blank, and io.EOF
// after the last. With a rowError, it returns the fields as far as they can be
// told apart.
func (r *Reader) readRow() ([]string, error) {
	for skipped := 0; skipped < maxBlank; skipped += r.rows.size {
		row, err := r.rows.next()
		if err == nil && len(row) == 0 {
			continue
		}
		if err == nil {
			if err = r.text.Check(row); err != nil {
				err = rowError{err}
			}
		}
		if err != nil {
			return strings.Split(strings.ToValidUTF8(string(row), "\ufffd"), string(r.rows.delimiter)), err
		}
		r.row = append(append(r.row[:0], row...), '\n')
		r.input.Reset(r.row)
		fields, err := r.parser.Read()
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", r.rows.number, err)
		}
		if !isBlank(fields) {
			return fields, nil
		}
	}
	return nil, fmt.Errorf("row %d: more than %d MiB of blank rows", r.rows.number, maxBlank>>20)
}

func isBlank(fields []string) bool {
	for _, f := range fields {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}

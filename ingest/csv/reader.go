// Package csv reads delimited text, such as CSV and TSV, as records.
//
// The header is the first row that is not blank. Rows in which every field is
// blank are skipped, since spreadsheets often export many of them. As in RFC
// 4180, a row must have as many fields as the header: if it does not, it is
// unknown which field is missing, and the record is rejected. Blank fields
// beyond the last column are ignored.
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

// Reader reads the rows below a header as records.
type Reader struct {
	text    *record.Text
	rows    splitter
	parser  *csv.Reader
	input   *bytes.Reader // of the parser: one row
	row     []byte        // the bytes of input, including a line end
	columns *record.Columns
}

// NewReader returns a reader that has read the header. The delimiter is an
// ASCII character; if it is 0, the most frequent of , ; tab and | in the header
// is used.
func NewReader(text *record.Text, delimiter rune) (*Reader, error) {
	if delimiter == 0 {
		delimiter = detectDelimiter(text)
	}
	if delimiter >= utf8.RuneSelf || strings.ContainsRune("\"\r\n\x00", delimiter) {
		return nil, fmt.Errorf("delimiter %q cannot be used", delimiter)
	}
	r := &Reader{text: text, rows: splitter{in: text.Reader, delimiter: byte(delimiter)}, input: bytes.NewReader(nil)}
	r.resetParser()

	names, err := r.readRow()
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the file is empty: there is no header row")
	case err != nil:
		return nil, fmt.Errorf("row %d: the header cannot be read: %w", r.rows.number, err)
	}
	if err := cleanHeader(names); err != nil {
		return nil, fmt.Errorf("row %d: %w", r.rows.number, err)
	}
	r.columns = record.NewColumns(names...)
	return r, nil
}

// detectDelimiter returns the candidate that is most frequent outside quotes in
// the first line that is not empty, or the comma.
func detectDelimiter(text *record.Text) rune {
	const candidates = ",;\t|"
	head, _ := text.Peek(text.Size()) // reading the header returns the error again
	head = bytes.TrimLeft(head, "\r\n")
	var count [len(candidates)]int
	inQuotes := false
scan:
	for _, b := range head {
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

// cleanHeader cleans the names in place. It returns an error if a name is empty
// or repeated.
func cleanHeader(names []string) error {
	number := make(map[string]int, len(names))
	for i, name := range names {
		name = record.CleanName(name)
		first, repeated := number[name]
		switch {
		case name == "":
			return fmt.Errorf("column %d has no name; is this row really the header?", i+1)
		case repeated:
			return fmt.Errorf("columns %d and %d are both called %q", first, i+1, record.Shorten(name))
		}
		names[i], number[name] = name, i+1
	}
	return nil
}

// Columns returns the names in the header.
func (r *Reader) Columns() []string { return r.columns.Names() }

// Read returns the record of the next row that is not blank.
func (r *Reader) Read() (record.Record, error) {
	values, err := r.readRow()
	var invalid rowError
	switch {
	case errors.As(err, &invalid):
		return record.Record{Row: r.rows.number, Err: invalid.error}, nil
	case err != nil:
		return record.Record{}, err
	}
	rec := record.Record{Row: r.rows.number, Columns: r.columns}
	want := len(r.columns.Names())
	if len(values) > want && isBlank(values[want:]) {
		values = values[:want]
	}
	if len(values) != want {
		rec.Err = fmt.Errorf("the number of fields is %d, that of the header is %d", len(values), want)
		return rec, nil
	}
	rec.Values = values
	return rec, nil
}

// rowError is an error of one row, after which reading can continue.
type rowError struct{ error }

func (e rowError) Unwrap() error { return e.error }

var errQuotes = errors.New("its quotes are wrong: a field that contains quotes must be enclosed in quotes, and those within it doubled")

// readRow returns the fields of the next row that is not blank, and io.EOF
// after the last.
func (r *Reader) readRow() ([]string, error) {
	for skipped := 0; skipped < maxBlank; skipped += len(r.row) {
		row, err := r.rows.next()
		if err != nil {
			return nil, err
		}
		r.row = append(append(r.row[:0], row...), '\n')
		if len(row) == 0 {
			continue
		}
		if err := r.text.Check(row); err != nil {
			return nil, rowError{err}
		}
		fields, err := r.parseRow()
		if err != nil {
			return nil, rowError{err}
		}
		if !isBlank(fields) {
			return fields, nil
		}
	}
	return nil, fmt.Errorf("row %d: more than %d MiB of blank rows", r.rows.number, maxBlank>>20)
}

func (r *Reader) parseRow() ([]string, error) {
	r.input.Reset(r.row)
	fields, err := r.parser.Read()
	if err == nil && r.input.Len() == 0 {
		return fields, nil
	}
	r.resetParser() // it may have buffered the rest of the row
	return nil, errQuotes
}

func (r *Reader) resetParser() {
	r.parser = csv.NewReader(r.input)
	r.parser.Comma = rune(r.rows.delimiter)
	r.parser.FieldsPerRecord = -1
}

func isBlank(fields []string) bool {
	for _, f := range fields {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}

package ingest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// csvReader reads delimited text with a header row, the first that is not
// blank. Rows in which every field is blank are passed over, as spreadsheets
// leave many of them behind.
//
// A row must have as many fields as the header, as RFC 4180 has it, and is
// rejected if not: nobody can tell which of its fields is missing, and all
// after that one would be taken for something else. Blank fields beyond the
// header's last are let pass.
type csvReader struct {
	text    *text
	frames  framer
	parser  *csv.Reader
	feed    *bytes.Reader
	frame   []byte // with a line end, behind feed
	columns *Columns
}

func newCSV(t *text, delimiter rune) (*csvReader, error) {
	r := &csvReader{text: t, frames: framer{in: t.Reader}}
	if delimiter == 0 {
		delimiter = r.sniff()
	}
	if delimiter >= utf8.RuneSelf || strings.ContainsRune("\"\r\n\x00", delimiter) {
		return nil, fmt.Errorf("delimiter %q cannot be used", delimiter)
	}
	r.frames.delimiter = byte(delimiter)
	r.feed = bytes.NewReader(nil)
	r.reset()

	names, err := r.row()
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the file is empty: there is no header row")
	case err != nil:
		return nil, fmt.Errorf("row %d: the header cannot be read: %w", r.frames.row, err)
	}
	if err := checkHeader(names); err != nil {
		return nil, fmt.Errorf("row %d: %w", r.frames.row, err)
	}
	r.columns = NewColumns(names...)
	return r, nil
}

// sniff the delimiter: the most frequent candidate outside quotes in what will
// be the header; the comma if there is none.
func (r *csvReader) sniff() rune {
	const candidates = ",;\t|"
	head, _ := r.text.Peek(bufferSize) // an error is met again by the first row
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

// checkHeader tidies names in place and refuses those that cannot be told apart.
func checkHeader(names []string) error {
	seen := make(map[string]int, len(names))
	for i, name := range names {
		name = tidyName(name)
		first, twice := seen[name]
		switch {
		case name == "":
			return fmt.Errorf("column %d has no name; is this row really the header?", i+1)
		case twice:
			return fmt.Errorf("columns %d and %d are both called %q", first, i+1, shorten(name))
		}
		names[i], seen[name] = name, i+1
	}
	return nil
}

// tidyName of a column: one line, composed characters, as people type it.
func tidyName(s string) string { return norm.NFC.String(strings.Join(strings.Fields(s), " ")) }

func (r *csvReader) Fields() []string { return r.columns.names }

func (r *csvReader) Read() (Record, error) {
	values, err := r.row()
	var bad rowError
	switch {
	case errors.As(err, &bad):
		return Record{Row: r.frames.row, Err: bad.err}, nil
	case err != nil:
		return Record{}, err
	}
	record := Record{Row: r.frames.row, Columns: r.columns}
	want := len(r.columns.names)
	if len(values) > want && blank(values[want:]) {
		values = values[:want]
	}
	if len(values) != want {
		record.Err = fmt.Errorf("the row has %s, the header has %d", plural(len(values), "field"), want)
		return record, nil
	}
	record.Values = values
	return record, nil
}

// rowError is a fault of one row only.
type rowError struct{ err error }

func (e rowError) Error() string { return e.err.Error() }
func (e rowError) Unwrap() error { return e.err }

var errQuotes = errors.New("its quotes are wrong: a field with quotes must stand in quotes, and those within be doubled")

// row is the next that is not blank; io.EOF after the last.
func (r *csvReader) row() ([]string, error) {
	for skipped := 0; skipped < maxBlank; skipped += len(r.frame) {
		frame, err := r.frames.next()
		if err != nil {
			return nil, err
		}
		r.frame = append(append(r.frame[:0], frame...), '\n')
		if len(frame) == 0 {
			continue
		}
		if err := r.text.check(frame); err != nil {
			return nil, rowError{err}
		}
		values, err := r.parse()
		if err != nil {
			return nil, rowError{err}
		}
		if !blank(values) {
			return values, nil
		}
	}
	return nil, fmt.Errorf("row %d: more than %d MiB of blank rows", r.frames.row, maxBlank>>20)
}

func (r *csvReader) parse() ([]string, error) {
	r.feed.Reset(r.frame)
	values, err := r.parser.Read()
	if err == nil && r.feed.Len() == 0 {
		return values, nil
	}
	r.reset() // the parser may hold the rest of the refused row
	return nil, errQuotes
}

func (r *csvReader) reset() {
	r.parser = csv.NewReader(r.feed)
	r.parser.Comma = rune(r.frames.delimiter)
	r.parser.FieldsPerRecord = -1
}

func blank(values []string) bool {
	for _, v := range values {
		if strings.TrimSpace(v) != "" {
			return false
		}
	}
	return true
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

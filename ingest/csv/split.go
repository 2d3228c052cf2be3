package csv

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

const (
	// maxRow limits the size of a row in bytes, so that a quote which is never
	// closed does not read the rest of the file into memory.
	maxRow = 1 << 20

	// maxBlank limits the size of successive blank rows in bytes.
	maxBlank = 64 << 20
)

// splitter splits CSV into rows. A row is a line, but a line end within quotes
// belongs to its row. Lines end with LF, CRLF or CR. Misplaced quotes are left
// for the parser to reject, so that they invalidate only their own line.
type splitter struct {
	in        *bufio.Reader
	delimiter byte
	number    int    // of the current row, from 1
	row       []byte // buffer
}

// state is the position within a row.
type state uint8

const (
	fieldStart state = iota
	unquoted
	quoted
	afterQuote // a quote within quotes: the end of the field, or the first half of a doubled quote
)

var errOpenQuote = errors.New("a quote is opened and never closed")

// next returns the next row without its line end, and io.EOF after the last. A
// blank line is an empty row. The row is valid until the following call.
func (s *splitter) next() ([]byte, error) {
	s.number++
	s.row = s.row[:0]
	st := fieldStart
	for {
		if _, err := s.in.Peek(1); err != nil {
			return s.last(st, err)
		}
		chunk, _ := s.in.Peek(s.in.Buffered())
		for i, b := range chunk {
			if (b == '\n' || b == '\r') && st != quoted {
				s.row = append(s.row, chunk[:i]...)
				if len(s.row) > maxRow {
					return nil, s.tooLong()
				}
				s.discardLine(i+1, b)
				return s.row, nil
			}
			st = st.after(b, s.delimiter)
		}
		s.row = append(s.row, chunk...)
		if len(s.row) > maxRow {
			return nil, s.tooLong()
		}
		_, _ = s.in.Discard(len(chunk)) // has been peeked
	}
}

// after returns the state after the byte b.
func (s state) after(b, delimiter byte) state {
	switch s {
	case quoted:
		if b == '"' {
			return afterQuote
		}
		return quoted
	case afterQuote, fieldStart:
		if b == '"' {
			return quoted
		}
	}
	if b == delimiter {
		return fieldStart
	}
	return unquoted
}

// discardLine discards n bytes, the last of which is the line end, and the LF
// of a CRLF.
func (s *splitter) discardLine(n int, end byte) {
	_, _ = s.in.Discard(n) // has been peeked
	if end == '\n' {
		return
	}
	if b, err := s.in.Peek(1); err == nil && b[0] == '\n' { // the next row returns an error again
		_, _ = s.in.Discard(1)
	}
}

// last returns the row that ends with the file, or the error of reading.
func (s *splitter) last(st state, err error) ([]byte, error) {
	switch {
	case !errors.Is(err, io.EOF):
		return nil, fmt.Errorf("row %d: %w", s.number, err)
	case st == quoted:
		return nil, fmt.Errorf("row %d: %w", s.number, errOpenQuote)
	case len(s.row) == 0:
		return nil, io.EOF
	}
	return s.row, nil
}

func (s *splitter) tooLong() error {
	return fmt.Errorf("row %d: the row that begins here is longer than %d KiB; is a quote left open?", s.number, maxRow>>10)
}

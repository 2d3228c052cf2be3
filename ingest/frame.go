package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

const (
	// maxRecord bounds one record of CSV, so that a quote left open cannot take
	// the rest of a file into memory.
	maxRecord = 1 << 20

	// maxBlank bounds a run of blank lines or rows: more is no spreadsheet.
	maxBlank = 64 << 20
)

// framer cuts CSV into records: lines, except that a line end inside quotes is
// part of the record. It ends lines at LF, CRLF and CR. What stands wrongly
// around quotes is left for the parser to refuse, and costs that line only.
type framer struct {
	in        *bufio.Reader
	delimiter byte
	row       int // of the frame last answered
	frame     []byte
}

// Where in a record a byte stands.
type place uint8

const (
	fieldStart place = iota
	plain
	quoted
	quoteInQuoted // a quote inside quotes: the end of the field, or half of a doubled one
)

var errOpenQuote = errors.New("a quote is opened and never closed")

// next frame without its line end, valid until the following call; io.EOF after
// the last. A blank line is an empty frame.
func (f *framer) next() ([]byte, error) {
	f.row++
	f.frame = f.frame[:0]
	at := fieldStart
	for {
		if _, err := f.in.Peek(1); err != nil {
			return f.last(at, err)
		}
		chunk, _ := f.in.Peek(f.in.Buffered())
		for i, b := range chunk {
			if (b == '\n' || b == '\r') && at != quoted {
				f.frame = append(f.frame, chunk[:i]...)
				if len(f.frame) > maxRecord {
					return nil, f.tooLong()
				}
				return f.frame, f.skip(i+1, b)
			}
			at = at.after(b, f.delimiter)
		}
		f.frame = append(f.frame, chunk...)
		if len(f.frame) > maxRecord {
			return nil, f.tooLong()
		}
		if _, err := f.in.Discard(len(chunk)); err != nil {
			return nil, err
		}
	}
}

func (p place) after(b, delimiter byte) place {
	switch p {
	case quoted:
		if b == '"' {
			return quoteInQuoted
		}
		return quoted
	case quoteInQuoted:
		if b == '"' {
			return quoted
		}
	case fieldStart:
		if b == '"' {
			return quoted
		}
	}
	if b == delimiter {
		return fieldStart
	}
	return plain
}

// skip n bytes, the last of which is the line end, and the LF of a CRLF.
func (f *framer) skip(n int, end byte) error {
	if _, err := f.in.Discard(n); err != nil || end == '\n' {
		return err
	}
	if b, err := f.in.Peek(1); err == nil && b[0] == '\n' {
		_, err := f.in.Discard(1)
		return err
	}
	return nil // an error here is met again by the next frame
}

func (f *framer) last(at place, err error) ([]byte, error) {
	switch {
	case !errors.Is(err, io.EOF):
		return nil, fmt.Errorf("row %d: %w", f.row, err)
	case at == quoted:
		return nil, fmt.Errorf("row %d: %w", f.row, errOpenQuote)
	case len(f.frame) == 0:
		return nil, io.EOF
	}
	return f.frame, nil
}

func (f *framer) tooLong() error {
	return fmt.Errorf("row %d: the record that begins here is longer than %d KiB; is a quote left open?", f.row, maxRecord>>10)
}

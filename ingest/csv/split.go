package csv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

const (
	// maxRow and maxLines limit the size of a row in bytes and in lines, and so
	// how far the end of a quoted field is searched.
	maxRow   = 1 << 20
	maxLines = 1000

	// minColumns is the number of columns from which lines that all have the
	// delimiters of a whole row are taken for rows, not for lines of one field.
	// In prose, this is improbable.
	minColumns = 4

	// maxBlank limits the size of successive blank rows in bytes.
	maxBlank = 64 << 20

	readSize = 64 << 10
)

var (
	errQuotes    = errors.New("its quotes are wrong: a field that begins with a quote must end with one, and quotes within it must be doubled")
	errOpenQuote = errors.New("a quote is opened in it and not closed, or its field does not end where the other rows have fields")
	errTooLong   = fmt.Errorf("the row is longer than %d KiB", maxRow>>10)
)

// splitter splits CSV into rows. A row is a line, but a line end within a
// quoted field belongs to its row. Lines end with LF, CRLF or CR.
//
// A quote by mistake opens a field that continues to the next quote, wherever
// that is. It must cost its own line only. So a row of several lines is one row
// only if its quotes are right and it has the fields of the header; otherwise
// its first line is a row that cannot be used, and the next row begins with the
// second line.
type splitter struct {
	in        io.Reader
	delimiter byte

	// least and most are the number of columns of the header, without and with
	// those at its end that have no name. most is 0 before the header is known.
	least, most int

	number int    // of the current row, from 1
	buffer []byte // what has been read and not been discarded
	start  int    // of the current row in the buffer
	size   int    // of the current row with its line end
	err    error  // of in
}

// state is the position within a row.
type state uint8

const (
	fieldStart state = iota
	unquoted
	quoted
	afterQuote // a quote within quotes: the end of the field, or the first half of a doubled quote
	misquoted  // text after the end of a quoted field
)

// after returns the state after the byte b.
func (s state) after(b, delimiter byte) state {
	switch {
	case s == misquoted, s == quoted && b != '"':
		return s
	case s == quoted:
		return afterQuote
	case b == '"' && s != unquoted:
		return quoted
	case b == delimiter:
		return fieldStart
	case s == afterQuote:
		return misquoted
	}
	return unquoted
}

// next returns the next row without its line end, and io.EOF after the last. A
// blank line is an empty row. A rowError reports that the row cannot be used;
// its text is returned nevertheless, unless it is too long. The row is valid
// until the following call.
func (s *splitter) next() ([]byte, error) {
	s.number++
	s.start, s.size = s.start+s.size, 0
	first, err := s.line(0)
	switch {
	case errors.Is(err, errTooLong):
		return nil, s.discardLongLine()
	case err != nil:
		return nil, err
	}
	fields := fieldCounter{delimiter: s.delimiter, n: 1}
	complete := 0 // lines that have the delimiters of a whole row
	for last, lines := first, 1; ; lines++ {
		text := s.buffer[s.start+s.size : s.start+last.end]
		fields.add(text)
		s.size = last.next
		row := s.buffer[s.start : s.start+last.end]
		switch {
		case fields.state == quoted && s.most > 0 && fields.n > s.most: // the open field is beyond the header
			return s.firstLine(first)
		case fields.state == quoted:
		case lines > 1 && (fields.state == misquoted || !s.fits(fields)):
			return s.firstLine(first)
		case fields.state == misquoted:
			return row, rowError{errQuotes}
		case lines == 1:
			return row, nil
		}
		if n := bytes.Count(text, []byte{s.delimiter}) + 1; n >= s.least && n <= s.most {
			complete++
		}
		switch {
		case fields.state == quoted:
		case s.least >= minColumns && complete == lines:
			return s.firstLine(first)
		default:
			return row, nil
		}
		last, err = s.line(s.size)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, errTooLong), lines == maxLines, last.next > maxRow:
			return s.firstLine(first)
		case err != nil:
			return nil, err
		}
	}
}

// firstLine makes the first line of the current row a row of its own.
func (s *splitter) firstLine(first line) ([]byte, error) {
	s.size = first.next
	return s.buffer[s.start : s.start+first.end], rowError{errOpenQuote}
}

// fits reports whether a row has the fields of the header, if that is known.
func (s *splitter) fits(f fieldCounter) bool {
	return s.most == 0 || f.n >= s.least && f.used <= s.most
}

// fieldCounter counts the fields of a row.
type fieldCounter struct {
	delimiter byte
	state     state
	n         int // number of fields
	used      int // number of fields without the blank ones at the end
}

// add continues with a part of the row.
func (f *fieldCounter) add(text []byte) {
	for _, b := range text {
		f.state = f.state.after(b, f.delimiter)
		if f.state == fieldStart {
			f.n++
		} else if b > ' ' && b != '"' {
			f.used = f.n
		}
	}
}

// line is a line of the current row: the offsets of its end and of the
// following line.
type line struct{ end, next int }

// line returns the line that begins at an offset of the current row. It returns
// io.EOF if there is none, and errTooLong if its end is not found.
func (s *splitter) line(begin int) (line, error) {
	for scanned := begin; ; {
		row := s.buffer[s.start:]
		i := bytes.IndexAny(row[scanned:], "\r\n")
		end := scanned + i
		switch {
		case i >= 0 && row[end] == '\r' && end+1 == len(row) && s.fill(): // an LF can follow
			continue
		case i >= 0 && bytes.HasPrefix(row[end:], []byte("\r\n")):
			return line{end, end + 2}, nil
		case i >= 0:
			return line{end, end + 1}, nil
		case len(row)-begin > maxRow:
			return line{}, errTooLong
		}
		if scanned = len(row); s.fill() {
			continue
		}
		switch {
		case !errors.Is(s.err, io.EOF):
			return line{}, fmt.Errorf("row %d: %w", s.number, s.err)
		case begin == len(row):
			return line{}, io.EOF
		}
		return line{len(row), len(row)}, nil
	}
}

// discardLongLine discards the line that begins here, to its end.
func (s *splitter) discardLongLine() error {
	for {
		s.start = len(s.buffer)
		l, err := s.line(0)
		switch {
		case err == nil:
			s.size = l.next
			return rowError{errTooLong}
		case errors.Is(err, io.EOF):
			return rowError{errTooLong}
		case !errors.Is(err, errTooLong):
			return err
		}
	}
}

// fill reads more into the buffer. It returns false at the end and after an
// error, which is s.err.
func (s *splitter) fill() bool {
	if s.err != nil {
		return false
	}
	if s.start > 0 && cap(s.buffer)-len(s.buffer) < readSize {
		s.buffer = s.buffer[:copy(s.buffer, s.buffer[s.start:])]
		s.start = 0
	}
	s.buffer = slices.Grow(s.buffer, readSize)
	n := 0
	for n == 0 && s.err == nil {
		n, s.err = s.in.Read(s.buffer[len(s.buffer):cap(s.buffer)])
	}
	s.buffer = s.buffer[:len(s.buffer)+n]
	return n > 0
}

// head returns the beginning of what follows the current row.
func (s *splitter) head() []byte {
	for len(s.buffer)-s.start-s.size < readSize && s.fill() {
	}
	return s.buffer[s.start+s.size:]
}

package csv

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// skipAbove skips n lines, and any line that states the delimiter. It returns
// that delimiter, or 0.
func (s *splitter) skipAbove(n int) (delimiter rune, err error) {
	for {
		l, err := s.line(s.size)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, errTooLong):
			return delimiter, nil // reading the header returns the error again
		case err != nil:
			return 0, err
		}
		stated := statedDelimiter(s.buffer[s.start+s.size : s.start+l.end])
		if stated == 0 && s.number >= n {
			return delimiter, nil
		}
		if stated != 0 {
			delimiter = stated
		}
		s.start, s.size = s.start+s.size, l.next-s.size
		s.number++
	}
}

// statedDelimiter returns the delimiter of a line such as "sep=;", or 0.
func statedDelimiter(line []byte) rune {
	line = bytes.TrimRight(line, "\r\n")
	if quoted := bytes.TrimSuffix(bytes.TrimPrefix(line, []byte{'"'}), []byte{'"'}); len(quoted) == len(line)-2 {
		line = quoted
	}
	if len(line) < 5 || !strings.EqualFold(string(line[:4]), "sep=") {
		return 0
	}
	delimiter, size := utf8.DecodeRune(line[4:])
	if len(line) != 4+size {
		return 0
	}
	return delimiter
}

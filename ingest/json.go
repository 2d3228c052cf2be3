package ingest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

const (
	maxDepth  = 512     // of nested lists and objects
	maxScalar = 4 << 10 // of a number or literal, bytes
	maxKey    = 64 << 10
)

// jsonScanner walks through JSON of any size and holds one value at most. It
// checks that brackets match; what it holds, encoding/json checks.
type jsonScanner struct {
	in    *bufio.Reader
	at    int64 // bytes read, of the text as UTF-8
	held  []byte
	stack []byte // the closing brackets awaited
}

func (s *jsonScanner) errorf(format string, args ...any) error {
	return fmt.Errorf("byte %d: %w", s.at, fmt.Errorf(format, args...))
}

// failed says where reading failed; the end of the file is unexpected here.
func (s *jsonScanner) failed(err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return s.errorf("%w", err)
}

func (s *jsonScanner) next() (byte, error) {
	b, err := s.in.ReadByte()
	if err == nil {
		s.at++
	}
	return b, err
}

func (s *jsonScanner) back() {
	if s.in.UnreadByte() == nil {
		s.at--
	}
}

// space is passed over; the byte after it is answered and read. separators are
// the bytes that also count as space.
func (s *jsonScanner) space(separators string) (byte, error) {
	for {
		b, err := s.next()
		if err != nil {
			return 0, err
		}
		if b == ' ' || b == '\t' || b == '\n' || b == '\r' || separators != "" && b == separators[0] {
			continue
		}
		return b, nil
	}
}

// expect one of the two bytes after space.
func (s *jsonScanner) expect(a, b byte) (byte, error) {
	got, err := s.space("")
	if err != nil {
		return 0, s.failed(err)
	}
	if got != a && got != b {
		return 0, s.errorf("%q or %q was expected, not %q", a, b, got)
	}
	return got, nil
}

// key of an object's member, with its colon.
func (s *jsonScanner) key() (string, error) {
	raw, fits, err := s.value(maxKey)
	if err != nil {
		return "", err
	}
	if !fits {
		return "", s.errorf("a name is longer than %d KiB", maxKey>>10)
	}
	var key string
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &key) != nil {
		return "", s.errorf("a name in quotes was expected")
	}
	_, err = s.expect(':', ':')
	return key, err
}

// value is the next, held if it has at most limit bytes, and valid until the
// following call. Of a longer one nothing is held and fits is false.
func (s *jsonScanner) value(limit int) (raw []byte, fits bool, err error) {
	first, err := s.space("")
	if err != nil {
		return nil, false, s.failed(err)
	}
	s.held, s.stack = append(s.held[:0], first), s.stack[:0]
	fits = true
	hold := func(b byte) {
		if fits = fits && len(s.held) < limit; fits {
			s.held = append(s.held, b)
		}
	}
	switch first {
	case '"':
		err = s.quoted(hold)
	case '{', '[':
		err = s.nested(first, hold)
	case ',', ':', '}', ']':
		err = s.errorf("a value was expected, not %q", first)
	default:
		limit = max(limit, maxScalar)
		if err = s.scalar(hold); err == nil && (!fits || !json.Valid(s.held)) {
			err = s.errorf("this is neither a number nor true, false or null")
		}
	}
	return s.held, fits, err
}

func (s *jsonScanner) quoted(hold func(byte)) error {
	for escaped := false; ; {
		b, err := s.next()
		if err != nil {
			return s.failed(err)
		}
		hold(b)
		switch {
		case escaped:
			escaped = false
		case b == '\\':
			escaped = true
		case b == '"':
			return nil
		}
	}
}

func (s *jsonScanner) nested(first byte, hold func(byte)) error {
	s.stack = append(s.stack, first+2) // in ASCII '{' and '}', '[' and ']' are two apart
	for len(s.stack) > 0 {
		b, err := s.next()
		if err != nil {
			return s.failed(err)
		}
		hold(b)
		switch b {
		case '"':
			if err := s.quoted(hold); err != nil {
				return err
			}
		case '{', '[':
			if len(s.stack) == maxDepth {
				return s.errorf("more than %d levels of nesting", maxDepth)
			}
			s.stack = append(s.stack, b+2)
		case '}', ']':
			if b != s.stack[len(s.stack)-1] {
				return s.errorf("%q was expected, not %q", s.stack[len(s.stack)-1], b)
			}
			s.stack = s.stack[:len(s.stack)-1]
		}
	}
	return nil
}

func (s *jsonScanner) scalar(hold func(byte)) error {
	for n := 0; n < maxScalar; n++ {
		b, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return s.failed(err)
		}
		switch b {
		case ' ', '\t', '\n', '\r', ',', ':', '}', ']', '\x1e':
			s.back()
			return nil
		}
		hold(b)
	}
	return s.errorf("a number or literal is longer than %d bytes", maxScalar)
}

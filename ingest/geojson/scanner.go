package geojson

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

const (
	maxDepth   = 512     // of nested arrays and objects
	maxLiteral = 4 << 10 // of a number, true, false or null, in bytes
	maxKey     = 64 << 10
)

// scanner reads JSON of any size as a stream and buffers one value at most. It
// checks only that brackets match; encoding/json checks the buffered values.
type scanner struct {
	in      *bufio.Reader
	offset  int64  // in the text as UTF-8
	buffer  []byte // the current value
	closing []byte // expected closing brackets, the outermost first
}

func (s *scanner) errorf(format string, args ...any) error {
	return fmt.Errorf("byte %d: %w", s.offset, fmt.Errorf(format, args...))
}

// readError returns an error of reading with its offset. It converts io.EOF to
// io.ErrUnexpectedEOF.
func (s *scanner) readError(err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return s.errorf("%w", err)
}

func (s *scanner) readByte() (byte, error) {
	b, err := s.in.ReadByte()
	if err == nil {
		s.offset++
	}
	return b, err //nolint:wrapcheck // readError says where, unless the file may end here
}

func (s *scanner) unreadByte() {
	if s.in.UnreadByte() == nil {
		s.offset--
	}
}

// recordSeparator begins each text of a JSON text sequence (RFC 8142).
const recordSeparator = '\x1e'

// objectByte returns the first byte of the next object, after white space and
// record separators, and io.EOF at the end of the file.
func (s *scanner) objectByte() (byte, error) {
	for {
		b, err := s.readByte()
		if err != nil {
			return 0, err
		}
		switch b {
		case ' ', '\t', '\n', '\r', recordSeparator:
		default:
			return b, nil
		}
	}
}

// nextByte returns the next byte that is not white space.
func (s *scanner) nextByte() (byte, error) {
	for {
		b, err := s.readByte()
		if err != nil {
			return 0, s.readError(err)
		}
		if b != ' ' && b != '\t' && b != '\n' && b != '\r' {
			return b, nil
		}
	}
}

// expect returns the next byte that is not white space, which must be a or b.
func (s *scanner) expect(a, b byte) (byte, error) {
	got, err := s.nextByte()
	if err == nil && got != a && got != b {
		err = s.errorf("%q or %q was expected, not %q", a, b, got)
	}
	return got, err
}

// key returns the name of a member of an object, and reads the colon after it.
func (s *scanner) key() (string, error) {
	raw, complete, err := s.value(maxKey)
	if err != nil {
		return "", err
	}
	if !complete {
		return "", s.errorf("a name is longer than %d KiB", maxKey>>10)
	}
	var key string
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &key) != nil {
		return "", s.errorf("a name in quotes was expected")
	}
	_, err = s.expect(':', ':')
	return key, err
}

// value returns the next value, which is valid until the following call. It
// skips the rest of a value of more than limit bytes; complete is then false.
func (s *scanner) value(limit int) (raw []byte, complete bool, err error) {
	first, err := s.nextByte()
	if err != nil {
		return nil, false, err
	}
	s.buffer, s.closing = append(s.buffer[:0], first), s.closing[:0]
	complete = true
	add := func(b byte) {
		if complete = complete && len(s.buffer) < limit; complete {
			s.buffer = append(s.buffer, b)
		}
	}
	switch first {
	case '"':
		err = s.readString(add)
	case '{', '[':
		err = s.readNested(first, add)
	case ',', ':', '}', ']':
		err = s.errorf("a value was expected, not %q", first)
	default:
		limit = max(limit, maxLiteral)
		if err = s.readLiteral(add); err == nil && (!complete || !json.Valid(s.buffer)) {
			err = s.errorf("this is neither a number nor true, false or null")
		}
	}
	return s.buffer, complete, err
}

// readString reads the rest of a string, whose opening quote has been read.
func (s *scanner) readString(add func(byte)) error {
	for escaped := false; ; {
		b, err := s.readByte()
		if err != nil {
			return s.readError(err)
		}
		add(b)
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

// readNested reads the rest of an object or array, whose opening bracket has
// been read.
func (s *scanner) readNested(opening byte, add func(byte)) error {
	s.closing = append(s.closing, opening+2) // in ASCII, '}' is '{'+2 and ']' is '['+2
	for len(s.closing) > 0 {
		b, err := s.readByte()
		if err != nil {
			return s.readError(err)
		}
		add(b)
		switch b {
		case '"':
			if err := s.readString(add); err != nil {
				return err
			}
		case '{', '[':
			if len(s.closing) == maxDepth {
				return s.errorf("more than %d levels of nesting", maxDepth)
			}
			s.closing = append(s.closing, b+2)
		case '}', ']':
			if b != s.closing[len(s.closing)-1] {
				return s.errorf("%q was expected, not %q", s.closing[len(s.closing)-1], b)
			}
			s.closing = s.closing[:len(s.closing)-1]
		}
	}
	return nil
}

// readLiteral reads the rest of a number, true, false or null.
func (s *scanner) readLiteral(add func(byte)) error {
	for range maxLiteral {
		b, err := s.readByte()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return s.readError(err)
		}
		switch b {
		case ' ', '\t', '\n', '\r', ',', ':', '}', ']', recordSeparator:
			s.unreadByte()
			return nil
		}
		add(b)
	}
	return s.errorf("a number or literal is longer than %d bytes", maxLiteral)
}

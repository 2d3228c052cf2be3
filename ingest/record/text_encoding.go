package record

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

const bufferSize = 64 << 10

// ErrEncoding reports text that is not valid in the encoding that was stated,
// or in UTF-8 if none was.
var ErrEncoding = errors.New("state the encoding of the file")

// Text is the text of a file in UTF-8, without a byte order mark. Peek can
// return at least the next 64 KiB.
type Text struct {
	*bufio.Reader
	encoding   string // of the file
	transcoded bool   // from another encoding than UTF-8; invalid sequences have become U+FFFD
}

// Decode returns the text of r. The label of its encoding is one of the WHATWG
// Encoding Standard, such as "windows-1250"; "" is UTF-8. A byte order mark
// takes precedence over the label, as in section 6 of the standard.
func Decode(r io.Reader, label string) (*Text, error) {
	if label == "" {
		label = "utf-8"
	}
	from, err := htmlindex.Get(label)
	if err != nil {
		return nil, fmt.Errorf("encoding %q is not known; try utf-8, windows-1250, iso-8859-2 or utf-16le", label)
	}
	name, err := htmlindex.Name(from)
	if err != nil || name == "replacement" {
		return nil, fmt.Errorf("encoding %q cannot be decoded", label)
	}
	in := bufio.NewReaderSize(r, bufferSize)
	mark, err := in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the beginning: %w", err)
	}
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		name = "utf-8"
		_, _ = in.Discard(3) // has been peeked
	case bytes.HasPrefix(mark, []byte("\xff\xfe")):
		name, from = "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(mark, []byte("\xfe\xff")):
		name, from = "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	if name == "utf-8" {
		return &Text{Reader: in, encoding: name}, nil
	}
	return &Text{
		Reader:     bufio.NewReaderSize(from.NewDecoder().Reader(in), bufferSize),
		encoding:   name,
		transcoded: true,
	}, nil
}

// Check returns ErrEncoding if b, a part of the text, was not valid in the
// encoding of the file.
func (t *Text) Check(b []byte) error {
	valid := utf8.Valid(b)
	if t.transcoded {
		valid = !bytes.Contains(b, []byte(string(utf8.RuneError)))
	}
	if !valid {
		return fmt.Errorf("the text is not valid %s; %w", t.encoding, ErrEncoding)
	}
	return nil
}

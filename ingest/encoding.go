package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// text is a file as UTF-8.
type text struct {
	*bufio.Reader
	encoding string // of the file
	decoded  bool   // from another encoding: what did not fit it is U+FFFD by now
}

var errReplacement = errors.New("this encoding cannot be decoded")

// decode in to UTF-8 without a byte order mark. A mark outranks the label, as
// the WHATWG Encoding Standard (section 6) has it.
func decode(in *bufio.Reader, label string) (*text, error) {
	var (
		from encoding.Encoding
		name = "utf-8"
		err  error
	)
	if label != "" {
		if from, err = htmlindex.Get(label); err != nil {
			return nil, fmt.Errorf("encoding %q is not known; try utf-8, windows-1250, iso-8859-2 or utf-16le", label)
		}
		if name, err = htmlindex.Name(from); err != nil {
			return nil, fmt.Errorf("encoding %q: %w", label, err)
		}
		if name == "replacement" {
			return nil, fmt.Errorf("encoding %q: %w", label, errReplacement)
		}
	}
	mark, err := in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		name = "utf-8"
		if _, err := in.Discard(3); err != nil {
			return nil, err
		}
	case bytes.HasPrefix(mark, []byte("\xff\xfe")):
		name, from = "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(mark, []byte("\xfe\xff")):
		name, from = "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	if name == "utf-8" {
		return &text{Reader: in, encoding: name}, nil
	}
	return &text{
		Reader:   bufio.NewReaderSize(from.NewDecoder().Reader(in), bufferSize),
		encoding: name,
		decoded:  true,
	}, nil
}

// check that all of b was valid in the file's encoding.
func (t *text) check(b []byte) error {
	valid := utf8.Valid(b)
	if t.decoded {
		valid = !bytes.Contains(b, []byte(string(utf8.RuneError)))
	}
	if !valid {
		return fmt.Errorf("the text is not valid %s; give the file's encoding with --encoding", t.encoding)
	}
	return nil
}

package osm

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// ErrFormat reports a file that is not an extract.
var ErrFormat = errors.New("this is no OpenStreetMap extract")

// detect recognises the format by the first bytes and reads the bound.
func (f *File) detect() error {
	info, err := f.file.Stat()
	if err != nil {
		return fmt.Errorf("open extract: %w", err)
	}
	if info.IsDir() {
		return fmt.Errorf("%w but a directory", ErrFormat)
	}
	f.size = info.Size()
	head := make([]byte, 512)
	n, err := io.ReadFull(f.file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read extract: %w", err)
	}
	head = head[:n]
	if _, err := f.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read extract: %w", err)
	}
	text := bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	switch {
	case n == 0:
		return fmt.Errorf("%w: it is empty", ErrFormat)
	case bytes.HasPrefix(head, []byte("PMTiles")):
		return fmt.Errorf("%w but an archive of tiles (PMTiles)", ErrFormat)
	case bytes.HasPrefix(head, []byte("\x1f\x8b")), bytes.HasPrefix(head, []byte("BZh")), bytes.HasPrefix(head, []byte("\xfd7zXZ")), bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return fmt.Errorf("%w, or a compressed one: decompress it first", ErrFormat)
	case bytes.HasPrefix(head, []byte("\xd7")) || bytes.HasPrefix(text, []byte("o5m")):
		return fmt.Errorf("%w of a known kind: convert it to .osm.pbf", ErrFormat)
	case n > 16 && bytes.Contains(head[:min(n, 64)], []byte("OSMHeader")):
		var p pbf
		f.scan = p.scan
		f.bound, err = readBound(f.file)
		return err
	case bytes.HasPrefix(bytes.TrimSpace(text), []byte("<")) && bytes.Contains(text, []byte("<osm ")):
		f.scan, f.bound = scanXML, boundOfXML(f.file)
		return nil
	case bytes.Contains(text, []byte("<osmChange")):
		return fmt.Errorf("%w but a file of changes", ErrFormat)
	case utf8.Valid(trimPartial(text)):
		return fmt.Errorf("%w but another text file; .osm.pbf and .osm are read", ErrFormat)
	}
	return fmt.Errorf("%w; .osm.pbf and .osm are read", ErrFormat)
}

// trimPartial removes a character that is cut off at the end.
func trimPartial(b []byte) []byte {
	for i := 0; i < utf8.UTFMax && len(b) > 0 && !utf8.Valid(b); i++ {
		b = b[:len(b)-1]
	}
	return b
}

// empty is the bound of nothing.
func empty() orb.Bound { return orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}} }

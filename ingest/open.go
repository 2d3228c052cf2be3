package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/pinezka/pinezka/ingest/csv"
	"github.com/pinezka/pinezka/ingest/geojson"
	"github.com/pinezka/pinezka/ingest/record"
)

// Format is the format of a file. The zero value means that Open detects it.
type Format string

// The formats.
const (
	CSV     Format = "csv" // also with semicolons, tabs or bars
	GeoJSON Format = "geojson"
)

// Options are the options of Open. A zero value means that Open detects the
// value.
type Options struct {
	Format    Format // default: by the extension, else by the content
	Delimiter rune   // of CSV, in ASCII; default: that of a line such as "sep=;", or the most frequent of , ; tab and | in the header
	SkipRows  int    // of CSV: number of lines above the header
	Encoding  string // WHATWG label, such as "windows-1250"; default UTF-8; a byte order mark takes precedence
}

const (
	peekSize   = 512
	bufferSize = 64 << 10
)

// Open returns the reader for the file with this name and content. It
// decompresses gzip, which it detects by its first bytes. It reads the header
// but no record, and does not close r.
//
// Extensions: .csv and .tsv are CSV; .geojson, .json, .geojsonl, .geojsons and
// .ndjson are GeoJSON; any of them can be followed by .gz. Files with another
// extension, such as .txt, are GeoJSON if they begin with a brace, else CSV.
func Open(name string, r io.Reader, opt Options) (record.Reader, error) {
	reader, err := open(name, r, opt)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path.Base(name), err)
	}
	return reader, nil
}

func open(name string, r io.Reader, opt Options) (record.Reader, error) {
	in, err := decompress(r)
	if err != nil {
		return nil, err
	}
	text, err := record.Decode(in, opt.Encoding)
	if err != nil {
		return nil, err
	}
	head, err := text.Peek(peekSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the beginning: %w", err)
	}
	ext := path.Ext(strings.TrimSuffix(strings.ToLower(name), ".gz"))
	format, err := detect(ext, head, opt.Format)
	if err != nil {
		return nil, err
	}
	switch format {
	case CSV:
		if ext == ".tsv" && opt.Delimiter == 0 {
			opt.Delimiter = '\t'
		}
		return csv.NewReader(text, csv.Options{Delimiter: opt.Delimiter, SkipRows: opt.SkipRows})
	case GeoJSON:
		return geojson.NewReader(text)
	default:
		return nil, fmt.Errorf("format %q is not one of %q", format, []Format{CSV, GeoJSON})
	}
}

// decompress returns the content of r, which may be compressed with gzip.
func decompress(r io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(r, bufferSize)
	magic, err := in.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err //nolint:wrapcheck // Open names the file
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return in, nil
	}
	return newGzipReader(in)
}

// detect returns the stated format, or else the format of the extension, or
// else that of the beginning of the content.
func detect(ext string, head []byte, stated Format) (Format, error) {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "", errors.New("this is a ZIP or Excel file; unpack it, or save it as CSV")
	case bytes.IndexByte(head, 0) >= 0:
		return "", fmt.Errorf("this is not text; if it is UTF-16 (utf-16le or utf-16be), %w", record.ErrEncoding)
	case stated != "":
		return stated, nil
	}
	switch ext {
	case ".csv", ".tsv":
		return CSV, nil
	case ".geojson", ".json", ".geojsonl", ".geojsons", ".ndjson":
		return GeoJSON, nil
	}
	switch trimmed := bytes.TrimLeft(head, " \t\r\n\x1e"); {
	case bytes.HasPrefix(trimmed, []byte("{")):
		return GeoJSON, nil
	case bytes.HasPrefix(trimmed, []byte("<")):
		return "", errors.New("this is XML or HTML, which cannot be imported; save it as CSV or GeoJSON")
	}
	return CSV, nil
}

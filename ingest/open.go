package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Format of a file.
type Format string

// The formats. The zero value is found out from the name, then the content.
const (
	CSV     Format = "csv" // also with semicolons, tabs or bars
	GeoJSON Format = "geojson"
)

// Options of Open. The zero value finds everything out.
type Options struct {
	Format    Format // default: by the name's extension, else by the content
	Delimiter rune   // of CSV, ASCII; default: of , ; tab | the most frequent in the header
	Encoding  string // WHATWG label such as "windows-1250"; default UTF-8; a byte order mark outranks it
}

const (
	peekSize   = 512
	bufferSize = 64 << 10
)

// Open answers the reader that fits the file called name. It unpacks gzip,
// which it knows by its first bytes. It reads the header but no record, and
// does not close r.
//
// Extensions: .csv and .tsv are CSV; .geojson, .json, .geojsonl, .geojsons and
// .ndjson are GeoJSON; any of them may be followed by .gz. All others, .txt
// among them, are GeoJSON if they begin with a brace and CSV if not.
func Open(name string, r io.Reader, opt Options) (Reader, error) {
	reader, err := open(name, r, opt)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path.Base(name), err)
	}
	return reader, nil
}

func open(name string, r io.Reader, opt Options) (Reader, error) {
	in, err := unpack(r)
	if err != nil {
		return nil, err
	}
	text, err := decode(in, opt.Encoding)
	if err != nil {
		return nil, err
	}
	head, err := text.Peek(peekSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	format, err := detect(name, head, opt.Format)
	if err != nil {
		return nil, err
	}
	switch format {
	case GeoJSON:
		return newGeoJSON(text)
	case CSV:
		delimiter := opt.Delimiter
		if delimiter == 0 && extension(name) == ".tsv" {
			delimiter = '\t'
		}
		return newCSV(text, delimiter)
	default:
		return nil, fmt.Errorf("format %q is not one of %q", format, []Format{CSV, GeoJSON})
	}
}

// unpack gzip if it is that.
func unpack(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, bufferSize)
	magic, err := in.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return in, nil
	}
	unzipped, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	return bufio.NewReaderSize(unzipped, bufferSize), nil
}

func detect(name string, head []byte, explicit Format) (Format, error) {
	trimmed := bytes.TrimLeft(head, " \t\r\n\x1e")
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "", errors.New("this is a ZIP or Excel file; unpack it, or save it as CSV")
	case bytes.IndexByte(head, 0) >= 0:
		return "", errors.New("this is not text; if it is UTF-16, give --encoding utf-16le or utf-16be")
	case explicit != "":
		return explicit, nil
	}
	switch extension(name) {
	case ".csv", ".tsv":
		return CSV, nil
	case ".geojson", ".json", ".geojsonl", ".geojsons", ".ndjson":
		return GeoJSON, nil
	}
	switch {
	case bytes.HasPrefix(trimmed, []byte("{")):
		return GeoJSON, nil
	case bytes.HasPrefix(trimmed, []byte("<")):
		return "", errors.New("this is XML or HTML, which cannot be imported; save it as CSV or GeoJSON")
	}
	return CSV, nil
}

// extension of the name in lower case, that of compression left out.
func extension(name string) string {
	return path.Ext(strings.TrimSuffix(strings.ToLower(name), ".gz"))
}

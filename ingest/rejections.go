package ingest

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/ingest/geojson"
	"github.com/pinezka/pinezka/ingest/record"
)

// Rejection reports that a record was not imported.
type Rejection struct {
	Record record.Record // valid until the next Read of its reader
	Err    error         // the reason in one line: civic.Faults, perhaps UnknownValues, or the Err of the record; it quotes no value
}

// RejectionWriter writes rejected records, each preceded by its row and the
// reason, in the format of their file, so that they can be corrected and
// imported again in the same way.
type RejectionWriter interface {
	// Write writes a record, which can lack values.
	Write(r record.Record, reason string) error

	// Flush writes what is buffered and returns the first error of all writes.
	Flush() error

	// Close writes the end and flushes. It does not close the file.
	Close() error
}

// NewRejectionWriter returns a writer to w of the records of a reader that Open
// has returned.
func NewRejectionWriter(w io.Writer, r record.Reader) RejectionWriter {
	if _, ok := r.(*geojson.Reader); ok {
		return &featureWriter{w: w}
	}
	rows := &rowWriter{csv: csv.NewWriter(w), columns: r.Columns()}
	if delimited, ok := r.(interface{ Delimiter() rune }); ok {
		rows.csv.Comma = delimited.Delimiter()
	}
	if slices.Equal(rows.columns[:min(2, len(rows.columns))], []string{"row", "reason"}) {
		rows.skip = 2 // the file itself contains rejected rows
	}
	_ = rows.csv.Write(append([]string{"row", "reason"}, rows.columns[rows.skip:]...)) // Flush returns the error
	return rows
}

// RejectionsExtension returns the extension of the name of a file of rejected
// records, ".csv" or ".geojson".
func RejectionsExtension(r record.Reader) string {
	if _, ok := r.(*geojson.Reader); ok {
		return ".geojson"
	}
	return ".csv"
}

// IsRejections reports whether a file that begins with head was written by a
// RejectionWriter, also by that of earlier versions.
func IsRejections(head []byte) bool {
	head = bytes.TrimLeft(head, "\ufeff\n")
	return bytes.HasPrefix(head, []byte(featuresBegin)) || rowsBegin.Match(head)
}

var rowsBegin = regexp.MustCompile(`^row[^\w\n"](external_id,)?reason\b`)

// rowWriter writes rejected rows as CSV.
type rowWriter struct {
	csv     *csv.Writer
	columns []string
	skip    int // number of columns that are not written again
}

func (w *rowWriter) Write(r record.Record, reason string) error {
	fields := []string{strconv.Itoa(r.Row), EscapeFormula(reason)}
	for _, value := range r.Values[min(w.skip, len(r.Values)):] {
		fields = append(fields, EscapeFormula(value))
	}
	if err := w.csv.Write(fields); err != nil {
		return fmt.Errorf("report rejections: %w", err)
	}
	return nil
}

func (w *rowWriter) Flush() error {
	w.csv.Flush()
	if err := w.csv.Error(); err != nil {
		return fmt.Errorf("report rejections: %w", err)
	}
	return nil
}

func (w *rowWriter) Close() error { return w.Flush() }

const (
	featuresBegin = `{"type":"FeatureCollection","name":"rejected features","features":[`
	featuresEnd   = "\n]}\n"
)

// featureWriter writes rejected features as GeoJSON, with the foreign members
// row and reason.
type featureWriter struct {
	w   io.Writer
	n   int   // number of features written
	err error // the first
}

func (w *featureWriter) Write(r record.Record, reason string) error {
	text, err := json.Marshal(reason)
	if err != nil {
		return fmt.Errorf("encode the reason: %w", err)
	}
	feature := withoutReason(r.Source)
	switch {
	case len(feature) == 0:
		feature = []byte(`{"type":"Feature","properties":null,"geometry":null}`)
	case feature[0] != '{' || !json.Valid(feature):
		source, err := json.Marshal(strings.ToValidUTF8(string(feature), "\ufffd"))
		if err != nil {
			return fmt.Errorf("encode the feature: %w", err)
		}
		feature = fmt.Appendf(nil, `{"type":"Feature","properties":{"source":%s},"geometry":null}`, source)
	}
	comma := ","
	if len(bytes.TrimSpace(feature)) == len("{}") {
		comma = ""
	}
	separator := ",\n"
	if w.n == 0 {
		separator = featuresBegin + "\n"
	}
	w.n++
	w.print(fmt.Sprintf(`%s{"row":%d,"reason":%s%s%s`, separator, r.Row, text, comma, bytes.TrimSpace(feature[1:])))
	return w.err
}

var reasonPattern = regexp.MustCompile(`^\{"row":\d+,"reason":"(?:[^"\\]|\\.)*",?`)

// withoutReason returns a feature without the members that an earlier Write has
// added.
func withoutReason(feature []byte) []byte {
	added := reasonPattern.Find(feature)
	if len(added) == 0 {
		return feature
	}
	return append([]byte{'{'}, feature[len(added):]...)
}

func (w *featureWriter) print(s string) {
	if w.err == nil {
		if _, err := io.WriteString(w.w, s); err != nil {
			w.err = fmt.Errorf("report rejections: %w", err)
		}
	}
}

func (w *featureWriter) Flush() error { return w.err }

func (w *featureWriter) Close() error {
	if w.n == 0 {
		w.print(featuresBegin)
	}
	w.print(featuresEnd)
	return w.err
}

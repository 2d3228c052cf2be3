package ingest

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// Rejection reports that a record was not imported. It contains no value of the
// record except its id.
type Rejection struct {
	Row        int
	ExternalID string // "" if there is none, or if it may be an e-mail address
	Reason     string // in English, on one line; faults are separated by semicolons
}

const maxID = 100 // characters of a Rejection.ExternalID

// safeID returns an id for a rejection: on one line, shortened, and "" if it
// may be an e-mail address.
func safeID(id string) string {
	id = strings.Join(strings.FieldsFunc(id, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsGraphic(r)
	}), " ")
	if strings.ContainsAny(id, "@＠") {
		return ""
	}
	if r := []rune(id); len(r) > maxID {
		id = string(r[:maxID]) + "…"
	}
	return id
}

// RejectionWriter writes rejections as CSV with the header
// "row,external_id,reason".
type RejectionWriter struct{ csv *csv.Writer }

// NewRejectionWriter returns a writer to w and writes the header. Flush must be
// called at the end.
func NewRejectionWriter(w io.Writer) *RejectionWriter {
	r := &RejectionWriter{csv.NewWriter(w)}
	_ = r.csv.Write([]string{"row", "external_id", "reason"}) // Flush returns the error
	return r
}

// Write writes a rejection.
func (w *RejectionWriter) Write(r Rejection) error {
	err := w.csv.Write([]string{strconv.Itoa(r.Row), escapeFormula(r.ExternalID), escapeFormula(r.Reason)})
	return err //nolint:wrapcheck // Run says which rejection it reports
}

// Flush writes what is buffered and returns the first error of all writes.
func (w *RejectionWriter) Flush() error {
	w.csv.Flush()
	if err := w.csv.Error(); err != nil {
		return fmt.Errorf("report rejections: %w", err)
	}
	return nil
}

package ingest

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// Rejection of a record. It holds no text of the record but its id.
type Rejection struct {
	Row        int
	ExternalID string // "" if there is none, or if it looks like an e-mail address
	Reason     string // one sentence in English, several faults joined by semicolons
}

const maxID = 100 // characters of an id in a rejection

// safeID is id as a rejection may hold it.
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

// RejectionWriter writes rejections as CSV with the header row,external_id,reason.
type RejectionWriter struct{ csv *csv.Writer }

// WriteRejections to w. The header is written at once. Call Flush at the end.
func WriteRejections(w io.Writer) *RejectionWriter {
	r := &RejectionWriter{csv.NewWriter(w)}
	_ = r.csv.Write([]string{"row", "external_id", "reason"}) // an error stays and is met again by Flush
	return r
}

// Write one rejection. It can serve as Run's rejected.
func (w *RejectionWriter) Write(r Rejection) error {
	return w.csv.Write([]string{strconv.Itoa(r.Row), noFormula(r.ExternalID), noFormula(r.Reason)})
}

// Flush what is written and answer the first error there was.
func (w *RejectionWriter) Flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// noFormula keeps spreadsheets from running s, by the apostrophe that OWASP
// advises against CSV injection.
func noFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

package desk

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

const auditExport = 5000 // entries that are read at once for a file

// auditWriter writes the record as a file, entry by entry. Flush writes what is
// buffered, after the last one.
type auditWriter interface {
	Write(e civic.StaffEntry) error
	Flush() error
}

// auditFile returns the handler of the record as a file.
func (h handlers) auditFile(extension, mediaType string, begin func(a at, out io.Writer) (auditWriter, error)) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		a, err := h.audited(r)
		if err != nil {
			return err
		}
		query, err := auditQuery(r.URL.Query(), a.d)
		if err != nil {
			return err
		}
		query.Limit = auditExport
		entries, err := h.Store.SearchAudit(r.Context(), a.d, query)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", mediaType)
		w.Header().Set("Content-Disposition", `attachment; filename="audit-`+a.d.Slug+extension+`"`)
		w.Header().Set("Cache-Control", serve.PrivateNoStore)
		file, err := begin(a, w)
		if err != nil {
			return err
		}
		for len(entries) > 0 {
			for _, e := range entries {
				if err := file.Write(e); err != nil {
					return err
				}
			}
			if len(entries) < auditExport {
				break
			}
			query.Before = entries[len(entries)-1].ID
			if entries, err = h.Store.SearchAudit(r.Context(), a.d, query); err != nil {
				return err
			}
		}
		return file.Flush()
	}
}

// auditLines writes an entry a line, as JSON.
type auditLines struct{ *json.Encoder }

// auditRecord is an entry of the record as JSON.
type auditRecord struct {
	ID     int64     `json:"id"`
	At     time.Time `json:"at"`
	Actor  string    `json:"actor"` // kind
	Name   string    `json:"name,omitempty"`
	Action string    `json:"action"`
	Thing  int64     `json:"thing,omitempty"`
	Import int32     `json:"import,omitempty"`
	Before string    `json:"before,omitempty"`
	After  string    `json:"after,omitempty"`
	Reason string    `json:"reason,omitempty"`
}

func newAuditLines(_ at, out io.Writer) (auditWriter, error) {
	return auditLines{json.NewEncoder(out)}, nil
}

func (w auditLines) Write(e civic.StaffEntry) error {
	err := w.Encode(auditRecord{e.ID, e.At.UTC(), e.ActorKind.String(), cmp.Or(e.Name, e.ActorName), e.Action.String(), e.ThingID, e.ImportID, e.Before, e.After, e.Reason})
	if err != nil {
		return fmt.Errorf("write an entry: %w", err)
	}
	return nil
}

func (auditLines) Flush() error { return nil }

// auditTable writes a row for each entry, in the words of the page.
type auditTable struct {
	*sheets.CSVWriter

	at   at
	zone *time.Location
}

func newAuditTable(a at, out io.Writer) (auditWriter, error) {
	var columns []sheets.Column
	for _, key := range []string{"file.entry", "file.day", "file.time", "actor", "action", "thing", "file.import", "file.before", "file.after", "file.reason"} {
		columns = append(columns, sheets.Column{Name: a.reader.Text("audit_page." + key)})
	}
	w, err := sheets.NewCSVWriter(out, a.reader.Messages, columns)
	return auditTable{w, a, zoneOf(a.d)}, err
}

func (w auditTable) Write(e civic.StaffEntry) error {
	optional := func(n int64) any {
		if n == 0 {
			return nil
		}
		return n
	}
	state := func(name string) string {
		if key := stateKey(name); key != "" {
			return w.at.reader.Text(key)
		}
		return name
	}
	return w.CSVWriter.Write(
		e.ID, w.at.d.DayOf(e.At), e.At.In(w.zone).Format("15:04:05 -07:00"), whoOf(w.at, e), w.at.reader.Text("audit."+e.Action.String()),
		optional(e.ThingID), optional(int64(e.ImportID)), state(e.Before), state(e.After), w.at.reader.Said(e.Reason, e.ReasonIn),
	)
}

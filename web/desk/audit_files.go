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

// maxAuditRows is the number of entries that a file can have which is made as a
// whole before it is sent. The others are sent entry by entry.
const maxAuditRows = 100_000

// auditEntries calls do for every entry of a file, until it returns an error.
type auditEntries func(do func(civic.StaffEntry) error) error

// auditWriter writes the record as a file.
type auditWriter func(a at, out io.Writer, each auditEntries) error

// auditFile returns the handler of the record as a file.
func (h handlers) auditFile(extension, mediaType string, write auditWriter) serve.Handler {
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
		ctx := r.Context()
		entries, err := h.Store.SearchAudit(ctx, a.d, query)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", mediaType)
		w.Header().Set("Content-Disposition", `attachment; filename="audit-`+a.d.Slug+extension+`"`)
		w.Header().Set("Cache-Control", serve.PrivateNoStore)
		err = write(a, w, func(do func(civic.StaffEntry) error) error {
			for len(entries) > 0 {
				for _, e := range entries {
					if err := do(e); err != nil {
						return err
					}
				}
				if len(entries) < auditExport {
					break
				}
				query.Before = entries[len(entries)-1].ID
				if entries, err = h.Store.SearchAudit(ctx, a.d, query); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			w.Header().Del("Content-Disposition")
		}
		return err
	}
}

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

// writeAuditLines writes an entry a line, as JSON.
func writeAuditLines(_ at, out io.Writer, each auditEntries) error {
	w := json.NewEncoder(out)
	return each(func(e civic.StaffEntry) error {
		err := w.Encode(auditRecord{e.ID, e.At.UTC(), e.ActorKind.String(), cmp.Or(e.Name, e.ActorName), e.Action.String(), e.ThingID, e.ImportID, e.Before, e.After, e.Reason})
		if err != nil {
			return fmt.Errorf("write an entry: %w", err)
		}
		return nil
	})
}

// auditColumns returns the columns of the record as a table.
func auditColumns(a at) (columns []sheets.Column) {
	for _, key := range []string{"file.entry", "file.day", "file.time", "actor", "action", "thing", "file.import", "file.before", "file.after", "file.reason"} {
		columns = append(columns, sheets.Column{Name: a.reader.Text("audit_page." + key), Description: a.reader.Text("audit_page." + key + ".means")})
	}
	return columns
}

// auditRow returns the row of an entry, in the words of the page.
func auditRow(a at, zone *time.Location, e civic.StaffEntry) []any {
	optional := func(n int64) any {
		if n == 0 {
			return nil
		}
		return n
	}
	state := func(name string) string {
		if key := stateKey(name); key != "" {
			return a.reader.Text(key)
		}
		return name
	}
	return []any{
		e.ID, civic.DayOf(e.At.In(zone)), e.At.In(zone).Format("15:04:05 -07:00"), whoOf(a, e), a.reader.Text("audit." + e.Action.String()),
		optional(e.ThingID), optional(int64(e.ImportID)), state(e.Before), state(e.After), a.reader.Said(e.Reason, e.ReasonIn),
	}
}

// writeAuditCSV writes a row for each entry.
func writeAuditCSV(a at, out io.Writer, each auditEntries) error {
	w, err := sheets.NewCSVWriter(out, a.reader.Messages, auditColumns(a))
	if err != nil {
		return err
	}
	zone := a.d.Zone()
	if err := each(func(e civic.StaffEntry) error { return w.Write(auditRow(a, zone, e)...) }); err != nil {
		return err
	}
	return w.Flush()
}

// writeAuditXLSX writes the same with a sheet that says what each column is.
func writeAuditXLSX(a at, out io.Writer, each auditEntries) error {
	f := sheets.File{Table: sheets.Table{Title: a.reader.Text("audit_page.heading"), Columns: auditColumns(a)}, Note: a.reader.Text("audit_page.lead")}
	zone, n := a.d.Zone(), 0
	return f.StreamXLSX(out, a.reader.Messages, func(write func(row ...any) error) error {
		return each(func(e civic.StaffEntry) error {
			if n++; n > maxAuditRows {
				return &serve.Problem{
					Status: http.StatusUnprocessableEntity, Title: "Too many entries", Page: "audit_too_many",
					Detail: fmt.Sprintf("such a file can have %d entries; choose fewer by conditions, or another format", maxAuditRows),
				}
			}
			return write(auditRow(a, zone, e)...)
		})
	})
}

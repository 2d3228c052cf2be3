package desk

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

const (
	auditPage   = 100
	auditExport = 5000 // entries that are read at once for a file
)

// auditView is the data of the template audit.html.
type auditView struct {
	Desk, Path       string
	Entries          []auditEntry
	Actions          []page.Option
	Thing, Actor     string
	From, Until      string
	Next, CSV, JSONL string
}

type auditEntry struct {
	entry
	ID    int64
	Thing int64
	URL   string
}

// auditQuery returns the query in the address of a request.
func auditQuery(q url.Values, d *civic.District) (out civic.AuditQuery, err error) {
	out = civic.AuditQuery{Actor: strings.TrimSpace(q.Get("actor")), Limit: auditPage + 1}
	if name := q.Get("action"); name != "" {
		if out.Action, err = civic.ParseAction(name); err != nil {
			return out, err
		}
	}
	zone, err := time.LoadLocation(d.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	number := func(name string) (n int64) {
		if value := q.Get(name); value != "" && err == nil {
			if n = parseID(value); n == 0 {
				err = fmt.Errorf("%s %q: %w", name, value, civic.ErrInvalid)
			}
		}
		return n
	}
	day := func(name string) (t time.Time) {
		if value := q.Get(name); value != "" && err == nil {
			var parseErr error
			if t, parseErr = time.ParseInLocation(time.DateOnly, value, zone); parseErr != nil {
				err = fmt.Errorf("%s %q: %w", name, value, civic.ErrInvalid)
			}
		}
		return t
	}
	err = nil
	out.ThingID, out.Before = number("thing"), number("before")
	out.From, out.Until = day("from"), day("until")
	if !out.Until.IsZero() {
		out.Until = out.Until.AddDate(0, 0, 1)
	}
	return out, err
}

// audit shows the record of the district.
func (h handlers) audit(w http.ResponseWriter, r *http.Request) error {
	a, err := h.audited(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	query, err := auditQuery(q, a.d)
	if err != nil {
		return err
	}
	entries, err := h.Store.SearchAudit(r.Context(), a.d, query)
	if err != nil {
		return err
	}
	desk := "/d/" + a.d.Slug + "/desk"
	view := auditView{Desk: desk, Path: desk + "/audit", Thing: q.Get("thing"), Actor: query.Actor, From: q.Get("from"), Until: q.Get("until")}
	chosen := serve.Pick(q, "action", "thing", "actor", "from", "until")
	view.CSV, view.JSONL = serve.WithQuery(view.Path+".csv", chosen), serve.WithQuery(view.Path+".jsonl", chosen)
	if len(entries) > auditPage {
		entries = entries[:auditPage]
		chosen.Set("before", strconv.FormatInt(entries[auditPage-1].ID, 10))
		view.Next = serve.WithQuery(view.Path, chosen)
	}
	var told thingView
	told.tell(a, civic.QueueItem{}, entries)
	for i, e := range entries {
		shown := auditEntry{entry: told.History[i], ID: e.ID, Thing: e.ThingID}
		if e.ThingID != 0 {
			shown.URL = fmt.Sprintf("%s/%d", desk, e.ThingID)
		}
		view.Entries = append(view.Entries, shown)
	}
	for _, action := range civic.Actions() {
		view.Actions = append(view.Actions, page.Option{Value: action.String(), Label: a.reader.Text("audit." + action.String()), Chosen: action == query.Action})
	}
	p := h.Pages.Page(r, a.d, view)
	p.Title, p.Private, p.Form = a.reader.Text("title.audit", "name", p.Name), true, true
	return h.Pages.Render(w, r, http.StatusOK, "audit", p)
}

// audited returns where and who a request is that may see the record.
func (h handlers) audited(r *http.Request) (at, error) {
	v, err := h.District(r)
	if err != nil {
		return at{}, err
	}
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return at{}, err
	}
	a := at{v: v, d: &v.District, actor: actor, reader: h.Pages.Reader(r, &v.District)}
	return a, civic.Can(actor, civic.SeeAudit, civic.Thing{DistrictID: a.d.ID}, h.Now())
}

// auditRecord is an entry of the record in a file.
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

// auditFile returns the handler of the record as a file, whose entries write
// writes one by one.
func (h handlers) auditFile(extension, mediaType string, begin func(io.Writer) func(auditRecord) error) serve.Handler {
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
		write := begin(w)
		for len(entries) > 0 {
			for _, e := range entries {
				record := auditRecord{
					e.ID, e.At.UTC(), e.ActorKind.String(), cmp.Or(e.Name, e.ActorName), e.Action.String(), e.ThingID, e.ImportID, e.Before, e.After, e.Reason,
				}
				if err := write(record); err != nil {
					return err
				}
			}
			if len(entries) < auditExport {
				return nil
			}
			query.Before = entries[len(entries)-1].ID
			if entries, err = h.Store.SearchAudit(r.Context(), a.d, query); err != nil {
				return err
			}
		}
		return nil
	}
}

// auditJSONL writes an entry a line.
func auditJSONL(w io.Writer) func(auditRecord) error {
	encoder := json.NewEncoder(w)
	return func(r auditRecord) error {
		if err := encoder.Encode(r); err != nil {
			return fmt.Errorf("write an entry: %w", err)
		}
		return nil
	}
}

// auditCSV writes a row for each entry below a header.
func auditCSV(w io.Writer) func(auditRecord) error {
	out := csv.NewWriter(w)
	write := func(row ...string) error {
		_ = out.Write(row) // Error returns it
		out.Flush()
		if err := out.Error(); err != nil {
			return fmt.Errorf("write an entry: %w", err)
		}
		return nil
	}
	headed := false
	return func(r auditRecord) error {
		if !headed {
			headed = true
			if err := write("id", "at", "actor", "name", "action", "thing", "import", "before", "after", "reason"); err != nil {
				return err
			}
		}
		optional := func(n int64) string {
			if n == 0 {
				return ""
			}
			return strconv.FormatInt(n, 10)
		}
		return write(strconv.FormatInt(r.ID, 10), r.At.Format(time.RFC3339), r.Actor, ingest.EscapeFormula(r.Name), r.Action, optional(r.Thing), optional(int64(r.Import)),
			r.Before, r.After, ingest.EscapeFormula(r.Reason))
	}
}

package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

const auditPage = 100 // entries

// auditView is the data of the template audit.html.
type auditView struct {
	Desk, Path             string
	Entries                []auditEntry
	Actions                []page.Option
	Thing, Actor           string
	From, Until            string
	Next, CSV, XLSX, JSONL string
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
	zone := d.Zone()
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
	view.CSV, view.XLSX, view.JSONL = serve.WithQuery(view.Path+".csv", chosen), serve.WithQuery(view.Path+".xlsx", chosen), serve.WithQuery(view.Path+".jsonl", chosen)
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
	a, err := h.atUnfiltered(r)
	if err != nil {
		return a, err
	}
	return a, civic.Can(a.actor, civic.SeeAudit, civic.Thing{DistrictID: a.d.ID}, h.Now())
}

// Package desk serves the page at which the staff of a district decide about what
// residents say: what needs them today, the queue, and one thing at a time beside
// it, with what can be done about it.
package desk

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/duplicates"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// Files contains the templates and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the desk needs of the database.
type Store interface {
	Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error)
	DeskQueue(ctx context.Context, d *civic.District, actor civic.Actor, q civic.QueueQuery) ([]civic.QueueItem, error)
	CountQueues(ctx context.Context, d *civic.District, actor civic.Actor, areas []int32, now time.Time) (civic.QueueCounts, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
	DeskItem(ctx context.Context, d *civic.District, id int64) (civic.QueueItem, error)
	NearPins(ctx context.Context, d *civic.District, item civic.QueueItem, areas []int32) ([]duplicates.Report, error)
	LookAt(ctx context.Context, d *civic.District, actor civic.Actor, thing int64, atMost time.Duration) ([]string, error)
	LookAway(ctx context.Context, d *civic.District, actor civic.Actor, thing int64) error
	ReportsOn(ctx context.Context, d *civic.District, thing int64) ([]civic.OpenReport, error)
	StaffHistory(ctx context.Context, d *civic.District, thing int64, limit int) ([]civic.StaffEntry, error)
	SearchAudit(ctx context.Context, d *civic.District, q civic.AuditQuery) ([]civic.StaffEntry, error)
	GivenRoles(ctx context.Context, d *civic.District, limit int) ([]civic.GivenRole, error)
	DeadMails(ctx context.Context, d *civic.District) ([]civic.DeadMail, error)
	Pin(ctx context.Context, d *civic.District, id int64) (civic.Pin, error)
	UpdateTemplates(ctx context.Context, d *civic.District, status civic.Status, category int32) ([]civic.UpdateTemplate, error)
	ImprovementWords(ctx context.Context, d *civic.District, thing int64) ([]string, error)
	MailQuestion(ctx context.Context, d *civic.District, token string) (civic.Question, error)
	AnswerByMail(ctx context.Context, d *civic.District, token, text string) error
	MailDecision(ctx context.Context, d *civic.District, token string) (civic.Decision, error)
	ObjectByMail(ctx context.Context, d *civic.District, token, text string) error
}

// Config configures the handlers. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Maps  *maps.Maps
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of the desk.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	audit := serve.Parameters{Single: []string{"action", "thing", "actor", "from", "until", "before"}}
	presence := serve.Page("POST", "/d/{district}/desk/{id}/presence", serve.For(civic.SeeDesk), serve.Write, h.presence)
	presence.Errors, presence.Unattended = serve.JSON, true
	filters := serve.Parameters{Single: []string{"queue", "area", "category", "flag", "after", "done", "last", "n"}}
	return []serve.Route{
		serve.Page("GET", "/d/{district}/desk", serve.For(civic.SeeDesk), serve.Read, h.today).WithQuery(filters),
		serve.Page("POST", "/d/{district}/desk", serve.For(civic.SeeDesk), serve.Write, h.actOnMany).WithQuery(filters),
		serve.Page("GET", "/d/{district}/desk/audit", serve.For(civic.SeeAudit), serve.Read, h.audit).WithQuery(audit),
		serve.Page("GET", "/d/{district}/desk/audit.csv", serve.For(civic.SeeAudit), serve.Read, h.auditFile(".csv", sheets.CSV.MediaType(), writeAuditCSV)).WithQuery(audit),
		serve.Page("GET", "/d/{district}/desk/audit.xlsx", serve.For(civic.SeeAudit), serve.Read, h.auditFile(".xlsx", sheets.XLSX.MediaType(), writeAuditXLSX)).WithQuery(audit),
		serve.Page("GET", "/d/{district}/desk/audit.jsonl", serve.For(civic.SeeAudit), serve.Read, h.auditFile(".jsonl", "application/jsonl", writeAuditLines)).WithQuery(audit),
		serve.Page("GET", "/d/{district}/desk/{id}", serve.For(civic.SeeDesk), serve.Read, h.thing).WithQuery(filters),
		serve.Page("POST", "/d/{district}/desk/{id}", serve.For(civic.SeeDesk), serve.Write, h.act).WithQuery(filters),
		presence,
		serve.Page("GET", "/d/{district}/answer/{token}", serve.Public, serve.Read, h.question),
		serve.Page("POST", "/d/{district}/answer/{token}", serve.Public, serve.Write, h.answer),
		serve.Page("GET", "/d/{district}/object/{token}", serve.Public, serve.Read, h.decision),
		serve.Page("POST", "/d/{district}/object/{token}", serve.Public, serve.Write, h.object),
	}
}

// at is where and who a request of the staff is.
type at struct {
	v       *index.Version
	d       *civic.District
	actor   civic.Actor
	reader  *page.Reader
	filters filters
	areas   []int32 // that the actor sees; nil for all
}

// atUnfiltered returns where and who a request is, without filters and areas.
func (h handlers) atUnfiltered(r *http.Request) (at, error) {
	v, err := h.District(r)
	if err != nil {
		return at{}, err
	}
	actor, err := serve.ActorOf(r.Context())
	return at{v: v, d: &v.District, actor: actor, reader: h.Pages.Reader(r, &v.District)}, err
}

// at returns where and who a request is.
func (h handlers) at(r *http.Request) (at, error) {
	a, err := h.atUnfiltered(r)
	if err != nil {
		return a, err
	}
	a.areas = civic.AreasFor(a.actor, civic.SeeDesk, a.d.ID, h.Now())
	a.filters, err = parseFilters(r.URL.Query(), a.d)
	return a, err
}

// thingForm returns where and who a request with a form about a thing is, and the
// thing. It parses the form.
func (h handlers) thingForm(r *http.Request) (a at, item civic.QueueItem, err error) {
	if a, err = h.at(r); err != nil {
		return a, item, err
	}
	if item, err = h.item(r, a); err != nil {
		return a, item, err
	}
	if err := serve.ReadForm(r); err != nil {
		return a, item, err
	}
	return a, item, nil
}

// thingURL returns the path of a thing at the desk.
func (a at) thingURL(id int64) string { return fmt.Sprintf("/d/%s/desk/%d", a.d.Slug, id) }

// item returns the thing in the path of a request, which the actor may see at the
// desk.
func (h handlers) item(r *http.Request, a at) (civic.QueueItem, error) {
	id, err := serve.PathID(r, "thing")
	if err != nil {
		return civic.QueueItem{}, err
	}
	item, err := h.Store.DeskItem(r.Context(), a.d, id)
	if err != nil {
		return item, err
	}
	if item.Kind.Rules().Private { // which is not for moderators of what is public
		return civic.QueueItem{}, fmt.Errorf("thing %d: %w", id, civic.ErrNotFound)
	}
	return item, civic.Can(a.actor, civic.SeeDesk, item.Thing, h.Now())
}

// redirect redirects to a path of this site after a change.
func redirect(w http.ResponseWriter, path string) error {
	w.Header().Set("Location", path)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

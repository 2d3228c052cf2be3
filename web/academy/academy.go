// Package academy has what programmes and enrolments have beyond the pages that all
// kinds of things share: sessions and graduates on the page of a programme, the
// selection of those who have applied, their attendance, and certificates that anybody
// can verify.
package academy

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the templates and the texts.
//
//go:embed templates/*.html documents/*.html locales/*.json
var Files embed.FS

// Store is what the academy needs of the database.
type Store interface {
	Applicants(ctx context.Context, d *civic.District, programme int64) ([]civic.Applicant, error)
	MarkAttendance(ctx context.Context, d *civic.District, actor civic.Actor, programme int64, marks []civic.AttendanceMark) error
	Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error)
	Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
	Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error)
}

// PDF makes a PDF of a page.
type PDF interface {
	// PDF returns a tagged PDF of a page of HTML that needs no other file.
	PDF(ctx context.Context, html []byte) ([]byte, error)
}

// Config configures the pages. Every field but PDF is required where they are served.
type Config struct {
	*serve.Service
	Pages  *page.Renderer
	Store  Store
	Asking *serve.WriteLimiter // of names that are tried on certificates
	PDF    PDF                 // nil where there is nothing that makes one
}

type handlers struct{ Config }

// Programmes returns the kind of programmes with its page.
func Programmes(cfg Config) things.Kind {
	h := handlers{cfg}
	return things.Kind{
		Kind: civic.ProgrammeThing, Template: "programme_page",
		Shows: func(_ civic.Described, end civic.LinkEnd) bool { // and what is not public yet, the common lists
			return (end.Kind == civic.EventThing || end.Kind == civic.PracticumThing) && end.Publication == civic.Published
		},
		Extra: func(r *http.Request, reader *page.Reader, in things.Shown) (any, error) {
			return h.programmeView(r, reader, in)
		},
	}
}

// Enrolments returns the kind of enrolments with its page.
func Enrolments(cfg Config) things.Kind {
	h := handlers{cfg}
	return things.Kind{
		Kind: civic.EnrolmentThing, Template: "enrolment_page", Home: h.home,
		Shows: func(_ civic.Described, end civic.LinkEnd) bool { return end.Kind == civic.ProgrammeThing },
		Extra: func(r *http.Request, reader *page.Reader, in things.Shown) (any, error) {
			return h.enrolmentView(r, reader, in)
		},
	}
}

// Routes returns the routes of the academy beyond those of all things.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	const programme, enrolment = "/d/{district}/programmes/{id}", "/d/{district}/enrolments/{id}"
	selects, marks := serve.For(civic.Select).On(civic.EnrolmentThing), serve.For(civic.MarkAttendance).On(civic.ProgrammeThing)
	done := serve.Parameters{Single: []string{"done"}}
	return []serve.Route{
		serve.Page("GET", programme+"/selection", selects, serve.Read, h.selection).WithQuery(done),
		serve.Page("POST", programme+"/selection", selects, serve.Write, h.decide),
		serve.Page("GET", programme+"/attendance", marks, serve.Read, h.attendance).WithQuery(done),
		serve.Page("POST", programme+"/attendance", marks, serve.Write, h.markAttendance),
		serve.Page("GET", enrolment+"/certificate", serve.SignedIn, serve.Read, h.certificate),
		serve.Page("GET", enrolment+"/certificate.pdf", serve.SignedIn, serve.Read, h.certificatePDF),
		serve.Page("GET", "/d/{district}/certificates/{number}", serve.Public, serve.Read, h.verify),
		serve.Page("POST", "/d/{district}/certificates/{number}", serve.Public, serve.Write, h.verifyName),
	}
}

// request is what the handlers have to know of a request.
type request struct {
	d     *civic.District
	actor civic.Actor
	thing civic.Described
	says  civic.Record
}

// thing returns the thing of a kind in the path of a request. It returns
// civic.ErrNotFound for one that the actor may not know of.
func (h handlers) thing(r *http.Request, kind civic.ThingKind) (request, error) {
	v, err := h.District(r)
	if err != nil {
		return request{}, err
	}
	in := request{d: &v.District}
	if in.actor, err = serve.ActorOf(r.Context()); err != nil {
		return in, err
	}
	in.thing, in.says, err = things.KnownInPath(r, h.Store, in.d, kind, in.actor, h.Now())
	return in, err
}

// session is a session of a programme, or one of the days of a session that is a series.
type session struct {
	civic.Meeting
	Title      string
	URL        string
	Starts     civic.LocalTime
	Minutes    int
	Cancelled  bool
	StateText  string // what is said of one that is cancelled
	Where      string
	WhereLang  string
	OtherTitle string // the language of the title, if it is another than that of the reader
}

// sessions returns the public sessions of a programme by their time: each day of one that
// is a series.
func (h handlers) sessions(ctx context.Context, d *civic.District, reader *page.Reader, linked civic.Linked, programme int64) ([]session, error) {
	ids := linkedTo(linked, programme, civic.EventThing)
	if ids == nil {
		return nil, nil
	}
	found, err := h.Store.Things(ctx, d, civic.ThingQuery{Kind: civic.EventThing, Publications: []civic.Publication{civic.Published}, IDs: ids, Limit: len(ids)})
	if err != nil {
		return nil, err
	}
	var all []session
	for _, t := range found {
		says, _ := t.Content.(civic.Record)
		for _, o := range says.Occurrences() {
			s := session{
				Meeting: civic.Meeting{Session: t.ID, Day: o.Day}, Title: reader.In(says.Texts["name"]), OtherTitle: reader.OtherLanguage(says.Texts["name"]),
				URL: things.Path(d, t.Kind, t.ID), Starts: o.Starts, Minutes: int(o.Ends.Day-o.Starts.Day)*minutesOfDay + o.Ends.Minute - o.Starts.Minute,
				Cancelled: o.Cancelled || t.State == cancelled, StateText: reader.Text(things.StateKey(t.Kind, cancelled)),
				Where: reader.In(says.Texts["address"]), WhereLang: reader.OtherLanguage(says.Texts["address"]),
			}
			if says.Words["every"] != "" {
				s.URL += "?day=" + o.Day.String()
			}
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b session) int {
		return compareTimes(a.Starts, b.Starts, a.Session, b.Session)
	})
	return all, nil
}

const (
	minutesOfDay = 24 * 60
	cancelled    = civic.State("cancelled") // of an event
)

// held returns the sessions that are not cancelled.
func held(sessions []session) []session {
	return slices.DeleteFunc(slices.Clone(sessions), func(s session) bool { return s.Cancelled })
}

// attended returns those of the sessions that somebody has attended.
func attended(sessions []session, a civic.Applicant) (all []session) {
	for _, s := range sessions {
		if slices.Contains(a.Attended, s.Meeting) {
			all = append(all, s)
		}
	}
	return all
}

// linkedTo returns the things of a kind that are part of a programme.
func linkedTo(linked civic.Linked, programme int64, kind civic.ThingKind) (ids []int64) {
	for _, l := range linked.Links {
		if end := linked.Other(l, programme); l.To == programme && l.Relation == civic.PartOf && end.Kind == kind {
			ids = append(ids, end.ID)
		}
	}
	return ids
}

// programmeOf returns the programme of an enrolment.
func (h handlers) programmeOf(ctx context.Context, d *civic.District, enrolment int64) (civic.Described, error) {
	linked, err := h.Store.Links(ctx, d, []int64{enrolment})
	if err != nil {
		return civic.Described{}, err
	}
	for _, l := range linked.Links {
		if l.From == enrolment && l.Relation == civic.PartOf {
			return h.Store.Thing(ctx, d, l.To)
		}
	}
	return civic.Described{}, fmt.Errorf("the programme of enrolment %d: %w", enrolment, civic.ErrNotFound)
}

// home returns the page that somebody is shown who has enrolled and may not edit the
// enrolment: that of the programme.
func (h handlers) home(r *http.Request, d *civic.District, t civic.Thing) (path, anchor string, err error) {
	programme, err := h.programmeOf(r.Context(), d, t.ID)
	return things.Path(d, civic.ProgrammeThing, programme.ID), "enrol", err
}

// Package advice serves the participation bank beyond the common pages of things: the
// conversation about a request, which only whoever asked and the advisers know, the
// advisers with their topics and absences, and the answers that everybody may find.
package advice

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the templates and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the pages need of the database.
type Store interface {
	Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error)
	Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error)
	AdviceCase(ctx context.Context, d *civic.District, thing int64) (civic.AdviceCase, error)
	FindAnswers(ctx context.Context, d *civic.District, q civic.AnswerQuery) ([]civic.Described, error)
	Advisers(ctx context.Context, d *civic.District) ([]civic.AdvisingAccount, error)
	SetAdviser(ctx context.Context, d *civic.District, actor civic.Actor, to civic.AdviserSettings) error
}

// Config configures the pages. Every field is required where they are served.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Maps  *maps.Maps
	Store Store
}

type handlers struct{ Config }

// sentPath is the path below the requests of the page that thanks whoever has asked.
const sentPath = "sent"

// Kind returns the kind of requests for advice.
func Kind(cfg Config) things.Kind {
	h := handlers{cfg}
	return things.Kind{
		Kind: civic.AdviceThing, Template: "advice_page", Extra: h.extra, Sent: sentPath,
		OwnButtons: []civic.Action{civic.Ask, civic.Answer, civic.Advise, civic.Note, civic.Evaluate, civic.Consent, civic.HandOver},
		First:      []string{"question", "topic", "outline"}, Known: h.known,
	}
}

// Answers returns the kind of answers that everybody may read.
func Answers(cfg Config) things.Kind {
	h := handlers{cfg}
	return things.Kind{
		Kind: civic.AnswerThing, Template: "answer_page", Complete: release, Extra: askPath, Prefill: h.prefill, Prefills: []string{"of"},
		Find: h.find, Finds: []string{"q", "at"},
	}
}

// Routes returns the routes beyond those of all things.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	const pages, advisers = "/d/{district}/advice", "/d/{district}/desk/advisers"
	on := func(action civic.Action) serve.Access { return serve.For(action).On(civic.AdviceThing) }
	return []serve.Route{
		serve.Page("GET", pages+"/"+sentPath, serve.Public, serve.Read, h.sent),
		serve.Page("POST", pages+"/{id}/evaluation", serve.SignedIn, serve.Write, h.evaluate),
		serve.Page("POST", pages+"/{id}/consent", serve.SignedIn, serve.Write, h.consent),
		serve.Page("POST", pages+"/{id}/hand-over", on(civic.HandOver), serve.Write, h.handOver),
		serve.Page("GET", advisers, serve.For(civic.EditAdvisers), serve.Read, h.advisers).WithQuery(serve.Parameters{Single: []string{"done"}}),
		serve.Page("POST", advisers, serve.For(civic.EditAdvisers), serve.Write, h.setAdviser),
	}
}

// sent thanks whoever has asked without having signed in.
func (h handlers) sent(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	p := h.Pages.Page(r, d, sentView{Answers: things.Path(d, civic.AnswerThing, 0)})
	p.Title, p.Private = h.Pages.Reader(r, d).Text("title.advice_sent"), true
	return h.Pages.Render(w, r, http.StatusOK, "advice_sent", p)
}

// sentView is the data of the template advice_sent.html.
type sentView struct{ Answers string }

// mostKnown is how many answers a form shows, and a register finds.
const (
	mostKnown = 5
	mostFound = 50
)

// known returns the answers to what a draft asks, where it asks.
func (h handlers) known(r *http.Request, reader *page.Reader, v *index.Version, draft *things.Draft) (all []things.Known, err error) {
	q := civic.AnswerQuery{Words: draft.Words["question"], At: draft.Point, Limit: mostKnown}
	if outline, err := civic.ParseOutline(draft.Words["outline"]); err == nil && q.At == nil {
		centre := outline.Bound().Center()
		q.At = &centre
	}
	if q.At != nil && !civic.NewAcceptor(&v.District, 0).Contains(*q.At) {
		q.At = nil
	}
	queries := []civic.AnswerQuery{q}
	if q.At != nil { // what is there comes before what has the words and is elsewhere
		queries = append(queries, civic.AnswerQuery{At: q.At, Limit: mostKnown}, civic.AnswerQuery{Words: q.Words, Limit: mostKnown})
	}
	var found []civic.Described
	for _, q := range queries {
		some, err := h.Store.FindAnswers(r.Context(), &v.District, q)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	seen := map[int64]bool{}
	for _, t := range found {
		says, _ := t.Content.(civic.Record)
		if seen[t.ID] || len(all) == mostKnown {
			continue
		}
		seen[t.ID] = true
		all = append(all, things.Known{
			Title: reader.In(says.Texts["question"]), Lang: reader.OtherLanguage(says.Texts["question"]), Text: shorten(reader.In(says.Texts["answer"])),
			URL: things.Path(&v.District, civic.AnswerThing, t.ID),
		})
	}
	return all, nil
}

// maxShown is how many characters of an answer a list shows.
const maxShown = 240

// shorten returns the beginning of a text in Markdown, without what marks it.
func shorten(text string) string {
	text = strings.NewReplacer("**", "", "__", "", "`", "", "#", "").Replace(text)
	if said := []rune(strings.Join(strings.Fields(text), " ")); len(said) > maxShown {
		return string(said[:maxShown-1]) + "…"
	}
	return text
}

// find returns the answers for which the parameters of a register look.
func (h handlers) find(r *http.Request, v *index.Version) (ids []int64, err error) {
	q := civic.AnswerQuery{Words: r.URL.Query().Get("q"), Limit: mostFound}
	if q.Words != "" && len(words.Split(q.Words)) == 0 {
		return nil, serve.BadParameter("q", "must have a word")
	}
	if at := r.URL.Query().Get("at"); at != "" {
		lon, lat, _ := strings.Cut(at, ",")
		x, errX := strconv.ParseFloat(lon, 64)
		y, errY := strconv.ParseFloat(lat, 64)
		q.At = &orb.Point{x, y}
		if _, err := civic.LocationAt(*q.At); err != nil || errX != nil || errY != nil {
			return nil, serve.BadParameter("at", "must be a longitude and a latitude, such as 19.95,50.04")
		}
	}
	found, err := h.Store.FindAnswers(r.Context(), &v.District, q)
	for _, t := range found {
		ids = append(ids, t.ID)
	}
	return ids, err
}

// askPath returns the path of the form of a new request.
func askPath(_ *http.Request, _ *page.Reader, in things.Shown) (any, error) {
	return things.Path(&in.Version.District, civic.AdviceThing, 0) + "/new", nil
}

// release moves the place of an answer to the centre of the cell that may be known, and
// drops how exact that is where there is no place.
func release(_ *http.Request, _ *index.Version, draft *things.Draft, _ civic.Described) error {
	if draft.Point == nil {
		delete(draft.Words, "coarseness")
		return nil
	}
	if centre, ok := civic.ReleasedPlace(*draft.Point, draft.Words["coarseness"]); ok {
		draft.Point = &centre
	}
	return nil
}

// prefill fills the form of an answer in with the topic of the request of which it is
// to be, and with nothing else of it.
func (h handlers) prefill(r *http.Request, reader *page.Reader, v *index.Version, draft *things.Draft) (note string, err error) {
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return "", err
	}
	id, err := strconv.ParseInt(r.URL.Query().Get("of"), 10, 64)
	if err != nil {
		return "", serve.BadParameter("of", "must be the number of a request")
	}
	of, err := h.Store.Thing(r.Context(), &v.District, id)
	if err != nil {
		return "", err
	}
	says, _ := of.Content.(civic.Record)
	if of.Kind != civic.AdviceThing || civic.Can(actor, civic.Edit, of.Thing, h.Now()) != nil || !says.CanBePublished(of.State) {
		return "", fmt.Errorf("an answer of thing %d: %w", id, civic.ErrNotFound)
	}
	draft.Of, draft.Words["topic"] = id, says.Words["topic"]
	return reader.Text("advice.answer_note"), nil
}

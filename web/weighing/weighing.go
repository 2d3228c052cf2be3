// Package weighing serves the page on which those who take part in an event weigh its
// themes: its rules before, a ballot while it is open, and the result once it has ended.
package weighing

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the template and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the page needs of the database.
type Store interface {
	Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error)
	Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
	Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error)
	Vote(ctx context.Context, d *civic.District, event int64, v civic.Voice, b civic.Ballot) error
	Ballot(ctx context.Context, d *civic.District, event int64, v civic.Voice) (civic.Ballot, error)
	CountBallots(ctx context.Context, d *civic.District, event int64) (civic.WeighingResult, error)
}

// Config configures the handlers. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of the page.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	const path = "/d/{district}/events/{id}/weighing"
	return []serve.Route{
		serve.Page("GET", path, serve.Public, serve.Read, h.show).WithQuery(serve.Parameters{Single: []string{"done"}}),
		serve.Page("POST", path, serve.Public, serve.Write, h.vote),
	}
}

// Also returns the page about an event whose themes are weighed.
func Also(reader *page.Reader, in things.Shown) []things.Begin {
	says, _ := in.Thing.Content.(civic.Record)
	if in.Thing.Kind != civic.EventThing || in.Thing.Publication != civic.Published || civic.WeighingOf(says.RecordDraft).Kind == "" {
		return nil
	}
	return []things.Begin{{URL: pathOf(&in.Version.District, in.Thing.ID), Label: reader.Text("weighing.link")}}
}

func pathOf(d *civic.District, event int64) string {
	return things.Path(d, civic.EventThing, event) + "/weighing"
}

// request is what the handlers have to know of a request.
type request struct {
	d        *civic.District
	reader   *page.Reader
	event    civic.Described
	says     civic.Record
	weighing civic.Weighing
	phase    civic.WeighingPhase
	themes   []civic.Described // the oldest first
	linked   civic.Linked      // of the themes
}

// request returns the public event in the path of a request, with its public themes. It
// returns civic.ErrNotFound for one whose themes are not weighed.
func (h handlers) request(r *http.Request) (in request, err error) {
	v, err := h.District(r)
	if err != nil {
		return in, err
	}
	in.d, in.reader = &v.District, h.Pages.Reader(r, &v.District)
	if in.event, in.says, err = things.PublicInPath(r, h.Store, in.d, civic.EventThing); err != nil {
		return in, err
	}
	in.weighing = civic.WeighingOf(in.says.RecordDraft)
	in.phase = in.weighing.Phase(in.d.LocalTimeOf(h.Now()))
	if in.phase == civic.NotWeighed {
		return in, fmt.Errorf("the weighing of event %d: %w", in.event.ID, civic.ErrNotFound)
	}
	return in, h.addThemes(r, &in)
}

// addThemes adds the public themes of the event.
func (h handlers) addThemes(r *http.Request, in *request) error {
	linked, err := h.Store.Links(r.Context(), in.d, []int64{in.event.ID})
	if err != nil {
		return err
	}
	var ids []int64
	for _, l := range linked.Links {
		if end := linked.Other(l, in.event.ID); l.Relation == civic.PartOf && end.Kind == civic.ThemeThing && end.Publication == civic.Published {
			ids = append(ids, end.ID)
		}
	}
	if ids == nil {
		return nil
	}
	if in.themes, err = h.Store.Things(r.Context(), in.d, civic.ThingQuery{Kind: civic.ThemeThing, IDs: ids, Limit: len(ids)}); err != nil {
		return err
	}
	slices.Reverse(in.themes)
	in.linked, err = h.Store.Links(r.Context(), in.d, ids)
	return err
}

func (h handlers) show(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	voice, err := follows.VoiceOf(h.Service, r, in.d)
	if err != nil {
		return err
	}
	given, err := h.Store.Ballot(r.Context(), in.d, in.event.ID, voice)
	if err != nil {
		return err
	}
	return h.render(w, r, in, http.StatusOK, given, nil, nil)
}

// vote takes a ballot, with the reasons of objections, or shows what is wrong with it.
func (h handlers) vote(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	key, err := civic.ParseRequestKey(r.PostForm.Get("key"))
	if err != nil {
		return serve.BadForm(err.Error(), err)
	}
	ballot, reasons := readBallot(r, in)
	voice, err := follows.VoiceOf(h.Service, r, in.d)
	if err != nil {
		return err
	}
	before, err := h.Store.Ballot(r.Context(), in.d, in.event.ID, voice)
	if err != nil {
		return err
	}
	faults := missingReasons(ballot, before, reasons)
	if faults == nil {
		err = follows.GiveVoice(h.Service, w, r, in.d, func(ctx context.Context, v civic.Voice) error { return h.Store.Vote(ctx, in.d, in.event.ID, v, ballot) })
		if err == nil {
			err = h.addReasons(r, in, key, ballot, reasons)
		}
	}
	switch {
	case errors.Is(err, civic.ErrConflict):
		return h.render(w, r, in, http.StatusConflict, ballot, reasons, civic.Faults{{Field: "ballot", Code: "closed"}})
	case err != nil && !errors.As(err, &faults):
		return err
	case faults != nil:
		return h.render(w, r, in, http.StatusUnprocessableEntity, ballot, reasons, faults)
	}
	http.Redirect(w, r, pathOf(in.d, in.event.ID)+"?done=yes", http.StatusSeeOther)
	return nil
}

// readBallot returns the ballot of a form, and the reasons of objections by theme.
func readBallot(r *http.Request, in request) (civic.Ballot, map[int64]string) {
	b, reasons := civic.Ballot{Dots: map[int64]int{}, Stances: map[int64]civic.Stance{}}, map[int64]string{}
	for _, t := range in.themes {
		id := strconv.FormatInt(t.ID, 10)
		if s := strings.TrimSpace(r.PostForm.Get("dots." + id)); s != "" && in.weighing.Kind == civic.WeighByDots {
			n, err := strconv.Atoi(s)
			if err != nil {
				n = -1 // which is a fault
			}
			b.Dots[t.ID] = n
		}
		if s := r.PostForm.Get("stance." + id); s != "" && in.weighing.Kind == civic.WeighByConsent {
			b.Stances[t.ID] = civic.Stance(s)
		}
		reasons[t.ID] = strings.TrimSpace(r.PostForm.Get("reason." + id))
	}
	return b, reasons
}

// missingReasons returns the faults of objections without a reason, unless the voice has
// objected before.
func missingReasons(b, before civic.Ballot, reasons map[int64]string) (faults civic.Faults) {
	for id, stance := range b.Stances {
		if stance == civic.Oppose && before.Stances[id] != civic.Oppose && reasons[id] == "" {
			faults = append(faults, civic.Fault{Field: fmt.Sprintf("reason-%d", id), Code: "missing", Detail: "an objection needs a reason"})
		}
	}
	return faults
}

// addReasons adds the reasons of objections as comments on the themes, which are
// moderated as all comments are. Those of a form that is sent again are added once.
func (h handlers) addReasons(r *http.Request, in request, key civic.RequestKey, b civic.Ballot, reasons map[int64]string) error {
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return err
	}
	for id, stance := range b.Stances {
		if stance != civic.Oppose || reasons[id] == "" {
			continue
		}
		content, err := in.d.AcceptRecord(civic.RecordDraft{Kind: civic.CommentThing, Values: civic.Values{Words: map[string]string{"text": reasons[id]}}})
		if err == nil {
			links := []civic.FieldLinks{{Field: "on", Things: []int64{id}}}
			request := civic.NewContentRequest(civic.RequestKey(fmt.Sprintf("%s-%d", key, id)), content, links)
			_, err = h.Store.Do(r.Context(), in.d, actor, civic.Command{
				Action: civic.Submit, Kind: civic.CommentThing, Content: content, Links: links, Request: &request,
			})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

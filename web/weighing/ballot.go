package weighing

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/serve"
)

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
	err = h.cast(w, r, in, key, ballot, reasons)
	var faults civic.Faults
	switch {
	case errors.Is(err, civic.ErrConflict):
		return h.render(w, r, in, http.StatusConflict, &ballot, reasons, civic.Faults{{Field: "ballot", Code: "closed"}})
	case errors.As(err, &faults):
		return h.render(w, r, in, http.StatusUnprocessableEntity, &ballot, reasons, faults)
	case err != nil:
		return err
	}
	http.Redirect(w, r, pathOf(in.d, in.event.ID)+"?done=yes", http.StatusSeeOther)
	return nil
}

// ballot returns the ballot of whoever makes a request, or nil for none.
func (h handlers) ballot(r *http.Request, in request) (*civic.Ballot, error) {
	voice, err := follows.VoiceOf(h.Service, r, in.d)
	if err != nil {
		return nil, err
	}
	return h.Store.Ballot(r.Context(), in.d, in.event.ID, voice)
}

// cast gives the ballot of whoever makes a request, with the reasons of its objections,
// which are added once for each key unless that is "". It returns the errors of Vote, and
// civic.Faults for an objection without a reason and for a reason that cannot be added,
// whose fields are reason- with the number of the theme.
func (h handlers) cast(w http.ResponseWriter, r *http.Request, in request, key civic.RequestKey, b civic.Ballot, reasons map[int64]string) error {
	before, err := h.ballot(r, in)
	if err != nil {
		return err
	}
	comments, faults := reasonsOf(in, key, b, before, reasons)
	if faults != nil && in.phase == civic.WeighingOpen {
		return faults
	}
	err = follows.GiveVoice(h.Service, w, r, in.d, func(ctx context.Context, v civic.Voice) error { return h.Store.Vote(ctx, in.d, in.event.ID, v, b) })
	if err != nil {
		return err
	}
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return err
	}
	for _, c := range comments {
		if _, err := h.Store.Do(r.Context(), in.d, actor, c); err != nil {
			return err
		}
	}
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

// reasonsOf returns the commands that add the reasons of the objections of a ballot as
// comments on the themes, which are moderated as all comments are. An objection that the
// voice has made before needs none again.
func reasonsOf(in request, key civic.RequestKey, b civic.Ballot, before *civic.Ballot, reasons map[int64]string) (all []civic.Command, faults civic.Faults) {
	for _, id := range slices.Sorted(maps.Keys(b.Stances)) {
		objected := before != nil && before.Stances[id] == civic.Oppose
		field := fmt.Sprintf("reason-%d", id)
		switch {
		case b.Stances[id] != civic.Oppose || reasons[id] == "" && objected:
			continue
		case reasons[id] == "":
			faults = append(faults, civic.Fault{Field: field, Code: "missing", Detail: "an objection needs a reason"})
			continue
		}
		content, err := in.d.AcceptRecord(civic.RecordDraft{Kind: civic.CommentThing, Values: civic.Values{Words: map[string]string{"text": reasons[id]}}})
		var wrong civic.Faults
		if errors.As(err, &wrong) {
			faults = append(faults, civic.Fault{Field: field, Code: wrong[0].Code, Detail: wrong[0].Detail})
			continue
		}
		c := civic.Command{Action: civic.Submit, Kind: civic.CommentThing, Content: content, Links: []civic.FieldLinks{{Field: "on", Things: []int64{id}}}}
		if key != "" {
			request := civic.NewContentRequest(civic.RequestKey(fmt.Sprintf("%s-%d", key, id)), content, c.Links)
			c.Request = &request
		}
		all = append(all, c)
	}
	return all, faults
}

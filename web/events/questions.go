package events

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/markdown"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// questionView is a question to a debate.
type questionView struct {
	ID       int64
	Text     string
	Author   string
	Room     bool // whether it was asked in the room
	Waits    bool // whether it is not public
	Answer   template.HTML
	Lang     string // of the answer
	Voices   int
	Given    bool   // whether one is that of the reader
	Support  string // path to which a voice is given
	Report   string // path
	Edit     string // path, for whoever may; otherwise ""
	OwnVoice string // what the button does: support or withdraw
}

// questionForm is the form of a new question.
type questionForm struct {
	Action   string // path
	On       int64
	Key      civic.RequestKey
	AskEmail bool
	Staff    string // path of the form with which the staff adds one from the room; "" for others
}

// Questions returns the kind of questions, which are shown on the pages of debates.
func Questions(cfg Config) things.Kind {
	return things.Kind{Kind: civic.QuestionThing, Home: handlers{cfg}.home}
}

// home returns the page on which a question is shown.
func (h handlers) home(r *http.Request, d *civic.District, t civic.Thing) (page, anchor string, err error) {
	linked, err := h.Store.Links(r.Context(), d, []int64{t.ID})
	if err != nil {
		return "", "", err
	}
	for _, l := range linked.Links {
		on := linked.Other(l, t.ID)
		if l.Relation == civic.CommentOn && on.Publication == civic.Published {
			return path(d, on.ID), "questions", nil
		}
	}
	return "", "", fmt.Errorf("question %d is to nothing that is public: %w", t.ID, civic.ErrNotFound)
}

// questions returns the questions to a debate that the reader may know, those with most
// voices first.
func (h handlers) questions(r *http.Request, d *civic.District, reader *page.Reader, in things.Shown) (out []questionView, err error) {
	linked, err := h.Store.Links(r.Context(), d, []int64{in.Thing.ID})
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, l := range linked.Links {
		end := linked.Other(l, in.Thing.ID)
		waits := end.Publication == civic.Pending && civic.CanKnow(in.Actor, end.Thing, false, h.Now())
		if l.Relation == civic.CommentOn && end.Kind == civic.QuestionThing && (end.Publication == civic.Published || waits) {
			ids = append(ids, end.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := h.Store.Things(r.Context(), d, civic.ThingQuery{Kind: civic.QuestionThing, IDs: ids, Limit: len(ids)})
	if err != nil {
		return nil, err
	}
	voice, err := follows.VoiceOf(h.Service, r, d)
	if err != nil {
		return nil, err
	}
	voices, err := h.Store.Voices(r.Context(), d, ids)
	if err != nil {
		return nil, err
	}
	given, err := h.Store.Supported(r.Context(), d, ids, voice)
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		says, _ := t.Content.(civic.Record)
		home := things.Path(d, t.Kind, t.ID)
		q := questionView{
			ID: t.ID, Text: says.Words["text"], Author: says.Words["author"], Room: says.Words["source"] == "room", Waits: t.Publication == civic.Pending,
			Voices: voices[t.ID], Given: slices.Contains(given, t.ID), Support: home + "/support", Report: home + "/report", OwnVoice: "support",
		}
		if q.Given {
			q.OwnVoice = "withdraw"
		}
		if text := reader.In(says.Texts["answer"]); text != "" {
			q.Answer, q.Lang = markdown.HTML(text, minutesHeading), reader.OtherLanguage(says.Texts["answer"])
		}
		if civic.Can(in.Actor, civic.Edit, t.Thing, h.Now()) == nil {
			q.Edit = home
		}
		out = append(out, q)
	}
	slices.SortFunc(out, func(a, b questionView) int { return cmp.Or(cmp.Compare(b.Voices, a.Voices), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// askedAfter is how many days after a debate somebody who was there can still ask.
const askedAfter = 7

// newQuestionForm returns the form of a new question to an event, or nil where one cannot
// ask: once it is over, only the staff can, who types in what was asked in the room.
func (h handlers) newQuestionForm(d *civic.District, in things.Shown, last civic.Occurrence) *questionForm {
	rule, err := civic.QuestionThing.LinkRule("on")
	if err != nil || in.Thing.Publication != civic.Published || rule.Judge(civic.RecordDraft{Kind: civic.QuestionThing}, in.Thing, true) != nil {
		return nil
	}
	f := &questionForm{
		Action: things.Path(d, civic.QuestionThing, 0) + "/new", On: in.Thing.ID, Key: civic.NewRequestKey(), AskEmail: in.Actor.Kind == civic.Unknown,
	}
	if civic.CanSomewhere(in.Actor, civic.Edit, civic.QuestionThing, d.ID, h.Now()) == nil {
		f.Staff = fmt.Sprintf("%s?on=%d&source=room", f.Action, in.Thing.ID)
	} else if h.Today(d) > last.Ends.Day+askedAfter {
		return nil
	}
	return f
}

// support gives the voice of whoever asks to a question, or takes it back. To do so
// again changes nothing.
func (h handlers) support(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	question, _, err := things.PublicInPath(r, h.Store, d, civic.QuestionThing)
	if err != nil {
		return err
	}
	home, _, err := h.home(r, d, question.Thing)
	if err != nil {
		return err
	}
	if r.PostForm.Get("do") == "withdraw" {
		voice, err := follows.VoiceOf(h.Service, r, d)
		if err != nil {
			return err
		}
		err = h.Store.WithdrawSupport(r.Context(), d, question.ID, voice)
		if err != nil {
			return err
		}
	} else {
		give := func(ctx context.Context, v civic.Voice) error { return h.Store.Support(ctx, d, question.ID, v) }
		if err := follows.GiveVoice(h.Service, w, r, d, give); err != nil {
			return err
		}
	}
	http.Redirect(w, r, fmt.Sprintf("%s#question-%d", home, question.ID), http.StatusSeeOther) //nolint:gosec // a path of this site
	return nil
}

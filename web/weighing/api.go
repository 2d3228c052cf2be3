package weighing

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// weighingJSON is a weighing in the API.
type weighingJSON struct {
	Kind     string       `json:"kind"`
	Dots     *int         `json:"dots"` // that each has; null where there are none
	From     time.Time    `json:"from"`
	Until    time.Time    `json:"until"`
	Phase    string       `json:"phase"`
	Themes   []themeJSON  `json:"themes"`
	TookPart *voicesJSON  `json:"took_part"` // null until it has ended
	Links    []serve.Link `json:"links"`
}

// themeJSON is a theme that is weighed.
type themeJSON struct {
	ID      int64        `json:"id"`
	Name    civic.Text   `json:"name"`
	Summary civic.Text   `json:"summary"`
	Ideas   int          `json:"ideas"`
	Result  []countJSON  `json:"result"` // null until the weighing has ended
	Reasons []reasonJSON `json:"reasons"`
	Links   []serve.Link `json:"links"`
}

// voicesJSON is how many have done something, online and in the room.
type voicesJSON struct {
	Online int  `json:"online"`
	Room   *int `json:"room"` // null where nobody has counted
}

// countJSON is how many dots a theme has, or how many have said something to it.
type countJSON struct {
	Of string `json:"of"` // dots, or the stance
	voicesJSON
}

// reasonJSON is a public comment on a theme.
type reasonJSON struct {
	ID   int64  `json:"id"`
	Text string `json:"text"`
}

// ballotJSON is a ballot in the API.
type ballotJSON struct {
	Given   bool         `json:"given"`
	Choices []choiceJSON `json:"choices"`
}

// choiceJSON is what a ballot gives to a theme.
type choiceJSON struct {
	Theme  int64  `json:"theme"`
	Dots   int    `json:"dots,omitempty"` // one of both
	Stance string `json:"stance,omitempty"`
}

// api sends the rules of a weighing, and its result once it has ended.
func (h handlers) api(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	zone := in.d.Zone()
	out := weighingJSON{
		Kind: string(in.weighing.Kind), From: in.weighing.From.In(zone), Until: in.weighing.Until.In(zone), Phase: string(in.phase),
		Themes: []themeJSON{}, Links: []serve.Link{{Rel: "alternate", Href: pathOf(in.d, in.event.ID), Type: "text/html"}},
	}
	if in.weighing.Kind == civic.WeighByDots {
		out.Dots = &in.weighing.Dots
	}
	result, err := h.result(r, in)
	if err != nil {
		return err
	}
	if result != nil {
		out.TookPart = &voicesJSON{result.voices.Online, result.voices.room()}
	}
	for _, t := range in.themes {
		says, _ := t.Content.(civic.Record)
		j := themeJSON{
			ID: t.ID, Name: textOf(says, "name"), Summary: textOf(says, "summary"), Ideas: in.ideasOf(t.ID), Reasons: []reasonJSON{},
			Links: []serve.Link{{Rel: "alternate", Href: things.Path(in.d, t.Kind, t.ID), Type: "text/html"}},
		}
		if result != nil {
			for _, c := range result.counts[t.ID] {
				j.Result = append(j.Result, countJSON{c.of, voicesJSON{c.Online, c.room()}})
			}
			for _, o := range result.objections[t.ID] {
				j.Reasons = append(j.Reasons, reasonJSON(o))
			}
		}
		out.Themes = append(out.Themes, j)
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, out)
}

// textOf returns what a theme says in a field, which is empty where it says nothing.
func textOf(says civic.Record, field string) civic.Text {
	if t := says.Texts[field]; t != nil {
		return t
	}
	return civic.Text{}
}

// apiBallot sends the ballot of whoever asks.
func (h handlers) apiBallot(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	return h.sendBallot(w, r, in)
}

// apiVote takes a ballot in place of what whoever asks gave before.
func (h handlers) apiVote(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	var body struct{ Choices []givenJSON }
	if err := serve.ReadJSON(r, &body); err != nil {
		return err
	}
	key, err := serve.RequestKey(r.Header)
	if err != nil {
		return err
	}
	b, reasons, err := readChoices(body.Choices)
	if err != nil {
		return err
	}
	err = h.cast(w, r, in, key, b, reasons)
	switch {
	case errors.Is(err, civic.ErrConflict):
		detail := "the themes are weighed from " + in.weighing.From.String() + " until " + in.weighing.Until.String() + "; nothing was counted"
		return &serve.Problem{
			Status: http.StatusConflict, Title: "Not weighed now", Detail: detail, Cause: err,
			Errors: []serve.Fault{{Field: "ballot", Code: "closed", Detail: detail}},
		}
	case err != nil:
		return err
	}
	return h.sendGiven(w, r, &b)
}

// sendBallot sends the ballot of whoever asks, which nobody may keep.
func (h handlers) sendBallot(w http.ResponseWriter, r *http.Request, in request) error {
	b, err := h.ballot(r, in)
	if err != nil {
		return err
	}
	return h.sendGiven(w, r, b)
}

// sendGiven sends a ballot, which is nil for none.
func (h handlers) sendGiven(w http.ResponseWriter, r *http.Request, b *civic.Ballot) error {
	out := ballotJSON{Given: b != nil, Choices: []choiceJSON{}}
	if b != nil {
		for _, id := range slices.Sorted(maps.Keys(b.Dots)) {
			if n := b.Dots[id]; n > 0 {
				out.Choices = append(out.Choices, choiceJSON{Theme: id, Dots: n})
			}
		}
		for _, id := range slices.Sorted(maps.Keys(b.Stances)) {
			out.Choices = append(out.Choices, choiceJSON{Theme: id, Stance: string(b.Stances[id])})
		}
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoStore, out)
}

// givenJSON is what a request gives to a theme.
type givenJSON struct {
	Theme  int64   `json:"theme"`
	Dots   *int    `json:"dots"`
	Stance *string `json:"stance"`
	Reason string  `json:"reason"` // of an objection
}

// readChoices returns the ballot of a request, with the reasons of its objections by
// theme. It returns civic.Faults for a theme that is named twice, and for one to which
// nothing is given.
func readChoices(choices []givenJSON) (civic.Ballot, map[int64]string, error) {
	b, reasons := civic.Ballot{Dots: map[int64]int{}, Stances: map[int64]civic.Stance{}}, map[int64]string{}
	var faults civic.Faults
	named := map[int64]bool{}
	for _, c := range choices {
		switch {
		case named[c.Theme]:
			faults = append(faults, civic.Fault{Field: "choices", Code: "repeated", Detail: fmt.Sprintf("theme %d is named twice", c.Theme)})
		case (c.Dots == nil) == (c.Stance == nil):
			faults = append(faults, civic.Fault{Field: "choices", Code: "missing", Detail: fmt.Sprintf("theme %d: give either dots or a stance", c.Theme)})
		case c.Dots != nil:
			b.Dots[c.Theme] = *c.Dots
		default:
			b.Stances[c.Theme], reasons[c.Theme] = civic.Stance(*c.Stance), strings.TrimSpace(c.Reason)
		}
		named[c.Theme] = true
	}
	return b, reasons, faults.Err()
}

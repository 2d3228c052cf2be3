package weighing

import (
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
)

// result is what came of a weighing that has ended.
type result struct {
	voices     count             // who took part
	counts     map[int64][]count // by theme: of dots, or of each stance
	objections map[int64][]objection
}

// count is a number of the result: of ballots, and in the room.
type count struct {
	of           string // "dots", a stance, or "" for voices
	Online, Room int
	HasRoom      bool
}

// room returns the number in the room, or nil where nobody has counted.
func (c count) room() *int {
	if !c.HasRoom {
		return nil
	}
	return &c.Room
}

// objection is the reason of an objection, or another comment, that is public.
type objection struct {
	ID   int64
	Text string
}

// result returns what came of the weighing: the ballots, what was counted in the room,
// and who took part. It is nil until the weighing has ended.
func (h handlers) result(r *http.Request, in request) (*result, error) {
	if in.phase != civic.WeighingEnded {
		return nil, nil //nolint:nilnil // as documented
	}
	ballots, err := h.Store.CountBallots(r.Context(), in.d, in.event.ID)
	if err != nil {
		return nil, err
	}
	counted := func(says civic.Record, of, field string, online int) count {
		return count{of, online, says.Number(field), says.Words[field] != ""}
	}
	out := &result{voices: counted(in.says, "", "weighing_room", ballots.Voices), counts: map[int64][]count{}}
	for _, t := range in.themes {
		says, _ := t.Content.(civic.Record)
		if in.weighing.Kind == civic.WeighByDots {
			out.counts[t.ID] = []count{counted(says, "dots", "room_dots", ballots.Dots[t.ID])}
			continue
		}
		for _, s := range civic.Stances() {
			out.counts[t.ID] = append(out.counts[t.ID], counted(says, string(s), "room_"+string(s), ballots.Stances[t.ID][s]))
		}
	}
	out.objections, err = h.objections(r, in)
	return out, err
}

// objections returns the public comments on the themes, the oldest first.
func (h handlers) objections(r *http.Request, in request) (map[int64][]objection, error) {
	on := map[int64]int64{} // theme by comment
	var ids []int64
	for _, l := range in.linked.Links {
		if end := in.linked.Ends[l.From]; l.Relation == civic.CommentOn && end.Publication == civic.Published {
			on[end.ID], ids = l.To, append(ids, end.ID)
		}
	}
	if ids == nil {
		return nil, nil
	}
	found, err := h.Store.Things(r.Context(), in.d, civic.ThingQuery{Kind: civic.CommentThing, IDs: ids, Limit: len(ids)})
	if err != nil {
		return nil, err
	}
	all := map[int64][]objection{}
	for _, c := range slices.Backward(found) {
		says, _ := c.Content.(civic.Record)
		all[on[c.ID]] = append(all[on[c.ID]], objection{c.ID, says.Words["text"]})
	}
	return all, nil
}

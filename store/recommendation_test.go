package store_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// says returns what a thing says now.
func (h threaded) says(id int64) civic.Record {
	h.t.Helper()
	t, err := h.Thing(h.t.Context(), h.d, id)
	if err != nil {
		h.t.Fatal(err)
	}
	r, ok := t.Content.(civic.Record)
	if !ok {
		h.t.Fatalf("%d is a %T", id, t.Content)
	}
	return r
}

// edit replaces what a thing says by an action.
func (h threaded) edit(action civic.Action, id int64, change func(*civic.RecordDraft)) error {
	h.t.Helper()
	draft := h.says(id).RecordDraft
	if draft.Words == nil {
		draft.Words = map[string]string{}
	}
	change(&draft)
	content, err := h.d.AcceptRecord(draft)
	if err != nil {
		h.t.Fatal(err)
	}
	_, err = h.Do(h.t.Context(), h.d, h.moderator, civic.Command{
		Action: action, Things: []int64{id}, Version: thing(h.t, h.Store, h.d, id).Version, Content: content, Reason: "because",
	})
	return err
}

// field returns the first field that faults name, or "".
func field(err error) string {
	var faults civic.Faults
	if errors.As(err, &faults) && len(faults) > 0 {
		return faults[0].Field
	}
	return ""
}

// dueOn returns the day on which something is awaited of a thing, or "".
func (h threaded) dueOn(id int64) (day string) {
	h.t.Helper()
	if err := h.conn.QueryRow(h.t.Context(), `select coalesce(due_on::text, '') from contents where thing_id = $1`, id).Scan(&day); err != nil {
		h.t.Fatal(err)
	}
	return day
}

// TestReplyToRecommendation follows a recommendation from its text, which stays as
// it was adopted, to the reply, which is recorded with the state or not at all, and
// of which those hear who reported what it answers.
func TestReplyToRecommendation(t *testing.T) {
	h := openThreaded(t)
	need := add(t, h.Store, h.d, tree, civic.Published)
	id := h.submit(civic.RecommendationThing, "Plant trees", civic.FieldLinks{Field: "answers", Things: []int64{need}})
	h.act(civic.Adopt, id, civic.NewLink{})
	if err := h.edit(civic.Edit, id, func(r *civic.RecordDraft) { r.Rows["paragraphs"][0].Texts["text"] = civic.Text{"en": "Fell them"} }); field(err) != "paragraphs.1.text" {
		t.Errorf("an adopted text is changed: %v", err)
	}
	if due := h.dueOn(id); due != "" {
		t.Errorf("before it is sent, something is due on %s", due)
	}
	h.act(civic.Send, id, civic.NewLink{})
	sent := h.says(id)
	if sent.Day("deadline") <= sent.Day("sent_on") || sent.Words["reply_days"] != "30" || h.dueOn(id) != sent.Words["deadline"] {
		t.Errorf("sent: %v, due on %s", sent.Words, h.dueOn(id))
	}
	h.want("it is sent", map[int64]civic.State{need: "in_action", id: "sent"})
	h.act(civic.Undo, id, civic.NewLink{})
	if now := h.says(id); now.Words["deadline"] != "" || h.dueOn(id) != "" {
		t.Errorf("not sent after all: %v, due on %s", now.Words, h.dueOn(id))
	}
	h.want("that is undone", map[int64]civic.State{need: "reported", id: "adopted"})
	h.act(civic.Send, id, civic.NewLink{})

	reply := func(r *civic.RecordDraft) { r.Rows["paragraphs"][0].Words = map[string]string{"reply": "accepted"} }
	if err := h.edit(civic.AcceptReply, id, func(*civic.RecordDraft) {}); field(err) != "paragraphs.1.reply" {
		t.Errorf("without a reply to the paragraph: %v", err)
	}
	if err := h.edit(civic.Reject, id, reply); field(err) != "outcome" {
		t.Errorf("with a reply that says something else: %v", err)
	}
	h.want("nothing is recorded", map[int64]civic.State{id: "sent"})
	if err := h.edit(civic.AcceptReply, id, reply); err != nil {
		t.Fatal(err)
	}
	h.want("it is replied to", map[int64]civic.State{id: "accepted", need: "in_action"})
	if now := h.says(id); now.Words["outcome"] != "accepted" || now.Rows["paragraphs"][0].Words["reply"] != "accepted" || h.dueOn(id) != "" {
		t.Errorf("%v, %v, due on %s", now.Words, now.Rows, h.dueOn(id))
	}
	if got := h.lastActions(need, 2); cmp.Diff([]string{"begin_action", "hear_reply"}, got) != "" {
		t.Errorf("the need has %q", got)
	}
	h.act(civic.Undo, id, civic.NewLink{})
	if now := h.says(id); now.Words["outcome"] != "" || now.Rows["paragraphs"][0].Words["reply"] != "" || h.dueOn(id) == "" {
		t.Errorf("the reply is taken back: %v, %v, due on %q", now.Words, now.Rows, h.dueOn(id))
	}
	if got := h.lastActions(need, 1); got[0] != "undo" {
		t.Errorf("nobody is to hear of it, but the need has %q", got)
	}
}

// lastActions returns the last actions on a thing, in their order.
func (h threaded) lastActions(id int64, n int) []string {
	h.t.Helper()
	history, err := h.History(h.t.Context(), h.d, id)
	if err != nil || len(history) < n {
		h.t.Fatalf("%d entries: %v", len(history), err)
	}
	var names []string
	for _, e := range history[len(history)-n:] {
		names = append(names, e.Action.String())
	}
	return names
}

// TestCommentOnRecommendation checks that a comment is said on a paragraph that
// exists while the public is consulted, and is not part of the thread.
func TestCommentOnRecommendation(t *testing.T) {
	h := openThreaded(t)
	id := h.submit(civic.RecommendationThing, "Plant trees")
	comment := func(paragraph string) (civic.Outcome, error) {
		c := h.submission(civic.CommentThing, "Rather oaks", civic.FieldLinks{Field: "on", Things: []int64{id}})
		content, _ := c.Content.(civic.Record)
		content.Words["paragraph"] = paragraph
		c.Content = content
		return h.Do(t.Context(), h.d, civic.Actor{}, c)
	}
	if _, err := comment("1"); field(err) != "on" {
		t.Errorf("on a draft: %v", err)
	}
	h.act(civic.Consult, id, civic.NewLink{})
	if _, err := comment("2"); field(err) != "paragraph" {
		t.Errorf("on a paragraph that does not exist: %v", err)
	}
	out, err := comment("1")
	if err != nil {
		t.Fatal(err)
	}
	said := out.Changed[0]
	if said.Publication != civic.Pending {
		t.Errorf("it is %s", said.Publication)
	}
	h.act(civic.Publish, said.ID, civic.NewLink{})
	h.act(civic.Adopt, id, civic.NewLink{})
	if err := h.edit(civic.Edit, said.ID, func(r *civic.RecordDraft) { r.Texts = map[string]civic.Text{"answer": {"en": "We chose oaks."}} }); err != nil {
		t.Errorf("answered after the consultation: %v", err)
	}
	if err := h.edit(civic.Edit, said.ID, func(r *civic.RecordDraft) { r.Words["paragraph"] = "7" }); field(err) != "paragraph" {
		t.Errorf("moved to a paragraph that does not exist: %v", err)
	}
	thread, err := h.Thread(t.Context(), h.d, id)
	if err != nil || len(thread.Things) != 1 {
		t.Errorf("the thread has %d things: %v", len(thread.Things), err)
	}
}

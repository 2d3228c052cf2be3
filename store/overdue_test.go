package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// recommend adds a recommendation that answers needs and is sent, and returns its
// id.
func (p post) recommend(t testing.TB, needs ...int64) int64 {
	t.Helper()
	content, err := p.d.AcceptRecord(civic.RecordDraft{Kind: civic.RecommendationThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": "Plant trees"}, "addressee": {"en": "City"}},
		Rows:  map[string][]civic.Values{"paragraphs": {{Texts: map[string]civic.Text{"text": {"en": "Plant them."}}}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Do(t.Context(), p.d, moderator, civic.Command{
		Action: civic.Submit, Kind: civic.RecommendationThing, Content: content, Links: []civic.FieldLinks{{Field: "answers", Things: needs}},
	})
	if err != nil {
		t.Fatal(err)
	}
	id := out.Changed[0].ID
	p.act(t, civic.Command{Action: civic.Adopt}, id)
	p.act(t, civic.Command{Action: civic.Send}, id)
	return id
}

// TestReporterHearsOfReply checks that whoever reported what a recommendation answers
// is told of the reply once, with the page of the recommendation, and that nobody is
// told of one that was taken back.
func TestReporterHearsOfReply(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	bench := p.report(t, "anna", "Bench", "trees", civic.Published)
	p.settle(t)
	box.told()
	id := p.recommend(t, bench)
	p.settle(t)
	if diff := cmp.Diff([]string{"anna: moved Bench"}, box.told()); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
	accept := func() {
		t.Helper()
		described, err := p.Thing(t.Context(), p.d, id)
		if err != nil {
			t.Fatal(err)
		}
		content, _ := described.Content.(civic.Record)
		content.Rows["paragraphs"][0].Words = map[string]string{"reply": "accepted"}
		_, err = p.Do(t.Context(), p.d, moderator, civic.Command{Action: civic.AcceptReply, Things: []int64{id}, Version: described.Version, Content: content})
		if err != nil {
			t.Fatal(err)
		}
	}
	accept()
	p.act(t, civic.Command{Action: civic.Undo}, id)
	p.settle(t)
	if diff := cmp.Diff([]string(nil), box.told()); diff != "" {
		t.Errorf("taken back (-want +got):\n%s", diff)
	}
	accept()
	p.settle(t)
	letters := box.received()
	if len(letters) != 1 || letters[0].Kind != civic.MailReplied || letters[0].Data["cause"] != "Plant trees" || letters[0].Data["caused_by"] != "accept_reply" ||
		!strings.Contains(letters[0].Links["cause"], "/recommendations/") {
		t.Errorf("%+v", letters)
	}
}

// TestOverdueIsToldOnce checks that the animators and who follows a recommendation
// hear once, on the day after the deadline, that there is no reply, and that nothing
// changes by that.
func TestOverdueIsToldOnce(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	id := p.recommend(t)
	give(t, p.Store, p.d, civic.Gift{Email: "ola@example.org", Role: civic.Animator})
	give(t, p.Store, p.d, civic.Gift{Email: "adam@example.org", Role: civic.Admin})
	p.settle(t)
	box.told()
	p.contact(t, "celina@example.org")
	execute(t, p.conn, fmt.Sprintf(`insert into follows (district_id, contact_id, thing_id, cadence, confirmed_at) select district_id, contact_id, %d, 'instant', now() from contacts`, id))
	described, err := p.Thing(t.Context(), p.d, id)
	if err != nil {
		t.Fatal(err)
	}
	content, _ := described.Content.(civic.Record)
	deadline := content.Day("deadline")
	for _, test := range []struct {
		on   civic.Day
		want []string
	}{
		{deadline, nil}, {deadline + 1, []string{"celina: overdue Plant trees", "ola: overdue Plant trees"}}, {deadline + 2, nil},
	} {
		if err := p.TellOverdue(t.Context(), p.d, test.on); err != nil {
			t.Fatal(err)
		}
		p.settle(t)
		if diff := cmp.Diff(test.want, box.told()); diff != "" {
			t.Errorf("%s, due %s (-want +got):\n%s", test.on.Time().Format(time.DateOnly), deadline, diff)
		}
	}
	if now, err := p.Thing(t.Context(), p.d, id); err != nil || now.Version != described.Version || now.State != "sent" {
		t.Errorf("%+v, %v", now.Thing, err)
	}
}

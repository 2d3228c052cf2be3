package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// TestPast tells again what happened in the past: the days that follow are of then,
// the audit has it in the order in which it was told and can be verified, and nobody
// is told by mail.
func TestPast(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	bench := p.report(t, "anna", "Bench", "trees", civic.Published)
	execute(t, p.conn, `delete from river_job`)
	today := p.d.DayOf(time.Now())
	content, err := p.d.AcceptRecord(civic.RecordDraft{Kind: civic.RecommendationThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": "Plant trees"}, "addressee": {"en": "City"}},
		Rows:  map[string][]civic.Values{"paragraphs": {{Texts: map[string]civic.Text{"text": {"en": "Plant them."}}}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	tell := func(daysAgo civic.Day, c civic.Command) int64 {
		t.Helper()
		c.At = p.d.Beginning(today - daysAgo)
		out, err := p.Do(t.Context(), p.d, system, c)
		if err != nil {
			t.Fatal(err)
		}
		return out.Changed[0].ID
	}
	id := tell(100, civic.Command{
		Action: civic.Submit, Kind: civic.RecommendationThing, Content: content, Links: []civic.FieldLinks{{Field: "answers", Things: []int64{bench}}},
	})
	tell(90, civic.Command{Action: civic.Adopt, Things: []int64{id}})
	tell(80, civic.Command{Action: civic.Send, Things: []int64{id}})
	tell(120, civic.Command{Action: civic.PostUpdate, Things: []int64{bench}, Text: "We have seen it."}) // told later than what came after it

	described, err := p.Thing(t.Context(), p.d, id)
	if err != nil {
		t.Fatal(err)
	}
	sent, _ := described.Content.(civic.Record)
	due, _ := p.d.ReplyDue(today - 80)
	if got := [2]civic.Day{sent.Day("sent_on"), sent.Day("deadline")}; got != [2]civic.Day{today - 80, due} {
		t.Errorf("sent on %s, due on %s, which is not %s", got[0], got[1], due)
	}
	thread, err := p.Thread(t.Context(), p.d, id)
	if err != nil {
		t.Fatal(err)
	}
	thread = thread.Public()
	var told []string
	for _, e := range thread.Entries {
		if days := today - p.d.DayOf(e.At); days > 0 {
			told = append(told, e.Action.String()+" "+p.d.DayOf(e.At).String())
		}
	}
	day := func(action string, ago civic.Day) string { return action + " " + (today - ago).String() }
	if diff := cmp.Diff([]string{day("post_update", 120), day("publish", 100), day("adopt", 90), day("begin_action", 80), day("send", 80)}, told); diff != "" {
		t.Errorf("the thread (-want +got):\n%s", diff)
	}
	if gaps := thread.Gaps(p.d, today); len(gaps) != 1 || gaps[0].Kind != civic.GapOverdue || gaps[0].Since != due {
		t.Errorf("gaps: %+v", gaps)
	}

	seal(t, p.Store, p.d)
	var last string
	if err := p.conn.QueryRow(t.Context(), `select action from audit order by audit_id desc limit 1`).Scan(&last); err != nil || last != "post_update" {
		t.Errorf("the last entry is %s (%v)", last, err)
	}
	rows, _ := p.conn.Query(t.Context(), `select kind from river_job`) // CollectRows returns the error
	if jobs, err := pgx.CollectRows(rows, pgx.RowTo[string]); err != nil || len(jobs) > 0 {
		t.Errorf("jobs: %q, %v", jobs, err)
	}
}

// TestPastIsOfTheSystem checks that nobody but the program states a time, and nobody
// one that is still to come.
func TestPastIsOfTheSystem(t *testing.T) {
	s, d, _ := open(t)
	id := add(t, s, d, tree, civic.Published)
	update := civic.Command{Action: civic.PostUpdate, Things: []int64{id}, Text: "Yesterday", At: time.Now().Add(-24 * time.Hour)}
	for _, actor := range []civic.Actor{{}, resident, animator, moderator, {Kind: civic.Operator, Name: "ola"}} {
		if _, err := s.Do(t.Context(), d, actor, update); !errors.Is(err, civic.ErrForbidden) {
			t.Errorf("%s: %v", actor.Kind, err)
		}
	}
	update.At = time.Now().Add(time.Hour)
	var faults civic.Faults
	if _, err := s.Do(t.Context(), d, system, update); !errors.As(err, &faults) {
		t.Errorf("in an hour: %v", err)
	}
}

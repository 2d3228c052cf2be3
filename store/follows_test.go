package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestUnconfirmedFollowsAreDeleted checks that what nobody confirms is deleted when
// the link in the last mail has expired, with the address if nothing else is known
// of it, by the tasks that run every minute; and nothing else.
func TestUnconfirmedFollowsAreDeleted(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	bench := p.report(t, "anna", "Bench", "trees", civic.Published)
	p.follow(t, p.contact(t, "celina@example.org"), civic.NewFollow{ThingID: bench})
	ask := func(address string) {
		t.Helper()
		if err := p.Follow(t.Context(), p.d, civic.NewFollow{Email: address, Language: "en", ThingID: bench, Cadence: civic.Daily}); err != nil {
			t.Fatal(err)
		}
	}
	ask("gone@example.org")
	ask("again@example.org")
	add(t, p.Store, p.d, civic.Draft{Category: "trees", Title: "Tree", Point: [2]float64{19.95, 50.05}, Email: "reporter@example.org"}, civic.Pending)
	ask("reporter@example.org")
	execute(t, p.conn, `update deliveries set sent_at = now() - interval '8 days', created_at = now() - interval '8 days'`,
		`update follows set created_at = now() - interval '8 days'`, `update contacts set created_at = now() - interval '8 days'`)
	ask("again@example.org") // whose new link is not sent yet
	ask("new@example.org")
	p.run(t, new(mailbox).deliver)
	follows := func() (found []string) {
		t.Helper()
		for _, name := range []string{"celina", "gone", "again", "reporter", "new"} {
			var contacts, follows int
			err := p.conn.QueryRow(t.Context(), `
				select count(*), count(follow_id)
				from contacts
				left join follows using (district_id, contact_id)
				where email_hash = $1`, p.keys.SealEmail(name+"@example.org").Hash).Scan(&contacts, &follows)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, fmt.Sprint(name, " ", contacts, " ", follows))
		}
		return found
	}
	want := []string{"celina 1 1", "gone 0 0", "again 1 1", "reporter 1 0", "new 1 1"}
	await(t, "what nobody confirmed is deleted", func() bool { return cmp.Equal(want, follows()) })
}

// TestFollowersAreToldWhatIsTrueWhenItIsSent checks that what was queued is judged
// again before it is sent: progress that has moved on, a thing that was hidden, a
// text that was redacted, and a follow that has ended.
func TestFollowersAreToldWhatIsTrueWhenItIsSent(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	celina, dawid := p.contact(t, "celina@example.org"), p.contact(t, "dawid@example.org")
	bench := p.report(t, "anna", "Bench of Jan Kowalski", "trees", civic.Published)
	hidden := p.report(t, "anna", "Hidden", "trees", civic.Published)
	for _, contact := range []int64{celina, dawid} {
		p.follow(t, contact, civic.NewFollow{ThingID: bench})
		p.follow(t, contact, civic.NewFollow{ThingID: hidden})
	}
	// Mails of what has been so when they were queued.
	for _, m := range []civic.Mail{
		{Kind: civic.MailMoved, Thing: bench, Data: map[string]string{"status": "under_diagnosis"}},
		{Kind: civic.MailMoved, Thing: bench, Data: map[string]string{"status": "diagnosed"}},
		{Kind: civic.MailMoved, Thing: hidden, Data: map[string]string{"status": "under_diagnosis"}},
	} {
		for _, contact := range []int64{celina, dawid} {
			var follow string
			err := p.conn.QueryRow(t.Context(), `select follow_id::text from follows where contact_id = $1 and thing_id = $2`, contact, m.Thing).Scan(&follow)
			if err != nil {
				t.Fatal(err)
			}
			m.Contact, m.Data["follow"] = contact, follow
			p.queue(t, m)
		}
	}
	p.act(t, civic.Command{Action: civic.BeginDiagnosis}, bench, hidden)
	p.act(t, civic.Command{Action: civic.EndDiagnosis}, bench)
	thing, err := p.Thing(t.Context(), p.d, bench)
	if err != nil {
		t.Fatal(err)
	}
	draft := civic.Draft{Category: "trees", Title: "Bench", Point: [2]float64{19.95, 50.05}}
	p.act(t, civic.Command{Action: civic.Redact, Version: thing.Version, Content: accept(t, p.d, draft)}, bench)
	p.act(t, civic.Command{Action: civic.Hide, Reason: "a test"}, hidden)
	execute(t, p.conn, fmt.Sprintf(`update follows set ended_at = now() where contact_id = %d`, dawid), `delete from river_job where kind = 'notify'`)
	var box mailbox
	p.run(t, box.deliver)
	p.settle(t)
	if diff := cmp.Diff([]string{"celina: moved Bench"}, box.told()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

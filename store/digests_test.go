package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// items returns the news of a digest, as "published Bench".
func items(l civic.Letter) (all []string) {
	for _, i := range l.Items {
		all = append(all, fmt.Sprintf("%s %s", i.Kind, i.Title))
	}
	return all
}

// TestDigests checks that a contact has one mail of all that is new in what they
// follow at a cadence, that it is judged when it is sent, and that there is none
// without news.
func TestDigests(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	stop := p.run(t, box.deliver)
	celina, idle, instant := p.contact(t, "celina@example.org"), p.contact(t, "idle@example.org"), p.contact(t, "instant@example.org")
	same := p.report(t, "bruno", "Seat", "trees", civic.Published)
	p.settle(t)
	p.follow(t, celina, civic.NewFollow{Filter: civic.Filter{Areas: []string{"west"}}, Cadence: civic.Daily})
	p.follow(t, celina, civic.NewFollow{ThingID: same, Cadence: civic.Daily})
	p.follow(t, celina, civic.NewFollow{Cadence: civic.Weekly})
	p.follow(t, idle, civic.NewFollow{Filter: civic.Filter{Areas: []string{"east"}}, Cadence: civic.Daily})
	p.follow(t, instant, civic.NewFollow{Cadence: civic.Daily})
	bench := p.report(t, "anna", "Bench", "trees", civic.Published)
	gone := p.report(t, "anna", "Gone", "trees", civic.Published)
	p.report(t, "anna", "HexOnly", "fear", civic.Published)
	p.report(t, "anna", "Waits", "trees", civic.Pending)
	p.act(t, civic.Command{Action: civic.Merge, Into: bench}, same)
	p.act(t, civic.Command{Action: civic.BeginDiagnosis}, bench)
	p.act(t, civic.Command{Action: civic.EndDiagnosis}, bench)
	p.act(t, civic.Command{Action: civic.BeginAction}, bench)
	p.act(t, civic.Command{Action: civic.Undo}, bench)
	p.follow(t, instant, civic.NewFollow{ThingID: bench}) // and is told at once of what comes then
	p.act(t, civic.Command{Action: civic.PostUpdate, Text: "x"}, bench)
	p.settle(t)
	box.told()

	due := time.Now().Add(time.Hour)
	digest := func(c civic.Cadence) map[string]civic.Letter {
		t.Helper()
		stop()        // so that nothing is sent before something is hidden
		for range 2 { // as after an error
			if err := p.QueueDigests(t.Context(), p.d, c, due); err != nil {
				t.Fatal(err)
			}
		}
		// What is hidden before it is sent is not in it.
		if c == civic.Daily {
			if _, err := p.conn.Exec(t.Context(), `update pins set publication = 'hidden' where pin_id = $1`, gone); err != nil {
				t.Fatal(err)
			}
		}
		stop = p.run(t, box.deliver)
		p.settle(t)
		letters := map[string]civic.Letter{}
		for _, l := range box.received() {
			name, _, _ := strings.Cut(l.To, "@")
			if _, ok := letters[name]; ok || l.Kind != civic.MailDigest {
				t.Errorf("%s has %s, and a mail before", name, l.Kind)
			}
			letters[name] = l
		}
		box.told()
		return letters
	}
	letters := digest(civic.Daily)
	got := map[string][]string{}
	for name, l := range letters {
		got[name] = items(l)
	}
	want := map[string][]string{
		"celina":  {"update Bench", "moved Bench", "published Bench"},
		"instant": {"moved Bench", "published Bench"}, // what was before they followed that at once, too
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("daily (-want +got):\n%s", diff)
	}
	l := letters["celina"]
	if len(l.Follows) != 1 || l.Follows[0].Title != "West" || l.Items[0].Link != fmt.Sprintf("/d/test/pins/%d", bench) {
		t.Errorf("%+v", l)
	}
	if letters := digest(civic.Weekly); len(letters) != 1 || len(letters["celina"].Items) != 3 || letters["celina"].Follows[0].Title != "" {
		t.Errorf("weekly: %+v", letters)
	}
	due = due.Add(24 * time.Hour)
	if letters := digest(civic.Daily); len(letters) != 0 {
		t.Errorf("without news: %+v", letters)
	}

	end, _, err := p.End(t.Context(), p.d, strings.TrimPrefix(l.OneClick, "/d/test/unsubscribe/"))
	if err != nil || end.Cadence != civic.Daily {
		t.Fatalf("%+v, %v", end, err)
	}
	if err := p.EndFollow(t.Context(), p.d, end); err != nil {
		t.Fatal(err)
	}
	if _, err := p.conn.Exec(t.Context(), `update follows set digested_until = now()`); err != nil { // from the future of this test
		t.Fatal(err)
	}
	p.act(t, civic.Command{Action: civic.BeginAction}, bench)
	p.settle(t)
	box.told()
	// The follow of the bench is told at once, so the digest has nothing to add.
	due = due.Add(24 * time.Hour)
	if letters := digest(civic.Daily); len(letters) != 0 {
		t.Errorf("after the end: %+v", letters)
	}
	due = due.Add(7 * 24 * time.Hour)
	if letters := digest(civic.Weekly); len(letters) != 1 || !cmp.Equal(items(letters["celina"]), []string{"moved Bench"}) {
		t.Errorf("weekly after the end of the daily one: %+v", letters)
	}
}

// TestOverdueDigestIsSentOnce checks that a digest which nobody queued when it was
// due has the news of all days in one mail, by the tasks that run every minute.
func TestOverdueDigestIsSentOnce(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	p.follow(t, p.contact(t, "celina@example.org"), civic.NewFollow{Cadence: civic.Daily})
	p.report(t, "anna", "Bench", "trees", civic.Published)
	if _, err := p.conn.Exec(t.Context(), `
		alter table audit disable trigger refuse_change;
		update audit set happened_at = now() - interval '9 days';
		update follows set digested_until = now() - interval '10 days'`); err != nil {
		t.Fatal(err)
	}
	var box mailbox
	p.run(t, box.deliver)
	await(t, "the digest is sent", func() bool {
		for _, l := range box.received() {
			if l.Kind == civic.MailDigest {
				return cmp.Equal(items(l), []string{"published Bench"})
			}
		}
		return false
	})
}

// BenchmarkDigests queues the digests of 10,000 contacts in a district with 2,000
// news a day, and measures how many of them are handed over in an hour, from the
// first hundred.
func BenchmarkDigests(b *testing.B) {
	p := openPost(b)
	const contacts, news, measured = 10_000, 2_000, 100
	if _, err := p.conn.Exec(b.Context(), `
		insert into pins (district_id, pin_id, category_id, kind, visibility, publication, status, title, body, geom, cell, shown, shown_cell, area_id, shown_area_id, reported_on, search)
		select district_id, nextval('thing_ids'), category_id, kind, visibility, 'published', 'reported', 'Bench ' || n, '', st_setsrid(st_point(19.95, 50.05), 4326), 0,
		  st_setsrid(st_point(19.95, 50.05), 4326), 0, 1, 1, current_date, ''
		from categories, generate_series(1, $1) as n
		where slug = 'trees'`, news); err != nil {
		b.Fatal(err)
	}
	if _, err := p.conn.Exec(b.Context(), `
		insert into audit (district_id, actor_id, action, thing_id, state_before, state_after)
		select district_id, 1, 'publish', pin_id, 'pending', 'published'
		from pins`); err != nil {
		b.Fatal(err)
	}
	sealed := p.keys.SealEmail("celina@example.org")
	for b.Loop() {
		b.StopTimer()
		if _, err := p.conn.Exec(b.Context(), `truncate contacts, follows, supports, deliveries, bounces, outbox, improvements`); err != nil {
			b.Fatal(err)
		}
		if _, err := p.conn.Exec(b.Context(), `
			with contact as (
			  insert into contacts (district_id, email_sealed, email_hash, key_id, language, confirmed_at)
			  select $1, $2, sha256(n::text::bytea), $3, 'en', now()
			  from generate_series(1, $4) as n
			  returning district_id, contact_id
			)
			insert into follows (district_id, contact_id, area_ids, cadence, confirmed_at, digested_until)
			select district_id, contact_id, case when contact_id % 2 = 0 then array[1] else '{}' end, 'daily', now(), now() - interval '1 day'
			from contact`, p.d.ID, sealed.Sealed, sealed.KeyID, contacts); err != nil {
			b.Fatal(err)
		}
		sent := make(chan struct{}, contacts)
		b.StartTimer()
		if err := p.QueueDigests(b.Context(), p.d, civic.Daily, time.Now().Add(time.Hour)); err != nil {
			b.Fatal(err)
		}
		stop := p.run(b, func(context.Context, civic.Letter) error { sent <- struct{}{}; return nil })
		queued := b.Elapsed()
		for range measured {
			<-sent
		}
		b.ReportMetric(measured/(b.Elapsed()-queued).Hours(), "digests/h")
		b.ReportMetric(queued.Seconds(), "s-to-queue")
		b.StopTimer()
		stop()
		b.StartTimer()
	}
}

package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/flags"
	"github.com/pinezka/pinezka/store"
)

var second = civic.Actor{Kind: civic.Account, ID: 4, Grants: []civic.Grant{{Role: civic.Moderator, DistrictID: 1}}}

// queue returns the titles of what waits.
func queue(t testing.TB, s *store.Store, d *civic.District, actor civic.Actor, q civic.QueueQuery) string {
	t.Helper()
	if q.Limit == 0 {
		q.Limit = 20
	}
	items, err := s.DeskQueue(t.Context(), d, actor, q)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, i := range items {
		titles = append(titles, i.Title)
	}
	return strings.Join(titles, " ")
}

// TestDeskQueue checks that the queue has what waits, oldest first, in pages and
// by each filter.
func TestDeskQueue(t *testing.T) {
	s, d, conn := open(t)
	a, b, c := tree, tree, tree
	a.Title, a.Body = "A", "tel. 501 234 567"
	b.Title, b.Point = "B", orb.Point{20.02, 50.05}
	c.Title, c.Category = "C", "help"
	d.Desk.PhoneRegion = "PL"
	for _, draft := range []civic.Draft{a, b, c} {
		add(t, s, d, draft, civic.Pending)
	}
	add(t, s, d, tree, civic.Published)
	if _, err := conn.Exec(t.Context(), `update pins set created_at = now() - interval '30 days' where title = 'C'`); err != nil {
		t.Fatal(err)
	}
	if n, err := s.FlagTexts(t.Context(), d); n != 3 || err != nil {
		t.Errorf("%d texts are looked through, %v", n, err)
	}
	if n, err := s.FlagTexts(t.Context(), d); n != 0 || err != nil {
		t.Errorf("%d texts are looked through again, %v", n, err)
	}
	for want, q := range map[string]civic.QueueQuery{
		"C A B": {Queue: civic.Waiting},
		"C A":   {Queue: civic.Waiting, Areas: []int32{1}},
		"A B":   {Queue: civic.Waiting, Category: d.Categories[0].ID},
		"A":     {Queue: civic.Waiting, Flag: int(flags.Phone.Bit())},
		"C":     {Queue: civic.Waiting, Limit: 1},
		"":      {Queue: civic.Waiting, Flag: int(flags.PESEL.Bit())},
	} {
		if got := queue(t, s, d, moderator, q); got != want {
			t.Errorf("%+v: %q, want %q", q, got, want)
		}
	}
	first, err := s.DeskQueue(t.Context(), d, moderator, civic.QueueQuery{Queue: civic.Waiting, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	after := &civic.QueueCursor{Since: first[0].Since, ID: first[0].ID}
	if got := queue(t, s, d, moderator, civic.QueueQuery{Queue: civic.Waiting, After: after}); got != "A B" {
		t.Errorf("the second page has %q", got)
	}
	counts, err := s.CountQueues(t.Context(), d, moderator, nil, time.Now())
	want := civic.QueueCounts{Of: map[civic.Queue]int{
		civic.Overdue: 1, civic.DueToday: 0, civic.Waiting: 3, civic.Answers: 0, civic.Reports: 0, civic.Objections: 0,
	}}
	if diff := cmp.Diff(want, counts); err != nil || diff != "" {
		t.Errorf("counts: %v (-want +got):\n%s", err, diff)
	}
	if _, err := conn.Exec(t.Context(), `
		update pins
		set body = 'PESEL 44051401359',
		  search = array_to_tsvector(array['b', 'pesel', '44051401359'])
		where title = 'B'`); err != nil {
		t.Fatal(err)
	}
	if n, err := s.FlagTexts(t.Context(), d); n != 1 || err != nil {
		t.Errorf("%d changed texts are looked through, %v", n, err)
	}
	if got := queue(t, s, d, moderator, civic.QueueQuery{Queue: civic.Waiting, Flag: int(flags.PESEL.Bit())}); got != "B" {
		t.Errorf("by the flag of the changed text: %q", got)
	}
}

// TestCountsAgreeWithTheQueues checks for each day of two weeks, and for a moderator
// and an animator, that as many things are counted as each queue has.
func TestCountsAgreeWithTheQueues(t *testing.T) {
	s, d, conn := open(t)
	for i := range 30 {
		draft := tree
		draft.Title, draft.Point = fmt.Sprint(i), orb.Point{19.95 + float64(i%2)*0.07, 50.05}
		add(t, s, d, draft, civic.Pending)
	}
	if _, err := conn.Exec(t.Context(), `update pins set created_at = now() - interval '7 hours' * title::int`); err != nil {
		t.Fatal(err)
	}
	seen := map[civic.Queue]int{}
	for day := range 14 {
		now := time.Now().AddDate(0, 0, day)
		for _, areas := range [][]int32{nil, {1}} {
			counts, err := s.CountQueues(t.Context(), d, moderator, areas, now)
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range civic.Queues() {
				query := civic.QueueQuery{Queue: q, Areas: areas, Limit: 100}
				query.From, query.Until = d.WaitingSince(q, now)
				items, err := s.DeskQueue(t.Context(), d, moderator, query)
				if err != nil || len(items) != counts.Of[q] {
					t.Errorf("in %d days, areas %v, %s: %d are listed, %d counted, %v", day, areas, q, len(items), counts.Of[q], err)
				}
				seen[q] += len(items)
			}
		}
	}
	if seen[civic.Overdue] == 0 || seen[civic.DueToday] == 0 {
		t.Errorf("nothing was ever due: %v", seen)
	}
}

// reportThing makes a report on a thing.
func reportThing(t testing.TB, s *store.Store, d *civic.District, actor civic.Actor, thing int64, r civic.NewReport) error {
	t.Helper()
	action := civic.Report
	if r.Kind == civic.Objection {
		action = civic.Object
	}
	_, err := s.Do(t.Context(), d, actor, civic.Command{Action: action, Things: []int64{thing}, Text: "To o mnie", Report: r})
	return err
}

// TestReports checks that anybody can report what is public, that a report waits
// until it is closed with a reason or what it asks for is done, and that an
// objection reaches a second person.
func TestReports(t *testing.T) {
	s, d, _ := open(t)
	kept, hidden, pending := add(t, s, d, tree, civic.Published), add(t, s, d, tree, civic.Published), add(t, s, d, tree, civic.Pending)
	notice := civic.NewReport{Kind: civic.ContentNotice, Ground: civic.Insult, Name: "Jan"}
	if err := reportThing(t, s, d, civic.Actor{}, pending, notice); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("report what is not public: %v", err)
	}
	if err := reportThing(t, s, d, civic.Actor{}, kept, civic.NewReport{Kind: civic.ContentNotice}); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("report without a ground: %v", err)
	}
	for _, id := range []int64{kept, hidden} {
		if err := reportThing(t, s, d, civic.Actor{}, id, notice); err != nil {
			t.Fatal(err)
		}
	}
	if got := queue(t, s, d, moderator, civic.QueueQuery{Queue: civic.Reports}); got != "Lipa Lipa" {
		t.Errorf("reports: %q", got)
	}
	on, err := s.ReportsOn(t.Context(), d, kept)
	if err != nil || len(on) != 1 || on[0].Text != "To o mnie" || on[0].Name != "Jan" || on[0].Ground != civic.Insult {
		t.Fatalf("%+v, %v", on, err)
	}
	closing := civic.Command{Action: civic.CloseReport, Things: []int64{kept}, Reason: "nie obraża", Closing: civic.ClosedReport{ID: on[0].ID}}
	if _, err := s.Do(t.Context(), d, moderator, closing); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Do(t.Context(), d, moderator, closing); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("close twice: %v", err)
	}
	if on, err := s.ReportsOn(t.Context(), d, kept); err != nil || on[0].ClosedAt.IsZero() || on[0].Upheld || on[0].Reason != "nie obraża" {
		t.Errorf("%+v, %v", on, err)
	}
	if _, err := hide(t, s, d, moderator, []int64{hidden}, "obraża"); err != nil {
		t.Fatal(err)
	}
	if on, err := s.ReportsOn(t.Context(), d, hidden); err != nil || !on[0].Upheld || on[0].Reason != "obraża" {
		t.Errorf("of what is hidden: %+v, %v", on, err)
	}
	if got := queue(t, s, d, moderator, civic.QueueQuery{Queue: civic.Reports}); got != "" {
		t.Errorf("reports left: %q", got)
	}

	if err := reportThing(t, s, d, system, hidden, civic.NewReport{Kind: civic.Objection, Ground: civic.OtherGround}); err != nil {
		t.Fatal(err)
	}
	on, err = s.ReportsOn(t.Context(), d, hidden)
	if err != nil || on[1].MayClose(moderator) || !on[1].MayClose(second) {
		t.Fatalf("%+v, %v", on, err)
	}
	own, others := queue(t, s, d, moderator, civic.QueueQuery{Queue: civic.Objections}), queue(t, s, d, second, civic.QueueQuery{Queue: civic.Objections})
	if own != "" || others != "Lipa" {
		t.Errorf("the objection waits for whoever decided (%q), and for another (%q)", own, others)
	}
	closing = civic.Command{Action: civic.CloseReport, Things: []int64{hidden}, Reason: "zostaje", Closing: civic.ClosedReport{ID: on[1].ID}}
	if _, err := s.Do(t.Context(), d, moderator, closing); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("the same person decides: %v", err)
	}
	if _, err := s.Do(t.Context(), d, second, closing); err != nil {
		t.Error(err)
	}
	if got := queue(t, s, d, second, civic.QueueQuery{Queue: civic.Objections}); got != "" {
		t.Errorf("objections left: %q", got)
	}
}

// TestReportsOfAContactAreErased checks that with a contact goes what the contact
// has reported, and the name, but not that there was a report.
func TestReportsOfAContactAreErased(t *testing.T) {
	s, d, conn := open(t)
	id := add(t, s, d, tree, civic.Published)
	if err := reportThing(t, s, d, civic.Actor{}, id, civic.NewReport{Kind: civic.ContentNotice, Ground: civic.Insult, Name: "Jan", Email: "jan@example.org"}); err != nil {
		t.Fatal(err)
	}
	if on, err := s.ReportsOn(t.Context(), d, id); err != nil || !on[0].HasContact {
		t.Fatalf("%+v, %v", on, err)
	}
	if _, err := conn.Exec(t.Context(), `delete from contacts`); err != nil {
		t.Fatal(err)
	}
	if on, err := s.ReportsOn(t.Context(), d, id); err != nil || len(on) != 1 || on[0].HasContact || on[0].Name != "" || on[0].Text != "" {
		t.Errorf("%+v, %v", on, err)
	}
}

// TestAnswers checks that an answer waits for whoever has asked, until they act.
func TestAnswers(t *testing.T) {
	s, d, _ := open(t)
	id := add(t, s, d, tree, civic.Pending)
	for _, c := range []struct {
		actor civic.Actor
		civic.Command
	}{
		{moderator, civic.Command{Action: civic.Ask, Text: "Która lipa?"}},
		{system, civic.Command{Action: civic.Answer, Text: "Ta druga"}},
	} {
		c.Things = []int64{id}
		if _, err := s.Do(t.Context(), d, c.actor, c.Command); err != nil {
			t.Fatal(err)
		}
	}
	if mine, other := queue(t, s, d, moderator, civic.QueueQuery{Queue: civic.Answers}), queue(t, s, d, second, civic.QueueQuery{Queue: civic.Answers}); mine != "Lipa" || other != "" {
		t.Errorf("answers: %q, of another %q", mine, other)
	}
	if _, err := publish(t, s, d, moderator, []int64{id}); err != nil {
		t.Fatal(err)
	}
	if got := queue(t, s, d, moderator, civic.QueueQuery{Queue: civic.Answers}); got != "" {
		t.Errorf("answers left: %q", got)
	}
	history, err := s.StaffHistory(t.Context(), d, id, 10)
	if err != nil || len(history) != 4 || history[0].Content.Title != "Lipa" || history[1].Text != "Która lipa?" || history[3].After != "published" {
		t.Errorf("%+v, %v", history, err)
	}
}

// TestAnswersOfReported checks that an answer waits for whoever has asked even if
// somebody reports the pin in between, as everybody can.
func TestAnswersOfReported(t *testing.T) {
	s, d, _ := open(t)
	id := add(t, s, d, tree, civic.Published)
	for _, c := range []struct {
		actor civic.Actor
		civic.Command
	}{
		{moderator, civic.Command{Action: civic.Ask, Text: "Która lipa?"}},
		{system, civic.Command{Action: civic.Answer, Text: "Ta druga"}},
		{civic.Actor{}, civic.Command{Action: civic.Report, Text: "To reklama", Report: civic.NewReport{Kind: civic.ContentNotice, Ground: civic.Spam}}},
	} {
		c.Things = []int64{id}
		if _, err := s.Do(t.Context(), d, c.actor, c.Command); err != nil {
			t.Fatal(err)
		}
	}
	if got := queue(t, s, d, moderator, civic.QueueQuery{Queue: civic.Answers}); got != "Lipa" {
		t.Errorf("answers: %q", got)
	}
}

// TestNearPins checks that near a pin are those that are public and those that wait,
// the nearest first, not those that are hidden; and that an animator sees outside of
// their area only what is public there, where it is public.
func TestNearPins(t *testing.T) {
	s, d, _ := open(t)
	at := func(category string, lon float64, p civic.Publication) int64 {
		draft := tree
		draft.Category, draft.Point = category, orb.Point{lon, 50.05}
		return add(t, s, d, draft, p)
	}
	id := at("trees", 19.9997, civic.Pending)
	waits, public := at("trees", 19.9995, civic.Pending), at("trees", 19.9998, civic.Published)
	blurred, hexOnly := at("help", 19.9992, civic.Published), at("fear", 19.9991, civic.Pending)
	at("trees", 19.9997, civic.Hidden)
	at("fear", 19.9997, civic.Published)
	at("trees", 19.99, civic.Published) // far away
	eastPublic, eastBlurred, eastWaits := at("trees", 20.0005, civic.Published), at("help", 20.0006, civic.Published), at("trees", 20.0007, civic.Pending)
	item, err := s.DeskItem(t.Context(), d, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		areas []int32
		want  []int64
	}{
		{nil, []int64{public, waits, blurred, hexOnly, eastPublic, eastBlurred, eastWaits}},
		{[]int32{1}, []int64{public, waits, blurred, hexOnly, eastPublic}},
	} {
		near, err := s.NearPins(t.Context(), d, item, test.areas)
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for _, pin := range near {
			got = append(got, pin.ID)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("areas %v (-want +got):\n%s", test.areas, diff)
		}
	}
}

// TestLookAt checks that whoever looks at a thing sees who else does, until they
// leave, open another, or their time is up.
func TestLookAt(t *testing.T) {
	s, d, _ := open(t)
	account := func(name string) civic.Actor {
		given, err := s.GiveRole(t.Context(), d, civic.Actor{Kind: civic.Operator, Name: "root"},
			civic.Gift{Email: name + "@example.org", Name: name, Role: civic.Moderator, Reason: "a test"})
		if err != nil {
			t.Fatal(err)
		}
		return civic.Actor{Kind: civic.Account, ID: given.AccountID}
	}
	anna, jan := account("Anna"), account("Jan")
	look := func(actor civic.Actor, thing int64, atMost time.Duration) string {
		t.Helper()
		names, err := s.LookAt(t.Context(), d, actor, thing, atMost)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(names, " ")
	}
	if got := look(anna, 1, time.Minute); got != "" {
		t.Errorf("alone: %q", got)
	}
	if got := look(jan, 1, time.Minute); got != "Anna" {
		t.Errorf("both look: %q", got)
	}
	look(anna, 2, time.Minute)
	if got := look(jan, 1, time.Minute); got != "" {
		t.Errorf("she has opened another: %q", got)
	}
	look(anna, 1, 0)
	if got := look(jan, 1, time.Minute); got != "" {
		t.Errorf("her time is up: %q", got)
	}
	look(anna, 1, time.Minute)
	leave := func(thing int64) {
		if err := s.LookAway(t.Context(), d, anna, thing); err != nil {
			t.Fatal(err)
		}
	}
	leave(2)
	if got := look(jan, 1, time.Minute); got != "Anna" {
		t.Errorf("she has left another: %q", got)
	}
	leave(1)
	if got := look(jan, 1, time.Minute); got != "" {
		t.Errorf("she has left: %q", got)
	}
}

// fillQueue adds n pins that wait, of which the planner has statistics.
func fillQueue(t testing.TB, conn *pgx.Conn, n int) {
	t.Helper()
	waitingPins(t, conn, n)
	for _, table := range []string{"pins", "things"} {
		if _, err := conn.Exec(t.Context(), `vacuum analyze `+table); err != nil {
			t.Fatal(err)
		}
	}
}

// waitingPins adds n pins that wait.
func waitingPins(t testing.TB, conn *pgx.Conn, n int) {
	t.Helper()
	for _, statement := range []string{`
		insert into pins (district_id, category_id, kind, visibility, publication, status, title, body,
		  geom, cell, shown, shown_cell, area_id, shown_area_id, reported_on, created_at, search)
		select 1, 1, 'need', 'point', 'pending', 'reported', 'Dziura ' || i, 'w chodniku, przy szkole nr ' || i,
		  place, 0, place, 0, 1 + (i % 2), 1 + (i % 2), date '2026-01-01', now() - i * interval '1 minute',
		  array_to_tsvector(array['dziura', 'w', 'chodniku', 'przy', 'szkole', 'nr', i::text])
		from generate_series(1, @n) as i,
		  st_setsrid(st_makepoint(case i % 2 when 0 then 19.91 else 20.001 end + (i::bigint * 7919 % 1000) * 0.00004, 50.01 + (i::bigint * 104729 % 1000) * 0.00008), 4326) as place`,
		`update things set flags = case when thing_id % 50 = 0 then 8 else 0 end`,
	} {
		if _, err := conn.Exec(t.Context(), statement, pgx.NamedArgs{"n": n}); err != nil {
			t.Fatal(err)
		}
	}
}

// deskReads are what a page of the desk reads.
func deskReads(s *store.Store, d *civic.District, item civic.QueueItem) map[string]func(context.Context) error {
	animator := civic.Actor{Kind: civic.Account, ID: 2}
	read := func(q civic.QueueQuery) func(context.Context) error {
		return func(ctx context.Context) error {
			q.Queue, q.Limit = civic.Waiting, 21
			items, err := s.DeskQueue(ctx, d, animator, q)
			if err == nil && len(items) != q.Limit {
				return fmt.Errorf("%d items", len(items))
			}
			return err
		}
	}
	return map[string]func(context.Context) error{
		"queue":    read(civic.QueueQuery{}),
		"page":     read(civic.QueueQuery{After: &civic.QueueCursor{Since: item.Since, ID: item.ID}}),
		"area":     read(civic.QueueQuery{Areas: []int32{1}}),
		"category": read(civic.QueueQuery{Category: 1}),
		"flag":     read(civic.QueueQuery{Flag: 8}),
		"all":      read(civic.QueueQuery{Flag: 8, Category: 1, Areas: []int32{1}}),
		"counts": func(ctx context.Context) error {
			_, err := s.CountQueues(ctx, d, animator, nil, time.Now())
			return err
		},
		"near": func(ctx context.Context) error { _, err := s.NearPins(ctx, d, item, nil); return err },
	}
}

// BenchmarkDesk measures what the desk reads where 100,000 pins wait.
func BenchmarkDesk(b *testing.B) {
	s, d, conn := open(b)
	fillQueue(b, conn, 100_000)
	items, err := s.DeskQueue(b.Context(), d, moderator, civic.QueueQuery{Queue: civic.Waiting, Limit: 500})
	if err != nil {
		b.Fatal(err)
	}
	for name, read := range deskReads(s, d, items[len(items)-1]) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := read(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

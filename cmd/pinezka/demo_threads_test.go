package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/web/figures"
)

// demonstrated is the demo district in a database of its own.
type demonstrated struct {
	*store.Store
	district civic.District
	today    civic.Day
	url      string
}

func demonstrate(t *testing.T, pins int, today civic.Day) demonstrated {
	t.Helper()
	d := demonstrated{today: today, url: storetest.URL(t)}
	var err error
	if d.Store, err = store.Open(t.Context(), store.Config{URL: d.url, Keys: storetest.Keys(t)}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	if err := makeDemo(t.Context(), d.Store, demonstration{pins, 1, today.Time().Add(12 * time.Hour), func() {}}); err != nil {
		t.Fatal(err)
	}
	if d.district, err = d.District(t.Context(), demo.Slug); err != nil {
		t.Fatal(err)
	}
	return d
}

// things returns what there is besides pins, and what is known of the council at once.
func (d demonstrated) things(t *testing.T) []civic.SearchHit {
	t.Helper()
	hits, err := d.SearchThings(t.Context(), &d.district, civic.SearchQuery{Limit: 100, Kinds: []civic.ThingKind{
		civic.DiagnosisThing, civic.InitiativeThing, civic.OrganisationThing, civic.RecommendationThing, civic.ResolutionThing, civic.AskThing, civic.OfferThing,
		civic.CommentThing,
	}})
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

// thread returns what everybody may know of the thread of the only thing with a title
// that begins so.
func (d demonstrated) thread(t *testing.T, title string) (civic.SearchHit, civic.Thread) {
	t.Helper()
	var found []civic.SearchHit
	for _, h := range d.things(t) {
		if strings.HasPrefix(h.Title, title) {
			found = append(found, h)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d things %q", len(found), title)
	}
	thread, err := d.Thread(t.Context(), &d.district, found[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return found[0], thread.Public()
}

// TestDemoTellsThreads checks what the demonstration tells of needs that were met, of
// some that were refused, of some that wait for a reply, and of initiatives that run.
func TestDemoTellsThreads(t *testing.T) {
	t.Parallel()
	d := demonstrate(t, 2000, 20514)
	for _, want := range []struct {
		title string
		needs civic.Status // as they are now
		story []string     // days ago, what happened to which kind of thing
		gaps  []civic.GapKind
	}{
		{"Cień na", civic.Met, []string{
			"392 publish diagnosis", "388 publish organisation", "386 verify organisation", "381 publish organisation", "370 publish initiative", "360 plan initiative",
			"352 seek_support initiative", "351 publish ask", "347 publish offer", "330 start initiative", "318 post_update initiative",
			"301 complete ask", "300 complete offer", "290 post_update initiative", "215 complete initiative", "35 evaluate initiative",
		}, nil},
		{"Autobus z", civic.NotPossible, []string{
			"330 publish group", "322 publish diagnosis", "300 publish recommendation", "292 consult recommendation", "280 edit recommendation",
			"263 adopt recommendation", "256 send recommendation", "231 reject recommendation",
		}, nil},
		{"Oświetlić drogę", civic.InAction, []string{
			"330 publish group", "118 publish diagnosis", "117 publish event", "116 publish idea", "107 hold event", "107 publish idea", "107 publish idea",
			"106 publish recommendation", "106 publish idea", "106 publish idea", "105 publish theme", "103 publish event",
			"99 consult recommendation", "89 hold event", "80 adopt recommendation", "60 send recommendation",
		}, []civic.GapKind{civic.GapOverdue}},
		{"Place zabaw przy", civic.Diagnosed, []string{"54 publish diagnosis", "53 publish event", "40 hold event"}, []civic.GapKind{civic.GapNotTakenUp}},
		{"Czwartki na", civic.InAction, []string{
			"52 publish initiative", "40 seek_support initiative", "38 start initiative", "24 post_update initiative", "9 publish ask",
		}, nil},
		{"Czysty brzeg", civic.InAction, []string{
			"41 publish initiative", "27 plan initiative", "20 start initiative", "13 post_update initiative", "6 publish ask",
		}, nil},
	} {
		_, thread := d.thread(t, want.title)
		var story []string
		for _, e := range thread.Entries {
			if thing, _ := thread.Thing(e.ThingID); thing.Kind != civic.PinThing {
				story = append(story, fmt.Sprintf("%d %s %s", d.today-d.district.DayOf(e.At), e.Action, thing.Kind))
			}
		}
		if diff := cmp.Diff(want.story, story); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.title, diff)
		}
		needs := 0
		for _, thing := range thread.Things {
			if thing.PinKind == civic.Need {
				needs++
				if thing.Status() != want.needs {
					t.Errorf("%s: %s is %s", want.title, thing.Title, thing.Status())
				}
			}
		}
		var gaps []civic.GapKind
		for _, g := range thread.Gaps(&d.district, d.today) {
			gaps = append(gaps, g.Kind)
		}
		if diff := cmp.Diff(want.gaps, gaps); diff != "" || needs == 0 {
			t.Errorf("%s: %d needs, gaps (-want +got):\n%s", want.title, needs, diff)
		}
	}
	t.Run("record", func(t *testing.T) { testRecord(t, d) })
	t.Run("figures", func(t *testing.T) { testFrozen(t, d) })
	t.Run("recommendations", func(t *testing.T) { testReplies(t, d) })
	t.Run("open", func(t *testing.T) { testOpen(t, d) })
}

// testRecord verifies the audit, in which the past is in the order in which it was
// told, and checks that nobody is told of it by mail.
func testRecord(t *testing.T, d demonstrated) {
	eventually(t, "the audit is sealed, and verified", func() bool {
		if _, err := d.SealAudit(t.Context()); err != nil {
			t.Fatal(err)
		}
		v, err := d.VerifyAudit(t.Context(), &d.district, nil)
		if err != nil {
			t.Fatal(err)
		}
		return v.Unsealed == 0 && v.Sealed > 0
	})
	conn, err := pgx.Connect(t.Context(), d.url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	var mails, backward int
	err = conn.QueryRow(t.Context(), `
		select (
		  select count(*)
		  from river_job
		  join audit on audit_id = (args ->> 'entry')::bigint
		  where happened_at < date '1970-01-01' + $1::int
		), (
		  select count(*)
		  from audit as entry
		  join audit as earlier using (thing_id)
		  where earlier.audit_id < entry.audit_id
		    and earlier.happened_at > entry.happened_at
		)`, d.today).Scan(&mails, &backward)
	if err != nil || mails > 0 || backward > 0 {
		t.Errorf("%d mails, %d entries before an earlier one of the same thing (%v)", mails, backward, err)
	}
}

// testFrozen checks that figures are those of the day on which they were frozen.
func testFrozen(t *testing.T, d demonstrated) {
	for title, want := range map[string]struct {
		daysAgo civic.Day
		class   string // of the hexagon; "" for none
	}{"Za mało cienia": {392, ""}, "Na autobus": {322, ""}, "Ciemno przy": {118, "hot"}, "Oświetlić drogę": {106, "hot"}, "Place zabaw przy": {54, ""}} {
		hit, _ := d.thread(t, title)
		described, err := d.Thing(t.Context(), &d.district, hit.ID)
		if err != nil {
			t.Fatal(err)
		}
		f, err := figures.Of(described)
		if err != nil || f == nil {
			t.Fatal(title, f, err)
		}
		class := ""
		if f.Hotspot != nil {
			class = f.Hotspot.Class
		}
		if f.ComputedOn != (d.today-want.daysAgo).String() || f.Total == 0 || class != want.class {
			t.Errorf("%s: computed on %s, %d pins, %q", title, f.ComputedOn, f.Total, class)
		}
	}
}

// testReplies checks what the recommendations say: replied to with reasons and against
// a dissent, or not replied to for some weeks.
func testReplies(t *testing.T, d demonstrated) {
	says := func(title string) civic.RecordDraft {
		t.Helper()
		hit, _ := d.thread(t, title)
		described, err := d.Thing(t.Context(), &d.district, hit.ID)
		if err != nil {
			t.Fatal(err)
		}
		r, _ := described.Content.(civic.Record)
		return r.RecordDraft
	}
	refused := says("Autobus z")
	for i, p := range refused.Rows["paragraphs"] {
		if p.Words["reply"] != "rejected" || p.Texts["reasons"]["uk"] == "" {
			t.Errorf("paragraph %d: %v", i+1, p)
		}
	}
	if n := len(refused.Rows["dissent"]); n != 1 || refused.Words["outcome"] != "rejected" || refused.Day("sent_on") != d.today-256 || refused.Day("replied_on") != d.today-231 {
		t.Errorf("%d dissents, %v", n, refused.Words)
	}
	waiting := says("Oświetlić drogę")
	if late := d.today - waiting.Day("deadline"); late < 14 || late > 30 || waiting.Words["replied_on"] != "" {
		t.Errorf("%d days late: %v", late, waiting.Words)
	}
	answered := 0
	for _, h := range d.things(t) {
		if h.Kind == civic.CommentThing {
			if says(strings.TrimSuffix(h.Title, "…")).Texts["answer"]["pl"] != "" {
				answered++
			}
		}
	}
	if answered != 2 {
		t.Errorf("%d comments are answered", answered)
	}
}

// testOpen checks that tasks are spread over the next two months, and that an ask and
// an offer fit each other.
func testOpen(t *testing.T, d demonstrated) {
	var due []civic.Day
	for _, title := range []string{"Czwartki na", "Czysty brzeg"} {
		hit, _ := d.thread(t, title)
		described, err := d.Thing(t.Context(), &d.district, hit.ID)
		if err != nil {
			t.Fatal(err)
		}
		r, _ := described.Content.(civic.Record)
		for _, task := range r.Rows["tasks"] {
			if task.Words["done"] != "yes" {
				due = append(due, task.Day("due")-d.today)
			}
		}
	}
	slices.Sort(due)
	if diff := cmp.Diff([]civic.Day{2, 4, 8, 12, 22, 26, 36, 45, 50, 58}, due); diff != "" {
		t.Errorf("tasks are due in so many days (-want +got):\n%s", diff)
	}
	ask, _ := d.thread(t, "Sala z czajnikiem")
	fit, err := d.Matches(t.Context(), &d.district, ask.ID)
	if err != nil || len(fit) != 1 || fit[0].Offer.Title != "Sala w tygodniu po południu" || fit[0].Score < 0.75 {
		t.Errorf("%+v, %v", fit, err)
	}
}

// TestDemoOnAnotherDay checks that the demonstration of another day differs by days
// alone, and that one with few pins leaves threads out.
func TestDemoOnAnotherDay(t *testing.T) {
	t.Parallel()
	told := func(pins int, today civic.Day) (all []string) {
		t.Helper()
		d := demonstrate(t, pins, today)
		for _, h := range d.things(t) {
			all = append(all, fmt.Sprintf("%d %s %s: %s", today-h.Day, h.Kind, h.Title, h.State))
		}
		return all
	}
	whole := told(2000, 20514)
	if diff := cmp.Diff(whole, told(2000, 20537)); diff != "" {
		t.Errorf("later (-one +other):\n%s", diff)
	}
	reduced := told(200, 20514)
	if len(reduced) == 0 || len(reduced) >= len(whole) {
		t.Errorf("with few pins: %q", reduced)
	}
	for _, line := range told(0, 20514) {
		if !strings.Contains(line, "resolution") {
			t.Errorf("without pins: %s", line)
		}
	}
}

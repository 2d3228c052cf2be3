package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/civic"
)

// TestDemoTellsAYear checks what the demonstration tells of the programme: what is on in
// each month, two debates and what came of them, the working group and the academy.
func TestDemoTellsAYear(t *testing.T) {
	t.Parallel()
	d := demonstrate(t, 2000, 20514)
	t.Run("calendar", func(t *testing.T) { testCalendar(t, d) })
	t.Run("places", func(t *testing.T) { testClearPlaces(t, d) })
	t.Run("debates", func(t *testing.T) { testDebates(t, d) })
	t.Run("group", func(t *testing.T) { testGroup(t, d) })
	t.Run("academy", func(t *testing.T) { testAcademy(t, d) })
}

// only returns the only thing of a kind with a title that begins so, and its thread.
func (d demonstrated) only(t *testing.T, kind civic.ThingKind, title string) (civic.Described, civic.Thread) {
	t.Helper()
	all, err := d.Things(t.Context(), &d.district, civic.ThingQuery{Kind: kind, Publications: []civic.Publication{civic.Published}, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var found []civic.Described
	for _, thing := range all {
		if strings.HasPrefix(thing.Title, title) {
			found = append(found, thing)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d of %s %q", len(found), kind, title)
	}
	thread, err := d.Thread(t.Context(), &d.district, found[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return found[0], thread.Public()
}

// testCalendar checks that something is on in each month of the year before today and of
// the two after it, and that there are events of every type, past ones with how many
// came and coming ones with places.
func testCalendar(t *testing.T, d demonstrated) {
	now := d.today.Time()
	all, err := d.Calendar(t.Context(), &d.district, civic.CalendarQuery{From: now.AddDate(0, -11, 0), Until: now.AddDate(0, 2, 0)})
	if err != nil {
		t.Fatal(err)
	}
	months, types, coming := map[civic.Month]int{}, map[string]int{}, map[string]int{}
	free := 0
	for _, e := range all {
		day := d.district.DayOf(e.Starts)
		months[day.Month()]++
		types[e.Type]++
		if day > d.today && !e.Cancelled {
			coming[e.Type]++
			if e.Needed && e.Capacity > 0 {
				free++
			}
		}
	}
	for month := d.today.Month() - 11; month <= d.today.Month()+1; month++ {
		if months[month] < 3 {
			t.Errorf("%d dates in %s, %s is this month", months[month], month, d.today.Month())
		}
	}
	rules := civic.EventThing.Rules()
	i := slices.IndexFunc(rules.Fields, func(f civic.Field) bool { return f.Name == "type" })
	for _, name := range rules.Fields[i].Options {
		if coming[name] == 0 || types[name] == coming[name] {
			t.Errorf("%d dates of %s, %d of them to come", types[name], name, coming[name])
		}
	}
	if free < 4 {
		t.Errorf("one can register for %d dates", free)
	}
	dates := func(title string) (cancelled, moved, counted int) {
		series, _ := d.only(t, civic.EventThing, title)
		says, _ := series.Content.(civic.Record)
		for _, o := range says.Occurrences() {
			if o.Cancelled {
				cancelled++
			}
			if o.Starts.Day != o.Day {
				moved++
			}
			if o.Attendance > 0 {
				counted++
			}
		}
		return cancelled, moved, counted
	}
	if cancelled, moved, counted := dates("Spotkanie grupy"); cancelled != 1 || moved != 1 || counted < 4 {
		t.Errorf("of the meetings %d are called off, %d moved, and it is known of %d how many came", cancelled, moved, counted)
	}
	if cancelled, _, counted := dates("Dyżur animatorki"); cancelled != 1 || counted != 3 {
		t.Errorf("of the duty hours %d are called off, and it is known of %d how many came", cancelled, counted)
	}
}

// testClearPlaces checks that no marker covers the places at which stories in the browser
// click, and that no two markers of the year are at the same place.
func testClearPlaces(t *testing.T, d demonstrated) {
	conn, err := pgx.Connect(t.Context(), d.url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	rows, _ := conn.Query(t.Context(), `
		select title, st_x(geom), st_y(geom)
		from contents
		join things using (district_id, thing_id)
		where geom is not null
		  and kind in ('event', 'idea', 'initiative', 'practicum')`) // ForEachRow returns the error
	var title string
	var at orb.Point
	var places []orb.Point
	_, err = pgx.ForEachRow(rows, []any{&title, &at[0], &at[1]}, func() error {
		for _, kept := range []orb.Point{{19.9493, 50.0446}, {19.9525, 50.0428}} {
			if m := orbgeo.Distance(at, kept); m < 150 {
				t.Errorf("%s is %.0f m from %v", title, m, kept)
			}
		}
		for _, other := range places {
			if m := orbgeo.Distance(at, other); m < 25 {
				t.Errorf("%s is %.0f m from another marker", title, m)
			}
		}
		places = append(places, at)
		return nil
	})
	if err != nil || len(places) < 30 {
		t.Errorf("%d markers (%v)", len(places), err)
	}
}

// testDebates checks that a debate about the diagnosis of a hotspot led to a
// recommendation and an initiative, by themes of ideas from everywhere, and that nothing
// has come of another one for more than a month.
func testDebates(t *testing.T, d demonstrated) {
	debate, thread := d.only(t, civic.EventThing, "Debata: po ciemku")
	before, after := map[civic.ThingKind]int{}, map[civic.ThingKind]int{}
	for _, thing := range thread.Things {
		if thing.Distance < 0 {
			before[thing.Kind]++
		} else {
			after[thing.Kind]++
		}
	}
	if before[civic.DiagnosisThing] != 1 || after[civic.IdeaThing] != 12 || after[civic.ThemeThing] != 3 || after[civic.InitiativeThing] != 1 || after[civic.RecommendationThing] != 1 {
		t.Errorf("the debate came of %v, of it came %v", before, after)
	}
	if says, _ := debate.Content.(civic.Record); debate.State != "held" || says.Words["figures"] == "" || says.Number("attendance") == 0 || says.Texts["minutes"]["uk"] == "" {
		t.Errorf("the debate is %s and says %v", debate.State, says.Words)
	}
	sources := map[string]int{}
	ideas, err := d.Things(t.Context(), &d.district, civic.ThingQuery{Kind: civic.IdeaThing, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, idea := range ideas {
		says, _ := idea.Content.(civic.Record)
		sources[says.Words["source"]]++
	}
	for _, from := range civic.IdeaSources() {
		if sources[from] < 3 {
			t.Errorf("%d ideas from %s", sources[from], from)
		}
	}
	linked, err := d.Links(t.Context(), &d.district, []int64{debate.ID})
	if err != nil {
		t.Fatal(err)
	}
	questions := 0
	for _, l := range linked.Links {
		if l.Relation == civic.CommentOn {
			question, err := d.Thing(t.Context(), &d.district, l.From)
			if says, _ := question.Content.(civic.Record); err != nil || says.Texts["answer"]["pl"] == "" {
				t.Errorf("%s has no answer (%v)", question.Title, err)
			}
			questions++
		}
	}
	if questions != 3 {
		t.Errorf("%d questions", questions)
	}
	fruitless, thread := d.only(t, civic.EventThing, "Debata: gdzie mają")
	for _, thing := range thread.Things {
		if thing.Distance > 0 {
			t.Errorf("%s %q came of the other debate", thing.Kind, thing.Title)
		}
	}
	says, _ := fruitless.Content.(civic.Record)
	all := says.Occurrences()
	if passed := d.today - all[len(all)-1].Ends.Day; fruitless.State != "held" || passed < 31 {
		t.Errorf("the other debate was %d days ago, it is %s", passed, fruitless.State)
	}
}

// testGroup checks that the working group has members from all sectors, one of whom has
// left, and recommendations of which one was rejected.
func testGroup(t *testing.T, d demonstrated) {
	group, thread := d.only(t, civic.GroupThing, "Grupa robocza")
	says, _ := group.Content.(civic.Record)
	sectors, left := map[string]int{}, 0
	for _, m := range says.Rows["members"] {
		sectors[m.Words["sector"]]++
		if m.Day("until") < d.today {
			left++
		}
	}
	if len(sectors) != len(civic.Sectors()) || left != 1 {
		t.Errorf("members from %v, %d have left", sectors, left)
	}
	states := map[civic.State]int{}
	for _, thing := range thread.Things {
		if thing.Kind == civic.RecommendationThing {
			states[thing.State]++
		}
	}
	if states["rejected"] != 1 || states["sent"] != 1 {
		t.Errorf("recommendations are %v", states)
	}
}

// testAcademy checks that a programme has ended with graduates whose practicums rest on a
// practice, and that one can enrol for another one.
func testAcademy(t *testing.T, d demonstrated) {
	ended, thread := d.only(t, civic.ProgrammeThing, "Akademia Dobrego Dialogu, pierwsza")
	applicants, err := d.Applicants(t.Context(), &d.district, ended.ID)
	if err != nil {
		t.Fatal(err)
	}
	states := map[civic.State]int{}
	for _, a := range applicants {
		states[a.State]++
		if a.State == "graduated" && len(a.Attended) < 4 {
			t.Errorf("%s graduated with %d sessions", a.Title, len(a.Attended))
		}
	}
	if ended.State != "finished" || states["graduated"] != 6 || states["left"] != 1 || states["not_selected"] != 1 {
		t.Errorf("the programme is %s, enrolments are %v", ended.State, states)
	}
	kinds := map[civic.ThingKind]int{}
	for _, thing := range thread.Things {
		if kinds[thing.Kind]++; thing.Kind == civic.EnrolmentThing {
			t.Errorf("the enrolment of %s is public", thing.Title)
		}
	}
	if kinds[civic.EventThing] != 6 || kinds[civic.PracticumThing] != 2 {
		t.Errorf("of the programme came %v", kinds)
	}
	bench, thread := d.only(t, civic.PracticumThing, "Ławki do rozmowy")
	has := func(kind civic.ThingKind) bool {
		return slices.ContainsFunc(thread.Things, func(thing civic.ThreadThing) bool { return thing.Kind == kind })
	}
	says, _ := bench.Content.(civic.Record)
	state, later := thread.YearLater(&d.district, bench.ID, says.Day("begins"), d.today)
	if !has(civic.PracticeThing) || !has(civic.PinThing) || !later || state != "evaluated" {
		t.Errorf("practice %t, need %t, after a year %q", has(civic.PracticeThing), has(civic.PinThing), state)
	}
	open, _ := d.only(t, civic.ProgrammeThing, "Akademia Dobrego Dialogu, druga")
	if says, _ := open.Content.(civic.Record); !says.Enrols(open.State, d.today) || !says.Enrols(open.State, d.district.DayOf(d.today.Time().Add(14*24*time.Hour))) {
		t.Errorf("nobody can enrol for the programme that is %s: %v", open.State, says.Words)
	}
}

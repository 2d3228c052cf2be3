package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestMeasures counts what is said and done in a month, by area, and leaves out what is
// called off, hidden, or of another month.
func TestMeasures(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	now := time.Now()
	month := p.d.DayOf(now).Month()
	measure := func() (got []string) {
		t.Helper()
		counts, err := p.Measures(t.Context(), p.d, month-1, month)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range counts {
			var sum int
			listed, total, err := p.MeasuredThings(t.Context(), p.d, civic.MeasureQuery{Measure: c.Measure, First: c.Month, Last: c.Month, AreaID: c.AreaID, Limit: 100})
			for _, one := range listed {
				sum += one.Count
			}
			if err != nil || total != c.Count || sum != c.Count {
				t.Errorf("%d %s, but listed are %d, together %d: %v", c.Count, c.Measure, total, sum, err)
			}
			got = append(got, fmt.Sprint(c.Measure, " ", c.Month-month, " ", c.AreaID, " ", c.Count))
		}
		people, err := p.PeopleReached(t.Context(), p.d, month-1, month)
		return append(got, fmt.Sprint(people, err))
	}
	if diff := cmp.Diff([]string{"[] <nil>"}, measure()); diff != "" {
		t.Fatal(diff)
	}
	held := p.eventAt(-26*time.Hour, 0)
	held.Words["attendance"], held.Words["registration"] = "17", "none"
	west, _ := p.d.Area("west")
	held.Words["area"] = "west"
	inMonth := p.d.DayOf(now.Add(-26 * time.Hour)).Month()
	p.announce(t, held)
	off, _ := p.announce(t, held)
	p.act(t, civic.Command{Action: civic.Cancel, Reason: "Rain"}, off)
	hidden, _ := p.announce(t, held)
	p.act(t, civic.Command{Action: civic.Hide, Reason: "A mistake"}, hidden)
	old := p.eventAt(-100*24*time.Hour, 0)
	p.announce(t, old)
	session := p.eventAt(-26*time.Hour, 0)
	session.Words["type"] = "session"
	p.announce(t, session)
	p.contact(t, "anna@example.org")
	anna := p.contact(t, "bob@example.org")
	next, day := p.announce(t, p.eventAt(time.Hour, 0))
	if _, err := p.Register(t.Context(), p.d, civic.NewRegistration{ThingID: next, Day: day, ContactID: anna, Seats: 2}); err != nil {
		t.Fatal(err)
	}
	at := inMonth - month
	want := []string{
		fmt.Sprint("attendance ", at, " ", west.ID, " 17"),
		fmt.Sprint("events ", at, " 0 1"), fmt.Sprint("events ", at, " ", west.ID, " 1"),
		fmt.Sprint("sessions ", at, " 0 1"),
		"[{pl 1}] <nil>",
	}
	if diff := cmp.Diff(want, measure()); diff != "" {
		t.Error(diff)
	}
}

func TestResponseTimes(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	month := p.d.DayOf(time.Now()).Month()
	for i := range 3 {
		id := p.report(t, fmt.Sprint("r", i), fmt.Sprint("Tree ", i), "trees", civic.Pending)
		if _, err := p.conn.Exec(t.Context(), `update pins set created_at = created_at - make_interval(days => $2) where pin_id = $1`, id, 2*i+1); err != nil {
			t.Fatal(err)
		}
		p.act(t, civic.Command{Action: civic.Publish}, id)
	}
	all, err := p.ResponseTimes(t.Context(), p.d, month, month)
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	if got := all[0]; got.Response != civic.ResponsePublished || !got.Everywhere || got.Count != 3 || int(got.Lower+.5) != 2 || int(got.Median+.5) != 3 || int(got.Upper+.5) != 4 {
		t.Errorf("%+v", got)
	}
}

// TestGoals sets goals, which the district has from then on, and refuses those of what
// is not counted.
func TestGoals(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	operator := civic.Actor{Kind: civic.Operator, Name: "root"}
	want := map[civic.Measure]int{civic.MeasureEvents: 24}
	if err := p.SetGoals(t.Context(), p.d, operator, want); err != nil {
		t.Fatal(err)
	}
	if got, err := p.District(t.Context(), p.d.Slug); err != nil || cmp.Diff(want, got.Goals) != "" {
		t.Errorf("%v, %v", got.Goals, err)
	}
	var faults civic.Faults
	for _, wrong := range []map[civic.Measure]int{{"smiles": 1}, {civic.MeasureEvents: 0}, {civic.MeasureEvents: civic.MaxGoal + 1}} {
		if err := p.SetGoals(t.Context(), p.d, operator, wrong); !errors.As(err, &faults) {
			t.Errorf("goals %v: %v", wrong, err)
		}
	}
	if err := p.SetGoals(t.Context(), p.d, moderator, want); err == nil {
		t.Error("a moderator sets goals")
	}
}

package store_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
)

// sessionDay is the day of the sessions of the tests.
var sessionDay = civic.DayOf(time.Date(2026, 12, 5, 0, 0, 0, 0, time.UTC))

// on returns the mark of somebody who has attended a session on a day.
func on(enrolment, session int64, day civic.Day) civic.AttendanceMark {
	return civic.AttendanceMark{Enrolment: enrolment, Meeting: civic.Meeting{Session: session, Day: day}, Attended: true}
}

// meetings returns the sessions on their day.
func meetings(sessions ...int64) (all []civic.Meeting) {
	for _, id := range sessions {
		all = append(all, civic.Meeting{Session: id, Day: sessionDay})
	}
	return all
}

// TestAttendanceAtOnce checks that of those who mark at once none undoes what another one
// does, whether they mark others or the same person.
func TestAttendanceAtOnce(t *testing.T) {
	t.Parallel()
	a := openAcademy(t)
	a.mustTake(civic.OpenEnrolment, a.programme)
	session, later := a.session("First"), a.session("Second")
	var people []int64
	for _, name := range []string{"anna", "ewa"} {
		id, err := a.enrol(name, name+"@example.org")
		if err != nil {
			t.Fatal(err)
		}
		a.mustTake(civic.Select, id)
		people = append(people, id)
	}
	mark := func(marks ...civic.AttendanceMark) {
		if err := a.MarkAttendance(t.Context(), a.d, a.moderator, a.programme, marks); err != nil {
			t.Error(err)
		}
	}
	was := on(people[1], later, sessionDay)
	mark(was) // which the first of the two takes back, and the second does not touch
	was.Attended = false
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { mark(on(people[0], session, sessionDay), was) })
		all.Go(func() { mark(on(people[1], session, sessionDay)) })
		all.Go(func() { mark(on(people[0], later, sessionDay)) }) // both
		all.Go(func() { mark(on(people[0], later, sessionDay)) })
	}
	all.Wait()
	found, err := a.Applicants(t.Context(), a.d, a.programme)
	if err != nil || len(found) != 2 || !slices.Equal(found[0].Attended, meetings(session, later)) || !slices.Equal(found[1].Attended, meetings(session)) {
		t.Errorf("%+v, %v", found, err)
	}
}

// TestAttendanceOfSeries checks that each day of a session that is a series is attended or
// not and counts for the certificate, except days that are cancelled or no longer in it.
func TestAttendanceOfSeries(t *testing.T) {
	t.Parallel()
	a := openAcademy(t)
	a.mustTake(civic.OpenEnrolment, a.programme)
	anna, err := a.enrol("Anna", "anna@example.org")
	if err != nil {
		t.Fatal(err)
	}
	a.mustTake(civic.Select, anna)
	course := a.session("Course")
	weeks := func(n int, cancelled ...civic.Day) {
		t.Helper()
		err := a.edit(civic.Edit, course, func(r *civic.RecordDraft) {
			r.Words["every"], r.Words["until"] = "week", (sessionDay + civic.Day(7*(n-1))).String()
			r.Rows = map[string][]civic.Values{}
			for _, day := range cancelled {
				r.Rows["occurrences"] = append(r.Rows["occurrences"], civic.Values{Words: map[string]string{"day": day.String(), "change": "cancelled"}})
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	weeks(4)
	graduate := func(what, want string) {
		t.Helper()
		if err := a.take(civic.Graduate, anna); code(err) != want || want == "" && err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	mark := func(week civic.Day) {
		t.Helper()
		if err := a.MarkAttendance(t.Context(), a.d, a.moderator, a.programme, []civic.AttendanceMark{on(anna, course, sessionDay+7*week)}); err != nil {
			t.Fatal(err)
		}
	}
	mark(0) // half of the days are needed
	graduate("one day of four", "absent")
	mark(3)
	weeks(4, sessionDay+21)
	graduate("one day of three, and one that was cancelled", "absent")
	weeks(3)
	graduate("one day of three, and one that there is no longer", "absent")
	weeks(4)
	graduate("two days of four", "")
}

package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/storetest"
)

// academy is a district with a programme that has two places and needs half of the
// sessions.
type academy struct {
	threaded
	programme int64
}

func openAcademy(t *testing.T) academy { return openThreaded(t).academy() }

// academy adds the programme.
func (h threaded) academy() academy {
	t := h.t
	t.Helper()
	content, err := h.d.AcceptRecord(civic.RecordDraft{Kind: civic.ProgrammeThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": "Leaders"}, "about": {"en": "How to act"}, "criteria": {"en": "An idea for the district"}},
		Words: map[string]string{"places": "2", "enrol_until": "2100-01-31", "attendance_needed": "50"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := h.Do(t.Context(), h.d, h.moderator, civic.Command{Action: civic.Submit, Kind: civic.ProgrammeThing, Content: content})
	if err != nil {
		t.Fatal(err)
	}
	return academy{h, out.Changed[0].ID}
}

// enrol submits an enrolment of somebody with an address.
func (a academy) enrol(name, email string) (int64, error) {
	c := a.submission(civic.EnrolmentThing, name, civic.FieldLinks{Field: "programme", Things: []int64{a.programme}})
	c.Email = email
	out, err := a.Do(a.t.Context(), a.d, civic.Actor{}, c)
	if err != nil {
		return 0, err
	}
	return out.Changed[0].ID, nil
}

// take takes an action on things.
func (a academy) take(action civic.Action, things ...int64) error {
	_, err := a.Do(a.t.Context(), a.d, a.moderator, civic.Command{Action: action, Things: things, Reason: "because"})
	return err
}

func (a academy) mustTake(action civic.Action, things ...int64) {
	a.t.Helper()
	if err := a.take(action, things...); err != nil {
		a.t.Fatalf("%s: %v", action, err)
	}
}

// session adds a session of the programme.
func (a academy) session(name string) int64 {
	a.t.Helper()
	content, err := a.d.AcceptRecord(civic.RecordDraft{Kind: civic.EventThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": name}, "address": {"en": "Hall"}},
		Words: map[string]string{"type": "session", "starts": "2026-12-05T18:00", "ends": "2026-12-05T20:00"},
	}})
	if err != nil {
		a.t.Fatal(err)
	}
	out, err := a.Do(a.t.Context(), a.d, a.moderator, civic.Command{
		Action: civic.Submit, Kind: civic.EventThing, Content: content, Links: []civic.FieldLinks{{Field: "programme", Things: []int64{a.programme}}},
	})
	if err != nil {
		a.t.Fatal(err)
	}
	return out.Changed[0].ID
}

// code returns the code of the first fault of an error, or "".
func code(err error) string {
	var faults civic.Faults
	if errors.As(err, &faults) && len(faults) > 0 {
		return faults[0].Code
	}
	return ""
}

// TestEnrolment checks when one can enrol, that this needs an address, and that nobody
// takes a place that there is not: not at once, by undoing, or by editing.
func TestEnrolment(t *testing.T) {
	t.Parallel()
	a := openAcademy(t)
	if _, err := a.enrol("Early", "early@example.org"); code(err) != "closed" {
		t.Errorf("before enrolment is open: %v", err)
	}
	a.mustTake(civic.OpenEnrolment, a.programme)
	if _, err := a.enrol("Nobody", ""); field(err) != "email" {
		t.Errorf("without an address: %v", err)
	}
	var ids []int64
	for i := range 4 {
		id, err := a.enrol(fmt.Sprint("Person ", i), fmt.Sprintf("person%d@example.org", i))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := a.take(civic.Select, ids[:3]...); code(err) != "full" {
		t.Errorf("three of two places: %v", err)
	}
	var all sync.WaitGroup
	errs := make([]error, 3)
	for i := range errs {
		all.Go(func() { errs[i] = a.take(civic.Select, ids[i]) })
	}
	all.Wait()
	if n := len(slices.DeleteFunc(slices.Clone(errs), func(err error) bool { return err != nil })); n != 2 {
		t.Errorf("%d are selected at the same time: %v", n, errs)
	}
	selected := ids[slices.Index(errs, nil)]
	a.mustTake(civic.Leave, selected)
	a.mustTake(civic.Select, ids[3])
	if err := a.take(civic.Undo, selected); code(err) != "full" {
		t.Errorf("to undo that somebody left: %v", err)
	}
	if err := a.edit(civic.Edit, a.programme, func(r *civic.RecordDraft) { r.Words["places"] = "1" }); code(err) != "taken" {
		t.Errorf("fewer places than are taken: %v", err)
	}
	if err := a.edit(civic.Edit, a.programme, func(r *civic.RecordDraft) { r.Texts["criteria"] = civic.Text{"en": "Friends"} }); code(err) != "closed" {
		t.Errorf("other criteria once enrolment is open: %v", err)
	}
	a.mustTake(civic.Start, a.programme)
	if _, err := a.enrol("Late", "late@example.org"); code(err) != "closed" {
		t.Errorf("once it is running: %v", err)
	}
}

// TestAttendance checks who may mark whose attendance, and that only those graduate
// who have attended enough sessions, with a certificate that undoing takes back.
func TestAttendance(t *testing.T) {
	t.Parallel()
	a := openAcademy(t)
	a.mustTake(civic.OpenEnrolment, a.programme)
	anna, err := a.enrol("Anna", "anna@example.org")
	if err != nil {
		t.Fatal(err)
	}
	a.mustTake(civic.Select, anna)
	first, second, cancelled := a.session("First"), a.session("Second"), a.session("Third")
	a.mustTake(civic.Cancel, cancelled)
	if err := a.take(civic.Graduate, anna); code(err) != "absent" {
		t.Errorf("without a session: %v", err)
	}
	for name, mark := range map[string]civic.AttendanceMark{
		"no session": on(anna, a.programme, sessionDay), "no enrolment": on(first, second, sessionDay), "another day": on(anna, first, sessionDay+1),
	} {
		if err := a.MarkAttendance(t.Context(), a.d, a.moderator, a.programme, []civic.AttendanceMark{mark}); !errors.Is(err, civic.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := a.MarkAttendance(t.Context(), a.d, resident, a.programme, []civic.AttendanceMark{on(anna, first, sessionDay)}); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("a resident marks: %v", err)
	}
	absent := on(anna, first, sessionDay)
	absent.Attended = false
	for _, test := range []struct {
		marks []civic.AttendanceMark
		want  []int64
	}{
		{[]civic.AttendanceMark{on(anna, first, sessionDay), on(anna, second, sessionDay)}, []int64{first, second}},
		{[]civic.AttendanceMark{absent}, []int64{second}},
		{[]civic.AttendanceMark{absent, on(anna, second, sessionDay)}, []int64{second}}, // as it is
		{nil, []int64{second}},
	} {
		if err := a.MarkAttendance(t.Context(), a.d, a.moderator, a.programme, test.marks); err != nil {
			t.Fatal(err)
		}
		found, err := a.Applicants(t.Context(), a.d, a.programme)
		if err != nil || len(found) != 1 || !slices.Equal(found[0].Attended, meetings(test.want...)) || found[0].Because != "because" {
			t.Fatalf("%v: the applicants are %+v, %v", test.want, found, err)
		}
	}
	if err := a.edit(civic.Edit, second, func(r *civic.RecordDraft) {
		r.Words["starts"], r.Words["ends"] = "2026-12-06T18:00", "2026-12-06T20:00"
	}); err != nil {
		t.Fatal(err)
	}
	if found, err := a.Applicants(t.Context(), a.d, a.programme); err != nil || !slices.Equal(found[0].Attended, []civic.Meeting{{Session: second, Day: sessionDay + 1}}) {
		t.Errorf("once its date is corrected she has attended %+v, %v", found, err)
	}
	var recorded int
	if err := a.conn.QueryRow(t.Context(), `select count(*) from audit where action = 'mark_attendance'`).Scan(&recorded); err != nil || recorded != 2 {
		t.Errorf("%d changes of the attendance are recorded, %v", recorded, err)
	}
	a.mustTake(civic.Graduate, anna)
	if says := a.says(anna); len(says.Words["number"]) != 10 || says.Day("graduated_on") == 0 {
		t.Errorf("the graduate has %v", says.Words)
	}
	a.mustTake(civic.Undo, anna)
	if says := a.says(anna); says.Words["number"] != "" || thing(t, a.Store, a.d, anna).State != "selected" {
		t.Errorf("undone, she has %v", says.Words)
	}
}

// TestPracticum checks that only those begin a practicum who take part in its
// programme, and that it is theirs: what they do with it has its effects on needs.
func TestPracticum(t *testing.T) {
	t.Parallel()
	a := openAcademy(t)
	need := add(t, a.Store, a.d, civic.Draft{Category: "trees", Title: "Heat", Point: club.Point}, civic.Published)
	a.mustTake(civic.OpenEnrolment, a.programme)
	anna, err := a.enrol("Anna", "anna@example.org")
	if err != nil {
		t.Fatal(err)
	}
	contact := civic.Actor{Kind: civic.Contact, ID: thing(t, a.Store, a.d, anna).ReporterID}
	begin := func(actor civic.Actor, email string) (int64, error) {
		c := a.submission(civic.PracticumThing, "Limes", civic.FieldLinks{Field: "programme", Things: []int64{a.programme}}, civic.FieldLinks{Field: "answers", Things: []int64{need}})
		c.Email = email
		out, err := a.Do(t.Context(), a.d, actor, c)
		if err != nil {
			return 0, err
		}
		return out.Changed[0].ID, nil
	}
	if _, err := begin(contact, ""); code(err) != "not_enrolled" {
		t.Errorf("before she is selected: %v", err)
	}
	a.mustTake(civic.Select, anna)
	for name, try := range map[string]func() (int64, error){
		"who enters her address": func() (int64, error) { return begin(civic.Actor{}, "anna@example.org") },
		"somebody else":          func() (int64, error) { return begin(civic.Actor{Kind: civic.Contact, ID: contact.ID + 1}, "") },
	} {
		if _, err := try(); code(err) != "not_enrolled" {
			t.Errorf("%s begins one: %v", name, err)
		}
	}
	id, err := begin(contact, "")
	if err != nil {
		t.Fatal(err)
	}
	if p := thing(t, a.Store, a.d, id); p.Publication != civic.Pending || p.ReporterID != contact.ID {
		t.Errorf("it is %+v", p)
	}
	a.mustTake(civic.Publish, id)
	asked := func(today civic.Day) (n int) {
		t.Helper()
		if err := a.AskYearLater(t.Context(), a.d, today); err != nil {
			t.Fatal(err)
		}
		if err := a.conn.QueryRow(t.Context(), `select count(*) from deliveries where kind = 'year_later' and contact_id = $1`, contact.ID).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if _, err := a.conn.Exec(t.Context(), `update contacts set confirmed_at = now()`); err != nil {
		t.Fatal(err)
	}
	today := a.d.DayOf(time.Now())
	if got := []int{asked(today + 364), asked(today + 366), asked(today + 400)}; !slices.Equal(got, []int{0, 1, 1}) {
		t.Errorf("before a year, after it, and later she was asked %v times", got)
	}
	if _, err := a.Do(t.Context(), a.d, contact, civic.Command{Action: civic.Start, Things: []int64{id}}); err != nil {
		t.Errorf("she cannot start it: %v", err)
	}
	if status := thing(t, a.Store, a.d, need).Status(); status != civic.InAction {
		t.Errorf("the need is %s", status)
	}
}

// TestEraseEnrolment checks that an enrolment is erased with whoever has enrolled,
// though what they have said in public stays.
func TestEraseEnrolment(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	s, d := erasable(t, url, storetest.Keys(t), storetest.Erasures(t))
	staff := civic.Actor{Kind: civic.Account, ID: 8, Grants: []civic.Grant{{Role: civic.Moderator, DistrictID: d.ID}}}
	a := threaded{Store: s, t: t, d: d, conn: connect(t, url), moderator: staff}.academy()
	a.mustTake(civic.OpenEnrolment, a.programme)
	pin := add(t, s, d, lime(person), civic.Published)
	id, err := a.enrol("Zofia Trzmielewska", person)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.EraseContact(t.Context(), d, civic.Actor{Kind: civic.Operator, Name: "op"}, contactOf(t, s, d, pin), false); err != nil {
		t.Fatal(err)
	}
	if found, err := s.Applicants(t.Context(), d, a.programme); err != nil || len(found) != 0 {
		t.Errorf("the applicants are %+v, %v", found, err)
	}
	if e := thing(t, s, d, id); e.Publication != civic.Withdrawn || e.Title != "[…]" || len(a.says(id).Words) != 0 {
		t.Errorf("the enrolment is %+v and says %v", e, a.says(id).Words)
	}
	var texts int
	err = a.conn.QueryRow(t.Context(), `select count(*) from texts where content ilike '%trzmielewska%'`).Scan(&texts)
	if err != nil || texts != 0 {
		t.Errorf("%d texts name her, %v", texts, err)
	}
	if p, err := s.Pin(t.Context(), d, pin); err != nil || p.Title != "Plant a lime" {
		t.Errorf("what she said in public is %+v, %v", p, err)
	}
}

// TestTodayEnrolments checks that enrolments wait for the staff once nobody can enrol
// any more, and again once the programme is over.
func TestTodayEnrolments(t *testing.T) {
	t.Parallel()
	a := openAcademy(t)
	a.mustTake(civic.OpenEnrolment, a.programme)
	anna, err := a.enrol("Anna", "anna@example.org")
	if err != nil {
		t.Fatal(err)
	}
	waiting := func(actor civic.Actor, now time.Time) (titles []string) {
		t.Helper()
		today, err := a.Today(t.Context(), a.d, actor, civic.TodayQuery{Section: civic.TodayEnrolments, Limit: 10, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		for _, list := range today.Lists {
			for _, item := range list.Items {
				titles = append(titles, item.Title)
			}
		}
		return titles
	}
	later := time.Date(2100, 2, 2, 12, 0, 0, 0, time.UTC)
	ofArea := civic.Actor{Kind: civic.Account, ID: 9, Grants: []civic.Grant{{Role: civic.Animator, DistrictID: a.d.ID, AreaID: a.d.Areas[0].ID}}}
	for _, test := range []struct {
		actor civic.Actor
		now   time.Time
		want  int
	}{{a.moderator, time.Now(), 0}, {a.moderator, later, 1}, {ofArea, later, 0}, {resident, later, 0}} {
		if got := waiting(test.actor, test.now); len(got) != test.want {
			t.Errorf("at %s %q wait", test.now, got)
		}
	}
	a.mustTake(civic.Select, anna)
	a.mustTake(civic.Start, a.programme)
	if got := waiting(a.moderator, later); len(got) != 0 {
		t.Errorf("while it is running %q wait", got)
	}
	a.mustTake(civic.Complete, a.programme)
	if got := waiting(a.moderator, time.Now()); len(got) != 1 {
		t.Errorf("once it is over %q wait", got)
	}
	a.mustTake(civic.Leave, anna)
	if got := waiting(a.moderator, later); len(got) != 0 {
		t.Errorf("who has left waits: %q", got)
	}
}

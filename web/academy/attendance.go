package academy

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// attendanceView is the data of the template attendance.html.
type attendanceView struct {
	Back    string
	Title   string
	Columns []attendanceColumn // sessions that were not cancelled
	Rows    []attendanceRow
	Needed  int
	Done    bool
}

// attendanceColumn is a session, with what the form calls it.
type attendanceColumn struct {
	session
	Value string
}

// attendanceRow is somebody who takes part in a programme.
type attendanceRow struct {
	Name, URL string
	State     string
	Marks     []attendanceMark // one for each session
	Attended  int
}

// attendanceMark is a checkbox.
type attendanceMark struct {
	Value   string // the enrolment and the number of the column, such as "12.3"
	Checked bool
	Session string
	Day     civic.Day
}

// attendance shows who has attended which session of a programme.
func (h handlers) attendance(w http.ResponseWriter, r *http.Request) error {
	in, err := h.thing(r, civic.ProgrammeThing)
	if err != nil {
		return err
	}
	if err := civic.Can(in.actor, civic.MarkAttendance, in.thing.Thing, h.Now()); err != nil {
		return err
	}
	reader := h.Pages.Reader(r, in.d)
	linked, err := h.Store.Links(r.Context(), in.d, []int64{in.thing.ID})
	if err != nil {
		return err
	}
	sessions, err := h.sessions(r.Context(), in.d, reader, linked, in.thing.ID)
	if err != nil {
		return err
	}
	found, err := h.Store.Applicants(r.Context(), in.d, in.thing.ID)
	if err != nil {
		return err
	}
	sessions = held(sessions)
	view := attendanceView{
		Back: things.Path(in.d, civic.ProgrammeThing, in.thing.ID), Title: in.thing.Title, Needed: in.says.SessionsNeeded(len(sessions)),
		Done: r.URL.Query().Get("done") == "yes",
	}
	for _, s := range sessions {
		view.Columns = append(view.Columns, attendanceColumn{s, fmt.Sprintf("%d.%s", s.Session, s.Day)})
	}
	for _, a := range found {
		if !a.State.TakesPlace() && a.State != "left" {
			continue
		}
		row := attendanceRow{Name: a.Title, URL: things.Path(in.d, a.Kind, a.ID), State: reader.Text(things.StateKey(a.Kind, a.State))}
		for i, s := range sessions {
			mark := attendanceMark{Value: fmt.Sprintf("%d.%d", a.ID, i), Checked: slices.Contains(a.Attended, s.Meeting), Session: s.Title, Day: s.Starts.Day}
			if mark.Checked {
				row.Attended++
			}
			row.Marks = append(row.Marks, mark)
		}
		view.Rows = append(view.Rows, row)
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title, p.Form, p.Private = reader.Text("academy.attendance_title", "title", view.Title), true, true
	return h.Pages.Render(w, r, http.StatusOK, "attendance", p)
}

// markAttendance records who has attended which session: what the form says otherwise than
// the page that it was on, since somebody else may have marked others meanwhile.
func (h handlers) markAttendance(w http.ResponseWriter, r *http.Request) error {
	in, err := h.thing(r, civic.ProgrammeThing)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	marks, err := readMarks(r.PostForm)
	if err != nil {
		return err
	}
	if err := h.Store.MarkAttendance(r.Context(), in.d, in.actor, in.thing.ID, marks); err != nil {
		return err
	}
	http.Redirect(w, r, things.Path(in.d, civic.ProgrammeThing, in.thing.ID)+"/attendance?done=yes", http.StatusSeeOther)
	return nil
}

// readMarks returns the marks of a form that have been set or removed since it was shown:
// "column" has its columns in order, "was" the marks that it had, and "mark" those that it
// has.
func readMarks(q url.Values) (marks []civic.AttendanceMark, err error) {
	columns := make([]civic.Meeting, len(q["column"]))
	for i, value := range q["column"] {
		id, day, _ := strings.Cut(value, ".")
		session, err := strconv.ParseInt(id, 10, 64)
		first, last, dayErr := civic.ParsePeriod(day)
		if err = errors.Join(err, dayErr); err != nil || first != last {
			return nil, serve.BadForm("a session is none", err)
		}
		columns[i] = civic.Meeting{Session: session, Day: first}
	}
	for _, change := range []struct {
		values, without []string
		attended        bool
	}{{q["mark"], q["was"], true}, {q["was"], q["mark"], false}} {
		for _, value := range change.values {
			if slices.Contains(change.without, value) {
				continue
			}
			id, number, _ := strings.Cut(value, ".")
			enrolment, err := strconv.ParseInt(id, 10, 64)
			column, numberErr := strconv.Atoi(number)
			if err = errors.Join(err, numberErr); err != nil || column < 0 || column >= len(columns) {
				return nil, serve.BadForm("a mark is none", err)
			}
			marks = append(marks, civic.AttendanceMark{Enrolment: enrolment, Meeting: columns[column], Attended: change.attended})
		}
	}
	return marks, nil
}

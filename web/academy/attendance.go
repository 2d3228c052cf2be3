package academy

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// attendanceView is the data of the template attendance.html.
type attendanceView struct {
	Back     string
	Title    string
	Sessions []session // that were not cancelled
	Rows     []attendanceRow
	Needed   int
	Done     bool
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
	Value   string
	Checked bool
	Session string
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
	sessions = slices.DeleteFunc(sessions, func(s session) bool { return s.State == "cancelled" })
	view := attendanceView{
		Back: things.Path(in.d, civic.ProgrammeThing, in.thing.ID), Title: in.thing.Title, Sessions: sessions, Needed: in.says.SessionsNeeded(len(sessions)),
		Done: r.URL.Query().Get("done") == "yes",
	}
	for _, a := range found {
		if !a.State.TakesPlace() && a.State != "left" {
			continue
		}
		row := attendanceRow{Name: a.Title, URL: things.Path(in.d, a.Kind, a.ID), State: reader.Text(things.StateKey(a.Kind, a.State))}
		for _, s := range sessions {
			mark := attendanceMark{Value: fmt.Sprintf("%d-%d", a.ID, s.ID), Checked: slices.Contains(a.Attended, s.ID), Session: s.Title}
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

// markAttendance records who has attended which session.
func (h handlers) markAttendance(w http.ResponseWriter, r *http.Request) error {
	in, err := h.thing(r, civic.ProgrammeThing)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	var marks []civic.AttendanceMark
	for _, value := range r.PostForm["mark"] {
		var m civic.AttendanceMark
		if _, err := fmt.Sscanf(value, "%d-%d", &m.Enrolment, &m.Session); err != nil {
			return serve.BadForm("a mark is none", err)
		}
		marks = append(marks, m)
	}
	if err := h.Store.MarkAttendance(r.Context(), in.d, in.actor, in.thing.ID, marks); err != nil {
		return err
	}
	http.Redirect(w, r, things.Path(in.d, civic.ProgrammeThing, in.thing.ID)+"/attendance?done=yes", http.StatusSeeOther)
	return nil
}

package events

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/figures"
	"github.com/pinezka/pinezka/web/markdown"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
	"github.com/pinezka/pinezka/web/upcoming"
)

// mostDates is how many dates of a series its page lists.
const mostDates = 12

// eventView is what the template event_page.html needs beyond the common view.
type eventView struct {
	When          string // of the next occurrence, or of the last
	ISO           string
	Past          bool
	CalledOff     bool
	Series        string // how it is repeated; "" for once
	Dates         []dateView
	Registration  bool   // whether one has to register
	Register      string // path of the form; "" when one cannot any more
	Full          bool
	Places        string // sentence about the places; "" for any number
	ICS           string // path
	Poster        string // path
	Held          []heldView
	Came          string // sentence with those who came and agreed to be named; "" for none, and for a series
	Debate        bool
	Questions     []questionView
	Ask           *questionForm // nil where one cannot ask
	Nothing       string        // that nothing has come of it; "" for what is not awaited
	Figures       *figures.View // with which it was opened; nil for none
	Registrations string        // path of who comes; "" for those who may not know
	Weighing      *weighingView // nil for an event whose themes are not weighed
}

// heldView is one of the dates of a series on which something was said.
type heldView struct {
	Text, ISO  string
	Attendance string // sentence; "" if nobody has counted
	Came       string // sentence with those who came and agreed to be named; "" for none
	Minutes    template.HTML
	Lang       string // of the minutes
}

// dateView is one of the dates of a series.
type dateView struct {
	Text, ISO string
	Cancelled bool
	Moved     bool
	Note      things.Text
	Register  string // path; "" when one cannot
	Full      bool
}

// shows reports whether the page of an event lists what is linked to it: the questions of
// a debate.
func shows(event civic.Described, end civic.LinkEnd) bool {
	says, _ := event.Content.(civic.Record)
	return end.Kind == civic.QuestionThing && says.Words["type"] == "debate"
}

// extra returns what the page of an event has beyond that of all things.
func (h handlers) extra(r *http.Request, reader *page.Reader, in things.Shown) (any, error) {
	d := &in.Version.District
	says, _ := in.Thing.Content.(civic.Record)
	all := says.Occurrences()
	if len(all) == 0 {
		return eventView{}, nil
	}
	home := path(d, in.Thing.ID)
	view := eventView{Registration: says.Words["registration"] == "needed", ICS: home + "/event.ics"}
	taken, err := h.Store.TakenSeats(r.Context(), d, in.Thing.ID)
	if err != nil {
		return nil, err
	}
	now, zone := h.Now(), d.Zone()
	day, err := h.dayOf(r, d, says)
	if err != nil {
		return nil, err
	}
	next := all[len(all)-1]
	if i := slices.IndexFunc(all, func(o civic.Occurrence) bool { return o.Day == day }); i >= 0 {
		next = all[i]
	}
	view.CalledOff = in.Thing.State == "cancelled" || next.Cancelled
	view.When, view.ISO, view.Past = upcoming.When(reader, next.Starts, next.Ends), next.Starts.String(), !next.Ends.In(zone).After(now)
	view.Poster = home + "/poster"
	if r.URL.Query().Has("day") {
		view.Poster += "?day=" + day.String()
	}
	canRegister := func(o civic.Occurrence) bool { return civic.CanRegisterFor(in.Thing, o, zone, now) == nil }
	isFull := func(o civic.Occurrence) bool {
		t := taken[o.Day]
		return o.Capacity > 0 && (t.Seated >= o.Capacity || t.Waiting > 0)
	}
	if canRegister(next) {
		view.Register, view.Full = home+"/register?day="+next.Day.String(), isFull(next)
		if t := taken[next.Day]; next.Capacity > 0 {
			view.Places = reader.Text("events.places", "n", max(0, next.Capacity-t.Seated), "of", reader.Number(next.Capacity))
			if t.Waiting > 0 {
				view.Places += " " + reader.Text("events.waiting", "n", t.Waiting)
			}
		}
	}
	came, err := h.came(r, d, reader, in, says)
	if err != nil {
		return nil, err
	}
	if view.Series = series(reader, says); view.Series == "" {
		view.Came = came[day]
	} else {
		view.Held = held(reader, says, all, came)
		for _, o := range all {
			if len(view.Dates) == mostDates || !o.Ends.In(zone).After(now) {
				continue
			}
			date := dateView{Text: reader.Time(o.Starts) + "–" + o.Ends.Clock(), ISO: o.Starts.String(), Cancelled: o.Cancelled, Moved: o.Starts.Day != o.Day, Full: isFull(o)}
			if o.Row != 0 {
				note := says.Rows["occurrences"][o.Row-1].Texts["note"]
				date.Note = things.Text{Text: reader.In(note), Lang: reader.OtherLanguage(note)}
			}
			if canRegister(o) {
				date.Register = home + "/register?day=" + o.Day.String()
			}
			view.Dates = append(view.Dates, date)
		}
	}
	if view.Debate = says.Words["type"] == "debate"; view.Debate {
		if view.Questions, err = h.questions(r, d, reader, in); err != nil {
			return nil, err
		}
		view.Ask = h.newQuestionForm(d, in, all[len(all)-1])
		view.Nothing = h.nothing(d, reader, in, all[len(all)-1])
	}
	view.Weighing = h.weighing(d, reader, in, says)
	if view.Figures, err = h.Figures.View(reader, in.Version, in.Actor, in.Thing); err != nil {
		return nil, err
	}
	if view.Registration && civic.Can(in.Actor, civic.Edit, in.Thing.Thing, now) == nil {
		view.Registrations = home + "/registrations"
	}
	return view, nil
}

// series returns how an event is repeated, or "" for one that takes place once.
func series(reader *page.Reader, says civic.Record) string {
	every := says.Words["every"]
	if every == "" {
		return ""
	}
	return reader.Text("events.series", "every", reader.Text("events.option.every."+every), "until", reader.Date(says.Day("until")))
}

// awaitedAfter is after how many days it is said that nothing has come of a debate.
const awaitedAfter = 30

// nothing returns that nothing has come of a debate, once some days have passed since it
// took place; "" before, and for one of which something has come.
func (h handlers) nothing(d *civic.District, reader *page.Reader, in things.Shown, last civic.Occurrence) string {
	if in.Thing.State == "cancelled" || h.Today(d) < last.Ends.Day+awaitedAfter {
		return ""
	}
	for _, t := range in.Thread.Things {
		if t.Distance > 0 && t.Kind != civic.IdeaThing && t.Kind != civic.ThemeThing {
			return ""
		}
	}
	return reader.Text("events.nothing", "date", reader.Date(last.Ends.Day))
}

// minutesHeading is the level of the highest heading in the minutes of a date.
const minutesHeading = 4

// came returns sentences with those who came to the occurrences of an event and agreed to
// be named, by the days of these.
func (h handlers) came(r *http.Request, d *civic.District, reader *page.Reader, in things.Shown, says civic.Record) (map[civic.Day]string, error) {
	if says.Words["registration"] != "needed" {
		return nil, nil
	}
	names, err := h.Store.NamedAttendees(r.Context(), d, in.Thing.ID)
	sentences := map[civic.Day]string{}
	for day, all := range names {
		sentences[day] = reader.Text("events.came", "names", strings.Join(all, ", "))
	}
	return sentences, err
}

// held returns the dates of a series of which there are minutes, or of which somebody has
// counted who came, or says it by sentences by day.
func held(reader *page.Reader, says civic.Record, all []civic.Occurrence, came map[civic.Day]string) (out []heldView) {
	for _, o := range all {
		if o.Row == 0 && came[o.Day] == "" {
			continue
		}
		var row civic.Values
		if o.Row != 0 {
			row = says.Rows["occurrences"][o.Row-1]
		}
		minutes := row.Texts["minutes"]
		view := heldView{Text: reader.Time(o.Starts), ISO: o.Starts.String(), Lang: reader.OtherLanguage(minutes), Came: came[o.Day]}
		if text := reader.In(minutes); text != "" {
			view.Minutes = markdown.HTML(text, minutesHeading)
		}
		if row.Words["attendance"] != "" {
			view.Attendance = reader.Text("events.attended", "n", row.Number("attendance"))
		}
		if view.Minutes != "" || view.Attendance != "" || view.Came != "" {
			out = append(out, view)
		}
	}
	return out
}

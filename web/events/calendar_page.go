package events

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// How much a calendar shows.
const (
	perDay    = 4   // events of a day of a month; the others are counted
	listDays  = 60  // days of a list
	mostShown = 300 // events of a list
)

// calendarView is the data of the template calendar.html.
type calendarView struct {
	Path       string
	Back       string
	New        string // path of the form; "" for those who may not add an event
	Filters    []filter
	Active     []page.Option // what is chosen, with the path without it
	Month      string        // that is shown, such as 2026-12
	MonthText  string
	Previous   string // path of the month before
	Next       string // path of the month after
	AsMonth    string // path of the same as a month; "" for a month
	AsList     string // path of the same as a list; "" for a list
	Weekdays   []string
	Weeks      [][]dayView // of a month
	Days       []dayView   // of a list, without those that have nothing
	Count, Off int         // of events that take place, and of those that are called off
	More       string      // path of what follows in a list; "" for nothing
	Feed       string      // URL of the same as iCalendar
	Subscribed string      // the same for a program that follows it
}

// filter is a choice by which the calendar is filtered.
type filter struct {
	Name, Label string
	Options     []page.OptionGroup
}

// dayView is a day with what takes place on it.
type dayView struct {
	Day     civic.Day
	Number  int
	Label   string // weekday and date
	Today   bool
	Outside bool // whether it is of another month
	Entries []entryView
	More    int    // how many there are beside those that are shown
	URL     string // of the list that begins with the day
}

// entryView is an occurrence.
type entryView struct {
	URL       string
	Name      string
	Lang      string
	Type      string
	TypeText  string
	Time      string // such as 18:00–20:00
	ISO       string // of the beginning
	Where     string
	WhereLang string
	Cancelled bool
	Full      bool
	Free      int // places; -1 for any number
	Needed    bool
}

func (h handlers) calendarPage(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d, q := &v.District, r.URL.Query()
	query, err := parseFilters(d, q)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	today := h.Today(d)
	first := today
	if s := q.Get("month"); s != "" {
		if first, _, err = civic.ParsePeriod(s); err != nil {
			return serve.BadParameter("month", "must be a month (YYYY-MM) or a day (YYYY-MM-DD)")
		}
	}
	view := calendarView{Path: "/d/" + d.Slug + "/calendar", Back: "/d/" + d.Slug, Filters: h.filters(reader, q), Active: active(d, reader, q)}
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return err
	}
	if civic.CanSomewhere(actor, civic.Submit, civic.EventThing, d.ID, h.Now()) == nil {
		view.New = path(d, 0) + "/new"
	}
	feed := url.Values{}
	for name, values := range q {
		if name != "month" && name != "view" {
			feed[name] = values
		}
	}
	view.Feed = serve.WithQuery(view.Path+".ics", feed)
	if base, configured := h.BaseURL(r); configured {
		view.Subscribed = "webcal" + strings.TrimPrefix(strings.TrimPrefix(base, "https"), "http") + view.Feed
	}
	if q.Get("view") == "list" {
		err = h.fillList(r, d, reader, &view, query, first)
	} else {
		err = h.fillMonth(r, d, reader, &view, query, first.Month())
	}
	if err != nil {
		return err
	}
	p := h.Pages.Page(r, d, view)
	p.Title = reader.Text("calendar.title", "district", p.Name)
	return h.Pages.Render(w, r, http.StatusOK, "calendar", p)
}

// at returns the path of the calendar with other parameters, of which "" ends one.
func (v calendarView) at(q url.Values, changes map[string]string) string {
	out := maps.Clone(q)
	for name, value := range changes {
		if out.Del(name); value != "" {
			out.Set(name, value)
		}
	}
	return serve.WithQuery(v.Path, out)
}

// fillMonth completes the view of a month, whose weeks begin on Mondays.
func (h handlers) fillMonth(r *http.Request, d *civic.District, reader *page.Reader, view *calendarView, query civic.CalendarQuery, month civic.Month) error {
	q := r.URL.Query()
	view.Month, view.MonthText = month.String(), reader.Month(month)
	view.AsList = view.at(q, map[string]string{"view": "list", "month": month.String()})
	if month.First() > 0 {
		view.Previous = view.at(q, map[string]string{"month": (month - 1).String()})
	}
	if month.Last() < civic.MaxDay {
		view.Next = view.at(q, map[string]string{"month": (month + 1).String()})
	}
	first := month.First() - civic.Day((int(month.First().Time().Weekday())+6)%7)
	last := month.Last() + civic.Day((7-int(month.Last().Time().Weekday()))%7)
	query = withDays(d, query, month.First(), month.Last())
	query.PerDay = perDay
	entries, err := h.Store.Calendar(r.Context(), d, query)
	if err != nil {
		return err
	}
	byDay := map[civic.Day][]civic.CalendarEntry{}
	for _, e := range entries {
		day := civic.LocalTimeAt(e.Starts).Day
		if len(byDay[day]) == 0 {
			view.Count, view.Off = view.Count+e.OfDay-e.OffOfDay, view.Off+e.OffOfDay
		}
		byDay[day] = append(byDay[day], e)
	}
	for weekday := time.Monday; weekday <= time.Saturday+1; weekday++ {
		view.Weekdays = append(view.Weekdays, reader.Text(fmt.Sprintf("weekday.%d", weekday%7)))
	}
	for day := first; day <= last; day += 7 {
		var week []dayView
		for of := day; of < day+7; of++ {
			one := h.day(d, reader, of, byDay[of])
			one.Outside = of.Month() != month
			one.URL = view.at(q, map[string]string{"view": "list", "month": of.String()})
			week = append(week, one)
		}
		view.Weeks = append(view.Weeks, week)
	}
	return nil
}

// fillList completes the view of a list that begins with a day.
func (h handlers) fillList(r *http.Request, d *civic.District, reader *page.Reader, view *calendarView, query civic.CalendarQuery, first civic.Day) error {
	q := r.URL.Query()
	view.Month = first.String()
	view.AsMonth = view.at(q, map[string]string{"view": "", "month": first.Month().String()})
	query = withDays(d, query, first, min(first+listDays-1, civic.MaxDay-1))
	query.Limit = mostShown + 1
	entries, err := h.Store.Calendar(r.Context(), d, query)
	if err != nil {
		return err
	}
	if first+listDays < civic.MaxDay {
		view.More = view.at(q, map[string]string{"month": (first + listDays).String()})
	}
	if len(entries) > mostShown { // the rest begins with the day that is cut
		day := civic.LocalTimeAt(entries[mostShown].Starts).Day
		if cut := civic.LocalTimeAt(entries[0].Starts).Day; day > cut {
			entries, view.More = before(entries, day), view.at(q, map[string]string{"month": day.String()})
		}
	}
	for _, e := range entries {
		if e.Cancelled {
			view.Off++
		} else {
			view.Count++
		}
		day := max(civic.LocalTimeAt(e.Starts).Day, first)
		if n := len(view.Days); n == 0 || view.Days[n-1].Day != day {
			view.Days = append(view.Days, h.day(d, reader, day, nil))
		}
		of := &view.Days[len(view.Days)-1]
		of.Entries = append(of.Entries, newEntry(d, reader, e, h.Now()))
	}
	return nil
}

// before returns the entries that begin before a day.
func before(entries []civic.CalendarEntry, day civic.Day) []civic.CalendarEntry {
	for i, e := range entries {
		if civic.LocalTimeAt(e.Starts).Day >= day {
			return entries[:i]
		}
	}
	return entries
}

// day returns a day with its entries.
func (h handlers) day(d *civic.District, reader *page.Reader, day civic.Day, entries []civic.CalendarEntry) dayView {
	weekday := reader.Text(fmt.Sprintf("weekday.%d", day.Time().Weekday()))
	out := dayView{Day: day, Number: day.Time().Day(), Label: weekday + ", " + reader.Date(day), Today: day == h.Today(d)}
	for _, e := range entries {
		out.Entries = append(out.Entries, newEntry(d, reader, e, h.Now()))
		out.More = e.OfDay - len(entries)
	}
	return out
}

// newEntry returns an occurrence for the reader. Nobody looks for a place at what is over.
func newEntry(d *civic.District, reader *page.Reader, e civic.CalendarEntry, now time.Time) entryView {
	starts, ends := civic.LocalTimeAt(e.Starts), civic.LocalTimeAt(e.Ends)
	out := entryView{
		URL: path(d, e.ThingID) + "?day=" + e.Day.String(), Name: reader.In(e.Name), Lang: reader.OtherLanguage(e.Name), Type: e.Type,
		TypeText: reader.Text("events.option.type." + e.Type), Time: span(reader, starts, ends), ISO: starts.String(), Cancelled: e.Cancelled,
		Where: reader.In(e.Address), WhereLang: reader.OtherLanguage(e.Address), Free: -1, Needed: e.Needed && now.Before(e.Ends),
	}
	if out.Where == "" && e.Online {
		out.Where, out.WhereLang = reader.Text("calendar.online"), ""
	}
	if a, ok := d.AreaByID(e.AreaID); ok && out.Where == "" {
		out.Where, out.WhereLang = reader.In(a.Name), reader.OtherLanguage(a.Name)
	}
	if out.Needed && e.Capacity > 0 {
		out.Free = max(0, e.Capacity-e.Taken.Seated)
		out.Full = out.Free == 0 || e.Taken.Waiting > 0
	}
	return out
}

// span returns from when to when something takes place, without the day of its
// beginning.
func span(reader *page.Reader, starts, ends civic.LocalTime) string {
	if ends.Day == starts.Day || ends.Day == starts.Day+1 && ends.Minute <= 6*60 {
		return starts.Clock() + "–" + ends.Clock()
	}
	return starts.Clock() + " – " + reader.Date(ends.Day) + ", " + ends.Clock()
}

// filters returns the choices by which the calendar is filtered.
func (h handlers) filters(reader *page.Reader, q url.Values) (all []filter) {
	for _, f := range filterFields() {
		var options []page.Option
		for _, o := range f.Options {
			options = append(options, page.Option{Value: o, Label: reader.Text("events.option." + f.Name + "." + o), Chosen: q.Get(f.Name) == o})
		}
		all = append(all, filter{f.Name, reader.Text("events.field." + f.Name), []page.OptionGroup{{Options: options}}})
	}
	if areas := reader.AreaOptions(q.Get("area")); len(areas) > 0 {
		all = append(all, filter{"area", reader.Text("thing.area"), []page.OptionGroup{{Options: areas}}})
	}
	categories := reader.CategoryOptions(func(o *page.Option) { o.Chosen = o.Value == q.Get("category") })
	return append(all, filter{"category", reader.Text("events.field.categories"), categories})
}

// active returns what is chosen, with the path of the calendar without it.
func active(d *civic.District, reader *page.Reader, q url.Values) (all []page.Option) {
	v := calendarView{Path: "/d/" + d.Slug + "/calendar"}
	add := func(name, label, lang string) {
		all = append(all, page.Option{Value: v.at(q, map[string]string{name: ""}), Label: label, Lang: lang})
	}
	for _, f := range filterFields() {
		if value := q.Get(f.Name); value != "" {
			add(f.Name, reader.Text("events.option."+f.Name+"."+value), "")
		}
	}
	if a, ok := d.Area(q.Get("area")); ok {
		add("area", reader.In(a.Name), reader.OtherLanguage(a.Name))
	}
	if c, ok := d.Category(q.Get("category")); ok {
		add("category", reader.In(c.Label), reader.OtherLanguage(c.Label))
	}
	if q.Get("organisation") != "" {
		add("organisation", reader.Text("calendar.one_organisation"), "")
	}
	return all
}

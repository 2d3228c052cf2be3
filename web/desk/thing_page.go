package desk

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/flags"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/textdiff"
)

// thingView is what the desk shows of one thing.
type thingView struct {
	Item       queueItem
	IsPin      bool // of another thing, the page has no text and no place
	Version    int32
	Title      []segment
	Body       []segment
	Spans      []spanChoice
	Lon, Lat   float64
	Config     string // of the map element
	Actions    []action
	Categories []page.Option
	Near       []near
	Markers    string   // of them on the map, as JSON
	Better     []string // what those wrote who were asked whether it is better since it was met
	Reports    []reportView
	Decisions  []template // about a report
	History    []entry
	Changes    []textdiff.Part // from the original to what it says now; nil if that is the same
	Others     []string        // sentences: who looks at it too
	Place      string          // of the item in the queue, as a parameter
	Previous   string          // path of the thing before it in the queue; "" for none
	Next       string
	Due        civic.Day
	Public     string // path of its page; "" for none
	Form       form
	Fault      string // why nothing was done
	Conflict   bool   // whether somebody else has changed the thing meanwhile
	Theirs     []textdiff.Part
}

// segment is a part of a text. Kind is that of a flag, or "".
type segment struct{ Text, Kind string }

// spanChoice is a flag that can be chosen to be redacted.
type spanChoice struct{ Value, Text, Kind string }

// reportView is a report on the thing.
type reportView struct {
	civic.OpenReport
	On       civic.Day
	ClosedOn civic.Day
	Open     bool
	MayClose bool
}

// entry is an entry of the history of the thing.
type entry struct {
	At            string // RFC 3339
	Day           civic.Day
	Time          string
	Who           string
	Action        string
	Before, After string // keys of texts
	Text, Reason  string
	Public        bool
}

const maxHistory = 200

// thing shows one thing beside its queue.
func (h handlers) thing(w http.ResponseWriter, r *http.Request) error {
	a, err := h.at(r)
	if err != nil {
		return err
	}
	item, err := h.item(r, a)
	if err != nil {
		return err
	}
	return h.showThing(w, r, a, item, http.StatusOK, thingView{})
}

// showThing shows the page of a thing with a view of which it sets what does not
// depend on the form that was sent.
func (h handlers) showThing(w http.ResponseWriter, r *http.Request, a at, item civic.QueueItem, status int, view thingView) error {
	ctx, now := r.Context(), h.Now()
	queue, err := h.queue(r, a, item.ID)
	if err != nil {
		return err
	}
	if err := view.nearPins(h, r, a, item); err != nil {
		return err
	}
	reports, err := h.Store.ReportsOn(ctx, a.d, item.ID)
	if err != nil {
		return err
	}
	if view.Better, err = h.Store.ImprovementWords(ctx, a.d, item.ID); err != nil {
		return err
	}
	history, err := h.Store.StaffHistory(ctx, a.d, item.ID, maxHistory)
	if err != nil {
		return err
	}
	names, err := h.Store.LookAt(ctx, a.d, a.actor, item.ID, looksFor)
	if err != nil {
		return err
	}
	view.Others = othersLooking(a, names)
	view.Item, view.Version = h.itemOf(a, item), item.Version
	if view.IsPin = item.Kind == civic.PinThing; view.IsPin {
		view.Lon, view.Lat = item.Point.Lon(), item.Point.Lat()
		view.Config = h.Maps.Element(a.v, a.reader, nil)
	}
	view.Actions, view.Due = offered(a, item.Thing, now), a.d.Due(item.Since)
	view.Item.Overdue = item.Publication == civic.Pending && view.Due < a.d.DayOf(now)
	for i, action := range view.Actions {
		taken, _ := civic.ParseAction(action.Name)
		if view.Actions[i].Templates, err = h.templates(ctx, a, item, taken); err != nil {
			return err
		}
	}
	view.Decisions = h.reasons(a, civic.CloseReport)
	view.mark(h.finder(a.d), item)
	for _, c := range a.d.Categories {
		view.Categories = append(view.Categories, a.reader.Option(c.Slug, c.Label, c.ID == item.CategoryID))
	}
	mayClose := slices.Contains(civic.Offered(a.actor, item.Thing, now), civic.CloseReport)
	for _, report := range reports {
		report.Reason = a.reader.Said(report.Reason, report.ReasonIn)
		shown := reportView{OpenReport: report, On: a.d.DayOf(report.ReportedAt), Open: report.ClosedAt.IsZero()}
		shown.MayClose = shown.Open && mayClose && report.MayClose(a.actor)
		if !shown.Open {
			shown.ClosedOn = a.d.DayOf(report.ClosedAt)
		}
		view.Reports = append(view.Reports, shown)
	}
	view.tell(a, item, history)
	if view.Conflict {
		view.Fault = a.reader.Text("desk.fault.changed", "name", lastOf(a, history))
	}
	view.place(queue, item)
	if view.Form.Do == "" {
		view.Form = form{
			Title: item.Title, Body: item.Body,
			Lon: strconv.FormatFloat(view.Lon, 'f', 6, 64), Lat: strconv.FormatFloat(view.Lat, 'f', 6, 64),
		}
	}
	if item.Publication == civic.Published || !view.IsPin {
		view.Public = fmt.Sprintf("/d/%s/%s/%d", a.d.Slug, item.Kind.Plural(), item.ID)
	}
	p := h.Pages.Page(r, a.d, deskView{queue, &view})
	p.Title, p.Private, p.Form = a.reader.Text("title.desk_thing", "title", item.Title), true, true
	return h.Pages.Render(w, r, status, "desk", p)
}

// mark sets the texts with their flags.
func (v *thingView) mark(finder *flags.Finder, item civic.QueueItem) {
	for _, field := range []struct {
		name, text string
		to         *[]segment
	}{{"title", item.Title, &v.Title}, {"body", item.Body, &v.Body}} {
		end := 0
		for _, s := range finder.Find(field.text) {
			if s.Start > end {
				*field.to = append(*field.to, segment{field.text[end:s.Start], ""})
			}
			text := field.text[s.Start:s.End]
			*field.to = append(*field.to, segment{text, s.Kind.String()})
			v.Spans = append(v.Spans, spanChoice{fmt.Sprintf("%s:%d-%d", field.name, s.Start, s.End), text, s.Kind.String()})
			end = s.End
		}
		if end < len(field.text) {
			*field.to = append(*field.to, segment{field.text[end:], ""})
		}
	}
}

// tell sets the history, and what has changed since the original.
func (v *thingView) tell(a at, item civic.QueueItem, history []civic.StaffEntry) {
	zone := a.d.Zone()
	var original *civic.PinContent
	for _, h := range history {
		if h.Content != nil && original == nil {
			original = h.Content
		}
		e := entry{
			At: h.At.UTC().Format(time.RFC3339), Day: a.d.DayOf(h.At), Time: h.At.In(zone).Format("15:04"), Action: h.Action.String(),
			Text: a.reader.Said(h.Text, h.TextIn), Reason: a.reader.Said(h.Reason, h.ReasonIn), Public: h.Action == civic.PostUpdate,
			Who: whoOf(a, h),
		}
		e.Before, e.After = stateKey(h.Before), stateKey(h.After)
		v.History = append(v.History, e)
	}
	if original == nil {
		return
	}
	if before, after := original.Title+"\n"+original.Body, item.Title+"\n"+item.Body; before != after {
		v.Changes = textdiff.Words(before, after)
	}
}

// whoOf returns who made an entry.
func whoOf(a at, e civic.StaffEntry) string {
	return cmp.Or(e.Name, e.ActorName, a.reader.Text("desk.who."+e.ActorKind.String()))
}

// lastOf returns who made the last entry of a history.
func lastOf(a at, history []civic.StaffEntry) string {
	if len(history) == 0 {
		return a.reader.Text("desk.who.unknown")
	}
	return whoOf(a, history[len(history)-1])
}

// stateKey returns the key of the text of a state as the audit names it, or "".
func stateKey(state string) string {
	if _, err := civic.ParsePublication(state); err == nil {
		return "publication." + state
	}
	if _, err := civic.ParseStatus(state); err == nil {
		return "status." + state
	}
	return ""
}

// place sets the place of the thing in the queue, and its neighbours.
func (v *thingView) place(queue queueView, item civic.QueueItem) {
	v.Place = cursor(item)
	for i, other := range queue.Items {
		if other.ID != item.ID {
			continue
		}
		if i > 0 {
			v.Previous = queue.Items[i-1].URL
		}
		if i+1 < len(queue.Items) {
			v.Next = queue.Items[i+1].URL
		}
		return
	}
	if len(queue.Items) > 0 {
		v.Next = queue.Items[0].URL
	}
}

// form is what somebody has entered in a form of the desk.
type form struct {
	Do                         string
	Title, Body, Text, Reason  string
	Template, Phrase, Category string
	Lon, Lat, Into             string
}

// parseForm reads the form of a request. Without one that was sent, its fields are
// those of the thing.
func parseForm(r *http.Request) form {
	q := r.PostForm
	into := ""
	for _, value := range q["into"] { // a listed pin, or the number that was typed after the list
		into = cmp.Or(strings.TrimPrefix(strings.TrimSpace(value), "#"), into)
	}
	return form{
		q.Get("do"), q.Get("title"), q.Get("body"), q.Get("text"), q.Get("reason"), q.Get("template"), q.Get("phrase"),
		q.Get("category"), q.Get("lon"), q.Get("lat"), into,
	}
}

// parseID returns the id that a text is, or 0.
func parseID(s string) int64 {
	id, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || id < 1 {
		return 0
	}
	return id
}

package demo

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

//go:embed threads/*.json year/*.json
var threadFiles embed.FS

// Thread is what the demonstration tells of some needs, or of a part of the programme:
// what was found out, talked about, done and answered. It is made up.
type Thread struct {
	Name          string
	Continues     []string                // names of threads without which it is not told
	Needs         Needs                   // the zero value for a thread that begins without any
	Organisations map[string]Organisation // by their names in the thread
	Practices     map[string]string       // titles, by their names in the thread
	Steps         []Step                  // in the order of their days
}

// Organisation is an organisation of the demo district that a thread names.
type Organisation struct {
	Title string // of its pin
	Place string // name of the place around which that is
}

// Needs are those from which a thread begins, among the pins of the demo district: of
// a category, in a box and reported in a period, the newest ones of them.
type Needs struct {
	Category    string
	Box         geo.Box
	From, Until civic.Day // the first and the last day
	Least, Most int       // without so many there is no thread; so many are in it
}

// Query selects the needs.
func (n Needs) Query() civic.PinQuery {
	filter := civic.Filter{Categories: []string{n.Category}, Statuses: []civic.Status{civic.Reported}, From: n.From, Until: n.Until + 1}
	return civic.PinQuery{Filter: filter, Box: &n.Box, Limit: n.Most}
}

// prepare changes a pin that may be one of the thread: how a need goes on, the thread
// tells, and an organisation is there from its beginning.
func (t Thread) prepare(pin *civic.NewPin) {
	n := t.Needs
	if pin.Category.Slug == n.Category && n.Box.Contains(pin.Exact.Point) && n.From <= pin.ReportedOn && pin.ReportedOn <= n.Until {
		pin.Status = civic.Reported
	}
	for _, o := range t.Organisations {
		if pin.Title == o.Title {
			pin.ReportedOn = min(pin.ReportedOn, t.Steps[0].Day)
		}
	}
}

// Step is an action in a thread.
type Step struct {
	Day      civic.Day
	Action   civic.Action
	Thing    string              // its name in the thread, which Submit gives; several can have the same
	Kind     civic.ThingKind     // of Submit
	Says     *civic.RecordDraft  // what the thing says anew; nil for nothing
	Question string              // that its figures answer: the parameters of a filter; "" for none
	Owner    string              // of Submit: the name of the pin of an organisation; "" for none
	Links    map[string][]string // names of things and pins, by fields of links; "needs" are those of the thread, "lamps/diagnosis" is a thing of another one
	Text     civic.Text          // that is said, or the reason
	Attended map[string][]string // of MarkAttendance: names of sessions, by names of enrolments
}

// Over returns what a thing says after the step: what it has said, except where the
// step says something else. A row of the step changes the row with its number.
func (s Step) Over(former civic.RecordDraft) civic.RecordDraft {
	former.Values = over(former.Values, s.Says.Values)
	if s.Says.Point != nil {
		former.Point = s.Says.Point
	}
	return former
}

func over(former, says civic.Values) civic.Values {
	out := civic.Values{Texts: merged(former.Texts, says.Texts), Words: merged(former.Words, says.Words), Lists: merged(former.Lists, says.Lists), Rows: merged(former.Rows, nil)}
	for name, rows := range says.Rows {
		all := slices.Clone(former.Rows[name])
		for i, row := range rows {
			if i < len(all) {
				all[i] = over(all[i], row)
			} else {
				all = append(all, row)
			}
		}
		out.Rows[name] = all
	}
	return out
}

// merged returns a map with what two others have, the second one first.
func merged[V any](former, says map[string]V) map[string]V {
	out := maps.Clone(former)
	if out == nil {
		out = map[string]V{}
	}
	maps.Copy(out, says)
	return out
}

// threadFile is a Thread as it is written: days are numbers of days before today, and in
// what a thing says as dating reads them.
type threadFile struct {
	Continues []string
	Needs     struct {
		Category    string
		Box         [4]float64   // west, south, east, north
		DaysAgo     [2]civic.Day `json:"days_ago"`
		Least, Most int
	}
	Organisations map[string]Organisation
	Practices     map[string]string
	Steps         []struct {
		DaysAgo             civic.Day `json:"days_ago"`
		Action, Thing, Kind string    // default of the action: "submit"
		Says                *civic.RecordDraft
		Owner               string
		Links               map[string][]string
		Text                civic.Text
		Attended            map[string][]string
		Question            struct {
			Query   string
			Months  civic.Month // those that ended last on the day of the step
			Hexagon *orb.Point  // in it
		}
	}
}

// Threads returns the threads of the demo district as of today, each after those that it
// continues.
func Threads(today civic.Day) (threads []Thread, err error) {
	names, err := fs.Glob(threadFiles, "*/*.json")
	if err != nil {
		return nil, fmt.Errorf("list the threads of the demo district: %w", err)
	}
	for _, name := range names {
		t, err := readThread(name, today)
		if err != nil {
			return nil, fmt.Errorf("read %s of the demo district: %w", name, err)
		}
		threads = append(threads, t)
	}
	return threads, nil
}

func readThread(name string, today civic.Day) (t Thread, err error) {
	encoded, err := threadFiles.ReadFile(name)
	if err != nil {
		return t, err //nolint:wrapcheck // the caller says what it reads
	}
	var file threadFile
	if err := json.Unmarshal(encoded, &file); err != nil {
		return t, err //nolint:wrapcheck // the caller says what it reads
	}
	n, box := file.Needs, file.Needs.Box
	if n.Most > 0 {
		t.Needs = Needs{
			Category: n.Category, Box: geo.Box{West: box[0], South: box[1], East: box[2], North: box[3]},
			From: today - n.DaysAgo[0], Until: today - n.DaysAgo[1], Least: n.Least, Most: n.Most,
		}
	}
	t.Name, t.Continues = strings.TrimSuffix(path.Base(name), ".json"), file.Continues
	t.Organisations, t.Practices = file.Organisations, file.Practices
	kinds := map[string]civic.ThingKind{}    // of the things, by their names
	series := map[string]civic.RecordDraft{} // what things said when they were submitted
	for _, f := range file.Steps {
		s := Step{Day: today - f.DaysAgo, Action: civic.Submit, Thing: f.Thing, Says: f.Says, Owner: f.Owner, Links: f.Links, Text: f.Text, Attended: f.Attended}
		if f.Action != "" {
			s.Action, err = civic.ParseAction(f.Action)
		} else if s.Kind, err = civic.ParseThingKind(f.Kind); err == nil {
			kinds[s.Thing] = s.Kind
		}
		if err != nil {
			return t, err
		}
		if s.Says != nil {
			if s.Says.Kind = kinds[s.Thing]; s.Says.Kind == 0 {
				return t, fmt.Errorf("%q: %w", s.Thing, civic.ErrNotFound)
			}
			if err := date(s.Says, series[s.Thing], today); err != nil {
				return t, fmt.Errorf("%q: %w", s.Thing, err)
			}
			if s.Action == civic.Submit {
				series[s.Thing] = *s.Says
			}
		}
		if q := f.Question; q.Query != "" {
			if s.Question, err = question(q.Query, s.Day.Month(), q.Months, q.Hexagon); err != nil {
				return t, err
			}
		}
		t.Steps = append(t.Steps, s)
	}
	return t, nil
}

// question returns the parameters of a filter of n months before another one, and of
// the hexagon around a point, if one is given.
func question(query string, before, n civic.Month, hexagon *orb.Point) (string, error) {
	query += "&" + url.Values{"from": {(before - n).String()}, "to": {(before - 1).String()}}.Encode()
	if hexagon == nil {
		return query, nil
	}
	c, err := geo.CellAt(*hexagon)
	if err != nil {
		return "", fmt.Errorf("find the hexagon: %w", err)
	}
	return query + "&cell=" + c.Parent(heardResolution).String(), nil
}

package today

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/exchanges"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// view is the data of the template today.html.
type view struct {
	Day      civic.Day
	Path     string // of the whole page
	Alone    bool   // whether one section is shown
	Sections []section
	Queues   []queue
	Ways     []way // on, where nothing needs anybody
	API      string
}

// section is a list of what needs somebody.
type section struct {
	Name        string
	Total, Late int
	Lines       []line
	All         string // path; "" where all are shown
	Next        string // path; "" where no more follow
	Exact       string // path of the numbers of what is only counted; "" for none
}

// line is something that needs somebody, and why.
type line struct {
	Title, URL string
	What       page.Option // that is awaited; without a label for nothing
	Why        []string
	Late       bool
}

// way leads to another page. Key is that of its text.
type way struct{ Key, URL string }

// page shows what needs somebody. It leads a contact of another district to the page
// to sign in.
func (h handlers) page(w http.ResponseWriter, r *http.Request) error {
	f, err := h.find(r)
	if errors.Is(err, civic.ErrForbidden) && f.actor.Kind == civic.Contact {
		w.Header().Set("Location", serve.SignInPath+"?"+url.Values{"next": {f.path(0, 0)}}.Encode())
		w.WriteHeader(http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, f.d)
	out := view{Day: f.day, Path: f.path(0, 0), Alone: f.query.Section != 0, Queues: f.queues, Ways: f.ways()}
	out.API = "/api/v1/districts/" + f.d.Slug + "/today"
	for _, list := range f.Lists {
		out.Sections = append(out.Sections, f.section(reader, list))
	}
	p := h.Pages.Page(r, f.d, out)
	p.Title, p.Private = reader.Text("title.today", "name", p.Name), true
	return h.Pages.Render(w, r, http.StatusOK, "today", p)
}

func (f found) section(reader *page.Reader, list civic.TodayList) section {
	s := section{Name: list.Section.String(), Total: list.Total, Late: list.Late}
	shown := f.query.Skip + len(list.Items)
	switch {
	case f.query.Section == 0 && (shown < list.Total || list.Section == civic.TodayNeeds):
		s.All = f.all(list.Section)
	case shown < list.Total && shown <= maxSkip:
		s.Next = f.path(list.Section, shown)
	}
	if list.Section == civic.TodayNeeds && f.hasHexOnlyNeeds() {
		s.Exact = "/d/" + f.d.Slug + "/desk/numbers"
	}
	for _, item := range list.Items {
		s.Lines = append(s.Lines, f.line(reader, list.Section, item))
	}
	return s
}

// hasHexOnlyNeeds reports whether there may be needs that are only counted, of which
// the user sees the exact numbers.
func (f found) hasHexOnlyNeeds() bool {
	ofNeeds := func(c civic.Category) bool { return c.Kind == civic.Need && c.Visibility == civic.HexOnly }
	return slices.ContainsFunc(f.d.Categories, ofNeeds) && civic.CanSomewhere(f.actor, civic.SeeDesk, civic.PinThing, f.d.ID, f.query.Now) == nil
}

func (f found) line(reader *page.Reader, in civic.TodaySection, item civic.TodayItem) line {
	out := line{Title: item.Title, URL: f.url(item)}
	why := func(key string, args ...any) { out.Why = append(out.Why, reader.Text("today.why."+key, args...)) }
	switch {
	case item.Question != "":
		why("asked." + string(item.Question))
	case item.Kind != civic.PinThing && in != civic.TodayAsks && in != civic.TodayReplies && in != civic.TodayDiagnoses:
		out.Why = append(out.Why, reader.Text(item.Kind.Plural()+".one"))
	}
	if item.Match != nil {
		out.Why = append(out.Why, exchanges.ReasonsOf(f.d, reader, *item.Match)...)
		why("offer", "title", item.Match.Offer.Title)
	}
	if due := item.Awaited; due.Day != 0 {
		if in == civic.TodayDeadlines {
			out.What.Label = reader.Text(item.Kind.Plural() + ".field." + due.Field)
			if due.What != nil {
				out.What.Label, out.What.Lang = reader.In(due.What), reader.OtherLanguage(due.What)
			}
		}
		switch days := int(due.Day - f.day); {
		case days < 0:
			out.Late = true
			why("late", "n", -days)
		case days == 0:
			why("today")
		case days == 1:
			why("tomorrow")
		default:
			why("due", "n", days)
		}
	}
	if days := int(f.day - item.Since); item.Since != 0 {
		switch {
		case in == civic.TodayConfirm:
			why("confirmed", "date", reader.Date(item.Since))
		case days == 0:
			why("new")
		default:
			why("waits", "n", days)
		}
	}
	if a, ok := f.d.AreaByID(item.AreaID); ok {
		out.Why = append(out.Why, reader.In(a.Name))
	}
	return out
}

// ways returns what somebody can do for whom nothing waits.
func (f found) ways() []way {
	home := "/d/" + f.d.Slug
	all := []way{{"today.way.map", home}, {"today.way.outcomes", home + "/outcomes"}}
	may := func(action civic.Action, kind civic.ThingKind) bool {
		return civic.CanSomewhere(f.actor, action, kind, f.d.ID, f.query.Now) == nil
	}
	if may(civic.Submit, civic.OfferThing) {
		all = append(all, way{"today.way.offer", things.Path(f.d, civic.OfferThing, 0) + "/new"})
	}
	if may(civic.SeeDesk, civic.PinThing) {
		all = append(all, way{"today.way.desk", home + "/desk"})
	}
	if f.actor.Kind == civic.Contact {
		all = append(all, way{"today.way.me", home + "/me"})
	}
	return all
}

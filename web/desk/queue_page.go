package desk

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/flags"
	"github.com/pinezka/pinezka/web/page"
)

// deskView is the data of the template desk.html.
type deskView struct {
	Queue queueView
	Thing *thingView // nil for the queue alone
}

// queueView is what the desk shows of the queue.
type queueView struct {
	Desk    string // path
	Action  string // path with the filters, to which forms for many things are sent
	Queues  []queueLink
	Counts  civic.QueueCounts
	Target  int // working days
	Items   []queueItem
	Next    string // path of the next page; "" for none
	Filters []filter
	Queue   string
	Many    []action     // that can be taken on many things
	Numbers string       // path
	Audit   string       // path; "" for whoever may not see it
	Others  []otherThing // that wait, of other kinds than pins
	Admin   *adminView   // nil for whoever is no admin
	Areas   []string     // names of those of the user, who sees no others; nil for all
	Team    bool         // whether the queues wait for others than the user
	Done    *done
	Fault   string // why nothing was done
	Reason  string // that was entered
	Reasons []template
}

// otherThing is a thing of another kind than pins.
type otherThing struct {
	Plural string // of its kind
	Title  string
	URL    string
}

// maxOthers is the number of things of a kind other than pins that are listed.
const maxOthers = 50

type queueLink struct {
	Name    string
	URL     string
	Count   int
	Current bool
}

type queueItem struct {
	ID              int64
	URL             string
	Title           string
	Kind, Icon      string // of the category
	Category        string
	CategoryLang    string
	Area, AreaLang  string
	Since           civic.Day
	Overdue         bool
	Flags           []string // kinds
	Current, Chosen bool
	Publication     string
	Status          string
}

// filter is a list from which a condition of the queue is chosen.
type filter struct {
	Name    string
	Options []page.Option
}

// today shows what needs the user today, and the queue.
func (h handlers) today(w http.ResponseWriter, r *http.Request) error {
	a, err := h.at(r)
	if err != nil {
		return err
	}
	return h.showQueue(w, r, a, http.StatusOK, queueView{})
}

// showQueue shows the page of the queue with a view of which it sets what does not
// depend on the request.
func (h handlers) showQueue(w http.ResponseWriter, r *http.Request, a at, status int, view queueView) error {
	chosen := map[int64]bool{}
	for _, item := range view.Items {
		chosen[item.ID] = true
	}
	fault, reason := view.Fault, view.Reason
	view, err := h.queue(r, a, 0)
	if err != nil {
		return err
	}
	view.Fault, view.Reason = fault, reason
	for i := range view.Items {
		view.Items[i].Chosen = chosen[view.Items[i].ID]
	}
	p := h.Pages.Page(r, a.d, deskView{Queue: view})
	p.Title, p.Private, p.Form = a.reader.Text("title.desk", "name", p.Name), true, true
	return h.Pages.Render(w, r, status, "desk", p)
}

// queue returns what the desk shows of the queue, beside the thing that is open or
// 0.
func (h handlers) queue(r *http.Request, a at, open int64) (queueView, error) {
	now := h.Now()
	path := "/d/" + a.d.Slug + "/desk"
	counts, err := h.Store.CountQueues(r.Context(), a.d, a.actor, a.areas, now)
	if err != nil {
		return queueView{}, err
	}
	items, err := h.Store.DeskQueue(r.Context(), a.d, a.actor, a.query(now))
	if err != nil {
		return queueView{}, err
	}
	view := queueView{
		Desk: path, Action: a.filters.with(path), Counts: counts, Target: cmp.Or(a.d.Desk.TargetDays, civic.DefaultTargetDays), Queue: a.filters.Queue.String(),
		Filters: h.filterLists(a), Done: doneOf(r, a), Many: manyActions(a, now), Reasons: h.reasons(a, civic.Hide),
	}
	for _, q := range civic.Queues() {
		f := filters{Queue: q}
		view.Queues = append(view.Queues, queueLink{q.String(), f.with(path), counts.Of[q], q == a.filters.Queue})
	}
	if len(items) > pageSize {
		items = items[:pageSize]
		view.Next = a.filters.with(path, "after", cursor(items[pageSize-1]))
	}
	finder := h.finder(a.d)
	for _, i := range items {
		item := h.itemOf(a, i)
		item.Current = i.ID == open
		item.Overdue = i.Publication == civic.Pending && a.d.Due(i.Since) < a.d.DayOf(now)
		for _, kind := range flags.Kinds() {
			if finder.KindsIn(i.Title, i.Body)&kind.Bit() != 0 {
				item.Flags = append(item.Flags, kind.String())
			}
		}
		view.Items = append(view.Items, item)
	}
	view.Team = civic.CanSomewhere(a.actor, civic.Publish, civic.PinThing, a.d.ID, now) != nil
	for _, id := range a.areas {
		if area, ok := a.d.AreaByID(id); ok {
			view.Areas = append(view.Areas, a.reader.In(area.Name))
		}
	}
	if open == 0 {
		if view.Others, err = h.othersWaiting(r, a, now); err != nil {
			return view, err
		}
	}
	view.Numbers = path + "/numbers"
	if civic.Can(a.actor, civic.SeeAudit, civic.Thing{DistrictID: a.d.ID}, now) == nil {
		view.Audit = path + "/audit"
		if open == 0 {
			view.Admin, err = h.adminView(r, a, now)
		}
	}
	return view, err
}

// othersWaiting returns the things other than pins, few as they are, that wait for
// the actor to publish them, the oldest first of each kind.
func (h handlers) othersWaiting(r *http.Request, a at, now time.Time) (waiting []otherThing, err error) {
	for _, kind := range civic.ThingKinds() {
		if kind == civic.PinThing || kind.Rules().Private {
			continue
		}
		found, err := h.Store.Things(r.Context(), a.d, civic.ThingQuery{Kind: kind, Publications: []civic.Publication{civic.Pending}, Limit: maxOthers})
		if err != nil {
			return nil, err
		}
		for _, t := range found {
			if civic.Can(a.actor, civic.Publish, t.Thing, now) == nil {
				waiting = append(waiting, otherThing{kind.Plural(), t.Title, fmt.Sprintf("/d/%s/%s/%d", a.d.Slug, kind.Plural(), t.ID)})
			}
		}
	}
	return waiting, nil
}

// itemOf returns an item of a queue as pages show it.
func (h handlers) itemOf(a at, i civic.QueueItem) queueItem {
	item := queueItem{
		ID: i.ID, Title: i.Title, Since: a.d.DayOf(i.Since), Publication: i.Publication.String(), Status: i.State.String(),
		URL: a.filters.with(fmt.Sprintf("/d/%s/desk/%d", a.d.Slug, i.ID)),
	}
	if c, ok := a.d.CategoryByID(i.CategoryID); ok {
		item.Kind, item.Icon = c.Kind.String(), c.Icon
		item.Category, item.CategoryLang = a.reader.In(c.Label), a.reader.OtherLanguage(c.Label)
	}
	if area, ok := a.d.AreaByID(i.AreaID); ok {
		item.Area, item.AreaLang = a.reader.In(area.Name), a.reader.OtherLanguage(area.Name)
	}
	return item
}

// filterLists returns the lists from which the conditions of the queue are chosen.
func (h handlers) filterLists(a at) []filter {
	areas := filter{Name: "area"}
	for _, area := range a.d.Areas {
		if a.areas == nil || slices.Contains(a.areas, area.ID) {
			areas.Options = append(areas.Options, a.reader.Option(area.Slug, area.Name, area.Slug == a.filters.Area))
		}
	}
	categories := filter{Name: "category"}
	for _, c := range a.d.Categories {
		categories.Options = append(categories.Options, a.reader.Option(c.Slug, c.Label, c.Slug == a.filters.Category))
	}
	kinds := filter{Name: "flag"}
	for _, kind := range flags.Kinds() {
		kinds.Options = append(kinds.Options, page.Option{Value: kind.String(), Label: a.reader.Text("desk.flag." + kind.String()), Chosen: kind == a.filters.Flag})
	}
	return []filter{areas, categories, kinds}
}

// finder returns the finder of flags of a district.
func (h handlers) finder(d *civic.District) *flags.Finder {
	return flags.New(flags.Config{Region: d.Desk.PhoneRegion, Words: d.Desk.FlaggedWords})
}

// done is what the user has just done.
type done struct {
	Action string // as the texts name it
	N      int
	Undo   string // path to which a form is sent that takes it back; "" where that cannot be done
	Thing  int64
}

// doneOf returns what the address of a page says that the user has just done, or
// nil.
func doneOf(r *http.Request, a at) *done {
	q := r.URL.Query()
	action, err := civic.ParseAction(q.Get("done"))
	if err != nil {
		return nil
	}
	out := &done{Action: action.String(), N: 1}
	if n, err := strconv.Atoi(q.Get("n")); err == nil && n > 0 && n <= civic.MaxCommandThings {
		out.N = n
	}
	if id, err := strconv.ParseInt(q.Get("last"), 10, 64); err == nil && id > 0 {
		out.Thing = id
		if undoable(action) {
			out.Undo = a.filters.with(fmt.Sprintf("/d/%s/desk/%d", a.d.Slug, id))
		}
	}
	return out
}

package things

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// pageSize is the number of things on a page of a register.
const pageSize = 50

// maxThings is the number of things of a kind that are read for a feed.
const maxThings = 1000

// formatID returns the number of a thing as text.
func formatID(id int64) string { return strconv.FormatInt(id, 10) }

// Published returns the newest things of the kind that are public.
func (k Kind) Published(ctx context.Context, store Store, d *civic.District) ([]civic.Described, error) {
	return store.Things(ctx, d, civic.ThingQuery{Kind: k.Kind, Publications: []civic.Publication{civic.Published}, Limit: maxThings})
}

// OnMap returns the URL of the register with the things that are on the map.
func (k Kind) OnMap(d *civic.District) string {
	if k.Kind.Rules().Place == civic.Optional {
		return k.Path(d, 0) + "?on_map=yes"
	}
	return k.Path(d, 0)
}

// parseQuery returns what the parameters of a register select.
func (k Kind) parseQuery(d *civic.District, q url.Values, today civic.Day) (civic.ThingQuery, error) {
	query := civic.ThingQuery{Kind: k.Kind}
	if q.Has("state") {
		state := civic.State(q.Get("state"))
		if !slices.Contains(k.states(), state) {
			return query, serve.BadParameter("state", "must be a state of the kind, such as "+k.Kind.Rules().Initial.String())
		}
		query.State = state
	}
	if q.Has("area") {
		a, ok := d.Area(q.Get("area"))
		if !ok {
			return query, serve.BadParameter("area", "must be the slug of an area")
		}
		query.AreaID = a.ID
	}
	if q.Has("category") {
		c, ok := d.Category(q.Get("category"))
		if !ok {
			return query, serve.BadParameter("category", "must be the slug of a category")
		}
		query.CategoryID = c.ID
	}
	for _, f := range k.filterFields() {
		if err := f.narrow(d, q, &query); err != nil {
			return query, err
		}
	}
	query.Placed = q.Has("on_map")
	if q.Has("bbox") {
		box, err := geo.ParseBox(q.Get("bbox"))
		if err != nil {
			return query, serve.BadParameter("bbox", err.Error())
		}
		query.Box = &box
	}
	if q.Has("ids") {
		ids, err := parseIDs(strings.Split(q.Get("ids"), ","))
		if err != nil || len(ids) > pageSize {
			return query, serve.BadParameter("ids", fmt.Sprintf("must be at most %d numbers of things, separated by commas", pageSize))
		}
		query.IDs = ids
	}
	if q.Has("overdue") {
		query.DueBefore = today
	}
	if q.Has("after") {
		ids, err := parseIDs([]string{q.Get("after")})
		if err != nil {
			return query, serve.BadParameter("after", "must be the number of a thing")
		}
		query.Before = ids[0]
	}
	return query, nil
}

// states returns the states of the kind, in the order of its lifecycle.
func (k Kind) states() (states []civic.State) {
	rules := k.Kind.Rules()
	add := func(s civic.State) {
		if s != "" && !slices.Contains(states, s) {
			states = append(states, s)
		}
	}
	add(rules.Initial)
	for _, s := range rules.Steps {
		add(s.To)
	}
	return states
}

// things returns a page of the things of the kind that the query selects and the
// actor may know of, the newest first, and the number after which the next page
// begins, which is 0 for none.
func (h handlers) things(r *http.Request, in request) (known []civic.Described, next int64, err error) {
	q, err := h.parseQuery(in.d, r.URL.Query(), h.Today(in.d))
	if err != nil {
		return nil, 0, err
	}
	q.Publications = []civic.Publication{civic.Published}
	if civic.CanSomewhere(in.actor, civic.Edit, h.Kind.Kind, in.d.ID, h.Now()) == nil {
		q.Publications = append(q.Publications, civic.Pending)
	}
	q.Limit = pageSize + 1
	found, err := h.find(r, in, &q)
	if err != nil {
		return nil, 0, err
	}
	all, err := h.Store.Things(r.Context(), in.d, q)
	if err != nil {
		return nil, 0, err
	}
	if len(all) > pageSize {
		all = all[:pageSize]
		next = all[pageSize-1].ID
	}
	inOrder(all, found)
	for _, t := range all {
		if h.canKnow(in.actor, t.Thing, false) {
			known = append(known, t)
		}
	}
	return known, next, nil
}

// listView is the data of the template things_list.html.
type listView struct {
	Plural  string
	Things  []Item
	New     string // path of the form; "" for those who may not add one
	Back    string
	Feed    string        // URL
	Path    string        // of the register
	Filters []filter      // by which it can be filtered
	Active  []page.Option // of which the label says what is chosen, and the value is the URL without it
	Next    string        // URL of the next page; "" for none
	Files   []page.Option // to download, with their URLs
	Summary *Summary      // above the list; nil for none
	Find    *findForm     // that looks for words; nil for a kind without
}

// filter is a filter of a register.
type filter struct {
	Name, Label string
	Groups      []page.OptionGroup
}

func (h handlers) listPage(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	found, next, err := h.things(r, in)
	if err != nil {
		return err
	}
	reader, q := h.Pages.Reader(r, in.d), r.URL.Query()
	view := listView{Plural: h.Plural(), Path: h.Path(in.d, 0), Back: "/d/" + in.d.Slug, Feed: h.feed(in.d, 0, reader), Filters: h.filters(in.d, reader, q), Find: newFind(h.Kind, q)}
	for _, f := range view.Filters {
		for _, g := range f.Groups {
			for _, o := range g.Options {
				if o.Chosen {
					view.Active = append(view.Active, page.Option{Label: o.Label, Lang: o.Lang, Value: serve.WithQuery(view.Path, serve.Without(serve.Without(q, f.Name, ""), "after", ""))})
				}
			}
		}
	}
	chosen := serve.Without(q, "after", "")
	for _, extension := range []string{"csv", "xlsx", "geojson"} {
		view.Files = append(view.Files, page.Option{Label: strings.ToUpper(extension), Value: serve.WithQuery(view.Path+"."+extension, chosen)})
	}
	if next != 0 {
		q.Set("after", formatID(next))
		view.Next = serve.WithQuery(view.Path, q)
	}
	for _, t := range found {
		view.Things = append(view.Things, h.Item(in.d, reader, t))
	}
	if civic.CanSomewhere(in.actor, civic.Submit, h.Kind.Kind, in.d.ID, h.Now()) == nil {
		view.New = view.Path + "/new"
	}
	if h.Summary != nil {
		if view.Summary, err = h.Summary(r, reader, in.version); err != nil {
			return err
		}
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title = h.Title(reader, p.Name)
	p.Feeds = []page.Feed{{Title: p.Title, URL: view.Feed}}
	return h.Pages.Render(w, r, http.StatusOK, "things_list", p)
}

// filters returns the filters of the register, with what is chosen.
func (h handlers) filters(d *civic.District, reader *page.Reader, q url.Values) (out []filter) {
	var states []page.Option
	for _, s := range h.states() {
		states = append(states, page.Option{Value: s.String(), Label: reader.Text(StateKey(h.Kind.Kind, s)), Chosen: q.Get("state") == s.String()})
	}
	if len(states) > 0 {
		out = append(out, filter{"state", reader.Text("thing.filter.state"), []page.OptionGroup{{Options: states}}})
	}
	if areas := reader.AreaOptions(q.Get("area")); len(areas) > 0 {
		out = append(out, filter{"area", reader.Text("thing.area"), []page.OptionGroup{{Options: areas}}})
	}
	byCategory := slices.ContainsFunc(h.Kind.Kind.Rules().Fields, func(f civic.Field) bool { return f.Type == civic.CategoriesField })
	if byCategory {
		out = append(out, filter{"category", reader.Text("thing.filter.category"), reader.CategoryOptions(func(o *page.Option) { o.Chosen = q.Get("category") == o.Value })})
	}
	for _, f := range h.filterFields() {
		out = append(out, filter{f.Name, reader.Text(h.Plural() + ".field." + f.Name), []page.OptionGroup{{Options: f.options(h.Kind, d, reader, q.Get(f.Name))}}})
	}
	if h.Kind.Kind.Rules().Place == civic.Optional {
		out = append(out, filter{"on_map", reader.Text("thing.filter.on_map"), []page.OptionGroup{{Options: []page.Option{{Value: "yes", Label: reader.Text("thing.filter.on_map_yes"), Chosen: q.Has("on_map")}}}}})
	}
	if h.Kind.Kind.Rules().HasDue() {
		out = append(out, filter{"overdue", reader.Text("thing.filter.overdue"), []page.OptionGroup{{Options: []page.Option{{Value: "yes", Label: reader.Text("thing.filter.overdue_yes"), Chosen: q.Has("overdue")}}}}})
	}
	return out
}

// Title returns the title of the register of the kind in a district with a name.
func (k Kind) Title(reader *page.Reader, district string) string {
	return reader.Text("thing.page_title", "title", reader.Text(k.Plural()+".heading"), "district", district)
}

// feed returns the URL of the feed of the kind, or of the thing with the id, in the
// language of the reader.
func (k Kind) feed(d *civic.District, id int64, reader *page.Reader) string {
	return k.Path(d, id) + ".atom?lang=" + reader.Lang
}

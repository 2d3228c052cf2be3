package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
)

const listPage = 30 // pins a page of the list

func (s *Server) mapPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	return s.showMap(w, r, v)
}

// showMap of a district with the list beside it. A query that cannot be read
// shows everything and says so.
func (s *Server) showMap(w http.ResponseWriter, r *http.Request, v *index.Version) error {
	d := &v.District
	q := r.URL.Query()
	home := "/d/" + d.Slug
	fault := ""
	query, err := parsePinQuery(keep(q, append(filterParameters, "q", "after")...), d, listPage, listPage)
	if err != nil {
		var p *problem
		if !errors.As(err, &p) {
			return err
		}
		fault, q, query = "filter.fault", url.Values{}, civic.PinQuery{Limit: listPage}
	}
	stats, err := s.mapStats(r.Context(), v, query.Filter)
	if err != nil {
		return err
	}
	list, err := s.list(r, v, q, query, stats.shown.Total())
	if errors.Is(err, civic.ErrUnavailable) { // the map and its numbers do without the record
		list = listView{Total: stats.shown.Total(), Away: withQuery(home, keep(q, append(filterParameters, "q", "after", "seen")...))}
	} else if err != nil {
		return err
	}
	lang := s.language(r)
	p, m := s.page(r, d, nil)
	chosen := keep(q, filterParameters...)
	view := mapView{
		Slug: d.Slug, Counts: stats.shown.Counts, List: list, AddURL: home + "/add",
		Config:  asJSON(s.mapConfig(v, lang, query.Areas)),
		Filters: filters(v, &stats, m, lang, home, keep(q, append(filterParameters, "q")...), query),
		Query:   withQuery("", chosen),
	}
	view.Filters.Fault = fault
	highest := 1
	for _, month := range stats.shown.ByMonth {
		highest = max(highest, month.Total())
	}
	for _, month := range stats.shown.ByMonth {
		view.Months = append(view.Months, monthBar{
			Label: m.month(month.Month), Month: month.Month.String(), Total: month.Total(), Share: month.Total() * 100 / highest,
		})
	}
	p.View, p.Title = view, m.text("title.map", "name", p.Name)
	status := http.StatusOK
	if fault != "" {
		status = http.StatusBadRequest
	}
	return s.render(w, r, status, "map", p)
}

// keep of a query the names given.
func keep(q url.Values, names ...string) url.Values {
	out := url.Values{}
	for _, name := range names {
		if values := q[name]; len(values) > 0 {
			out[name] = values
		}
	}
	return out
}

func (s *Server) mapConfig(v *index.Version, lang string, areas []string) mapConfig {
	d := &v.District
	api := "/api/v1/districts/" + d.Slug
	c := mapConfig{
		District: d.Slug, Bounds: corners(d.Boundary.Bound()), Tiles: map[string]string{}, Labels: map[string]labelConfig{},
		Areas: api + "/areas", PinAPI: api + "/pins/{id}", Places: api + "/places", Changes: api + "/changes?since=" + s.eventID(v), Pin: "/d/" + d.Slug + "/pins/{id}",
		Basemap: s.basemapURL(),
	}
	for _, layer := range draw.Layers() {
		c.Tiles[layer] = "/tiles/" + d.Slug + "/" + layer + "/{z}/{x}/{y}.mvt"
	}
	for _, category := range d.Categories {
		c.Labels[category.Slug] = labelConfig{category.Label.In(lang, languages()...), category.Colour, category.Kind.String()}
	}
	if len(areas) == 1 {
		c.Area = areas[0]
	}
	return c
}

// listWithin is how long a map waits for its list; it stands without it, too.
const listWithin = 5 * time.Second

// list is the page of pins that the query asks for. Total is known for all but
// searches, which are counted.
func (s *Server) list(r *http.Request, v *index.Version, q url.Values, query civic.PinQuery, total int) (listView, error) {
	d := &v.District
	ctx, cancel := context.WithTimeout(r.Context(), listWithin)
	defer cancel()
	page, err := s.cfg.Record.Pins(ctx, d, query)
	if err != nil {
		return listView{}, err
	}
	list := listView{Total: total, From: 1}
	if query.Search != "" {
		if list.Total, err = s.cfg.Record.CountPins(ctx, d, query); err != nil {
			return listView{}, err
		}
	}
	for _, p := range page.Pins {
		list.Pins = append(list.Pins, item(d, s.language(r), p))
	}
	path := "/d/" + d.Slug
	q = keep(q, append(filterParameters, "q", "after", "seen")...)
	if query.After != nil {
		seen, _ := strconv.Atoi(q.Get("seen"))
		list.From = max(1, seen+1)
		first := keep(q, append(filterParameters, "q")...)
		list.First = withQuery(path, first)
	}
	if page.Next != nil {
		q.Set("after", formatKey(*page.Next))
		q.Set("seen", strconv.Itoa(list.From+len(page.Pins)-1))
		list.Next = withQuery(path, q)
	}
	return list, nil
}

// item of a list, in the reader's language.
func item(d *civic.District, lang string, p civic.Pin) pinItem {
	out := pinItem{
		ID: p.ID, URL: fmt.Sprintf("/d/%s/pins/%d", d.Slug, p.ID), Title: p.Title, Body: p.Body,
		Kind: p.Category.Kind.String(), Category: p.Category.Label.In(lang, languages()...), Colour: p.Category.Colour, Icon: p.Category.Icon,
		Status: p.Status.String(), Date: p.ReportedOn.String(),
		Drawn: p.Category.Visibility != civic.HexOnly, Blurred: p.Category.Visibility == civic.Blurred,
		H3: p.ShownCell().String(),
	}
	if out.Drawn {
		out.Lon, out.Lat = p.Location.Point.Lon(), p.Location.Point.Lat()
	}
	for _, a := range d.Areas {
		if a.ID == p.AreaID {
			out.Area = d.Text(a.Name, lang)
		}
	}
	return out
}

// filters is the form, with the number of pins behind each option under all the
// other filters.
func filters(v *index.Version, stats *mapStats, m *messages, lang, home string, q url.Values, query civic.PinQuery) filterView {
	f := query.Filter
	out := filterView{Action: home, ClearURL: home, From: q.Get("from"), To: q.Get("to"), Search: query.Search}
	drop := func(name, value string) string {
		rest := url.Values{}
		for key, values := range q {
			for _, x := range values {
				if key != name || value != "" && x != value {
					rest.Add(key, x)
				}
			}
		}
		return withQuery(home, rest)
	}
	active := func(label, name, value string) {
		out.Active = append(out.Active, activeFilter{label, drop(name, value)})
	}

	byKind := stats.anyKind.Counts
	for _, k := range civic.Kinds() {
		n := map[civic.Kind]int{civic.Need: byKind.Need, civic.Potential: byKind.Potential, civic.Organisation: byKind.Organisation}[k]
		o := option{Value: k.String(), Label: m.text("kinds." + k.String()), Count: n, Chosen: slices.Contains(f.Kinds, k), Kind: k.String()}
		out.Kinds = append(out.Kinds, o)
		if o.Chosen {
			active(o.Label, "kind", o.Value)
		}
	}

	out.Categories = categoryGroups(&v.District, m, lang, func(o *option) {
		o.Count, o.Chosen = stats.anyCategory.ByCategory[o.Value], slices.Contains(f.Categories, o.Value)
		if o.Chosen {
			active(o.Label, "category", o.Value)
		}
	})

	for _, status := range civic.Statuses() {
		o := option{Value: status.String(), Label: m.text("status." + status.String()), Count: stats.anyStatus.ByStatus[status], Chosen: slices.Contains(f.Statuses, status)}
		out.Statuses = append(out.Statuses, o)
		if o.Chosen {
			active(o.Label, "status", o.Value)
		}
	}

	for _, a := range v.District.Areas {
		o := option{Value: a.Slug, Label: v.District.Text(a.Name, lang), Count: stats.anyArea.ByArea[a.Slug].Total(), Chosen: slices.Contains(f.Areas, a.Slug)}
		out.Areas = append(out.Areas, o)
		if o.Chosen {
			active(o.Label, "area", o.Value)
		}
	}

	out.Months = []option{{Value: "", Label: m.text("filter.any_month"), Count: -1}}
	for _, month := range stats.all.ByMonth {
		out.Months = append(out.Months, option{Value: month.Month.String(), Label: m.month(month.Month), Count: -1})
	}
	if f.From > 0 {
		active(m.text("filter.from")+" "+m.month(f.From.Month()), "from", "")
	}
	if f.To > 0 {
		active(m.text("filter.to")+" "+m.month(f.To.Month()), "to", "")
	}
	if query.Search != "" {
		active("„"+query.Search+"”", "q", "")
	}
	return out
}

// categoryGroups lists the district's categories by kind.
func categoryGroups(d *civic.District, m *messages, lang string, fill func(*option)) []optionGroup {
	var groups []optionGroup
	for _, k := range civic.Kinds() {
		group := optionGroup{Label: m.text("kinds." + k.String()), Kind: k.String()}
		for _, c := range d.Categories {
			if c.Kind != k {
				continue
			}
			o := option{Value: c.Slug, Label: c.Label.In(lang, languages()...), Colour: c.Colour, Icon: c.Icon, Kind: k.String(), Count: -1}
			fill(&o)
			group.Options = append(group.Options, o)
		}
		if len(group.Options) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

package explore

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/pins"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// mapView is the data of the template map_page.html.
type mapView struct {
	Config    string // of the map element
	Filters   page.FilterForm
	Months    []monthBar   // of the chart of counts by month
	Outside   []outliers   // pins that the chart does not show, before and after it
	Places    []foundPlace // that the words of the search also find
	List      listView
	AddURL    string
	Export    string    // query of the files of the list
	Feed      string    // URL of the list as a feed
	Follow    string    // URL of the page where one begins to follow the list
	Query     string    // of the map: the filter and the words, canonical: "" or "?kind=need"
	Hexes     string    // JSON: maps.HexTotals of the filter
	Areas     string    // JSON: numbers of pins by slug of the area
	Scale     string    // of the hexes, that is held; "" for none
	Cell      string    // of the hex that the list is limited to; "" for none
	Show      string    // layers of statistics, separated by commas
	Hotspots  string    // URL of the page of hotspots
	Hide      string    // layers of things that are not shown, separated by commas
	News      *newsView // nil where filters are chosen, and while the database is unavailable
	Things    []thingList
	OnMap     string // JSON: numbers of things on the map by the plural of their kind
	Diagnose  diagnoseLink
	InNumbers []areaLink // pages of the chosen areas, or of all
}

// areaLink is a link to the page of an area.
type areaLink struct{ Name, Lang, URL string }

// diagnoseLink leads an animator to the form of a diagnosis with the needs of the
// list. The zero value leads nowhere.
type diagnoseLink struct {
	Needs int
	URL   string
}

// diagnoseLink returns the link for the needs that the list of a query has.
func (h handlers) diagnoseLink(r *http.Request, v *index.Version, query civic.PinQuery) (link diagnoseLink, err error) {
	actor, err := serve.ActorOf(r.Context())
	if err != nil || civic.CanSomewhere(actor, civic.Submit, civic.DiagnosisThing, v.District.ID, h.Now()) != nil {
		return link, err
	}
	if len(query.Kinds) > 0 && !slices.Contains(query.Kinds, civic.Need) {
		return link, nil
	}
	query.Kinds = []civic.Kind{civic.Need}
	stats, err := h.Stats(r.Context(), v, query.Filter)
	if err != nil {
		return link, err
	}
	link.Needs = stats.Total() - stats.HexOnly
	if query.Cell != 0 {
		link.Needs = v.PointsIn(query.Cell, query.Filter)
	}
	chosen := serve.Pick(r.URL.Query(), append(serve.FilterParameters(), "q", "cell")...)
	chosen.Set("kind", civic.Need.String())
	link.URL = things.Path(&v.District, civic.DiagnosisThing, 0) + "/new?choose=" + url.QueryEscape(chosen.Encode())
	return link, nil
}

// newAreaLink returns the link to the page of an area, on a page in the language
// lang.
func newAreaLink(d *civic.District, lang string, a civic.Area) areaLink {
	link := areaLink{Name: d.Text(a.Name, lang), URL: "/d/" + d.Slug + "/areas/" + a.Slug}
	if other := a.Name.Language(lang, d.Languages...); other != lang {
		link.Lang = other
	}
	return link
}

// monthBar is one bar of the chart of counts by month.
type monthBar struct {
	Label string // "March 2025"
	Month string // "2025-03"
	Total int
	Share int // of the highest month, 0 to 100
}

// outliers are pins outside the chart of counts by month.
type outliers struct {
	Text string // key of the text that says how many they are
	N    int
	URL  string // of the page with these pins alone
}

// pageParameters returns the names of the parameters of the filter, the search,
// the cell and the scale, and the other names.
func pageParameters(others ...string) []string {
	return append(append(serve.FilterParameters(), "q", "cell", "scale"), others...)
}

func (h handlers) mapPage(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	return h.showMap(w, r, v)
}

// showMap shows the map of a district and the list beside it.
func (h handlers) showMap(w http.ResponseWriter, r *http.Request, v *index.Version) error {
	d := &v.District
	q := r.URL.Query()
	home := "/d/" + d.Slug
	query, err := pins.ParseQuery(serve.Pick(q, pageParameters("after")...), d, pageSize, pageSize)
	if err != nil {
		return err
	}
	found, searchErr := h.search(r.Context(), v, query.Search)
	shown := pageParameters()
	if searchErr != nil { // the map and the counts are those without the words
		found, shown = serve.Found{Version: v}, serve.FilterParameters()
	}
	query.IDs = found.IDs
	if err := checkScale(q.Get("scale")); err != nil {
		return err
	}
	if err := checkShown(q); err != nil {
		return err
	}
	hidden, err := h.hiddenLayers(q)
	if err != nil {
		return err
	}
	stats, err := h.count(r.Context(), found.Version, query.Filter)
	if err != nil {
		return err
	}
	totals, err := h.Maps.HexTotals(r.Context(), found.Version, query.Filter)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	list := h.newListView(found.Version, query, &stats.shown)
	if err = searchErr; err == nil {
		list, err = h.list(r, d, reader, query, list)
	}
	switch {
	case errors.Is(err, civic.ErrTooMany):
		list = listView{TooMany: serve.MaxFound}
	case errors.Is(err, civic.ErrUnavailable): // the map and its counts do not need the database
		list.RetryURL = serve.WithQuery(home, serve.Pick(q, pageParameters("after", "seen", "hide", "show")...))
	case err != nil:
		return err
	}
	view := mapView{
		List: list, AddURL: home + "/add", Months: monthBars(reader, stats.shown.ByMonth),
		Config:  h.Maps.Element(v, reader, query.Areas),
		Filters: newFilterForm(d, &stats, reader, serve.Pick(q, pageParameters("hide", "show")...), query),
		Query:   serve.WithQuery("", serve.Pick(q, shown...)),
		Areas:   page.JSON(areaTotals(&stats.shown)),
		Hexes:   page.JSON(totals), Scale: q.Get("scale"), Cell: q.Get("cell"), Hide: q.Get("hide"), Show: q.Get("show"),
		OnMap:    page.JSON(h.thingTotals(v)),
		Hotspots: serve.WithQuery(home+"/hotspots", serve.Pick(q, append(serve.FilterParameters(), "q")...)),
	}
	view.Export = serve.WithQuery("", serve.Pick(q, pageParameters()...))
	if view.Places, err = h.places(r.Context(), d, reader, query.Search); err != nil {
		return err
	}
	if searchErr == nil {
		if view.Diagnose, err = h.diagnoseLink(r, found.Version, query); err != nil {
			return err
		}
	}
	view.Feed = feedURL(d, reader, q)
	view.Follow = serve.WithQuery(home+"/follow", serve.Pick(q, pageParameters()...))
	view.Outside = outside(home, serve.Pick(q, pageParameters("hide", "show")...), &stats.shown)
	if view.Things, err = h.thingLists(r.Context(), v, reader, serve.Pick(q, pageParameters("hide", "show")...), hidden); err != nil {
		return err
	}
	if len(view.Filters.Active) == 0 && !q.Has("after") && list.RetryURL == "" {
		if view.News, err = h.newsView(r.Context(), d, reader); err != nil {
			return err
		}
	}
	for _, a := range d.Areas {
		if len(query.Areas) == 0 || slices.Contains(query.Areas, a.Slug) {
			view.InNumbers = append(view.InNumbers, newAreaLink(d, reader.Lang, a))
		}
	}
	p := h.Pages.Page(r, d, view)
	p.Feeds = []page.Feed{{Title: reader.Text("feed.pins", "name", p.Name), URL: view.Feed}}
	p.Title = reader.Text("title.map", "name", p.Name)
	return h.Pages.Render(w, r, http.StatusOK, "map_page", p)
}

// feedURL returns the URL of the feed of the list of a page, in the language of
// the reader.
func feedURL(d *civic.District, reader *page.Reader, q url.Values) string {
	q = serve.Pick(q, append(serve.FilterParameters(), "q", "cell")...)
	q["lang"] = []string{reader.Lang}
	return "/d/" + d.Slug + "/pins.atom?" + q.Encode()
}

// search returns the pins that contain the words.
func (h handlers) search(ctx context.Context, v *index.Version, words string) (serve.Found, error) {
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	return h.Words.Search(ctx, v, words)
}

// areaTotals returns the numbers of pins by slug of the area.
func areaTotals(stats *index.Stats) map[string]int {
	out := map[string]int{}
	for slug, counts := range stats.ByArea {
		out[slug] = counts.Total()
	}
	return out
}

// outside returns the pins before and after the months of the statistics of the
// page whose query is q.
func outside(home string, q url.Values, stats *index.Stats) (out []outliers) {
	add := func(text, name string, month civic.Month, n int) {
		if n > 0 {
			with := serve.Without(q, name, "")
			with.Set(name, month.String())
			out = append(out, outliers{text, n, serve.WithQuery(home, with)})
		}
	}
	if months := stats.ByMonth; len(months) > 0 {
		add("chart.earlier", "to", months[0].Month-1, stats.Earlier.Total())
		add("chart.later", "from", months[len(months)-1].Month+1, stats.Later.Total())
	}
	return out
}

func monthBars(m *page.Reader, months []index.MonthCounts) (bars []monthBar) {
	highest := 1
	for _, month := range months {
		highest = max(highest, month.Total())
	}
	for _, month := range months {
		bars = append(bars, monthBar{
			Label: m.Month(month.Month), Month: month.Month.String(), Total: month.Total(), Share: month.Total() * 100 / highest,
		})
	}
	return bars
}

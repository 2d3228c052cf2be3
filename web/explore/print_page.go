package explore

import (
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/pins"
	"github.com/pinezka/pinezka/web/serve"
)

// maxPrinted is the number of pins that a page for printing lists: some forty
// sheets of paper. The files of the list have more.
const maxPrinted = 1000

// printView is the data of the template print_page.html.
type printView struct {
	Config   string // of the map element
	Query    string // of the map, and of the page that it prints
	Hexes    string // as in mapView, like Areas, Scale and Cell
	Areas    string
	Scale    string
	Cell     string
	Back     string // URL of that page
	Filters  []page.ActiveFilter
	Day      civic.Day // on which it is printed
	Kinds    []page.Option
	Groups   []page.OptionGroup // categories that have pins, by kind
	Total    int                // of the list
	HexOnly  serve.HexOnlyCount
	Pins     []pins.Item
	Address  string // of the map on the web
	Unlisted int    // pins that are not printed
}

// printPage shows what the map page shows, with its list on one page, up to
// maxPrinted pins, so that it prints well.
func (h handlers) printPage(w http.ResponseWriter, r *http.Request) error {
	found, err := h.Matching(r)
	if err != nil {
		return err
	}
	d := &found.District
	q := serve.Pick(r.URL.Query(), pageParameters()...)
	query, err := pins.ParseQuery(q, d, maxPrinted, maxPrinted)
	if err != nil {
		return err
	}
	query.IDs = found.IDs
	if err := checkScale(q.Get("scale")); err != nil {
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
	list := h.newListView(found.Version, query, &stats.shown)
	listed, err := h.Store.Pins(r.Context(), d, query)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	form := newFilterForm(d, &stats, reader, q, query)
	base, configured := h.BaseURL(r)
	home := "/d/" + d.Slug
	view := printView{
		Config: h.Maps.Element(found.Version, reader, query.Areas), Query: serve.WithQuery("", q), Back: serve.WithQuery(home, q),
		Hexes: page.JSON(totals), Areas: page.JSON(areaTotals(&stats.shown)), Scale: q.Get("scale"), Cell: q.Get("cell"),
		Filters: form.Active, Day: h.Today(d), Total: list.Total, HexOnly: list.HexOnly,
	}
	view.Address = base + view.Back
	for _, k := range civic.Kinds() {
		if n := stats.shown.Of(k); n > 0 {
			view.Kinds = append(view.Kinds, page.Option{Value: k.String(), Label: reader.Text("kinds." + k.String()), Count: n})
		}
	}
	for _, group := range reader.CategoryOptions(func(o *page.Option) { o.Count = stats.shown.ByCategory[o.Value] }) {
		var counted []page.Option
		for _, o := range group.Options {
			if o.Count > 0 {
				counted = append(counted, o)
			}
		}
		if group.Options = counted; len(counted) > 0 {
			view.Groups = append(view.Groups, group)
		}
	}
	for _, p := range listed.Pins {
		view.Pins = append(view.Pins, pins.NewItem(d, reader, p))
	}
	view.Unlisted = max(0, view.Total-len(view.Pins))
	p := h.Pages.Page(r, d, view)
	p.Title, p.FromHost = reader.Text("title.print", "name", p.Name), !configured
	return h.Pages.Render(w, r, http.StatusOK, "print_page", p)
}

package council

import (
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// indexView is the data of the template council_index.html.
type indexView struct {
	Back           string
	Represents     string // path
	Pages          []link
	New            string // path of the form; "" for those who may not add a page
	Wards          []wardLink
	WardsAPI       string
	Councillors    []councillorView
	CouncillorsURL string
	Offices        []things.Item
	OfficesURL     string
	ResolutionsURL string
}

// wardLink is a ward in a list.
type wardLink struct {
	link
	Number string
}

// index shows what there is about the council.
func (h handlers) index(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	pages, err := h.Store.CouncilPages(r.Context(), d)
	if err != nil {
		return err
	}
	offices, err := h.offices(r, d)
	if err != nil {
		return err
	}
	councillors, err := h.Store.Councillors(r.Context(), d, civic.CouncillorQuery{Day: h.Today(d), All: true})
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	base := "/d/" + d.Slug
	view := indexView{
		Back: base, Represents: base + "/represents", Pages: pageLinks(d, reader, pages), Wards: h.wardLinks(d, reader),
		WardsAPI: "/api/v1/districts/" + d.Slug + "/wards", OfficesURL: officeKind.Path(d, 0),
		Councillors: councillorsOf(d, reader, councillors), CouncillorsURL: councillorKind.Path(d, 0), ResolutionsURL: resolutionKind.Path(d, 0),
	}
	for _, o := range offices {
		view.Offices = append(view.Offices, officeKind.Item(d, reader, o))
	}
	if h.may(r, d, civic.EditPages, 0) {
		view.New = base + "/council/new"
	}
	p := h.Pages.Page(r, d, view)
	p.Title = reader.Text("council.title", "district", p.Name)
	return h.Pages.Render(w, r, http.StatusOK, "council_index", p)
}

// may reports whether whoever makes a request may take an action in the district,
// on new things of a kind or, with none, on what is no thing.
func (h handlers) may(r *http.Request, d *civic.District, action civic.Action, kind civic.ThingKind) bool {
	actor, err := serve.ActorOf(r.Context())
	return err == nil && civic.Can(actor, action, civic.Thing{DistrictID: d.ID, Kind: kind}, h.Now()) == nil
}

// offices returns the offices that are public.
func (h handlers) offices(r *http.Request, d *civic.District) ([]civic.Described, error) {
	return h.Store.Things(r.Context(), d, civic.ThingQuery{
		Kind: civic.OfficeThing, Publications: []civic.Publication{civic.Published}, Limit: maxOffices,
	})
}

// maxOffices is the number of offices of a district that are looked at.
const maxOffices = 1000

func pagePath(d *civic.District, slug string) string { return "/d/" + d.Slug + "/council/" + slug }

func pageLinks(d *civic.District, reader *page.Reader, pages []civic.CouncilPage) (links []link) {
	for _, p := range pages {
		links = append(links, link{textIn(reader, p.Title), pagePath(d, p.Slug)})
	}
	return links
}

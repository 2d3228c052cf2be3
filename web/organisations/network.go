package organisations

import (
	"math"
	"net/http"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// networkPath returns the path of the network.
func networkPath(d *civic.District) string {
	return things.Path(d, civic.OrganisationThing, 0) + "/network"
}

// networkView is the data of the template network_page.html.
type networkView struct {
	Path, Back string
	Areas      []page.Option
	Area       string // the name of the chosen one; "" for all
	Rows       []networkRow
	Nodes      []node
	Edges      []edge
	Width      int // of the drawing
	Height     int
	API        string // URL
}

// networkRow is a row of the table.
type networkRow struct {
	A, B Link
	By   []Link
}

// node is an organisation in the drawing.
type node struct {
	Title  string
	X, Y   float64
	LabelY float64
	Anchor string // of the label
}

// edge is a tie in the drawing.
type edge struct {
	X1, Y1, X2, Y2 float64
	Width          float64
}

// The drawing, in pixels.
const (
	drawingWidth  = 800
	drawingHeight = 520
	drawingMargin = 80
	nodeDistance  = 44 // between nodes, at least
)

// network returns the part of the network that a request asks for.
func (h handlers) network(r *http.Request) (d *civic.District, n civic.Network, err error) {
	v, err := h.District(r)
	if err != nil {
		return nil, n, err
	}
	d = &v.District
	if n, err = h.Store.Network(r.Context(), d); err != nil {
		return d, n, err
	}
	if slug := r.URL.Query().Get("area"); slug != "" {
		area, ok := d.Area(slug)
		if !ok {
			return d, n, serve.BadParameter("area", "must be the slug of an area")
		}
		n = n.In(area.ID)
	}
	return d, n, nil
}

func (h handlers) networkPage(w http.ResponseWriter, r *http.Request) error {
	d, n, err := h.network(r)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	view := networkView{
		Path: networkPath(d), Back: things.Path(d, civic.OrganisationThing, 0), Width: drawingWidth, Height: drawingHeight,
		API:   serve.WithQuery("/api/v1/districts/"+d.Slug+"/organisations/network", serve.Pick(r.URL.Query(), "area")),
		Areas: reader.AreaOptions(r.URL.Query().Get("area")),
	}
	if a, ok := d.Area(r.URL.Query().Get("area")); ok {
		view.Area = reader.In(a.Name)
	}
	titles := map[int64]string{}
	for _, o := range n.Organisations {
		titles[o.ID] = o.Title
	}
	for _, t := range n.Ties {
		view.Rows = append(view.Rows, networkRow{organisation(d, t.A, titles), organisation(d, t.B, titles), links(d, t.By)})
	}
	view.draw(n)
	p := h.Pages.Page(r, d, view)
	p.Title = reader.Text("network.title", "district", p.Name)
	return h.Pages.Render(w, r, http.StatusOK, "network_page", p)
}

func organisation(d *civic.District, id int64, titles map[int64]string) Link {
	return Link{Title: titles[id], URL: things.Path(d, civic.PinThing, id)}
}

// draw places the organisations as they are on the map, those that would hide each
// other beside each other, and joins them by lines that are the wider the more they
// have in common.
func (v *networkView) draw(n civic.Network) {
	places := map[int64]orb.Point{}
	var placed []orb.Point
	project := projection(n)
	for _, o := range n.Organisations {
		p := apart(project(o.Shown), placed)
		placed, places[o.ID] = append(placed, p), p
		label := node{Title: o.Title, X: p[0], Y: p[1], LabelY: p[1] - 14, Anchor: "middle"}
		switch {
		case p[0] < drawingWidth/4:
			label.Anchor = "start"
		case p[0] > drawingWidth*3/4:
			label.Anchor = "end"
		}
		v.Nodes = append(v.Nodes, label)
	}
	for _, t := range n.Ties {
		a, b := places[t.A], places[t.B]
		v.Edges = append(v.Edges, edge{a[0], a[1], b[0], b[1], 2 * min(float64(len(t.By)), 4)})
	}
}

// projection returns where places are in the drawing, with north above.
func projection(n civic.Network) func(orb.Point) orb.Point {
	var points orb.MultiPoint
	for _, o := range n.Organisations {
		points = append(points, o.Shown)
	}
	box := points.Bound()
	east := math.Cos(box.Center().Lat() * math.Pi / 180)
	width, height := (box.Max.Lon()-box.Min.Lon())*east, box.Max.Lat()-box.Min.Lat()
	scale := math.Min((drawingWidth-2*drawingMargin)/math.Max(width, 1e-6), (drawingHeight-2*drawingMargin)/math.Max(height, 1e-6))
	return func(p orb.Point) orb.Point {
		return orb.Point{
			drawingWidth/2 + (p.Lon()-box.Center().Lon())*east*scale, drawingHeight/2 - (p.Lat()-box.Center().Lat())*scale,
		}
	}
}

// apart returns a place in the drawing near p that is apart from others.
func apart(p orb.Point, others []orb.Point) orb.Point {
	const golden = 2.399963 // radians: no two steps have the same direction
	for step := range 200 {
		r := nodeDistance / 2 * math.Sqrt(float64(step))
		at := orb.Point{
			clamp(p[0]+r*math.Cos(golden*float64(step)), drawingWidth), clamp(p[1]+r*math.Sin(golden*float64(step)), drawingHeight),
		}
		free := true
		for _, o := range others {
			free = free && math.Hypot(o[0]-at[0], o[1]-at[1]) >= nodeDistance
		}
		if free {
			return at
		}
	}
	return p
}

func clamp(v, size float64) float64 {
	return math.Max(drawingMargin/2, math.Min(size-drawingMargin/2, v))
}

type networkJSON struct {
	Organisations []organisationJSON `json:"organisations"`
	Ties          []tieJSON          `json:"ties"`
	Links         []serve.Link       `json:"links"`
}

type organisationJSON struct {
	ID    int64        `json:"id"` // of its pin
	Title string       `json:"title"`
	Place orb.Point    `json:"place"`
	Area  *string      `json:"area"` // slug; null for none
	Links []serve.Link `json:"links"`
}

type tieJSON struct {
	Organisations [2]int64       `json:"organisations"`
	Things        []tieThingJSON `json:"things"`
}

type tieThingJSON struct {
	ID    int64        `json:"id"`
	Kind  string       `json:"kind"`
	Title string       `json:"title"`
	Links []serve.Link `json:"links"`
}

func (h handlers) networkAPI(w http.ResponseWriter, r *http.Request) error {
	d, n, err := h.network(r)
	if err != nil {
		return err
	}
	out := networkJSON{Organisations: []organisationJSON{}, Ties: []tieJSON{}, Links: []serve.Link{{Rel: "alternate", Href: networkPath(d), Type: "text/html"}}}
	page := func(kind civic.ThingKind, id int64) []serve.Link {
		return []serve.Link{{Rel: "alternate", Href: things.Path(d, kind, id), Type: "text/html"}}
	}
	for _, o := range n.Organisations {
		encoded := organisationJSON{o.ID, o.Title, o.Shown, nil, page(civic.PinThing, o.ID)}
		if a, ok := d.AreaByID(o.AreaID); ok {
			encoded.Area = &a.Slug
		}
		out.Organisations = append(out.Organisations, encoded)
	}
	for _, t := range n.Ties {
		tie := tieJSON{Organisations: [2]int64{t.A, t.B}}
		for _, by := range t.By {
			tie.Things = append(tie.Things, tieThingJSON{by.ID, by.Kind.String(), by.Title, page(by.Kind, by.ID)})
		}
		out.Ties = append(out.Ties, tie)
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, out)
}

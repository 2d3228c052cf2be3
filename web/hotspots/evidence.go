package hotspots

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"

	analysis "github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/pins"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// maxListed is the number of pins of a hexagon that the evidence lists.
const maxListed = 20

// evidence is what the class of a hexagon follows from.
type evidence struct {
	cell geo.Cell

	Name        string // of the nearest place
	Sentence    string // what is said to a resident
	Examined    bool   // whether the cell is one of those of the question
	Figures     row
	Z, P        string
	Trend       *trendView     // nil if no needs are counted
	Cells       []evidenceCell // the hexagon, and its neighbours that have pins
	Empty       int            // neighbours without pins
	Unavailable bool           // whether the pins cannot be listed
	CloseURL    string         // of the page without the evidence
	Diagnose    string         // URL of the form of a diagnosis with the needs of the hexagon; "" for those who may not begin one
	Debate      string         // path of the form of a debate; "" for those who may not add one
	Needs       int            // of the hexagon, that are listed
}

// evidenceCell is a hexagon with its pins.
type evidenceCell struct {
	cell geo.Cell

	Name    string
	Own     bool // whether it is the hexagon of the evidence
	Value   int
	HexOnly int // of these are only counted
	Pins    []pins.Item
	Map     string // URL of the map with the pins of the hexagon
	More    int    // pins that are not listed
}

// evidenceURL returns the URL of the page with the evidence of a cell.
func (v *view) evidenceURL(c geo.Cell) string {
	q := maps.Clone(v.query)
	q.Set("cell", c.String())
	return serve.WithQuery(v.home, q) + "#results"
}

// evidence returns the evidence of a cell.
func (v *view) evidence(ctx context.Context, cell geo.Cell) (*evidence, error) {
	e := &evidence{cell: cell, CloseURL: serve.WithQuery(v.home, serve.Pick(v.query, pageParameters()...)) + "#results"}
	i, ok := v.answer.find(cell)
	if !ok {
		e.Sentence = v.Text("hotspots.around.outside")
		return e, nil
	}
	c := v.answer.Cells[i]
	e.Examined, e.Figures = true, v.row(c)
	e.Z, e.P = v.Decimal(c.Z, 2), v.probability(c.P)
	e.Sentence = v.around(c)
	t, err := v.h.trend(ctx, v.question, cell)
	if err != nil {
		return nil, err
	}
	e.Trend = v.trendView(t)
	if err := v.diagnose(ctx, e); err != nil {
		return nil, err
	}
	around, err := cell.Neighbours()
	if err != nil {
		return nil, fmt.Errorf("evidence: %w", err)
	}
	slices.Sort(around)
	for _, n := range append([]geo.Cell{cell}, around...) {
		at, ok := v.answer.find(n)
		switch {
		case !ok:
		case v.answer.Cells[at].Value == 0 && n != cell:
			e.Empty++
		default:
			listed, err := v.listed(ctx, v.answer.Cells[at], n == cell)
			if errors.Is(err, civic.ErrUnavailable) {
				e.Unavailable, err = true, nil
			}
			if err != nil {
				return nil, err
			}
			e.Cells = append(e.Cells, listed)
		}
	}
	return e, nil
}

// diagnose sets the links to the form of a diagnosis, with the needs of the hexagon, and
// to that of a debate, with the figures of it.
func (v *view) diagnose(ctx context.Context, e *evidence) error {
	actor, err := serve.ActorOf(ctx)
	if err != nil || civic.CanSomewhere(actor, civic.Submit, civic.DiagnosisThing, v.District.ID, v.h.Now()) != nil {
		return err
	}
	if f := v.filter; len(f.Kinds) == 0 || slices.Contains(f.Kinds, civic.Need) {
		f.Kinds = []civic.Kind{civic.Need}
		e.Needs = v.PointsIn(e.cell, f)
	}
	chosen := serve.Pick(v.query, append(serve.FilterParameters(), "q")...)
	chosen.Set("cell", e.cell.String())
	chosen.Set("kind", civic.Need.String())
	e.Diagnose = things.Path(&v.District, civic.DiagnosisThing, 0) + "/new?choose=" + url.QueryEscape(chosen.Encode())
	chosen.Del("q") // words have no figures
	debate := url.Values{"type": {"debate"}, "question": {chosen.Encode()}}
	e.Debate = serve.WithQuery(things.Path(&v.District, civic.EventThing, 0)+"/new", debate)
	return nil
}

// around returns what is said to somebody who lives in a cell.
func (v *view) around(c analysis.Cell) string {
	key := c.Class.String()
	if v.answer.Minimum != analysis.Enough {
		key = "too_little"
	}
	return v.Text("hotspots.around."+key, "of", v.of(v.filter), "n", int(c.Sum), "expected", v.Decimal(c.Expected, 1))
}

// listed returns a hexagon with the pins that may be listed.
func (v *view) listed(ctx context.Context, c analysis.Cell, own bool) (evidenceCell, error) {
	out := evidenceCell{cell: c.Cell, Own: own, Value: int(c.Value)}
	points := v.PointsIn(c.Cell, v.filter)
	out.HexOnly = out.Value - points
	q := serve.Pick(v.query, append(serve.FilterParameters(), "q")...)
	q.Set("cell", c.Cell.String())
	at := c.Cell.Centre()
	out.Map = serve.WithQuery("/d/"+v.District.Slug, q) + fmt.Sprintf("#map=%d/%.4f/%.4f", mapZoom, at.Lat(), at.Lon())
	out.More = points
	if points == 0 {
		return out, nil
	}
	found, err := v.h.Store.Pins(ctx, &v.District, civic.PinQuery{Filter: v.filter, Search: v.words, IDs: v.IDs, Cell: c.Cell, Limit: maxListed})
	for _, p := range found.Pins {
		out.Pins = append(out.Pins, pins.NewItem(&v.District, v.Reader, p))
	}
	out.More = max(0, points-len(out.Pins))
	return out, err
}

// mapZoom is the zoom at which the map shows the pins of a hexagon.
const mapZoom = 15

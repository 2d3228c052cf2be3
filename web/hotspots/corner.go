package hotspots

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/serve"
)

const maxPlaces = 5 // that a search offers

// cornerView is the form in which a resident chooses a place, and what the search
// has found. What is typed may be an address, so that it is in no URL: those of
// the places have their hexagons alone.
type cornerView struct {
	Action   string
	Text     string // that was searched
	Searched bool
	Places   []cornerPlace
}

// cornerPlace is a place that was found.
type cornerPlace struct {
	Name, URL string
	Kind      civic.PlaceKind
	Area      string
}

// choosePlace leads to the evidence of the hexagon around a place: that of the
// coordinates that the browser sends, or else that of the text, or a choice where
// it may mean several places.
func (h *Hotspots) choosePlace(w http.ResponseWriter, r *http.Request) error {
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	q, err := h.question(r)
	if err != nil {
		return err
	}
	query := serve.Pick(r.URL.Query(), pageParameters()...)
	lead := func(at orb.Point) (string, error) {
		cell, err := geo.CellAt(at)
		if err != nil {
			return "", serve.BadForm(err.Error(), err)
		}
		query.Set("cell", cell.Parent(cmp.Or(q.res, q.defaultResolution())).String())
		return serve.WithQuery("/d/"+q.District.Slug+"/hotspots", query) + "#results", nil
	}
	redirect := func(url string) error {
		w.Header().Set("Location", url)
		w.Header().Set("Cache-Control", serve.NoStore)
		w.WriteHeader(http.StatusSeeOther)
		return nil
	}
	if lon, lat := coordinate(r.PostFormValue("lon")), coordinate(r.PostFormValue("lat")); lon != nil && lat != nil {
		url, err := lead(orb.Point{*lon, *lat})
		if err != nil {
			return err
		}
		return redirect(url)
	}
	corner := cornerView{Text: strings.TrimSpace(r.PostFormValue("place")), Searched: true}
	found, err := h.search(r.Context(), &q, corner.Text)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, &q.District)
	for _, p := range found {
		url, err := lead(p.Point)
		if err != nil {
			return err
		}
		if len(found) == 1 && !p.Approximate {
			return redirect(url)
		}
		place := cornerPlace{Name: p.Name, URL: url, Kind: p.Kind}
		if a, ok := q.District.AreaByID(p.AreaID); ok && p.Kind != civic.PlaceArea {
			place.Area = reader.In(a.Name)
		}
		corner.Places = append(corner.Places, place)
	}
	return h.show(w, r, http.StatusOK, corner)
}

// search returns the places that match a text.
func (h *Hotspots) search(ctx context.Context, q *question, text string) ([]civic.FoundPlace, error) {
	if text == "" {
		return nil, nil
	}
	if _, err := serve.ParseWords(map[string][]string{"q": {text}}); err != nil {
		return nil, nil //nolint:nilerr // a text without words is the name of no place
	}
	return h.Store.Places(ctx, &q.District, civic.PlaceQuery{Text: text, Limit: maxPlaces})
}

// coordinate returns a coordinate of a form, or nil.
func coordinate(text string) *float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil
	}
	return &v
}

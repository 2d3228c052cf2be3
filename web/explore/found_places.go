package explore

import (
	"context"
	"errors"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

const maxPlaces = 5 // above the list

// foundPlace is a place that a search has found.
type foundPlace struct {
	Name        string
	Kind        civic.PlaceKind
	Area        string // "" outside all areas
	Approximate bool
	Outside     bool // the district, where no pin can be added
	Lon, Lat    string
}

// places returns the places that match a text: none while the database is
// unavailable.
func (h handlers) places(ctx context.Context, d *civic.District, reader *page.Reader, text string) ([]foundPlace, error) {
	if text == "" {
		return nil, nil
	}
	found, err := h.Store.Places(ctx, d, civic.PlaceQuery{Text: text, Limit: maxPlaces})
	if errors.Is(err, civic.ErrUnavailable) {
		return nil, nil
	}
	var places []foundPlace
	for _, p := range found {
		place := foundPlace{Name: p.Name, Kind: p.Kind, Approximate: p.Approximate, Outside: p.Outside, Lon: coordinate(p.Point.Lon()), Lat: coordinate(p.Point.Lat())}
		if a, ok := d.AreaByID(p.AreaID); ok {
			place.Area = reader.In(a.Name)
			if p.Kind == civic.PlaceArea {
				place.Name, place.Area = place.Area, ""
			}
		}
		places = append(places, place)
	}
	return places, err
}

// coordinate returns a coordinate with six decimals, which is 11 cm.
func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 6, 64) }

package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/nearest_places.sql
var nearestPlacesSQL string

// nearPlace is the distance in degrees within which a place is near a point.
const nearPlace = 0.01

// NearestPlaces returns for each point the name of the nearest street, square or
// other place of the district that is no address, or "" where none is near.
func (s *Store) NearestPlaces(ctx context.Context, d *civic.District, points []orb.Point) ([]string, error) {
	lons, lats := make([]float64, len(points)), make([]float64, len(points))
	for i, p := range points {
		lons[i], lats[i] = p.Lon(), p.Lat()
	}
	args := pgx.NamedArgs{"district": d.ID, "lons": lons, "lats": lats, "near": nearPlace}
	rows, _ := s.readPool.Query(ctx, nearestPlacesSQL, args) // CollectRows returns the error
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("name the places near %d points of %s: %w", len(points), d.Slug, civicError(err))
	}
	return names, nil
}

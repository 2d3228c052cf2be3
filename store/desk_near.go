package store

import (
	"context"
	_ "embed"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/duplicates"
)

//go:embed sql/desk_near.sql
var deskNearSQL string

const (
	nearRadius = 250.0  // metres
	mostNear   = 200    // pins
	blurWidth  = 0.0035 // degrees of latitude: more than the edge of a cell in which places are blurred
)

// NearPins returns the pins near a pin, the nearest first: those that are public,
// and those that wait in the areas, nil for all.
func (s *Store) NearPins(ctx context.Context, d *civic.District, item civic.QueueItem, areas []int32) ([]duplicates.Report, error) {
	around := geo.NewBoundAroundPoint(item.Point, nearRadius)
	rows, _ := s.readPool.Query(ctx, deskNearSQL, pgx.NamedArgs{
		"district": d.ID, "id": item.ID, "areas": areas, "lon": item.Point.Lon(), "lat": item.Point.Lat(),
		"west": around.Min.Lon(), "south": around.Min.Lat(), "east": around.Max.Lon(), "north": around.Max.Lat(),
		"blur": blurWidth / math.Cos(item.Point.Lat()*math.Pi/180), "limit": mostNear,
	}) // CollectRows returns the error
	near, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r duplicates.Report, err error) {
		var publication string
		var day int32
		if err := row.Scan(&r.ID, &r.CategoryID, &publication, &r.Title, &r.Body, &r.Point[0], &r.Point[1], &day); err != nil {
			return r, err
		}
		r.ReportedOn = civic.Day(day)
		r.Publication, err = civic.ParsePublication(publication)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("read what is near pin %d of %s: %w", item.ID, d.Slug, civicError(err))
	}
	return near, nil
}

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
	mostNear  = 100    // pins that are compared with one
	blurWidth = 0.0035 // degrees of latitude: more than the edge of a cell in which places are blurred
)

// LikelyDuplicates returns at most limit pins of the same kind that may say the
// same as a pin, the most likely first: those that wait or are public.
func (s *Store) LikelyDuplicates(ctx context.Context, d *civic.District, item civic.QueueItem, limit int) ([]duplicates.Likely, error) {
	category, ok := d.CategoryByID(item.CategoryID)
	if !ok {
		return nil, nil
	}
	around := geo.NewBoundAroundPoint(item.Point, duplicates.Radius)
	rows, _ := s.readPool.Query(ctx, deskNearSQL, pgx.NamedArgs{
		"district": d.ID, "id": item.ID, "kind": category.Kind.String(), "lon": item.Point.Lon(), "lat": item.Point.Lat(),
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
	return duplicates.Rank(duplicates.Report{
		ID: item.ID, CategoryID: item.CategoryID, Title: item.Title, Body: item.Body, Point: item.Point, ReportedOn: item.ReportedOn,
	}, near, limit), nil
}

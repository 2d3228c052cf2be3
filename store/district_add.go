package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// ShapeError reports a boundary that is not valid, such as one that crosses
// itself. RepairShapes can repair it. It is civic.ErrInvalid.
type ShapeError struct {
	Name   string // `area "West"`, or "the boundary"
	Reason string // from PostGIS
}

// Error returns the name and the reason in one line.
func (e *ShapeError) Error() string {
	return civic.ErrInvalid.Error() + ": " + e.Name + ": " + e.Reason
}

// Is reports whether target is civic.ErrInvalid.
func (e *ShapeError) Is(target error) bool { return target == civic.ErrInvalid }

// AddDistrict adds a district with its areas, categories and places, and sets
// their ids and positions in the given order. It returns civic.ErrInvalid for
// what District.Check or PostGIS rejects, and civic.ErrConflict when another
// district has the slug.
func (s *Store) AddDistrict(ctx context.Context, d *civic.District) error {
	return s.LoadDistrict(ctx, d, nil)
}

// LoadDistrict adds a district, as AddDistrict does, together with published
// pins, which it copies in the same transaction and records as imported by the
// program. It calls pins once d has its ids; a nil function adds no pins.
func (s *Store) LoadDistrict(ctx context.Context, d *civic.District, pins func() iter.Seq2[civic.NewPin, error]) error {
	if err := errors.Join(d.Check(), checkDeskSettings(&d.Desk)); err != nil {
		return err
	}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		for _, step := range []func(context.Context, pgx.Tx, *civic.District) error{
			checkShapes, addDistrict, addAreas, addCategories, addPlaces,
		} {
			if err := step(ctx, tx, d); err != nil {
				return err
			}
		}
		if pins == nil {
			return nil
		}
		if err := loadPins(ctx, tx, d, pins()); err != nil {
			return err
		}
		return record{actor: civic.Actor{Kind: civic.System}, steps: []recordedStep{{action: civic.Import}}}.save(ctx, tx, d)
	})
	if err != nil {
		return fmt.Errorf("add district %s: %w", d.Slug, err)
	}
	return nil
}

// shapesOf returns the boundary of every area of the district and the polygons
// of its own boundary, with names for errors. The polygons are separate, since
// they may be areas that touch each other; as they may be the areas themselves,
// they are last, so that an error names the area.
func shapesOf(d *civic.District) (names []string, shapes pgtype.FlatArray[orb.MultiPolygon], err error) {
	for _, a := range d.Areas {
		names, shapes = append(names, fmt.Sprintf("area %q", d.Text(a.Name, ""))), append(shapes, a.Boundary)
	}
	for _, polygon := range d.Boundary {
		names, shapes = append(names, "the boundary"), append(shapes, orb.MultiPolygon{polygon})
	}
	for i, shape := range shapes { // PostGIS returns a parse error for such rings
		if !closedRings(shape) {
			return nil, nil, fmt.Errorf("%w: %s: a ring has fewer than four points or is not closed", civic.ErrInvalid, names[i])
		}
	}
	return names, shapes, nil
}

// closedRings reports whether every ring has four points and ends where it begins.
func closedRings(shape orb.MultiPolygon) bool {
	for _, polygon := range shape {
		if slices.ContainsFunc(polygon, func(r orb.Ring) bool { return len(r) < 4 || !r.Closed() }) {
			return false
		}
	}
	return true
}

// checkShapes checks the boundary of the district and of every area. It returns
// a ShapeError for the first one that is not valid.
func checkShapes(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	names, shapes, err := shapesOf(d)
	if err != nil {
		return err
	}
	var invalid ShapeError
	err = tx.QueryRow(ctx, `
		select name, st_isvalidreason(shape)
		from unnest(@names::text[], @shapes::geometry[]) with ordinality as shapes (name, shape, number)
		where not st_isvalid(shape)
		order by number
		limit 1`,
		pgx.NamedArgs{"names": names, "shapes": shapes}).Scan(&invalid.Name, &invalid.Reason)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("check boundaries: %w", civicError(err))
	}
	return &invalid
}

// Repair describes what was wrong with a boundary, and how RepairShapes has
// changed it.
type Repair struct {
	Name          string  // `area "West"`, or "the boundary"
	Reason        string  // from PostGIS
	Before, After float64 // square metres
}

// RepairShapes makes the boundary of a new district and of its areas valid, as
// AddDistrict requires, and returns what it has changed. Only polygons remain.
func (s *Store) RepairShapes(ctx context.Context, d *civic.District) ([]Repair, error) {
	names, shapes, err := shapesOf(d)
	if err != nil {
		return nil, err
	}
	rows, _ := s.writePool.Query(ctx, `
		select number, st_isvalidreason(shape), st_area(shape::geography), st_area(repaired::geography), repaired
		from unnest(@shapes::geometry[]) with ordinality as shapes (shape, number)
		cross join lateral st_multi(st_collectionextract(st_makevalid(shape, 'method=structure'), 3)) as repaired
		where not st_isvalid(shape)
		order by number`,
		pgx.NamedArgs{"shapes": shapes}) // ForEachRow returns the error
	var (
		repairs  []Repair
		number   int // of the shape, from 1
		r        Repair
		repaired orb.MultiPolygon
	)
	_, err = pgx.ForEachRow(rows, []any{&number, &r.Reason, &r.Before, &r.After, &repaired}, func() error {
		r.Name = names[number-1]
		repairs, shapes[number-1] = append(repairs, r), repaired
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("repair boundaries: %w", civicError(err))
	}
	for i := range d.Areas {
		d.Areas[i].Boundary = shapes[i]
	}
	d.Boundary = slices.Concat(shapes[len(d.Areas):]...)
	return repairs, nil
}

// addDistrict inserts the row of the district. It sets its id, and its boundary
// to the union of its polygons.
func addDistrict(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	args := deskArgs(d.Desk)
	maps.Copy(args, pgx.NamedArgs{
		"slug": d.Slug, "name": d.Name, "languages": d.Languages, "time_zone": d.TimeZone,
		"moderation": d.Moderation.String(), "notice": orEmpty(d.Notice), "boundary": d.Boundary,
	})
	err := tx.QueryRow(ctx, `
		insert into districts (slug, name, languages, time_zone, moderation, notice, target_days, flagged_words, phone_region, reply_days, boundary)
		values (@slug, @name, @languages, @time_zone, @moderation, @notice, @target_days, @flagged_words, @phone_region, @reply_days,
		  st_multi(st_unaryunion(@boundary::geometry)))
		returning district_id, boundary`, args).Scan(&d.ID, &d.Boundary)
	return civicError(err)
}

func addAreas(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	columns := []string{"district_id", "area_id", "slug", "name", "position", "boundary", "approximate", "residents"}
	return copyRows(ctx, tx, "areas", columns, len(d.Areas), func(i int) (string, []any) {
		a := &d.Areas[i]
		a.ID, a.Position, a.Version = int32(i+1), int32(i+1), 1
		residents := pgtype.Int4{Int32: a.Residents, Valid: a.Residents != 0}
		return "area " + a.Slug, []any{d.ID, a.ID, a.Slug, a.Name, a.Position, a.Boundary, a.Approximate, residents}
	})
}

func addCategories(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	columns := []string{"district_id", "category_id", "slug", "kind", "visibility", "sensitive", "colour", "icon", "label", "hint", "position"}
	return copyRows(ctx, tx, "categories", columns, len(d.Categories), func(i int) (string, []any) {
		c := &d.Categories[i]
		c.ID, c.Position = int32(i+1), int32(i+1)
		return "category " + c.Slug, []any{
			d.ID, c.ID, c.Slug, c.Kind.String(), c.Visibility.String(), c.Sensitive, c.Colour, c.Icon, c.Label, orEmpty(c.Hint), c.Position,
		}
	})
}

// copyRows inserts n rows with one COPY. row returns the values of row i, and a
// name for it, which is part of the error when PostgreSQL rejects the row.
func copyRows(ctx context.Context, tx pgx.Tx, table string, columns []string, n int, row func(i int) (string, []any)) error {
	_, err := tx.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromSlice(n, func(i int) ([]any, error) {
		_, values := row(i)
		return values, nil
	}))
	if err == nil {
		return nil
	}
	what := table
	if i, named := rejectedRow(err, table, n); named {
		what, _ = row(i)
	}
	return fmt.Errorf("add %s: %w", what, civicError(err))
}

// rejectedRow returns which of n rows PostgreSQL rejected in a COPY, if the error
// names one. A COPY that is ended before it has read a row names line 0.
func rejectedRow(err error, table string, n int) (i int, named bool) {
	var pg *pgconn.PgError
	var line int
	if !errors.As(err, &pg) {
		return 0, false
	}
	if _, err := fmt.Sscanf(pg.Where, "COPY "+table+", line %d", &line); err != nil {
		return 0, false
	}
	return line - 1, line >= 1 && line <= n
}

// orEmpty returns t, or an empty text when t is nil, since the JSON of a nil
// map is null.
func orEmpty(t civic.Text) civic.Text {
	if t == nil {
		return civic.Text{}
	}
	return t
}

package store

import (
	"context"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/wards_check.sql
	wardsCheckSQL string

	//go:embed sql/wards_plan.sql
	wardsPlanSQL string
)

// WardChanges lists by slug what has become of the wards of a district.
type WardChanges struct {
	Added     []string
	Redrawn   []string // with a new boundary; the one before has ended
	Corrected []string // only the number, the name, the order, or a boundary that began on the same day
	Ended     []string
	Same      []string
	Covered   float64 // share of the district in the wards, 0 to 1
}

// none reports whether nothing has changed.
func (c *WardChanges) none() bool {
	return len(c.Added)+len(c.Redrawn)+len(c.Corrected)+len(c.Ended) == 0
}

// ReplaceWards makes the given wards those of a district from a day on, and records
// that. A boundary that is another one ends the one before and begins that day, and
// a ward that is not among them ends; nothing happens when they are the same. It
// sets the wards of d.
//
// It returns the errors of civic.Can and of District.CheckWards, a ShapeError for a
// boundary that is not valid, is outside the district or overlaps another, and
// civic.ErrInvalid for a day before the boundary that is to end.
func (s *Store) ReplaceWards(ctx context.Context, d *civic.District, actor civic.Actor, wards []civic.Ward, from civic.Day) (WardChanges, error) {
	err := civic.Can(actor, civic.ChangeSettings, civic.Thing{DistrictID: d.ID}, time.Now())
	if err == nil {
		err = d.CheckWards(wards)
	}
	if err != nil {
		return WardChanges{}, fmt.Errorf("wards of %s: %w", d.Slug, err)
	}
	var changes WardChanges
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		changes = WardChanges{}
		args := wardArgs(d, wards, from)
		if err := lockDistrictAlone(ctx, tx, d); err != nil {
			return err
		}
		if err := checkWardShapes(ctx, tx, d, wards); err != nil {
			return err
		}
		if err := planWards(ctx, tx, args, from, &changes); err != nil || changes.none() {
			return err
		}
		if err := applyWards(ctx, tx, args, &changes); err != nil {
			return err
		}
		chosen := map[string]any{"wards": map[string]any{
			"from": from.String(), "added": changes.Added, "redrawn": changes.Redrawn, "corrected": changes.Corrected, "ended": changes.Ended,
		}}
		return record{actor: actor, steps: []recordedStep{{action: civic.ChangeSettings}}, text: chosen}.save(ctx, tx, d)
	})
	if err == nil {
		d.Wards = nil
		err = s.inTx(ctx, func(tx pgx.Tx) error { return readWards(ctx, tx, map[int32]*civic.District{d.ID: d}) })
	}
	if err != nil {
		return WardChanges{}, fmt.Errorf("replace the wards of %s: %w", d.Slug, civicError(err))
	}
	return changes, nil
}

// wardArgs returns the arguments of the statements about wards.
func wardArgs(d *civic.District, wards []civic.Ward, from civic.Day) pgx.NamedArgs {
	var slugs, numbers []string
	var names []civic.Text
	var boundaries pgtype.FlatArray[orb.MultiPolygon]
	for _, w := range wards {
		slugs, numbers, names, boundaries = append(slugs, w.Slug), append(numbers, w.Number), append(names, w.Name), append(boundaries, w.Boundary)
	}
	return pgx.NamedArgs{"district": d.ID, "slugs": slugs, "numbers": numbers, "names": names, "boundaries": boundaries, "from": from.String()}
}

// checkWardShapes returns a ShapeError for the first boundary that no ward of the
// district can have.
func checkWardShapes(ctx context.Context, tx pgx.Tx, d *civic.District, wards []civic.Ward) error {
	name := func(number int64) string { return fmt.Sprintf("ward %q", d.Text(wards[number-1].Name, "")) }
	var shapes pgtype.FlatArray[orb.MultiPolygon]
	for i, w := range wards {
		if !closedRings(w.Boundary) { // PostGIS returns a parse error for such rings
			return &ShapeError{name(int64(i + 1)), "a ring has fewer than four points or is not closed"}
		}
		shapes = append(shapes, w.Boundary)
	}
	rows, _ := tx.Query(ctx, wardsCheckSQL, pgx.NamedArgs{"district": d.ID, "shapes": shapes}) // CollectRows returns the error
	faults, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*ShapeError, error) {
		var number int64
		var other *int64
		var e ShapeError
		err := row.Scan(&number, &e.Reason, &other)
		e.Name = name(number)
		if other != nil {
			e.Reason += " " + name(*other)
		}
		return &e, err
	})
	if err != nil {
		return fmt.Errorf("check boundaries: %w", err)
	}
	if len(faults) > 0 {
		return faults[0]
	}
	return nil
}

// planWards finds what is to become of each ward.
func planWards(ctx context.Context, tx pgx.Tx, args pgx.NamedArgs, from civic.Day, changes *WardChanges) error {
	lists := map[string]*[]string{
		"added": &changes.Added, "redrawn": &changes.Redrawn, "corrected": &changes.Corrected, "ended": &changes.Ended, "same": &changes.Same,
	}
	rows, _ := tx.Query(ctx, wardsPlanSQL, args) // ForEachRow returns the error
	var slug, change string
	var since civic.Day
	_, err := pgx.ForEachRow(rows, []any{&slug, &change, &since}, func() error {
		if change != "same" && change != "corrected" && from < since {
			return fmt.Errorf("%w: ward %s: its last boundary is of %s; another one can only begin on that day or later", civic.ErrInvalid, slug, since)
		}
		*lists[change] = append(*lists[change], slug)
		return nil
	})
	if err != nil {
		return fmt.Errorf("compare wards: %w", err)
	}
	err = tx.QueryRow(ctx, `
		select st_area(st_intersection(boundary, (select st_union(given) from unnest(@boundaries::geometry[]) as given))) / st_area(boundary)
		from districts
		where district_id = @district`, args).Scan(&changes.Covered)
	if err != nil {
		return fmt.Errorf("measure wards: %w", err)
	}
	return nil
}

// applyWards makes the changes. What ends on the day on which it began has never
// been valid, and is deleted.
func applyWards(ctx context.Context, tx pgx.Tx, args pgx.NamedArgs, changes *WardChanges) error {
	args = maps.Clone(args)
	args["ended"] = slices.Concat(changes.Ended, changes.Redrawn)
	args["corrected"] = changes.Corrected
	args["begun"] = slices.Concat(changes.Added, changes.Redrawn)
	var all pgx.Batch
	all.Queue(`
		delete from wards
		where district_id = @district
		  and slug = any(@ended)
		  and valid_until is null
		  and valid_from = @from::date`, args)
	all.Queue(`
		update wards
		set valid_until = @from::date
		where district_id = @district
		  and slug = any(@ended)
		  and valid_until is null`, args)
	all.Queue(`
		update wards
		set number = given.number,
		  name = given.name,
		  position = given.position,
		  boundary = given.boundary
		from unnest(@slugs::text[], @numbers::text[], @names::jsonb[], @boundaries::geometry[]) with ordinality
		  as given (slug, number, name, boundary, position)
		where district_id = @district
		  and wards.slug = given.slug
		  and wards.slug = any(@corrected)
		  and valid_until is null`, args)
	all.Queue(`
		insert into wards (district_id, slug, version, number, name, position, boundary, valid_from)
		select @district, slug, 1 + coalesce((
		    select max(version)
		    from wards
		    where district_id = @district
		      and wards.slug = given.slug
		  ), 0), number, name, position, boundary, @from::date
		from unnest(@slugs::text[], @numbers::text[], @names::jsonb[], @boundaries::geometry[]) with ordinality
		  as given (slug, number, name, boundary, position)
		where slug = any(@begun)`, args)
	if err := tx.SendBatch(ctx, &all).Close(); err != nil {
		return fmt.Errorf("write wards: %w", err)
	}
	return nil
}

// readWards sets the wards of the districts, which are indexed by id.
func readWards(ctx context.Context, tx pgx.Tx, districts map[int32]*civic.District) error {
	rows, _ := tx.Query(ctx, `
		select district_id, slug, version, number, name, position, boundary,
		  valid_from - date '1970-01-01', coalesce(valid_until - date '1970-01-01', 0)
		from wards
		where district_id = any(@districts)
		order by district_id, position, slug, version`,
		pgx.NamedArgs{"districts": slices.Collect(maps.Keys(districts))}) // ForEachRow returns the error
	var id int32
	var w civic.Ward
	to := []any{&id, &w.Slug, &w.Version, &w.Number, &w.Name, &w.Position, &w.Boundary, &w.From, &w.Until}
	_, err := pgx.ForEachRow(rows, to, func() error {
		districts[id].Wards = append(districts[id].Wards, w)
		w = civic.Ward{} // the next row must not be scanned into the same map
		return nil
	})
	if err != nil {
		return fmt.Errorf("read wards: %w", err)
	}
	return nil
}

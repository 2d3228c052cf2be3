package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
)

// loadPins copies published pins into a district. When the table of pins is
// empty, it creates the indexes after the copy, which takes a third of the
// time.
func loadPins(ctx context.Context, tx pgx.Tx, d *civic.District, pins iter.Seq2[civic.NewPin, error]) error {
	if err := rereadDistrict(ctx, tx, d); err != nil {
		return err
	}
	recreate, err := beginBulkLoad(ctx, tx, civic.Published)
	if err != nil {
		return err
	}
	n, err := copyPins(ctx, tx, d, pins)
	if err != nil || recreate == "" {
		return err
	}
	if _, err := tx.Exec(ctx, recreate); err != nil {
		return fmt.Errorf("create indexes of pins: %w", err)
	}
	return addThingsOfPins(ctx, tx, n)
}

//go:embed sql/bulk_load_objects.sql
var bulkLoadObjectsSQL string

// beginBulkLoad drops all indexes of pins except for the primary key, and the
// triggers that read new pins, for which PostgreSQL would keep a copy of each. It
// returns the SQL that creates them again, unique indexes first, with memory to
// sort. That of a GIN index stays in the cache of the processor, which is a
// quarter faster. Indexes of waiting pins stay unless the pins will wait: each is
// created by one more look at all pins. Whoever has copied the pins must also call addThingsOfPins.
//
// beginBulkLoad returns "" and drops nothing when there are pins, when somebody
// reads the table for long, or when another transaction does the same: two that
// have read the table would wait for each other before they change it. Until tx
// ends, nobody else can read the table.
func beginBulkLoad(ctx context.Context, tx pgx.Tx, publication civic.Publication) (recreate string, err error) {
	var first bool
	if err := tx.QueryRow(ctx, `select pg_try_advisory_xact_lock(hashtext('pinezka indexes'))`).Scan(&first); err != nil {
		return "", fmt.Errorf("lock indexes of pins: %w", err)
	}
	if !first {
		return "", nil
	}
	var drop string
	if err := tx.QueryRow(ctx, bulkLoadObjectsSQL, pgx.NamedArgs{"publication": publication.String()}).Scan(&drop, &recreate); err != nil {
		return "", fmt.Errorf("look up indexes of pins: %w", err)
	}
	if drop == "" {
		return "", nil
	}
	err = pgx.BeginFunc(ctx, tx, func(savepoint pgx.Tx) error {
		_, err := savepoint.Exec(ctx, `set local lock_timeout = '2s';`+drop)
		return err //nolint:wrapcheck // said below
	})
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "55P03" { // lock_not_available: somebody reads the table for long
		return "", nil
	}
	if err == nil {
		_, err = tx.Exec(ctx, `set local lock_timeout = 0`)
	}
	if err != nil {
		return "", fmt.Errorf("drop indexes of pins: %w", err)
	}
	return recreate, nil
}

//go:embed sql/add_things_of_pins.sql
var addThingsOfPinsSQL string

// addThingsOfPins adds the things of the n pins that were copied after
// beginBulkLoad, as the triggers that it dropped would have done, which takes a
// quarter of the time. It returns civic.ErrConflict if the district has not the
// category of each, as those triggers do. The areas of the pins must be those of
// the district, whose row must be locked.
func addThingsOfPins(ctx context.Context, tx pgx.Tx, n int) error {
	tag, err := tx.Exec(ctx, addThingsOfPinsSQL)
	if err != nil {
		return fmt.Errorf("add things: %w", err)
	}
	if int(tag.RowsAffected()) != n {
		return fmt.Errorf("%w: %d of %d pins have a category of the district", civic.ErrConflict, tag.RowsAffected(), n)
	}
	return nil
}

// copyPins copies published pins, and returns how many.
func copyPins(ctx context.Context, tx pgx.Tx, d *civic.District, pins iter.Seq2[civic.NewPin, error]) (n int, err error) {
	rows := startCopy(ctx, tx, `copy pins (district_id, publication, `+pinColumns+`, search) from stdin (format binary)`)
	defer rows.abort()
	var row copyRow
	for pin, err := range pins {
		if err != nil {
			return 0, err
		}
		row = row.begin(2 + numPinColumns + 1).int32(d.ID).text(civic.Published.String()).pin(pin).words(words.Of(pin.Title, pin.Body))
		if err := rows.write(row); err != nil {
			return 0, fmt.Errorf("copy pins: %w", err)
		}
		n++
	}
	if err := rows.finish(); err != nil {
		return 0, fmt.Errorf("copy pins: %w", err)
	}
	return n, nil
}

// areaID returns the id of an area as a value of SQL: null for 0, no area.
func areaID(id int32) pgtype.Int4 { return pgtype.Int4{Int32: id, Valid: id > 0} }

// rereadDistrict reads the district in tx, and states to the triggers of pins
// that those written in tx have the areas that follow from it. It reads the
// stamp first, so that a change of the areas in between is noticed.
func rereadDistrict(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	_, err := tx.Exec(ctx, `
		select set_config('pinezka.placed_as_of', changed::text, true)
		from districts
		where district_id = @district`, pgx.NamedArgs{"district": d.ID})
	if err != nil {
		return fmt.Errorf("state the areas of pins: %w", err)
	}
	found, err := districts(ctx, tx, &d.Slug, civic.Position{})
	if err != nil {
		return fmt.Errorf("read the district again: %w", err)
	}
	if len(found) == 0 || found[0].ID != d.ID {
		return civic.ErrNotFound
	}
	found[0].Places = d.Places
	*d = found[0]
	return nil
}

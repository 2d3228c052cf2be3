package store

import (
	"context"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// loadPins copies published pins of a district. Into an empty table it does so
// before its indexes are built, which takes a third of the time.
func loadPins(ctx context.Context, tx pgx.Tx, d *civic.District, pins iter.Seq2[civic.NewPin, error]) error {
	rebuild, err := dropIndexes(ctx, tx)
	if err != nil {
		return fmt.Errorf("drop indexes of an empty table: %w", err)
	}
	if err := copyPins(ctx, tx, d, pins); err != nil {
		return fmt.Errorf("copy pins: %w", err)
	}
	for _, definition := range rebuild {
		if _, err := tx.Exec(ctx, definition); err != nil {
			return fmt.Errorf("rebuild index: %w", err)
		}
	}
	return nil
}

// dropIndexes of pins, but for the primary key, if there is no pin; it answers
// the statements that make them again.
func dropIndexes(ctx context.Context, tx pgx.Tx) ([]string, error) {
	var some bool
	if err := tx.QueryRow(ctx, `select exists (select from pins)`).Scan(&some); err != nil || some {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `set local maintenance_work_mem = '512MB'`); err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, `
		select indexname, indexdef
		from pg_indexes
		where schemaname = current_schema
		  and tablename = 'pins'
		  and indexname <> 'pins_pkey'`)
	if err != nil {
		return nil, err
	}
	var name, definition string
	var names, definitions []string
	_, err = pgx.ForEachRow(rows, []any{&name, &definition}, func() error {
		names, definitions = append(names, name), append(definitions, definition)
		return nil
	})
	for _, name := range names {
		if _, err := tx.Exec(ctx, `drop index `+pgx.Identifier{name}.Sanitize()); err != nil {
			return nil, err
		}
	}
	return definitions, err
}

func copyPins(ctx context.Context, tx pgx.Tx, d *civic.District, pins iter.Seq2[civic.NewPin, error]) error {
	next, stop := iter.Pull2(pins)
	defer stop()
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"pins"}, []string{
		"district_id", "category_id", "kind", "publication", "status", "title", "body",
		"geom", "cell", "shown", "shown_cell", "area_id", "reported_on",
	}, pgx.CopyFromFunc(func() ([]any, error) {
		pin, err, ok := next()
		if !ok || err != nil {
			return nil, err
		}
		var area any // null: the database looks for it, and finds none either
		if pin.AreaID > 0 {
			area = pin.AreaID
		}
		return []any{
			d.ID, pin.Category.ID, pin.Category.Kind.String(), civic.Published.String(), pin.Status.String(), pin.Title, pin.Body,
			pin.Exact.Point, int64(pin.Exact.Cell), pin.Shown.Point, int64(pin.Shown.Cell), area, pin.ReportedOn.Time(),
		}, nil
	}))
	return err
}

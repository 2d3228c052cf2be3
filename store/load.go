package store

import (
	"context"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// loadPins copies published pins of a district.
func loadPins(ctx context.Context, tx pgx.Tx, d *civic.District, pins iter.Seq2[civic.NewPin, error]) error {
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
	if err != nil {
		return fmt.Errorf("copy pins: %w", err)
	}
	return nil
}

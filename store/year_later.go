package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/year_later.sql
var yearLaterSQL string

// askYearLater asks whoever has begun a practicum, a year after it began, what became
// of it. To ask again changes nothing: nobody receives two mails with the same fact.
func (s *Store) askYearLater(ctx context.Context, d *civic.District, today civic.Day) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, yearLaterSQL, pgx.NamedArgs{"district": d.ID, "today": today.Time(), "zone": d.Zone().String()}) // CollectRows returns the error
		ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil {
			return fmt.Errorf("read what began a year ago: %w", err)
		}
		for _, id := range ids {
			err := queueNotices(ctx, tx, d, pgx.NamedArgs{
				"thing": id, "entry": nil, "kind": string(civic.MailYearLater), "fact": string(civic.MailYearLater), "data": map[string]string{}, "except": []int64{},
				"own": true, "concerned": false, "selecting": false, "selected": nil, "followed": nil, "known": []int64{}, "leads": false,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("ask what became of practicums in %s: %w", d.Slug, civicError(err))
	}
	return nil
}

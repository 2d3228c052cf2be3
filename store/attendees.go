package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// NamedAttendees returns the names of those who came to a thing and agreed to be named, by
// the day of the series and in the order of the alphabet. It returns nobody of an
// occurrence that has not ended.
func (s *Store) NamedAttendees(ctx context.Context, d *civic.District, thing int64) (map[civic.Day][]string, error) {
	rows, _ := s.readPool.Query(ctx, `
		select day - date '1970-01-01', name
		from registrations
		join occurrences using (district_id, thing_id, day)
		where district_id = @district
		  and thing_id = @thing
		  and state = 'seated'
		  and attended
		  and named
		  and name <> ''
		  and ends_at <= now()
		order by name, registration_id`, pgx.NamedArgs{"district": d.ID, "thing": thing}) // ForEachRow returns the error
	names := map[civic.Day][]string{}
	var day int32
	var name string
	_, err := pgx.ForEachRow(rows, []any{&day, &name}, func() error {
		names[civic.Day(day)] = append(names[civic.Day(day)], name)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read who came to thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return names, nil
}

// StopNaming takes back, by the token of a mail, that somebody who has registered may be
// named. To take it back again changes nothing.
func (s *Store) StopNaming(ctx context.Context, d *civic.District, token string) (civic.Registration, error) {
	return s.changeRegistration(ctx, d, token, func(tx pgx.Tx, r civic.Registration) error {
		_, err := tx.Exec(ctx, `
			update registrations
			set named = false
			where district_id = @district
			  and registration_id = @id`, pgx.NamedArgs{"district": d.ID, "id": r.ID})
		if err != nil {
			return fmt.Errorf("name nobody: %w", err)
		}
		return nil
	})
}

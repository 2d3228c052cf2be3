package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// LookAt records that an account looks at a thing, at most so long unless it says so
// again, and returns the names of the others who do, in their order.
func (s *Store) LookAt(ctx context.Context, d *civic.District, actor civic.Actor, thing int64, atMost time.Duration) ([]string, error) {
	if actor.Kind != civic.Account {
		return nil, nil
	}
	args := pgx.NamedArgs{"district": d.ID, "account": actor.ID, "thing": thing, "most": atMost}
	_, err := s.writePool.Exec(ctx, `
		insert into desk_presence (district_id, account_id, thing_id, until)
		values (@district, @account, @thing, now() + @most::interval)
		on conflict (district_id, account_id) do update
		set thing_id = excluded.thing_id,
		  until = excluded.until`, args)
	if err != nil {
		return nil, fmt.Errorf("record who looks at thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	rows, _ := s.writePool.Query(ctx, `
		select name
		from desk_presence
		join accounts using (account_id)
		where district_id = @district
		  and thing_id = @thing
		  and account_id <> @account
		  and until > now()
		order by name, account_id`, args) // CollectRows returns the error
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("read who looks at thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return names, nil
}

// LookAway records that an account looks at a thing no longer.
func (s *Store) LookAway(ctx context.Context, d *civic.District, actor civic.Actor, thing int64) error {
	_, err := s.writePool.Exec(ctx, `
		delete from desk_presence
		where district_id = @district
		  and account_id = @account
		  and thing_id = @thing`, pgx.NamedArgs{"district": d.ID, "account": actor.ID, "thing": thing})
	if err != nil {
		return fmt.Errorf("record who no longer looks at thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return nil
}

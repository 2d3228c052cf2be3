package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// presenceAge is how long an account that has opened a thing is taken to look at
// it, unless it opens another.
const presenceAge = 5 * time.Minute

// LookAt records that an account looks at a thing, and returns the names of the
// others who do, in their order.
func (s *Store) LookAt(ctx context.Context, d *civic.District, actor civic.Actor, thing int64) ([]string, error) {
	if actor.Kind != civic.Account {
		return nil, nil
	}
	args := pgx.NamedArgs{"district": d.ID, "account": actor.ID, "thing": thing, "age": presenceAge}
	_, err := s.writePool.Exec(ctx, `
		insert into desk_presence (district_id, account_id, thing_id)
		values (@district, @account, @thing)
		on conflict (district_id, account_id) do update
		set thing_id = @thing,
		  seen_at = now()`, args)
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
		  and seen_at > now() - @age::interval
		order by name, account_id`, args) // CollectRows returns the error
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("read who looks at thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return names, nil
}

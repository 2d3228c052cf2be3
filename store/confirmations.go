package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// confirming returns the names of the actions after which what a thing says is taken
// to be true.
func confirming() (names []string) {
	for _, a := range civic.Confirming() {
		names = append(names, a.String())
	}
	return names
}

// confirmations returns when what things say was last written or confirmed, by their
// ids.
func confirmations(ctx context.Context, db querier, d *civic.District, ids []int64) (map[int64]time.Time, error) {
	confirmed := map[int64]time.Time{}
	if len(ids) == 0 {
		return confirmed, nil
	}
	rows, _ := db.Query(ctx, `
		select thing_id, max(happened_at)
		from audit
		where district_id = @district
		  and thing_id = any(@ids)
		  and action = any(@actions)
		group by thing_id`, pgx.NamedArgs{"district": d.ID, "ids": ids, "actions": confirming()}) // ForEachRow returns the error
	var id int64
	var at time.Time
	if _, err := pgx.ForEachRow(rows, []any{&id, &at}, func() error { confirmed[id] = at; return nil }); err != nil {
		return nil, fmt.Errorf("read when things were confirmed: %w", err)
	}
	return confirmed, nil
}

// askStillTrue asks those who look after what was last confirmed a year ago, or some
// years, whether it is still true: what is public, and open if the kind has things
// that are settled. To ask again changes nothing.
func (s *Store) askStillTrue(ctx context.Context, d *civic.District) error {
	var kinds []civic.ThingKind
	for _, k := range civic.ThingKinds() {
		if k.IsAskedAbout() {
			kinds = append(kinds, k)
		}
	}
	rows, _ := s.writePool.Query(ctx, `
		select thing_id, to_char(confirmed, 'YYYY-MM-DD'), (extract(year from age(now(), confirmed)) * 12 / @months::int)::int
		from (
		  select thing_id, max(happened_at) as confirmed
		  from things
		  join audit using (district_id, thing_id)
		  where district_id = @district
		    and things.kind = any(@kinds)
		    and publication = 'published'
		    and state <> 'settled'
		    and action = any(@actions)
		  group by thing_id
		) as last
		where confirmed < now() - make_interval(months => @months::int)
		order by thing_id`, pgx.NamedArgs{"district": d.ID, "kinds": kindNames(kinds), "actions": confirming(), "months": civic.ConfirmedAfter}) // CollectRows returns the error
	due, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (m memberMail, err error) {
		var confirmed string
		var times int
		err = row.Scan(&m.thing, &confirmed, &times)
		m.kind, m.fact = civic.MailStillTrue, fmt.Sprint(civic.MailStillTrue, " ", confirmed, " ", times)
		return m, err
	})
	if err != nil {
		return fmt.Errorf("read what was confirmed long ago: %w", civicError(err))
	}
	return s.inTx(ctx, func(tx pgx.Tx) error {
		for _, m := range due {
			if err := tellMembers(ctx, tx, d, m); err != nil {
				return err
			}
		}
		return nil
	})
}

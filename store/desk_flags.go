package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/flags"
)

// flagBatch is how many texts FlagTexts looks through at most.
const flagBatch = 1000

// FlagTexts looks through texts of a district that wait for a moderator for what
// package flags finds, and stores the kinds, so that the queue can be filtered by
// them. It returns how many it has looked through; 0 when none is left.
func (s *Store) FlagTexts(ctx context.Context, d *civic.District) (int, error) {
	finder := flags.New(flags.Config{Region: d.Desk.PhoneRegion, Words: d.Desk.FlaggedWords})
	rows, _ := s.writePool.Query(ctx, `
		select thing_id, version, things.title, coalesce(body, '')
		from things
		left join pins on pins.district_id = things.district_id
		  and pin_id = thing_id
		where things.district_id = @district
		  and things.publication = 'pending'
		  and things.kind <> all(@private)
		  and flags is null
		order by thing_id
		limit @limit`, pgx.NamedArgs{"district": d.ID, "limit": flagBatch, "private": kindNames(civic.PrivateKinds())}) // ForEachRow returns the error
	var ids []int64
	var versions, kinds []int32
	var id int64
	var version int32
	var title, body string
	_, err := pgx.ForEachRow(rows, []any{&id, &version, &title, &body}, func() error {
		ids, versions, kinds = append(ids, id), append(versions, version), append(kinds, finder.KindsIn(title, body))
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("read texts of %s that wait: %w", d.Slug, civicError(err))
	}
	if len(ids) == 0 {
		return 0, nil
	}
	_, err = s.writePool.Exec(ctx, `
		update things
		set flags = found.kinds
		from unnest(@ids::bigint[], @versions::int[], @kinds::int[]) as found (id, version, kinds)
		where district_id = @district
		  and thing_id = found.id
		  and things.version = found.version`,
		pgx.NamedArgs{"district": d.ID, "ids": ids, "versions": versions, "kinds": kinds})
	if err != nil {
		return 0, fmt.Errorf("store the flags of texts of %s: %w", d.Slug, civicError(err))
	}
	return len(ids), nil
}

// FlagWaitingTexts looks through the texts of all districts that wait, and returns
// how many there were.
func (s *Store) FlagWaitingTexts(ctx context.Context) (all int, err error) {
	rows, _ := s.writePool.Query(ctx, `
		select slug
		from districts
		where exists (
		  select
		  from things
		  where things.district_id = districts.district_id
		    and publication = 'pending'
		    and kind <> all(@private)
		    and flags is null
		)`, pgx.NamedArgs{"private": kindNames(civic.PrivateKinds())}) // CollectRows returns the error
	slugs, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return 0, fmt.Errorf("look up districts with texts that wait: %w", civicError(err))
	}
	for _, slug := range slugs {
		d, err := s.District(ctx, slug)
		if err != nil {
			return all, err
		}
		for n := flagBatch; n == flagBatch; all += n {
			if n, err = s.FlagTexts(ctx, &d); err != nil {
				return all, err
			}
		}
	}
	return all, nil
}

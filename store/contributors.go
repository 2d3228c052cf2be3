package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// sealContributors turns the addresses of contributors, which a database from
// before contacts has in plain text, into contacts, and drops their tables with
// the files that they are in.
func (s *Store) sealContributors(ctx context.Context) error {
	var there bool
	if err := s.writePool.QueryRow(ctx, `select to_regclass('contributors') is not null`).Scan(&there); err != nil {
		return fmt.Errorf("look up contributors: %w", err)
	}
	if !there {
		return nil
	}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		var lock pgx.Batch
		queueKey(&lock, s.keys.KeyID())
		if err := tx.SendBatch(ctx, &lock).Close(); err != nil {
			return err //nolint:wrapcheck // said below
		}
		return s.sealContributorsIn(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("encrypt the addresses of contributors: %w", err)
	}
	// The statistics of the planner had addresses too. Who may not do this receives
	// a warning.
	if _, err := s.writePool.Exec(ctx, `vacuum pg_catalog.pg_statistic`); err != nil {
		return fmt.Errorf("remove the statistics of contributors: %w", err)
	}
	return nil
}

func (s *Store) sealContributorsIn(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, `lock table pin_contributors, contributors in access exclusive mode`); err != nil {
		return err //nolint:wrapcheck // said by sealContributors
	}
	rows, _ := tx.Query(ctx, `select contributor_id::text, email from contributors`) // ForEachRow returns the error
	var ids []string
	var sealed, hashes [][]byte
	var id, email string
	_, err := pgx.ForEachRow(rows, []any{&id, &email}, func() error {
		e := s.keys.SealEmail(email)
		ids, sealed, hashes = append(ids, id), append(sealed, e.Sealed), append(hashes, e.Hash)
		return nil
	})
	if err != nil {
		return err //nolint:wrapcheck // said by sealContributors
	}
	args := pgx.NamedArgs{"key": s.keys.KeyID(), "ids": ids, "sealed": sealed, "hashes": hashes}
	var all pgx.Batch
	// PostgreSQL and Go fold a few letters differently: hence the conflict.
	all.Queue(`
		insert into contacts (district_id, email_sealed, email_hash, key_id, language, created_at)
		select district_id, sealed, hash, @key, languages[1], contributors.created_at
		from unnest(@ids::text[], @sealed::bytea[], @hashes::bytea[]) as encrypted (id, sealed, hash)
		join contributors on contributor_id = id::uuid
		join districts using (district_id)
		order by contributors.created_at
		on conflict (district_id, email_hash) do nothing`, args)
	all.Queue(`
		update things
		set reporter_id = contact_id
		from pin_contributors
		join unnest(@ids::text[], @hashes::bytea[]) as encrypted (id, hash) on contributor_id = id::uuid
		join contacts on contacts.district_id = pin_contributors.district_id and email_hash = hash
		where things.district_id = pin_contributors.district_id
		  and thing_id = pin_id`, args)
	all.Queue(`drop table pin_contributors, contributors`)
	return tx.SendBatch(ctx, &all).Close() //nolint:wrapcheck // said by sealContributors
}

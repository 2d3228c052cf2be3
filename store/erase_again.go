package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/erasures"
)

// repeatErasures carries out the erasures on the list again if it has newer ones
// than the database, as after a restore. A standby follows its primary.
func (s *Store) repeatErasures(ctx context.Context) error {
	all, err := s.erasures.All()
	if err != nil {
		return err
	}
	var newest, listed time.Time
	var standby bool
	if err := s.writePool.QueryRow(ctx, `select erased_at, pg_is_in_recovery() from newest_erasure`).Scan(&newest, &standby); err != nil {
		return fmt.Errorf("read the time of the newest erasure: %w", err)
	}
	for _, e := range all {
		if e.At.After(listed) {
			listed = e.At
		}
	}
	switch {
	case newest.After(listed) && newest.Unix() != 0:
		return fmt.Errorf("%w: the database has erased somebody's data at %s, and the list that is there has nothing from then; "+
			"put its newest copy back, and let all nodes share it. If it is lost, a new backup can be restored with --without-erasures",
			ErrErasuresLost, newest.UTC().Format(time.RFC3339Nano))
	case standby || !listed.After(newest):
		return nil
	}
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `update newest_erasure set erased_at = @at`, pgx.NamedArgs{"at": listed}); err != nil {
			return err //nolint:wrapcheck // said below
		}
		return s.eraseListed(ctx, tx, all)
	})
	if err != nil {
		return fmt.Errorf("carry out the erasures on the list: %w", err)
	}
	return nil
}

// eraseListed erases the contacts that are on the list.
func (s *Store) eraseListed(ctx context.Context, tx pgx.Tx, all []erasures.Erasure) error {
	listed := map[string][]erasures.Erasure{} // by hash
	for _, e := range all {
		for _, h := range e.Hashes {
			listed[string(h)] = append(listed[string(h)], e)
		}
	}
	rows, _ := tx.Query(ctx, `
		select district_id, slug, contact_id, email_sealed, contacts.created_at
		from contacts
		join districts using (district_id)`) // CollectRows returns the error
	type contact struct {
		District int32
		Slug     string
		ID       int64
		Sealed   []byte
		Created  time.Time
	}
	contacts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[contact])
	if err != nil {
		return fmt.Errorf("read contacts: %w", err)
	}
	for _, c := range contacts {
		address, err := s.keys.Unseal(c.Sealed)
		if err != nil {
			return fmt.Errorf("contact %d of %s: %w", c.ID, c.Slug, err)
		}
		found, texts := false, false
		for _, h := range s.erasedHashes(address) {
			for _, e := range listed[string(h)] {
				if e.District == c.Slug && !c.Created.After(e.At) {
					found, texts = true, texts || e.Texts
				}
			}
		}
		if !found {
			continue
		}
		d := civic.District{ID: c.District, Slug: c.Slug}
		if err := eraseContact(ctx, tx, &d, civic.Actor{Kind: civic.System}, c.ID, texts); err != nil {
			return fmt.Errorf("contact %d of %s: %w", c.ID, c.Slug, err)
		}
	}
	return s.closeListed(ctx, tx, listed)
}

// closeListed deletes the accounts that are on the list, whose erasures are given
// by hash.
func (s *Store) closeListed(ctx context.Context, tx pgx.Tx, listed map[string][]erasures.Erasure) error {
	rows, _ := tx.Query(ctx, `
		select account_id, email_sealed, created_at
		from accounts`) // CollectRows returns the error
	type account struct {
		ID      int64
		Sealed  []byte
		Created time.Time
	}
	accounts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[account])
	if err != nil {
		return fmt.Errorf("read accounts: %w", err)
	}
	for _, a := range accounts {
		address, err := s.keys.Unseal(a.Sealed)
		if err != nil {
			return fmt.Errorf("account %d: %w", a.ID, err)
		}
		closed := false
		for _, h := range s.erasedHashes(address) {
			for _, e := range listed[string(h)] {
				closed = closed || e.Account && !a.Created.After(e.At)
			}
		}
		if !closed {
			continue
		}
		if err := deleteAccount(ctx, tx, civic.Actor{Kind: civic.System}, a.ID); err != nil {
			return err
		}
	}
	return nil
}

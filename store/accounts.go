package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// findOrAddAccount returns the id of the account with an address, compared without
// case. It adds one, with the address as it was typed, unless there is one.
func (s *Store) findOrAddAccount(ctx context.Context, tx pgx.Tx, address, name, language string) (id int64, err error) {
	if s.keys == nil {
		return 0, errors.New("the store has no keys to encrypt addresses with")
	}
	sealed := s.keys.SealEmail(address)
	err = tx.QueryRow(ctx, `
		with found as (
		  select account_id
		  from accounts
		  where email_hash = any(@hashes)
		),
		added as (
		  insert into accounts (email_sealed, email_hash, key_id, name, language)
		  select @sealed, @hash, @key, @name, @language
		  where not exists (select from found)
		  on conflict do nothing
		  returning account_id
		)
		select account_id from found
		union all
		select account_id from added`,
		pgx.NamedArgs{
			"hashes": s.keys.EmailHashes(address), "sealed": sealed.Sealed, "hash": sealed.Hash, "key": sealed.KeyID,
			"name": name, "language": language,
		}).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) { // another transaction has just added it
		err = tx.QueryRow(ctx, `
			select account_id
			from accounts
			where email_hash = any(@hashes)`, pgx.NamedArgs{"hashes": s.keys.EmailHashes(address)}).Scan(&id)
	}
	if err != nil {
		return 0, fmt.Errorf("find or add the account: %w", err)
	}
	return id, nil
}

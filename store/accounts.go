package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// accountRows are the addresses of accounts.
var accountRows = sealedRows{
	what:  "accounts",
	count: `select count(*) from accounts`,
	other: `
		select 0, account_id, email_sealed
		from accounts
		where key_id <> @key
		limit @limit`,
	move: `
		update accounts
		set key_id = @key,
		  email_sealed = moved.sealed,
		  email_hash = moved.hash
		from unnest(@districts::int[], @ids::bigint[], @sealed::bytea[], @hashes::bytea[]) as moved (district_id, account_id, sealed, hash)
		where accounts.account_id = moved.account_id`,
	abandon: `delete from accounts`,
}

// accountAddress returns the address of an account.
func (s *Store) accountAddress(ctx context.Context, db querier, account int64) (string, error) {
	if s.keys == nil {
		return "", errNoKeys
	}
	var sealed []byte
	err := db.QueryRow(ctx, `
		select email_sealed
		from accounts
		where account_id = @account`, pgx.NamedArgs{"account": account}).Scan(&sealed)
	if err != nil {
		return "", fmt.Errorf("read the address of an account: %w", err)
	}
	return s.keys.Unseal(sealed)
}

// findOrAddAccount returns the id of the account with an address, compared without
// case. It adds one, with the address as it was typed, unless there is one.
func (s *Store) findOrAddAccount(ctx context.Context, tx pgx.Tx, address, name, language string) (id int64, err error) {
	if s.keys == nil {
		return 0, errNoKeys
	}
	sealed := s.keys.SealEmail(address)
	var key pgx.Batch
	queueKey(&key, sealed.KeyID)
	if err := tx.SendBatch(ctx, &key).Close(); err != nil {
		return 0, fmt.Errorf("use the key: %w", err)
	}
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

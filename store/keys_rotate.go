package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// rotateBatch is the number of addresses that one transaction encrypts anew.
const rotateBatch = 1000

// RotatedKeys is the result of RotateKeys.
type RotatedKeys struct {
	KeyID string // of the key in use
	Begun bool   // whether another key was in use before; otherwise an earlier rotation was finished
	Moved int    // addresses that were encrypted anew
}

// RotateKeys makes the newest key in the file the one in use, and encrypts every
// address with it. When the newest is in use already, it adds one to the file
// first, unless addresses of an earlier key are left, as after a rotation that
// was interrupted: that is finished then. Nodes that run meanwhile read the file
// again, and need it to have the key; no contact is added twice.
func (s *Store) RotateKeys(ctx context.Context) (r RotatedKeys, err error) {
	if s.keys == nil {
		return r, errNoKeys
	}
	if err := s.refreshKey(ctx); err != nil {
		return r, err
	}
	newest := s.keys.KeyIDs()[0]
	if newest == s.keys.KeyID() {
		others, err := s.moveAddresses(ctx)
		if err != nil || others > 0 {
			return RotatedKeys{KeyID: newest, Moved: others}, err
		}
		if newest, err = s.keys.Add(); err != nil {
			return r, fmt.Errorf("rotate keys: %w", err)
		}
	}
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		// Writers of addresses hold a weaker lock until they end.
		if _, err := tx.Exec(ctx, `lock table key_in_use in exclusive mode`); err != nil {
			return fmt.Errorf("wait for writers: %w", err)
		}
		return setKey(ctx, tx, s.keys, newest)
	})
	if err == nil {
		err = s.keys.Use(newest)
	}
	if err != nil {
		return r, fmt.Errorf("rotate keys: %w", err)
	}
	moved, err := s.moveAddresses(ctx)
	return RotatedKeys{KeyID: newest, Begun: true, Moved: moved}, err
}

// moveAddresses encrypts the addresses of other keys with that in use, a batch in
// a transaction, and returns their number.
func (s *Store) moveAddresses(ctx context.Context) (moved int, err error) {
	for _, table := range sealedTables {
		for {
			n := 0
			err := s.inTx(ctx, func(tx pgx.Tx) (err error) {
				n, err = s.moveBatch(ctx, tx, table)
				return err
			})
			if err != nil {
				return moved, fmt.Errorf("encrypt addresses of %s with another key: %w", table.what, err)
			}
			moved += n
			if n == 0 {
				break
			}
		}
	}
	return moved, nil
}

// moveBatch encrypts addresses of a table with the key in use.
func (s *Store) moveBatch(ctx context.Context, tx pgx.Tx, table sealedRows) (int, error) {
	key := s.keys.KeyID()
	var lock pgx.Batch
	queueKey(&lock, key)
	if err := tx.SendBatch(ctx, &lock).Close(); err != nil {
		return 0, err //nolint:wrapcheck // said by moveAddresses
	}
	rows, _ := tx.Query(ctx, table.other, pgx.NamedArgs{"key": key, "limit": rotateBatch}) // ForEachRow returns the error
	var districts []int32
	var ids []int64
	var sealed, hashes [][]byte
	var district int32
	var id int64
	var old []byte
	_, err := pgx.ForEachRow(rows, []any{&district, &id, &old}, func() error {
		address, err := s.keys.Unseal(old)
		if err != nil {
			return fmt.Errorf("row %d: %w", id, err)
		}
		e := s.keys.SealEmail(address)
		districts, ids, sealed, hashes = append(districts, district), append(ids, id), append(sealed, e.Sealed), append(hashes, e.Hash)
		return nil
	})
	if err != nil || len(ids) == 0 {
		return 0, err //nolint:wrapcheck // said by moveAddresses
	}
	_, err = tx.Exec(ctx, table.move, pgx.NamedArgs{"key": key, "districts": districts, "ids": ids, "sealed": sealed, "hashes": hashes})
	return len(ids), err
}

// refreshKey makes the key in use according to the database the one that the ring
// uses, so that its hashes find what other nodes have written.
func (s *Store) refreshKey(ctx context.Context) error {
	_, err := s.useKeyOfDatabase(ctx)
	return err
}

// AbandonAddresses deletes every encrypted address whose key is lost, and makes
// that of keys the one in use. What the people have done stays, as that of
// somebody unknown. It returns what was deleted, in words.
func AbandonAddresses(ctx context.Context, cfg Config) (counts string, err error) {
	pc, err := poolConfig(cfg)
	if err != nil {
		return "", err
	}
	s, err := open(ctx, pc)
	if err != nil {
		return "", err
	}
	defer s.Close()
	err = s.inTx(ctx, func(tx pgx.Tx) (err error) {
		if _, err = tx.Exec(ctx, `lock table key_in_use in exclusive mode`); err != nil {
			return err //nolint:wrapcheck // said below
		}
		if counts, _, err = countSealed(ctx, tx); err != nil {
			return err
		}
		for _, table := range sealedTables {
			if _, err := tx.Exec(ctx, table.abandon); err != nil {
				return err //nolint:wrapcheck // said below
			}
		}
		return setKey(ctx, tx, cfg.Keys, cfg.Keys.KeyID())
	})
	if err != nil {
		return "", fmt.Errorf("delete addresses: %w", err)
	}
	return counts, nil
}

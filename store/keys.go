package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/store/keyring"
)

// ErrKeyLost is the error of Open when the addresses in the database are
// encrypted with a key that the ring does not have.
var ErrKeyLost = errors.New("the key of the addresses is missing")

// keyChangedError is the error of a transaction that uses a key which is no longer
// in use.
type keyChangedError struct{ to string }

func (e keyChangedError) Error() string { return "the key in use has become " + e.to }

// sealedRows describes a table with encrypted addresses.
type sealedRows struct {
	what    string // in a message, such as "contacts"
	count   string // SQL: the number of rows
	other   string // SQL: district, id and sealed address of at most @limit rows whose key is not @key
	move    string // SQL: writes @sealed and @hashes into the rows (@districts, @ids), with @key
	abandon string // SQL: deletes the rows
}

// sealedTables are the tables with encrypted addresses.
var sealedTables = []sealedRows{contactRows, accountRows}

// prepareKeys checks that the ring has the key of the addresses in the database,
// and makes it the one in use. In a database without addresses, the key of the
// ring becomes the one in use. Then it encrypts addresses that are not yet.
func (s *Store) prepareKeys(ctx context.Context) error {
	var standby bool
	if err := s.writePool.QueryRow(ctx, `select pg_is_in_recovery()`).Scan(&standby); err != nil {
		return fmt.Errorf("look up whether the database is a standby: %w", err)
	}
	known, err := s.useKeyOfDatabase(ctx)
	if err != nil || standby {
		return err
	}
	if !known {
		if err := s.inTx(ctx, func(tx pgx.Tx) error { return claimKey(ctx, tx, s.keys) }); err != nil {
			return err
		}
		if _, err := s.useKeyOfDatabase(ctx); err != nil { // another process may have been first
			return err
		}
	}
	return s.sealContributors(ctx)
}

// useKeyOfDatabase makes the key in use according to the database the one that
// the ring uses. It returns false when the database has none, or has one that the
// ring does not know and no addresses.
func (s *Store) useKeyOfDatabase(ctx context.Context) (bool, error) {
	var id string
	var mark []byte
	err := s.writePool.QueryRow(ctx, `select key_id, mark from key_in_use`).Scan(&id, &mark)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read which key is in use: %w", err)
	}
	err = s.keys.Use(id)
	if err == nil && bytes.Equal(mark, s.keys.Mark(id)) {
		return true, nil
	}
	counts, some, countErr := countSealed(ctx, s.writePool)
	if countErr != nil || !some {
		return false, countErr
	}
	return false, lostKey(s.keys.Path(), id, counts)
}

// lostKey returns an error that says what is lost without a key, and what to do.
func lostKey(path, id, counts string) error {
	return fmt.Errorf("%w: the database has %s, encrypted with the key %s, which the file %s does not have.\n"+
		"Without it, nobody of them can be mailed or sign in; everything else is unharmed.\n"+
		"Put the file of keys back from its copy, or name it with --keys. If it is lost for good, \"pinezka keys abandon\" deletes these addresses",
		ErrKeyLost, counts, id, path)
}

// countSealed returns the numbers of rows with encrypted addresses in words, and
// whether there are any.
func countSealed(ctx context.Context, db querier) (counts string, some bool, err error) {
	for _, t := range sealedTables {
		rows, _ := db.Query(ctx, t.count) // CollectExactlyOneRow returns the error
		n, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[int64])
		if err != nil {
			return "", false, fmt.Errorf("count %s: %w", t.what, err)
		}
		if n == 0 {
			continue
		}
		if some {
			counts += " and "
		}
		what := t.what
		if n == 1 {
			what = strings.TrimSuffix(what, "s")
		}
		counts, some = counts+fmt.Sprintf("%d %s", n, what), true
	}
	return counts, some, nil
}

// claimKey makes the key of the ring the one in use, unless another process has
// just chosen one, or there are addresses.
func claimKey(ctx context.Context, tx pgx.Tx, keys *keyring.Ring) error {
	if _, err := tx.Exec(ctx, `lock table key_in_use in exclusive mode`); err != nil {
		return fmt.Errorf("choose the key: %w", err)
	}
	if _, some, err := countSealed(ctx, tx); err != nil || some {
		return err
	}
	return setKey(ctx, tx, keys, keys.KeyID())
}

// setKey makes a key the one in use.
func setKey(ctx context.Context, tx pgx.Tx, keys *keyring.Ring, id string) error {
	_, err := tx.Exec(ctx, `
		insert into key_in_use (key_id, mark)
		values (@key, @mark)
		on conflict (only_row) do update
		set key_id = @key,
		  mark = @mark,
		  since = now()`, pgx.NamedArgs{"key": id, "mark": keys.Mark(id)})
	if err != nil {
		return fmt.Errorf("choose the key: %w", err)
	}
	return nil
}

// queueKey queues statements that keep a key in use until the transaction ends.
// They return keyChangedError when it is no longer that: then inTx starts the
// transaction again with the other.
func queueKey(b *pgx.Batch, id string) {
	b.Queue(`lock table key_in_use in row share mode`)
	b.Queue(`select key_id from key_in_use`).QueryRow(func(row pgx.Row) error {
		var inUse string
		if err := row.Scan(&inUse); err != nil {
			return fmt.Errorf("read which key is in use: %w", err)
		}
		if inUse != id {
			return keyChangedError{inUse}
		}
		return nil
	})
}

// NeedsKeys returns how many addresses the database at url has that are encrypted,
// in words, or "" for none. A file of keys must not be made anew then.
func NeedsKeys(ctx context.Context, url string) (counts string, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return "", fmt.Errorf("connect to database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	counts, _, err = countSealed(ctx, conn)
	return counts, err
}

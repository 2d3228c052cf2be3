package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/keyring"
	"github.com/pinezka/pinezka/store/storetest"
)

// rotatedContacts is the number of contacts of TestKeysRotateKilled: several
// batches of a rotation.
const rotatedContacts = 3500

// TestKeysRotateKilled kills the rotation of keys before the new key is in use, and
// in the middle of the addresses. Each time, the next start of the service finds
// every address, the next rotation finishes the one before, and every address can
// be read.
func TestKeysRotateKilled(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		block string // holds up the rotation
		moved bool   // whether addresses have been encrypted anew by then
		says  string // the next rotation
	}{
		"before the key is in use": {`lock table key_in_use in access exclusive mode`, false, "3500 addresses are encrypted with the key"},
		"between two batches":      {`select from contacts order by ctid desc limit 1 for update`, true, "An earlier change of keys is finished"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := storetest.URL(t)
			mustFinish(t, command(t, "district", "add", "--slug", "d", "--bbox", "19.9,50,20,50.1", "--database-url", url))
			mustFinish(t, command(t, "keys", "rotate", "--database-url", url)) // makes the file
			conn, err := pgx.Connect(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(context.WithoutCancel(t.Context()))
			addContacts(t, conn)

			tx, err := conn.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec(t.Context(), test.block); err != nil {
				t.Fatal(err)
			}
			other, err := pgx.Connect(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			defer other.Close(context.WithoutCancel(t.Context()))
			rotation := command(t, "keys", "rotate", "--database-url", url)
			if err := rotation.Start(); err != nil {
				t.Fatal(err)
			}
			eventually(t, "the rotation waits", func() bool {
				return countRows(t, other, `
					select count(*)
					from pg_stat_activity
					where datname = current_database()
					  and wait_event_type = 'Lock'`) > 0
			})
			if moved := countRows(t, other, `select count(distinct key_id) from contacts`) == 2; moved != test.moved {
				t.Errorf("addresses have been encrypted anew: %t", moved)
			}
			if err := rotation.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = rotation.Wait()
			if err := tx.Rollback(t.Context()); err != nil {
				t.Fatal(err)
			}
			eventually(t, "the database has ended what the rotation began", func() bool {
				return countRows(t, other, `select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`) == 1
			})

			s := startServe(t, "--database-url", url, "--listen", ownHost()+":0")
			eventually(t, "the next start is ready", func() bool { return ready(s) })
			checkContacts(t, url)
			if said := mustFinish(t, command(t, "keys", "rotate", "--database-url", url)); !strings.Contains(said, test.says) {
				t.Errorf("the next rotation: %s", said)
			}
			if n := countRows(t, other, `select count(*) from contacts where key_id <> (select key_id from key_in_use)`); n > 0 {
				t.Errorf("%d addresses have another key than the one in use", n)
			}
			checkContacts(t, url)
			ring, err := keyring.Open(keysOf(t))
			if err != nil {
				t.Fatal(err)
			}
			if keys := ring.KeyIDs(); len(keys) != 3 {
				t.Errorf("the file has %d keys, want the first and one of each rotation that was begun", len(keys))
			}
		})
	}
}

func rotatedAddress(i int) string { return fmt.Sprintf("Resident.%d@example.org", i) }

// addContacts adds contacts with the key in use.
func addContacts(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	ring, err := keyring.Open(keysOf(t))
	if err != nil {
		t.Fatal(err)
	}
	_, err = conn.CopyFrom(t.Context(), pgx.Identifier{"contacts"}, []string{"district_id", "email_sealed", "email_hash", "key_id", "language"},
		pgx.CopyFromSlice(rotatedContacts, func(i int) ([]any, error) {
			email := ring.SealEmail(rotatedAddress(i))
			return []any{1, email.Sealed, email.Hash, email.KeyID, "pl"}, nil
		}))
	if err != nil {
		t.Fatal(err)
	}
}

// checkContacts checks that every address is found, and can be read.
func checkContacts(t *testing.T, url string) {
	t.Helper()
	ring, err := keyring.Open(keysOf(t))
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Config{URL: url, Keys: ring})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	d, err := s.District(t.Context(), "d")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < rotatedContacts; i += 7 {
		id, err := s.ContactByEmail(t.Context(), &d, strings.ToUpper(rotatedAddress(i)))
		if err != nil {
			t.Fatalf("contact %d: %v", i, err)
		}
		if r, err := s.Resident(t.Context(), &d, id); err != nil || r.Email != rotatedAddress(i) {
			t.Fatalf("contact %d: %+v, %v", i, r, err)
		}
	}
}

// countRows returns the number that a query returns.
func countRows(t *testing.T, conn *pgx.Conn, query string) (n int) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

package store_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/keyring"
	"github.com/pinezka/pinezka/store/storetest"
)

// lime returns a draft of somebody with an address.
func lime(email string) civic.Draft {
	return civic.Draft{Category: "trees", Title: "Plant a lime", Body: "By the well.", Point: orb.Point{19.95, 50.05}, Email: email}
}

// storedContact is a row of the table contacts, and how many things it reported.
type storedContact struct {
	Email, Language, Key string
	Things               int
}

// storedContacts returns the contacts in a database, with their addresses.
func storedContacts(t testing.TB, conn *pgx.Conn, keys *keyring.Ring) []storedContact {
	t.Helper()
	rows, _ := conn.Query(t.Context(), `
		select email_sealed, language, key_id, (select count(*) from things where reporter_id = contact_id)
		from contacts
		order by contact_id`) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c storedContact, err error) {
		var sealed []byte
		if err := row.Scan(&sealed, &c.Language, &c.Key, &c.Things); err != nil {
			return c, err
		}
		c.Email, err = keys.Unseal(sealed)
		return c, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestReporterBecomesOneContact(t *testing.T) {
	t.Parallel()
	url, keys := storetest.URL(t), storetest.Keys(t)
	s, d := openWith(t, url, keys)
	conn := connect(t, url)
	uk := lime("Anna.Nowak@example.org")
	uk.Language = "uk"
	add(t, s, d, uk, civic.Pending)
	add(t, s, d, lime("anna.nowak@EXAMPLE.org"), civic.Published)
	add(t, s, d, lime("annanowak@example.org"), civic.Published)
	add(t, s, d, lime(""), civic.Published)
	want := []storedContact{
		{"Anna.Nowak@example.org", "uk", keys.KeyID(), 2},
		{"annanowak@example.org", "en", keys.KeyID(), 1},
	}
	if diff := cmp.Diff(want, storedContacts(t, conn, keys)); diff != "" {
		t.Errorf("contacts (-want +got):\n%s", diff)
	}
	if dump := everyRow(t, conn); strings.Contains(strings.ToLower(dump), "nowak") {
		t.Error("the database has an address in plain text")
	}
}

// TestReportersAtOnceBecomeOneContact submits with one address from several
// connections.
func TestReportersAtOnceBecomeOneContact(t *testing.T) {
	t.Parallel()
	url, keys := storetest.URL(t), storetest.Keys(t)
	s, d := openWith(t, url, keys)
	var all sync.WaitGroup
	for range 12 {
		all.Go(func() { add(t, s, d, lime("anna@example.org"), civic.Published) })
	}
	all.Wait()
	want := []storedContact{{"anna@example.org", "en", keys.KeyID(), 12}}
	if diff := cmp.Diff(want, storedContacts(t, connect(t, url), keys)); diff != "" {
		t.Errorf("contacts (-want +got):\n%s", diff)
	}
}

func TestDeletedContactIsNoReporter(t *testing.T) {
	t.Parallel()
	s, d, conn := open(t)
	add(t, s, d, lime("anna@example.org"), civic.Published)
	execute(t, conn, `delete from contacts`)
	var things, reported int
	if err := conn.QueryRow(t.Context(), `select count(*), count(reporter_id) from things`).Scan(&things, &reported); err != nil {
		t.Fatal(err)
	}
	if things != 1 || reported != 0 {
		t.Errorf("%d things, of which %d have a reporter, want 1 and 0", things, reported)
	}
}

// openWith returns a store with keys, and a new district in it.
func openWith(t testing.TB, url string, keys *keyring.Ring) (*store.Store, *civic.District) {
	t.Helper()
	s := reopen(t, url, keys)
	d := district()
	if err := s.AddDistrict(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	return s, &d
}

// reopen returns a store with keys.
func reopen(t testing.TB, url string, keys *keyring.Ring) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: url, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// everyRow returns every row of every table as text.
func everyRow(t testing.TB, conn *pgx.Conn) string {
	t.Helper()
	rows, _ := conn.Query(context.WithoutCancel(t.Context()), `
		select table_name, query_to_xml(format('select * from %I', table_name), true, false, '')::text
		from information_schema.tables
		where table_schema = current_schema
		  and table_type = 'BASE TABLE'
		  and table_name <> 'spatial_ref_sys'`) // ForEachRow returns the error
	var all strings.Builder
	var table, contents string
	_, err := pgx.ForEachRow(rows, []any{&table, &contents}, func() error {
		all.WriteString(table + "\n" + contents + "\n")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

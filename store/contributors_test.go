package store_test

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"

	"github.com/pinezka/pinezka/migrations"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

// TestContributorsBecomeContacts migrates a database from before contacts, opens
// it twice, and looks for the addresses in it and in the files of the server.
func TestContributorsBecomeContacts(t *testing.T) {
	t.Parallel()
	url := openCluster(t).URL()
	migrateTo(t, url, 21)
	conn := connect(t, url)
	execute(t, conn, `
		insert into districts (slug, name, languages, time_zone, moderation, boundary)
		values ('test', '{"pl": "Test"}', '{pl,en}', 'Europe/Warsaw', 'before', st_multi(st_makeenvelope(19.9, 50, 20.1, 50.1, 4326)))`, `
		insert into categories (district_id, category_id, slug, kind, visibility, colour, label, position)
		values (1, 1, 'trees', 'need', 'point', '#336633', '{"pl": "Drzewa"}', 1)`, `
		insert into pins (district_id, pin_id, category_id, kind, visibility, publication, status, title, geom, cell, shown, shown_cell, reported_on, search)
		select 1, n, 1, 'need', 'point', 'published', 'reported', 'Lipa', point, 1, point, 1, '2026-05-01', ''
		from generate_series(1, 3) as n, st_setsrid(st_point(19.95, 50.05), 4326) as point`, `
		insert into contributors (district_id, email)
		values (1, 'Anna.Nowak@example.org'), (1, 'jan@example.org')`, `
		insert into pin_contributors (district_id, pin_id, contributor_id)
		select 1, n, contributor_id
		from contributors
		join generate_series(1, 3) as n on (n = 3) = (email = 'jan@example.org')`, `
		analyze`)
	if err := store.Migrate(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(everyRow(t, conn), "Nowak") {
		t.Fatal("the addresses were lost before there was a key")
	}
	keys := storetest.Keys(t)
	for range 2 {
		reopen(t, url, keys)
		want := []storedContact{{"Anna.Nowak@example.org", "pl", keys.KeyID(), 2}, {"jan@example.org", "pl", keys.KeyID(), 1}}
		if diff := cmp.Diff(want, storedContacts(t, conn, keys)); diff != "" {
			t.Errorf("contacts (-want +got):\n%s", diff)
		}
	}
	if strings.Contains(everyRow(t, conn), "Nowak") {
		t.Error("the database has an address in plain text")
	}
	var statistics int
	err := conn.QueryRow(t.Context(), `select count(*) from pg_stats where histogram_bounds::text ilike '%nowak%' or most_common_vals::text ilike '%nowak%'`).Scan(&statistics)
	if err != nil || statistics != 0 {
		t.Errorf("%d statistics have an address (%v)", statistics, err)
	}
	if err := store.Migrate(t.Context(), url); err != nil {
		t.Error(err)
	}
}

// migrateTo migrates an empty database to a version of the schema.
func migrateTo(t testing.TB, url string, version int64) {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, migrations.FS)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
}

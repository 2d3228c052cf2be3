package store_test

import (
	"context"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/localpostgres"
	"github.com/pinezka/pinezka/store/storetest"
)

var updateGoldens = flag.Bool("update", false, "write the golden files")

// TestSchemaObjects checks that schema_objects.txt lists what the migrations
// create. It does not use storetest, whose databases have passed the check of
// the schema.
func TestSchemaObjects(t *testing.T) {
	t.Parallel()
	cluster := openCluster(t)
	if err := store.MigrateUnchecked(t.Context(), cluster.URL()); err != nil {
		t.Fatal(err)
	}
	objects, err := store.ReadSchemaObjects(t.Context(), connect(t, cluster.URL()))
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(objects, "\n") + "\n"
	if *updateGoldens {
		if err := os.WriteFile("schema_objects.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("schema_objects.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("after a new migration, run this test with -update (-want +got):\n%s", diff)
	}
}

// openCluster returns an empty database in a cluster of its own.
func openCluster(t testing.TB) *localpostgres.Cluster {
	t.Helper()
	dir, err := os.MkdirTemp("", "pinezka-store-") //nolint:usetesting // only the user of the test can enter that of t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil { // PostgreSQL runs as another user when this is root
		t.Fatal(err)
	}
	cluster, err := localpostgres.Open(t.Context(), localpostgres.Config{Dir: dir, Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Close(); err != nil {
			t.Error(err)
		}
	})
	return cluster
}

// connect returns a connection to the database at url.
func connect(t testing.TB, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

func TestMigrateRefusesOtherSchemas(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		statement string
		want      string // "" when the schema is accepted
	}{
		"missing trigger":    {`drop trigger bury_pins on pins`, "\n  trigger bury_pins on pins: after delete for each statement old table removed execute bury_pins\n"},
		"disabled trigger":   {`alter table pins disable trigger bury_pins`, "\n  trigger bury_pins on pins: "},
		"disabled reference": {`alter table places disable trigger all`, "\n  constraint places_district_id_fkey on places: "},
		"missing index":      {`drop index pins_changed`, "it lacks\n  index pins_changed on pins: btree (changed)\nrestore a backup "},
		"index of others":    {`drop index pins_changed; create index pins_changed on pins (district_id, changed)`, "\n  index pins_changed on pins: "},
		"missing constraint": {`alter table areas drop constraint areas_name_check`, "\n  constraint areas_name_check on areas: check (name)\n"},
		"missing column":     {`alter table districts drop notice`, "\n  column districts.notice: jsonb not null default\n"},
		"nullable column":    {`alter table pins alter title drop not null`, "\n  column pins.title: text not null\n"},
		"other function":     {`create or replace function bury_pins() returns trigger language plpgsql as 'begin return null; end'`, "\n  function bury_pins(): "},
		"many":               {`drop table imports, import_changes`, " more\nrestore a backup "},
		"newer":              {`insert into goose_db_version (version_id, is_applied) values (99999, true)`, "the database has version 99999 of the schema, and this program knows those up to "},
		"out of order":       {`delete from goose_db_version where version_id = 20`, "the database was migrated by a program that lacked 00020_audit.sql, "},
		"additions":          {`create table notes (id int); create index notes_of_pins on pins (title); alter table pins add note text`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := storetest.URL(t)
			if _, err := connect(t, url).Exec(t.Context(), test.statement); err != nil {
				t.Fatal(err)
			}
			err := store.Migrate(t.Context(), url)
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

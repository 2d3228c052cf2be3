package store_test

import (
	"bytes"
	"errors"
	"fmt"
	neturl "net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/keyring"
	"github.com/pinezka/pinezka/store/storetest"
)

// TestRestoreIntoAnotherCluster restores an archive of a database that has been
// in use into another cluster, and then does the same in both.
func TestRestoreIntoAnotherCluster(t *testing.T) {
	t.Parallel()
	url, keys := storetest.URL(t), storetest.Keys(t)
	use(t, url, keys)
	path := filepath.Join(t.TempDir(), "pinezka.dump")
	saved, err := store.Backup(t.Context(), url, path)
	if err != nil {
		t.Fatal(err)
	}
	other := openCluster(t)
	restored, err := restoreArchive(t, other.URL(), path, keys)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(saved, restored); diff != "" {
		t.Errorf("saved and restored (-saved +restored):\n%s", diff)
	}
	if diff := cmp.Diff(behaviour(t, url, keys), behaviour(t, other.URL(), keys)); diff != "" {
		t.Errorf("the databases behave differently (-saved +restored):\n%s", diff)
	}
	if _, err := restoreArchive(t, other.URL(), path, keys); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("restore into a database in use: %v, want a conflict", err)
	}
}

// restoreArchive restores an archive with an empty list of erasures.
func restoreArchive(t *testing.T, url, path string, keys *keyring.Ring) (store.Archive, error) {
	t.Helper()
	return store.Restore(t.Context(), store.RestoreConfig{URL: url, Path: path, Keys: keys, Erasures: storetest.Erasures(t)})
}

// saved returns a database that has been in use, and an archive of it.
func saved(t *testing.T) (url, path string, keys *keyring.Ring) {
	t.Helper()
	url, keys = storetest.URL(t), storetest.Keys(t)
	use(t, url, keys)
	path = filepath.Join(t.TempDir(), "pinezka.dump")
	if _, err := store.Backup(t.Context(), url, path); err != nil {
		t.Fatal(err)
	}
	return url, path, keys
}

// TestRestoreAsOrdinaryRole restores an archive, and then uses the database, as a
// role that owns it and nothing else. Only PostGIS must be there before.
func TestRestoreAsOrdinaryRole(t *testing.T) {
	t.Parallel()
	url, path, keys := saved(t)
	cluster := openCluster(t)
	execute(t, connect(t, cluster.URL()), `create role ordinary login`)
	execute(t, connect(t, cluster.URL()), `create database mapa owner ordinary`)
	owned, err := neturl.Parse(cluster.URL())
	if err != nil {
		t.Fatal(err)
	}
	owned.Path = "/mapa"
	execute(t, connect(t, owned.String()), `create extension postgis`)
	owned.User = neturl.User("ordinary")
	if _, err := restoreArchive(t, owned.String(), path, keys); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(behaviour(t, url, keys), behaviour(t, owned.String(), keys)); diff != "" {
		t.Errorf("the databases behave differently (-saved +restored):\n%s", diff)
	}
}

// TestRestoreByHand restores an archive with pg_restore alone.
func TestRestoreByHand(t *testing.T) {
	t.Parallel()
	url, path, keys := saved(t)
	other := openCluster(t)
	var programs string
	if err := connect(t, url).QueryRow(t.Context(), `select setting from pg_config where name = 'BINDIR'`).Scan(&programs); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), filepath.Join(programs, "pg_restore"), "-1", "--dbname", other.URL(), path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("pg_restore: %v: %s", err, out)
	}
	if err := store.Migrate(t.Context(), other.URL()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(behaviour(t, url, keys), behaviour(t, other.URL(), keys)); diff != "" {
		t.Errorf("the databases behave differently (-saved +restored):\n%s", diff)
	}
}

// use adds a district to the database at url and changes it in every way that
// leaves a trace.
func use(t *testing.T, url string, keys *keyring.Ring) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: url, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	d := district()
	if err := s.AddDistrict(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	run(t, s, &d, drafts(30))
	add(t, s, &d, civic.Draft{Category: "fear", Title: "Dark passage", Email: "anna@example.org", Point: orb.Point{19.95, 50.05}}, civic.Pending)
	execute(t, connect(t, url), `
		update areas
		set boundary = st_multi(st_makeenvelope(19.9, 50, 19.99, 50.1, 4326))
		where slug = 'west'`, `
		update pins
		set publication = 'hidden'
		where external_id = 'x-3'`, `
		delete from pins
		where external_id = 'x-4'`)
}

func execute(t *testing.T, conn *pgx.Conn, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// behaviour makes changes of every kind in the database at url, and returns
// after each what is stored and what a follower receives.
func behaviour(t *testing.T, url string, keys *keyring.Ring) []string {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: url, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	d, err := s.District(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	conn := connect(t, url)
	var out []string
	var since civic.Position
	note := func(what string) {
		t.Helper()
		var pins []string
		changes, err := s.Changes(t.Context(), since, func(p civic.MapPin) { pins = append(pins, fmt.Sprintf("%+v", p)) })
		if err != nil {
			t.Fatal(err)
		}
		since = changes.Next
		slices.Sort(pins)
		out = append(out, what, fmt.Sprintf("follower: %+v %v", changes.Districts, changes.Removed), strings.Join(pins, "\n"), contents(t, conn))
	}
	move := func(title string, x, y float64) string {
		return fmt.Sprintf(`update pins set geom = st_setsrid(st_point(%f, %f), 4326), shown = st_setsrid(st_point(%f, %f), 4326) where title = '%s'`, x, y, x, y, title)
	}

	note("before")
	add(t, s, &d, civic.Draft{Category: "trees", Title: "Lipa", Point: orb.Point{19.95, 50.05}}, civic.Published)
	note("a pin is added")
	execute(t, conn, move("Lipa", 20.02, 50.05))
	note("a pin is moved into another area")
	execute(t, conn, move("Lipa", 20.09, 50.05))
	note("a pin is moved out of all areas")
	execute(t, conn, `update areas set boundary = st_multi(st_makeenvelope(20, 50, 20.1, 50.1, 4326)) where slug = 'east'`)
	note("a boundary is changed")
	execute(t, conn, `delete from pins where title in ('Lipa', 'Row 7')`)
	note("pins are deleted")
	batch, _ := run(t, s, &d, drafts(30))
	note(fmt.Sprintf("the file is imported again: %+v", batch.ImportCounts))
	batch, _ = run(t, s, &d, drafts(30))
	note(fmt.Sprintf("and again: %+v", batch.ImportCounts))
	if _, err := s.UndoImport(t.Context(), &d, system, 2, nil); err != nil {
		t.Fatal(err)
	}
	note("an import is undone")
	found, err := s.SearchPins(t.Context(), &d, "ROW", 100)
	note(fmt.Sprintf("%d pins are found by a word (%v)", len(found), err))
	_, err = conn.Exec(t.Context(), `update categories set visibility = 'point' where slug = 'fear'`)
	note(fmt.Sprintf("the visibility of a category is changed: %v", err))
	if err := s.RemoveDistrict(t.Context(), "test"); err != nil {
		t.Fatal(err)
	}
	note("the district is removed")
	return out
}

// contents returns the rows of the tables without their times.
func contents(t *testing.T, conn *pgx.Conn) string {
	t.Helper()
	var out string
	err := conn.QueryRow(t.Context(), `
		select concat_ws(e'\n',
		  (select string_agg((to_jsonb(pins) - '{changed,created_at,updated_at}'::text[])::text, e'\n' order by pin_id) from pins),
		  (select string_agg((to_jsonb(areas) - 'valid_from')::text, e'\n' order by area_id) from areas),
		  (select string_agg((to_jsonb(area_versions) - '{valid_from,valid_to}'::text[])::text, e'\n' order by area_id, version) from area_versions),
		  (select string_agg((to_jsonb(tombstones) - 'changed')::text, e'\n' order by pin_id) from tombstones),
		  (select string_agg((to_jsonb(imports) - '{finished_at,undone_at}'::text[])::text, e'\n' order by import_id) from imports),
		  (select string_agg((to_jsonb(audit) - 'happened_at')::text, e'\n' order by audit_id) from audit),
		  (select string_agg(content, e'\n' order by text_id) from texts),
		  (select string_agg((to_jsonb(contacts) - 'created_at')::text, e'\n' order by contact_id) from contacts))`).Scan(&out)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestRestoreRefuses restores files that are not an intact archive of Pinezka.
// Nothing of them is restored.
func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	url, keys := storetest.URL(t), storetest.Keys(t)
	use(t, url, keys)
	dir := t.TempDir()
	path := filepath.Join(dir, "pinezka.dump")
	if _, err := store.Backup(t.Context(), url, path); err != nil {
		t.Fatal(err)
	}
	archive, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(archive)
	for i := len(damaged) / 2; i < len(damaged)/2+200; i++ {
		damaged[i] ^= 0xff
	}
	other := openCluster(t)
	for name, content := range map[string][]byte{"cut": archive[:len(archive)*2/3], "damaged": damaged, "text": []byte("select 1;\n"), "nothing": nil} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := restoreArchive(t, other.URL(), file, keys); err == nil {
			t.Errorf("%s: restored", name)
		} else {
			t.Log(err)
		}
	}
	if _, err := restoreArchive(t, other.URL(), path, keys); err != nil {
		t.Errorf("the archive after those: %v", err)
	}
}

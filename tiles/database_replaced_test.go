package tiles_test

import (
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

// TestDatabaseReplaced replaces a database with an older state of itself while a
// node follows it: the cluster is the same, and transaction ids go backwards.
func TestDatabaseReplaced(t *testing.T) {
	t.Parallel()
	for name, replace := range map[string]func(t *testing.T, url, programs, archive string){
		"dropped and created": func(t *testing.T, databaseURL, programs, archive string) {
			u, err := url.Parse(databaseURL)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimPrefix(u.Path, "/")
			u.Path = "/postgres"
			executeAt(t, u.String(), "drop database "+name+" with (force)", "create database "+name+" template template0")
			runProgram(t, filepath.Join(programs, "pg_restore"), "--dbname", databaseURL, archive)
		},
		"restored in place": func(t *testing.T, url, programs, archive string) {
			runProgram(t, filepath.Join(programs, "pg_restore"), "--clean", "--if-exists", "--dbname", patient(t, url), archive)
		},
		"emptied and filled": func(t *testing.T, url, programs, archive string) {
			executeAt(t, url, `truncate cluster_identity, districts, pins, tombstones cascade`)
			runProgram(t, filepath.Join(programs, "pg_restore"), "--data-only", "--disable-triggers", "--dbname", url,
				"--table=cluster_identity", "--table=districts", "--table=areas", "--table=categories", "--table=pins", "--table=leaves", "--table=leaf_cells", "--table=tombstones", archive)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := storetest.URL(t)
			db := newDatabase(t, url, 300)
			n := startNode(t, url, frequent())
			catchUp(t, n.Live)
			archived := n.count()
			programs := query[string](t, url, `select setting from pg_config where name = 'BINDIR'`)
			archive := filepath.Join(t.TempDir(), "archive")
			runProgram(t, filepath.Join(programs, "pg_dump"), "--format=custom", "--file", archive, url)
			db.changeConcurrently(t, 500, 20)
			catchUp(t, n.Live)

			replace(t, url, programs, archive)
			catchUp(t, n.Live)
			if n.count() != archived {
				t.Errorf("%d pins are served, want the %d of the archive", n.count(), archived)
			}
			compareWithDatabase(t, "after the restore", n, url)
			db.pool.Reset()
			var err error
			if db.Store, err = store.Open(t.Context(), store.Config{URL: url}); err != nil { // the former one has the types of the former tables
				t.Fatal(err)
			}
			t.Cleanup(db.Close)
			db.changeConcurrently(t, 510, 20)
			catchUp(t, n.Live)
			compareWithDatabase(t, "after changes", n, url)
		})
	}
}

// patient returns the URL of a database whose connections do not give way in a
// deadlock, so that the others do.
func patient(t *testing.T, databaseURL string) string {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	query.Set("options", "-c deadlock_timeout=1h")
	u.RawQuery = strings.ReplaceAll(query.Encode(), "+", "%20") // libpq reads no "+" as a space
	return u.String()
}

// runProgram runs a program that must succeed.
func runProgram(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", filepath.Base(name), err, out)
	}
}

// executeAt executes statements on a connection of its own.
func executeAt(t *testing.T, url string, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, statement := range statements {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

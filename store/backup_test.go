package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

func TestBackup(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	use(t, url, storetest.Keys(t))
	dir := t.TempDir()
	path := filepath.Join(dir, "pinezka.dump")
	saved, err := store.Backup(t.Context(), url, path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode() != 0o600 || info.Size() != saved.Bytes || saved.Tables != len(tableNames(t, url)) || saved.Rows < 30 {
		t.Errorf("mode %s, %d bytes: %+v", info.Mode(), info.Size(), saved)
	}
	if _, err := store.Backup(t.Context(), url, path); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("a second backup to the same file: %v, want a conflict", err)
	}
	if _, err := store.Backup(t.Context(), openCluster(t).URL(), filepath.Join(dir, "empty")); err == nil {
		t.Error("an empty database was backed up")
	}
	if _, err := store.Backup(t.Context(), url, filepath.Join(dir, "none", "file")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a directory that does not exist: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("files remain: %v %v", left, err)
	}
}

// tableNames returns the tables of the database at url whose rows are kept.
func tableNames(t *testing.T, url string) (names []string) {
	t.Helper()
	err := connect(t, url).QueryRow(t.Context(), `
		select array_agg(relname::text)
		from pg_class
		where relnamespace = 'public'::regnamespace
		  and relkind = 'r'
		  and relpersistence = 'p' -- River has an unlogged one: which node is the leader
		  and relname <> 'spatial_ref_sys'`).Scan(&names)
	if err != nil {
		t.Fatal(err)
	}
	return names
}

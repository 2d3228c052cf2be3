package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/ingest"
)

// TestRejectsOfTwoRuns checks that a run replaces the rejects of an earlier one,
// and never a file that has received the name while it ran. Case
// import-rejects-deletes-a-file.
func TestRejectsOfTwoRuns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pins.csv.rejected.csv")
	create := func() *rejectsFile {
		t.Helper()
		reader, err := ingest.Open("pins.csv", strings.NewReader("id\n1\n"), ingest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		f, err := createRejects(path, reader, ingest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	var paths []string
	keep := func(f *rejectsFile) {
		t.Helper()
		if err := f.keep(); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, filepath.Base(f.path))
	}
	first, second := create(), create()
	keep(first)
	keep(second)
	keep(create())
	third := create()
	if err := os.WriteFile(path, []byte("somebody's own"), 0o600); err != nil {
		t.Fatal(err)
	}
	keep(third)
	if diff := cmp.Diff([]string{"pins.csv.rejected.csv", "pins.csv.rejected-2.csv", "pins.csv.rejected.csv", "pins.csv.rejected-3.csv"}, paths); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "somebody's own" {
		t.Errorf("the file of somebody else contains %q (%v)", content, err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 3 {
		t.Errorf("%d files remain (%v)", len(entries), err)
	}
}

package geotest

import (
	"os"
	"path/filepath"
	"testing"
)

// DataDir returns the directory shared/data/name in one of the directories
// above the test. It skips the test if there is none.
func DataDir(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		data := filepath.Join(dir, "shared", "data", name)
		if _, err := os.Stat(data); err == nil {
			return data
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Skipf("there is no shared/data/%s above this directory", name)
		}
		dir = parent
	}
}

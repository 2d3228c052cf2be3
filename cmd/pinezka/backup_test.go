package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/store/storetest"
)

// TestRestoreIntoNewDirectory saves an external database, and restores it as the
// private database of a new directory.
func TestRestoreIntoNewDirectory(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	mustFinish(t, command(t, "demo", "--pins", "300", "--database-url", url))
	file := filepath.Join(t.TempDir(), "pinezka.dump")
	saved := mustFinish(t, command(t, "backup", file, "--database-url", url))
	dir := filepath.Join(dataDir(t), "new")
	restored := mustFinish(t, command(t, "restore", file, "--data-dir", dir))
	want, _, _ := strings.Cut(strings.TrimPrefix(saved, "Saved and checked: "), ". To restore")
	if restored != "Restored and checked: "+want+".\n" {
		t.Errorf("saved %q, restored %q", saved, restored)
	}
	if list := mustFinish(t, command(t, "district", "list", "--data-dir", dir)); !strings.HasPrefix(list, "podgorze  Podgórze  10 areas") {
		t.Errorf("districts: %s", list)
	}
}

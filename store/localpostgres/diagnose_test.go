package localpostgres

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDiagnose(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), "data")
	contains := func(phrase string) {
		t.Helper()
		var all []string
		for _, f := range Diagnose(t.Context(), Config{Dir: dir}) {
			if !f.OK || f.Remedy != "" {
				t.Errorf("not OK: %s %s", f.What, f.Remedy)
			}
			all = append(all, f.What)
		}
		if text := strings.Join(all, "\n"); !strings.Contains(text, phrase) {
			t.Errorf("%q is not among the findings:\n%s", phrase, text)
		}
	}
	contains("does not exist yet and can be created")
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Diagnose created the directory: %v", err)
	}
	c := open(t, dir)
	contains(fmt.Sprintf("is running (process %d) and belongs to process %d", postmaster(t, dir), os.Getpid()))
	closeCluster(t, c)
	contains("is not running")
}

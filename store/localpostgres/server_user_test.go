package localpostgres

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestInaccessibleDirectory(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root runs the server as another user")
	}
	dir := tempDir(t)
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), Config{Dir: filepath.Join(dir, "data")})
	if err == nil || !strings.Contains(err.Error(), "it may not enter "+dir+" (mode 0700)") {
		t.Errorf("got %v", err)
	}
}

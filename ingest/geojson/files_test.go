package geojson_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/recordtest"
)

// TestFiles reads the test files of other programs: geojsonhint, geojson-vt,
// polygon-clipping and supercluster.
func TestFiles(t *testing.T) {
	dir := recordtest.DataDir(t, "fixtures-geojson")
	var lines []string
	for _, pattern := range []string{"geojsonhint-good/*", "geojsonhint-bad/*", "geojson-vt/*", "polygon-clipping/*", "supercluster/*"} {
		for _, name := range recordtest.Files(t, filepath.Join(dir, pattern)) {
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			r, err := ingest.Open(name, f, ingest.Options{})
			lines = append(lines, recordtest.Summary(name, r, err))
		}
	}
	recordtest.Golden(t, "files.txt", lines)
}

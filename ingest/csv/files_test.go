package csv_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/recordtest"
)

// TestFiles reads the test files of other programs: csvkit, csvlint,
// messytables and the Big List of Naughty Strings.
func TestFiles(t *testing.T) {
	dir := recordtest.DataDir(t, "fixtures-csv-xlsx")
	encodings := map[string]string{"test_latin1.csv": "latin1", "characters.csv": "big5", "spanish_chars.csv": "windows-1252"}
	var lines []string
	for _, pattern := range []string{"csvkit/*.*", "csvlint/*.*", "messytables-horror/*.*", "blns/*.*"} {
		for _, file := range recordtest.Files(t, filepath.Join(dir, pattern)) {
			lines = append(lines, summary(t, file, ingest.Options{}))
			if label := encodings[filepath.Base(file)]; label != "" {
				lines = append(lines, label+": "+summary(t, file, ingest.Options{Encoding: label}))
			}
		}
	}
	recordtest.Golden(t, "files.txt", lines)
}

func summary(t *testing.T, name string, opt ingest.Options) string {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := ingest.Open(name, f, opt)
	return recordtest.Summary(name, r, err)
}

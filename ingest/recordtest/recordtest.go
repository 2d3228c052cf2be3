// Package recordtest provides what the tests of the readers share. It is for
// tests only.
package recordtest

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo/geotest"
	"github.com/pinezka/pinezka/ingest/record"
)

var update = flag.Bool("update", false, "write the golden files")

// Row is a record in a form that package cmp can compare.
type Row struct {
	Row      int
	ID       string
	Fields   []string // "name=value"
	Geometry orb.Geometry
	Err      string
}

// ReadAll returns all records that r reads before its end or an error.
func ReadAll(r record.Reader) ([]Row, error) {
	var rows []Row
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		row := Row{Row: rec.Row, ID: rec.ID, Geometry: rec.Geometry, Err: ErrorText(rec.Err)}
		for i, value := range rec.Values {
			if rec.Err != nil {
				break // only for the report of the rejection
			}
			row.Fields = append(row.Fields, rec.Columns.Names()[i]+"="+value)
		}
		rows = append(rows, row)
	}
}

// ErrorText returns the text of an error, and "" for nil.
func ErrorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// DataDir is geotest.DataDir.
func DataDir(t testing.TB, name string) string { return geotest.DataDir(t, name) }

// Files returns the names of the files that match a pattern, of which there
// must be some.
func Files(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", pattern, len(files), err)
	}
	return files
}

// Summary returns the name of a file with the numbers of its records and their
// errors, without any value of the file. err is that of opening the file.
func Summary(name string, r record.Reader, err error) string {
	name = filepath.Base(name)
	if err != nil {
		return fmt.Sprintf("%s: refused: %v", name, err)
	}
	rows, err := ReadAll(r)
	summary := fmt.Sprintf("%s: %d fields, %d rows", name, len(r.Columns()), len(rows))
	errs := map[string]int{}
	points := 0
	for _, row := range rows {
		if row.Err != "" {
			errs[row.Err]++
		}
		if row.Geometry != nil {
			points++
		}
	}
	if points > 0 {
		summary += fmt.Sprintf(", %d places", points)
	}
	var lines []string
	for text, n := range errs {
		lines = append(lines, fmt.Sprintf("\n    rejected %d: %s", n, text))
	}
	slices.Sort(lines)
	summary += strings.Join(lines, "")
	if err != nil {
		summary += fmt.Sprintf("\n    stopped: %v", err)
	}
	return summary
}

// Golden compares got with the lines of a file in testdata, which the flag
// -update writes.
func Golden(t *testing.T, name string, got []string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	text := strings.Join(got, "\n") + "\n"
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

package ingest

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

var update = flag.Bool("update", false, "write the goldens anew")

// golden compares our own summary lines with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// fixtures is the folder of that name in shared/data, looked for in every
// folder above this one; without it the test is skipped.
func fixtures(t testing.TB, name string) string {
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
			t.Skipf("no shared/data/%s above this folder", name)
		}
		dir = parent
	}
}

func openFile(t testing.TB, name string, opt Options) (Reader, error) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return Open(name, f, opt)
}

func openText(t testing.TB, name, content string) Reader {
	t.Helper()
	r, err := Open(name, strings.NewReader(content), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// row is a record as tests compare it.
type row struct {
	Row      int
	ID       string
	Fields   []string // name=value
	Geometry orb.Geometry
	Err      string
}

func readAll(r Reader) ([]row, error) {
	var rows []row
	for {
		record, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		got := row{Row: record.Row, ID: record.ID, Geometry: record.Geometry}
		for name, value := range record.Fields() {
			got.Fields = append(got.Fields, name+"="+value)
		}
		if record.Err != nil {
			got.Err = record.Err.Error()
		}
		rows = append(rows, got)
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// district over a box with one category of needs and one of potentials.
func district(west, south, east, north float64) *civic.District {
	return &civic.District{
		ID: 1, Slug: "test", Name: civic.Text{"en": "Test"}, TimeZone: "Europe/Warsaw",
		Boundary: orb.MultiPolygon{orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToPolygon()},
		Categories: []civic.Category{
			{ID: 1, Slug: "waste", Kind: civic.Need, Visibility: civic.Exact, Colour: "#aa0000", Label: civic.Text{"pl": "Śmieci i czystość", "en": "Waste"}},
			{ID: 2, Slug: "green", Kind: civic.Potential, Visibility: civic.Exact, Colour: "#00aa00", Label: civic.Text{"pl": "Zieleń", "en": "Green"}},
		},
	}
}

func podgorze() *civic.District { return district(19.8, 49.9, 20.2, 50.2) }

// kept is a sink for tests.
type kept struct {
	rows []int
	pins []civic.NewPin
}

func (k *kept) Add(_ context.Context, row int, pin civic.NewPin) error {
	k.rows, k.pins = append(k.rows, row), append(k.pins, pin)
	return nil
}

// reasons are rejections by reason.
type reasons map[string]int

func (r reasons) add(rejection Rejection) error {
	r[rejection.Reason]++
	return nil
}

func joined(lines []string) string { return strings.Join(lines, "\n") + "\n" }

func repeat(s string, n int) string { return string(bytes.Repeat([]byte(s), n)) }

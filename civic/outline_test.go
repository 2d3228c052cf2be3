package civic_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// TestParseOutline checks what is an area or a line, in both forms.
func TestParseOutline(t *testing.T) {
	square := orb.Polygon{{{19.9, 50}, {19.91, 50}, {19.91, 50.01}, {19.9, 50}}}
	for _, test := range []struct {
		text string
		want orb.Geometry
	}{
		{"50, 19.9\n50.01, 19.91", orb.LineString{{19.9, 50}, {19.91, 50.01}}},
		{"50,0 19,9\n\n50,01 19,91\n", orb.LineString{{19.9, 50}, {19.91, 50.01}}},
		{"50 19.9\n50 19.91\n50.01 19.91\n50 19.9", square},
		{"50,19.9\n50,19.91\n50.01,19.91\n50.01,19.91\n50,19.9", square},
		{`{"type": "Polygon", "coordinates": [[[19.9, 50], [19.91, 50], [19.91, 50.01], [19.9, 50]]]}`, square},
		{`{"type": "LineString", "coordinates": [[19.9, 50], [19.91, 50.01]]}`, orb.LineString{{19.9, 50}, {19.91, 50.01}}},
	} {
		got, err := civic.ParseOutline(test.text)
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%q: %v (-want +got):\n%s", test.text, err, diff)
		}
	}
	var many strings.Builder
	for i := range civic.MaxCorners + 2 {
		fmt.Fprintf(&many, "%f, 19.9\n", 50+float64(i)/1000)
	}
	for _, text := range []string{
		"", "50, 19.9", "north", "50, 19.9\n200, 19.9", "NaN, 19.9\n50, 19.9", many.String(),
		"50, 19.9\n50, 19.91\n50, 19.9",                              // an area without a surface
		"50, 19.9\n50.01, 19.91\n50.01, 19.9\n50, 19.91\n50, 19.9",   // a bow tie
		`{"type": "Point", "coordinates": [19.9, 50]}`,               // neither
		`{"type": "Polygon", "coordinates": []}`,                     // no ring
		`{"type": "LineString", "coordinates": [["a", "b"], [1,2]]}`, // no numbers
	} {
		if got, err := civic.ParseOutline(text); !errors.Is(err, civic.ErrInvalid) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

// TestOutlineLines checks that what is shown is read as the same outline.
func TestOutlineLines(t *testing.T) {
	const geoJSON = `{"type":"Polygon","coordinates":[[[19.9,50],[19.91,50],[19.91,50.01],[19.9,50]]]}`
	lines := civic.OutlineLines(geoJSON)
	if lines != "50.000000, 19.900000\n50.000000, 19.910000\n50.010000, 19.910000\n50.000000, 19.900000" {
		t.Errorf("lines:\n%s", lines)
	}
	before, _ := civic.ParseOutline(geoJSON)
	after, err := civic.ParseOutline(lines)
	if diff := cmp.Diff(before, after); diff != "" || err != nil {
		t.Errorf("%v (-before +after):\n%s", err, diff)
	}
	if got := civic.OutlineLines("north"); got != "north" {
		t.Errorf("what is no outline: %q", got)
	}
}

func FuzzParseOutline(f *testing.F) {
	f.Add("50, 19.9\n50.01, 19.91")
	f.Add(`{"type":"Polygon","coordinates":[[[19.9,50],[19.91,50],[19.91,50.01],[19.9,50]]]}`)
	f.Fuzz(func(t *testing.T, text string) {
		g, err := civic.ParseOutline(text)
		if err != nil {
			return
		}
		if n := len(civic.CornersOf(g)); n < 2 || n > civic.MaxCorners+1 {
			t.Errorf("%d corners", n)
		}
	})
}

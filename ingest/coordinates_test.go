package ingest

import (
	"errors"
	"testing"

	"github.com/paulmach/orb"
)

func TestParsePoint(t *testing.T) {
	at := orb.Point{19.9492, 50.0413}
	tests := []struct {
		in   string
		want orb.Point
		err  error
	}{
		{in: "50.0413, 19.9492", want: at},
		{in: "(50.0413, 19.9492)", want: at},
		{in: " ( 50.0413 , 19.9492 ) ", want: at},
		{in: "50.0413 19.9492", want: at},
		{in: "50.0413,19.9492", want: at},
		{in: "50,0413; 19,9492", want: at},
		{in: "50,0413 19,9492", want: at},
		{in: "50,0413, 19,9492", want: at},
		{in: "-33.9 -70.1", want: orb.Point{-70.1, -33.9}},
		{in: "POINT (19.9492 50.0413)", want: at},
		{in: "point(19.9492 50.0413)", want: at},
		{in: "POINT Z (19.9492 50.0413 210)", want: at},
		{in: "SRID=4326;POINT(19.9492 50.0413)", want: at},
		{in: "50.0413 19.9492 210.4 5.0", want: at}, // Case import-kobo-geopoint.
		{in: "50.0413 19.9492 0 0", want: at},
		{in: "50,0413 19,9492 0 0", want: at},
		{in: "50,0413; 19,9492; 0; 0", err: errDegrees},
		{in: "50.0413, 19.9492, 0, 0", err: errPointSyntax},
		{in: "", err: errNoCoordinates},
		{in: "POINT EMPTY", err: errNoCoordinates},
		{in: "POINT Z EMPTY", err: errNoCoordinates},
		{in: "SRID=2180;POINT(1 2)", err: errSRID},
		{in: "POINT", err: errPointSyntax},
		{in: "POINT ()", err: errPointSyntax},
		{in: "POINT (1)", err: errPointSyntax},
		{in: "POINTS (1 2)", err: errPointSyntax},
		{in: "POINT (1 2", err: errPointSyntax},
		{in: "POLYGON ((0 0, 1 1))", err: errPointSyntax},
		{in: "50", err: errPointSyntax},
		{in: "1 2 3", err: errPointSyntax},
		{in: "nan inf", err: errDegrees},
		{in: "0x1p4 1", err: errDegrees},
		{in: "1e999 1", err: errDegrees},
		{in: "50.0413N 19.9492E", err: errDegrees},
		{in: "()", err: errPointSyntax},
	}
	for _, test := range tests {
		if got, err := parsePoint(test.in); !errors.Is(err, test.err) || err == nil && got != test.want {
			t.Errorf("parsePoint(%q) is %v, %v; want %v, %v", test.in, got, err, test.want, test.err)
		}
	}
}

// FuzzPoint checks that any text is rejected or parsed as numbers.
func FuzzPoint(f *testing.F) {
	for _, seed := range []string{"50.02, 19.97", "(50,02; 19,97)", "POINT Z (19.97 50.02 1)", "SRID=4326;POINT(1 2)", "POINT EMPTY"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		p, err := parsePoint(in)
		if err == nil && (p[0] != p[0] || p[1] != p[1]) {
			t.Fatalf("%q is %v", in, p)
		}
	})
}

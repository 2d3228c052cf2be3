package ingest

import (
	"testing"
	"time"

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
		{in: "", err: errNoCoordinates},
		{in: "POINT EMPTY", err: errNoCoordinates},
		{in: "POINT Z EMPTY", err: errNoCoordinates},
		{in: "SRID=2180;POINT(1 2)", err: errSRID},
		{in: "POINT", err: errPointText},
		{in: "POINT ()", err: errPointText},
		{in: "POINT (1)", err: errPointText},
		{in: "POINTS (1 2)", err: errPointText},
		{in: "POINT (1 2", err: errPointText},
		{in: "POLYGON ((0 0, 1 1))", err: errPointText},
		{in: "50", err: errPointText},
		{in: "1 2 3", err: errPointText},
		{in: "nan inf", err: errNumber},
		{in: "0x1p4 1", err: errNumber},
		{in: "1e999 1", err: errNumber},
		{in: "50.0413N 19.9492E", err: errNumber},
		{in: "()", err: errPointText},
	}
	for _, test := range tests {
		if got, err := parsePoint(test.in); err != test.err || err == nil && got != test.want {
			t.Errorf("parsePoint(%q) is %v, %v; want %v, %v", test.in, got, err, test.want, test.err)
		}
	}
}

func TestDates(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ layout, in, want string }{
		{"", "2024-03-05", "2024-03-05"},
		{"", "2024-03-05 23:59:59", "2024-03-05"},
		{"", "2024-03-05 23:59", "2024-03-05"},
		{"", "2024-03-05T23:30:00.000", "2024-03-05"},
		{"", "2024-03-05T23:30:00Z", "2024-03-06"}, // it is after midnight in Warsaw
		{"", "2024-03-05T00:30:00+02:00", "2024-03-04"},
		{"", "05.03.2024", "2024-03-05"},
		{"", "5.3.2024 7:05", "2024-03-05"},
		{"", "03/05/2024", ""},
		{"1/2/2006", "03/05/2024", "2024-03-05"},
		{"1/2/2006", "2024-03-05", "2024-03-05"},
		{"2/1/2006 15:04", "03/05/2024 10:00", "2024-05-03"},
		{"", "2024-02-30", ""},
		{"", "yesterday", ""},
		{"", "", ""},
	}
	for _, test := range tests {
		d, err := newDates(test.layout, zone)
		if err != nil {
			t.Fatal(err)
		}
		day, err := d.day(test.in)
		if got := day.String(); err == nil && got != test.want || err != nil && test.want != "" {
			t.Errorf("layout %q, day of %q is %s, %v; want %q", test.layout, test.in, got, err, test.want)
		}
	}
	for _, layout := range []string{"dd/mm/yyyy", "2006", "15:04", "01/2006"} {
		if _, err := newDates(layout, zone); err == nil {
			t.Errorf("layout %q is accepted", layout)
		}
	}
}

func TestTemplate(t *testing.T) {
	fields := []string{"A", "B", "C", "odd {name}"}
	tests := []struct{ template, a, b, c, want string }{
		{"A", " x ", "", "", "x"},
		{"odd {name}", "x", "", "", "o"},
		{"{A}: {B} ({C})", "a", "b", "c", "a: b (c)"},
		{"{A}: {B} ({C})", "a", "b", "", "a: b"},
		{"{A}: {B} ({C})", "a", "", "c", "a (c)"},
		{"{A}: {B} ({C})", "", "b", "c", "b (c)"},
		{"{A}: {B} ({C})", "", "", "c", "c"},
		{"{A}: {B} ({C})", "", " ", "", ""},
		{"{A} [{B}], {C}", "a", "", "c", "a, c"},
		{"nr {A}, {B} zł", "1", "2", "", "nr 1, 2 zł"},
		{"nr {A}, {B} zł", "", "2", "", "2 zł"},
		{"nr {A}, {B} zł", "1", "", "", "nr 1"},
		{"{ A }", "a", "", "", "a"},
	}
	columns := NewColumns(fields...)
	for _, test := range tests {
		src, err := parseSource(test.template, fields)
		if err != nil {
			t.Fatal(err)
		}
		r := Record{Columns: columns, Values: []string{test.a, test.b, test.c, "o"}}
		if got := src.text(r); got != test.want {
			t.Errorf("%s of %q, %q, %q is %q, want %q", test.template, test.a, test.b, test.c, got, test.want)
		}
	}
	for _, bad := range []string{"{A", "A}", "{}", "{A}{", "{A{B}}", "}{"} {
		if src, err := parseSource(bad, fields); err == nil {
			t.Errorf("%q is accepted as %+v", bad, src)
		}
	}
}

func TestFitTitle(t *testing.T) {
	long := repeat("słowo ", 30) + "koniec"
	tests := []struct{ title, body, wantTitle, wantBody string }{
		{"short", "body", "short", "body"},
		{repeat("ł", 120), "", repeat("ł", 120), ""},
		{repeat("ł", 121), "", repeat("ł", 119) + "…", repeat("ł", 121)},
		{long, "body", repeat("słowo ", 18) + "słowo…", long + "\n\nbody"},
	}
	for _, test := range tests {
		title, body := fitTitle(test.title, test.body)
		if title != test.wantTitle || body != test.wantBody {
			t.Errorf("%q, %q becomes %q, %q", test.title, test.body, title, body)
		}
	}
}

package ingest

import (
	"testing"
	"time"
)

func TestDateParser(t *testing.T) {
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
		p, err := newDateParser(test.layout, zone)
		if err != nil {
			t.Fatal(err)
		}
		day, err := p.parse(test.in)
		if got := day.String(); err == nil && got != test.want || err != nil && test.want != "" {
			t.Errorf("layout %q, day of %q is %s, %v; want %q", test.layout, test.in, got, err, test.want)
		}
	}
	for _, layout := range []string{"dd/mm/yyyy", "2006", "15:04", "01/2006"} {
		if _, err := newDateParser(layout, zone); err == nil {
			t.Errorf("layout %q is accepted", layout)
		}
	}
}

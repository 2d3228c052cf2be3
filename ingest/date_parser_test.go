package ingest

import (
	"errors"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
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
		// Case import-iso-dates.
		{"", "2024-05-06 10:30:00+02", "2024-05-06"},
		{"", "2024-05-06 22:30:00+00:00", "2024-05-07"},
		{"", "2024-05-06 22:30:00 UTC", "2024-05-07"},
		{"", "2024-05-06 22:30:00Z", "2024-05-07"},
		{"", "2024-05-06T10:30", "2024-05-06"},
		{"", "2024-05-06T23:30:00.000", "2024-05-06"},
		{"", "2024-05-06 23:30:00.123456", "2024-05-06"},
		{"", "2024-05-06T23:30:00,5-0100", "2024-05-07"},
		{"", "2024-05-06T10:30:00+0200", "2024-05-06"},
		{"", "2024-05-06 01:30:00+05:30", "2024-05-05"},
		{"", "2024-05-06 10:30:00.5 +0200 CEST", "2024-05-06"},
		{"", "2024-05-06, 10:30", "2024-05-06"},
		{"", "2024-05-06 10:30 PM", "2024-05-06"},
		{"", "2024-5-6", "2024-05-06"},
		{"", "2024/05/06", "2024-05-06"},
		{"", "2024/05/06 23:59", "2024-05-06"},
		{"", "2024.05.06", "2024-05-06"},
		{"", "20240506", "2024-05-06"},
		{"", "20240506T223000Z", "2024-05-07"},
		{"", "20240506233000", "2024-05-06"},
		{"", "2024-05-06+02:00", "2024-05-06"},
		{"", "2024-05-06Z", "2024-05-06"},
		{"", "6 May 2024", "2024-05-06"},
		{"", "06-May-2024 10:30", "2024-05-06"},
		{"", "May 6, 2024 10:30 AM", "2024-05-06"},
		{"", "Mon, 06 May 2024 22:30:00 GMT", "2024-05-07"},
		{"", "6 września 2024", "2024-09-06"},
		{"", "6 травня 2024", "2024-05-06"},
		{"", "1715034600", "2024-05-07"}, // 22:30 in UTC
		{"", "1715034600.25", "2024-05-07"},
		{"", "1715034600000", "2024-05-07"},
		{"2006-01-02T15:04:05Z07:00", "2024-05-06T22:30:00Z", "2024-05-07"},
		{"", "06-05-2024", ""},
		{"", "6/5/24", ""},
		{"", "06.05.24", ""},
		{"", "2024-05", ""},
		{"", "2024-05/06", ""},
		{"", "240506", ""},
		{"", "171503460", ""},
		{"", "202405061030", ""},
		{"", "2024-05-06-07", ""},
		{"", "2024-05-06 10", ""},
		{"", "2024-05-06 25:00", ""},
		{"", "2024-13-01", ""},
		{"", "6 Maybe 2024", ""},
		{"", "1970-01-01", ""},
		{"", "1970-01-01T00:00:00", ""},
		{"", "1970-01-01 01:00:00+01", ""},
		{"", "1970-01-01T00:00:00.000Z", ""},
		{"", "0", ""},
		{"", "0000000000000", ""},
		{"2/1/2006", "1/1/1970", ""},
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
	// There was no midnight in São Paulo on that day.
	saoPaulo, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		t.Fatal(err)
	}
	for _, layout := range []string{"", "2006-01-02"} {
		p, err := newDateParser(layout, saoPaulo)
		if err != nil {
			t.Fatal(err)
		}
		if day, err := p.parse("2018-11-04"); err != nil || day.String() != "2018-11-04" {
			t.Errorf("layout %q: day is %s, %v", layout, day, err)
		}
	}
	for _, layout := range []string{"dd/mm/yyyy", "2006", "15:04", "01/2006"} {
		if _, err := newDateParser(layout, zone); err == nil {
			t.Errorf("layout %q is accepted", layout)
		}
	}
}

func TestDateReasons(t *testing.T) {
	p, err := newDateParser("", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]error{
		"06-05-2024": errDayMonth, "6/5/24 10:00": errDayMonth, "1970-01-01T00:00:00": errZeroDate, "0": errZeroDate,
		"2024-02-30": errNoSuchDay, "soon": errDate,
	} {
		if _, err := p.parse(in); !errors.Is(err, want) {
			t.Errorf("%q: error is %v, want %v", in, err, want)
		}
	}
}

// FuzzDate checks that a day that can be parsed is that of package time, if that
// can parse it as well, and that the notation of a day does not matter.
func FuzzDate(f *testing.F) {
	for _, seed := range []string{"2024-05-06 10:30:00+02", "20240506T1030Z", "6.5.2024", "May 6, 2024 1:30 PM", "1715034600000", "Mon, 6 May 2024 10:30:00,5 +0200 (CEST)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		p, err := newDateParser("", time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		day, err := p.parse(in)
		for _, layout := range []string{time.RFC3339, time.DateTime, time.DateOnly, "20060102", time.RFC1123Z} {
			want, oracleErr := time.Parse(layout, in)
			if oracleErr == nil && civic.DayOf(want.UTC()) != 0 && (err != nil || civic.DayOf(want.UTC()) != day) {
				t.Fatalf("%q is %s, %v; package time parses it as %s", in, day, err, want)
			}
		}
		if err != nil {
			return
		}
		for _, layout := range []string{"2006/1/2", "2.1.2006", "Jan 2, 2006", "2 January 2006"} {
			if same, err := p.parse(day.Time().Format(layout)); day >= 0 && day <= civic.MaxDay && (err != nil || same != day) {
				t.Fatalf("%s of %q is %s, %v", layout, in, same, err)
			}
		}
	})
}

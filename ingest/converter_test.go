package ingest

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
	"github.com/pinezka/pinezka/ingest/recordtest"
)

func TestMappingErrors(t *testing.T) {
	fields := []string{"Street_Address", "Kind", "When", "x", "y", "", "again", "again"}
	base := func(change func(*Mapping)) Mapping {
		m := Mapping{
			Column:  map[Target]string{Title: "Street_Address", Date: "When", Lon: "x", Lat: "y"},
			Default: map[Target]string{Category: "waste"},
			Values:  map[Target]map[string]string{},
		}
		change(&m)
		return m
	}
	const columns = `there are "Street_Address", "Kind", "When", "x", "y", "again", "again"`
	tests := []struct {
		change func(*Mapping)
		want   string
	}{
		{func(*Mapping) {}, ""},
		{func(m *Mapping) { m.Column[Title] = "street adress" }, `title: there is no column "street adress"; did you mean "Street_Address"?; ` + columns},
		{func(m *Mapping) { m.Column[Title] = "{Kind}: {Strasse}" }, `title: there is no column "Strasse"; ` + columns},
		{func(m *Mapping) { m.Column[Body] = "again" }, `body: columns 7 and 8 are both called "again"; rename one of them`},
		{func(m *Mapping) { m.Column[Title] = "{Kind" }, `title: template "{Kind": each { needs the name of a column and a }`},
		{func(m *Mapping) { delete(m.Column, Title) }, "nothing is mapped to the title; map a column to it or set a default"},
		{func(m *Mapping) { delete(m.Column, Date) }, "nothing is mapped to the date; map a column to it or set a default"},
		{func(m *Mapping) { m.Column["titel"] = "Kind" }, `there is no target "titel"; did you mean "title"?; there are "id", "title", "body", "category", "status", "date", "lon", "lat", "point"`},
		{func(m *Mapping) { delete(m.Column, Lat) }, "lon and lat must both be mapped"},
		{func(m *Mapping) { m.Column[Point] = "x" }, "map either point or lon and lat"},
		{func(m *Mapping) { m.Default[Category] = "wasted" }, `default of category: there is no category "wasted"; did you mean "waste"?; there are "waste", "green"`},
		{func(m *Mapping) { m.Default[Date] = "today" }, "default of date: " + errDate.Error()},
		{func(m *Mapping) { m.Values[Status] = map[string]string{"Done": "finished"} },
			`translation of status "Done": there is no status "finished"; there are "reported", "under_diagnosis", "diagnosed", "in_action", "met", "verified", "passed_on", "not_possible", "reopened", "active"`},
		{func(m *Mapping) { m.DateLayout = "dd/mm/yyyy" }, `date layout "dd/mm/yyyy" does not contain a day, a month and a year in the notation of Go: 2006 or 06, 01 or 1, 02 or 2`},
	}
	for _, test := range tests {
		_, err := newConverter(base(test.change), podgorze(), civic.MaxDay, fields)
		if diff := cmp.Diff(test.want, recordtest.ErrorText(err)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// FuzzMapping checks that, for any template and any values, pins are valid and
// reasons quote no value.
func FuzzMapping(f *testing.F) {
	f.Add("{a}: {b}", "x", "2024-03-05", "50.02 19.97", "met", "1/2/2006")
	f.Add("a", "secret@example.org", "05.03.2024", "POINT (19.97 50.02)", "", "")
	f.Add("{a} ({b})", "", "2024-03-05T10:00:00Z", "(50,02; 19,97)", "waste", "02/01/06")
	f.Fuzz(func(t *testing.T, title, a, date, point, word, layout string) {
		m := Mapping{
			Column: map[Target]string{
				ID: "a", Title: title, Body: "a", Category: "word", Status: "word", Date: "date", Point: "point",
			},
			Values:     map[Target]map[string]string{Category: {word: "waste"}},
			DateLayout: layout,
		}
		columns := record.NewColumns("a", "b", "date", "point", "word")
		r := &sequence{{Row: 1, Columns: columns, Values: []string{a, word, date, point, word}}}
		var sink pinSink
		var rejected rejections
		_, err := Run(context.Background(), Config{
			Reader: r, Mapping: m, District: podgorze(), Today: civic.MaxDay, Sink: &sink,
			Rejected: rejected.add,
		})
		if err != nil {
			return
		}
		for _, pin := range sink.pins {
			if _, err := podgorze().Accept(pin.Draft, civic.MaxDay); err != nil {
				t.Fatalf("the district rejects a pin of the sink: %v", err)
			}
		}
		for _, r := range rejected {
			if strings.ContainsAny(r.Reason, "\n\r@") {
				t.Fatalf("rejection %+v", r)
			}
		}
	})
}

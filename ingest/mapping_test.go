package ingest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseMapping(t *testing.T) {
	got, err := ParseMapping(
		[]string{"title={Type}: {Street}", "Lat = y", "lon=x"},
		[]string{"category=waste"},
		[]string{"status:Completed=met", "status:a=b = c=verified"},
	)
	if err != nil {
		t.Fatal(err)
	}
	want := Mapping{
		Column:  map[Target]string{Title: "{Type}: {Street}", Lat: "y", Lon: "x"},
		Default: map[Target]string{Category: "waste"},
		Values:  map[Target]map[string]string{Status: {"Completed": "met", "a=b = c": "verified"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestParseMappingFaults(t *testing.T) {
	const targets = `there are "id", "title", "body", "category", "status", "date", "lon", "lat", "point"`
	tests := []struct {
		columns, defaults, values []string
		want                      string
	}{
		{columns: []string{"titel=x"}, want: `--map "titel=x": target "titel" is not there; did you mean "title"?; ` + targets},
		{columns: []string{"title"}, want: `--map "title": write it as target=value`},
		{columns: []string{"title="}, want: `--map "title=": write it as target=value`},
		{columns: []string{"title=a", "title=b"}, want: `--map "title=b": title is given twice`},
		{defaults: []string{"email=x"}, want: `--default "email=x": target "email" is not there; ` + targets},
		{values: []string{"status=met"}, want: `--value "status=met": write it as target:theirs=ours`},
		{values: []string{"status:=met"}, want: `--value "status:=met": write it as target:theirs=ours`},
		{values: []string{"status:a=met", "status:a=reported"}, want: `--value "status:a=reported": "a" is translated twice`},
	}
	for _, test := range tests {
		_, err := ParseMapping(test.columns, test.defaults, test.values)
		if diff := cmp.Diff(test.want, errText(err)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestCompileFaults(t *testing.T) {
	fields := []string{"Street_Address", "Kind", "When", "x", "y"}
	base := func(change func(*Mapping)) Mapping {
		m := Mapping{
			Column:  map[Target]string{Title: "Street_Address", Date: "When", Lon: "x", Lat: "y"},
			Default: map[Target]string{Category: "waste"},
			Values:  map[Target]map[string]string{},
		}
		change(&m)
		return m
	}
	const columns = `there are "Street_Address", "Kind", "When", "x", "y"`
	tests := []struct {
		change func(*Mapping)
		want   string
	}{
		{func(*Mapping) {}, ""},
		{func(m *Mapping) { m.Column[Title] = "street adress" }, `title: column "street adress" is not there; did you mean "Street_Address"?; ` + columns},
		{func(m *Mapping) { m.Column[Title] = "{Kind}: {Strasse}" }, `title: column "Strasse" is not there; ` + columns},
		{func(m *Mapping) { m.Column[Title] = "{Kind" }, `title: template "{Kind": each { needs a column's name and a }`},
		{func(m *Mapping) { delete(m.Column, Title) }, "nothing gives the title; map a column to it or give a default"},
		{func(m *Mapping) { delete(m.Column, Date) }, "nothing gives the date; map a column to it or give a default"},
		{func(m *Mapping) { delete(m.Column, Lat) }, "lon and lat must both be given"},
		{func(m *Mapping) { m.Column[Point] = "x" }, "give either point or lon and lat"},
		{func(m *Mapping) { m.Default[Category] = "wasted" }, `default of category: category "wasted" is not there; did you mean "waste"?; there are "waste", "green"`},
		{func(m *Mapping) { m.Default[Date] = "today" }, "default of date: " + errDate.Error()},
		{func(m *Mapping) { m.Values[Status] = map[string]string{"Done": "finished"} },
			`translation of status "Done": status "finished" is not there; there are "reported", "under_diagnosis", "diagnosed", "in_action", "met", "verified", "passed_on", "not_possible", "reopened", "active"`},
		{func(m *Mapping) { m.DateLayout = "dd/mm/yyyy" }, `date layout "dd/mm/yyyy" does not hold a day, a month and a year as Go writes them: 2006 or 06, 01 or 1, 02 or 2`},
	}
	for _, test := range tests {
		_, err := base(test.change).compile(podgorze(), fields)
		if diff := cmp.Diff(test.want, errText(err)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

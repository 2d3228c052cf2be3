package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/recordtest"
)

func TestMappingFlags(t *testing.T) {
	f := importFlags{
		columns:    []string{"title={Type}: {Street}", "Lat = y", "lon=x"},
		defaults:   []string{"category=waste"},
		values:     []string{"status:Completed=met", "status:a=b = c=verified"},
		dateLayout: "1/2/2006",
	}
	got, err := f.mapping()
	if err != nil {
		t.Fatal(err)
	}
	want := ingest.Mapping{
		Column:     map[ingest.Target]string{ingest.Title: "{Type}: {Street}", ingest.Lat: "y", ingest.Lon: "x"},
		Default:    map[ingest.Target]string{ingest.Category: "waste"},
		Values:     map[ingest.Target]map[string]string{ingest.Status: {"Completed": "met", "a=b = c": "verified"}},
		DateLayout: "1/2/2006",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMappingFlagErrors(t *testing.T) {
	const targets = `there are "id", "title", "body", "category", "status", "date", "lon", "lat", "point"`
	tests := []struct {
		flags importFlags
		want  string
	}{
		{importFlags{columns: []string{"titel=x"}}, `--map "titel=x": there is no target "titel"; did you mean "title"?; ` + targets},
		{importFlags{columns: []string{"title"}}, `--map "title": write it as TARGET=VALUE`},
		{importFlags{columns: []string{"title="}}, `--map "title=": write it as TARGET=VALUE`},
		{importFlags{columns: []string{"title=a", "title=b"}}, `--map "title=b": title is given twice`},
		{importFlags{defaults: []string{"email=x"}}, `--default "email=x": there is no target "email"; ` + targets},
		{importFlags{values: []string{"status=met"}}, `--value "status=met": write it as TARGET:FROM=TO`},
		{importFlags{values: []string{"status:=met"}}, `--value "status:=met": write it as TARGET:FROM=TO`},
		{importFlags{values: []string{"status:a=met", "status:a=reported"}}, `--value "status:a=reported": "a" is translated twice`},
	}
	for _, test := range tests {
		_, err := test.flags.mapping()
		if diff := cmp.Diff(test.want, recordtest.ErrorText(err)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

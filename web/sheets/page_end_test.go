package sheets_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/web/sheets"
)

func TestLinks(t *testing.T) {
	want := []sheets.Link{{URL: "/t.csv?a=1", Name: "CSV", Key: "sheet.csv"}, {URL: "/t.xlsx?a=1", Name: "XLSX", Key: "sheet.xlsx"}}
	if diff := cmp.Diff(want, sheets.Links(func(extension string) string { return "/t." + extension + "?a=1" })); diff != "" {
		t.Error(diff)
	}
}

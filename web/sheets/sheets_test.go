package sheets

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/provenance"
)

func texts(t *testing.T) *i18n.Catalogue {
	t.Helper()
	all, err := i18n.Load(page.Files, provenance.Files, Files)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// table has values of every type, some of which a spreadsheet could mistake.
func table() Table {
	return Table{
		Title:   "Potrzeby: Zażółć gęślą jaźń",
		Columns: []Column{{Name: "Text", Description: "A text."}, {Name: "Count"}, {Name: "Rate", Unit: "per 1,000 residents", Description: "A rate."}, {Name: "p"}, {Name: "Day"}},
		Rows: [][]any{
			{"Zażółć; \"gęślą\"\njaźń, €", 1234, Fixed{-2.5, 2}, 0.125, civic.Day(20454)},
			{"=HYPERLINK(\"https://example.org\")", -5, Fixed{0, 2}, math.NaN(), nil},
			{"-5", int64(7), nil, math.Inf(1), nil},
			{"@x", 0, Fixed{math.NaN(), 1}, -1e-7, nil},
		},
	}
}

// TestCSV checks that spreadsheets read CSV as what it is: numbers are numbers,
// negative ones too, a text is never a formula, and the byte order mark alone
// states UTF-8, since Excel disregards it behind a line "sep=".
func TestCSV(t *testing.T) {
	for lang, want := range map[string][][]string{
		"en": {
			{"Text", "Count", "Rate (per 1,000 residents)", "p", "Day"},
			{"Zażółć; \"gęślą\"\njaźń, €", "1234", "-2.50", "0.125", "2026-01-01"},
			{"'=HYPERLINK(\"https://example.org\")", "-5", "0.00", "", ""},
			{"-5", "7", "", "", ""},
			{"'@x", "0", "", "-0.0000001", ""},
		},
		"pl": {
			{"Text", "Count", "Rate (per 1,000 residents)", "p", "Day"},
			{"Zażółć; \"gęślą\"\njaźń, €", "1234", "-2,50", "0,125", "2026-01-01"},
			{"'=HYPERLINK(\"https://example.org\")", "-5", "0,00", "", ""},
			{"-5", "7", "", "", ""},
			{"'@x", "0", "", "-0,0000001", ""},
		},
	} {
		var out bytes.Buffer
		if err := table().WriteCSV(&out, texts(t).Messages(lang)); err != nil {
			t.Fatal(err)
		}
		text, marked := strings.CutPrefix(out.String(), "\uFEFF")
		if !marked || strings.Contains(text, "sep=") {
			t.Errorf("%s: byte order mark %t: %.40q", lang, marked, text)
		}
		r := csv.NewReader(strings.NewReader(text))
		if lang == "pl" {
			r.Comma = ';'
		}
		got, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}

// TestXLSX checks the types and the values of the cells, and that the second
// sheet describes every column and the provenance, in every language.
func TestXLSX(t *testing.T) {
	p := provenance.Provenance{Kind: provenance.Public, Pins: 312, Period: provenance.Period{From: 20454, Until: 20635}, Method: "count-1", DatasetVersion: 7}
	for _, lang := range texts(t).Tags() {
		m := texts(t).Messages(lang)
		var out bytes.Buffer
		if err := (File{Name: "x", Table: table(), Provenance: p}).WriteXLSX(&out, m); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		if diff := cmp.Diff([]string{m.Text("sheet.data"), m.Text("sheet.about")}, book.GetSheetList()); diff != "" {
			t.Error(diff)
		}
		data := m.Text("sheet.data")
		rows, err := book.GetRows(data)
		if err != nil {
			t.Fatal(err)
		}
		want := [][]string{
			{"Text", "Count", "Rate (per 1,000 residents)", "p", "Day"},
			{"Zażółć; \"gęślą\"\njaźń, €", "1234", "-2.50", "0.125", "2026-01-01"},
			{"=HYPERLINK(\"https://example.org\")", "-5", "0.00"},
			{"-5", "7"},
			{"@x", "0", "", "-0.0000001"},
		}
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
		for cell, want := range map[string]excelize.CellType{"A3": excelize.CellTypeInlineString, "A4": excelize.CellTypeInlineString, "B3": excelize.CellTypeUnset, "C2": excelize.CellTypeUnset, "E2": excelize.CellTypeUnset} {
			if got, err := book.GetCellType(data, cell); err != nil || got != want { // a number has no type
				t.Errorf("%s: %s has the type %d, want %d; %v", lang, cell, got, want, err)
			}
			if formula, err := book.GetCellFormula(data, cell); err != nil || formula != "" {
				t.Errorf("%s: %s has the formula %q; %v", lang, cell, formula, err)
			}
		}
		about, err := book.GetRows(m.Text("sheet.about"))
		if err != nil {
			t.Fatal(err)
		}
		all := ""
		for _, row := range about {
			all += strings.Join(row, "|") + "\n"
		}
		for _, want := range []string{table().Title, "Text||A text.", "Rate|per 1,000 residents|A rate.", "|312\n", "|2026-01-01\n", "|2026-06-30\n", "|count-1\n"} {
			if !strings.Contains(all, want) {
				t.Errorf("%s: the second sheet lacks %q:\n%s", lang, want, all)
			}
		}
	}
}

// TestSheets checks that each table has a sheet of a valid name of its own, and that
// the last sheet describes the columns of each.
func TestSheets(t *testing.T) {
	of := func(name, title string, value int) Table {
		return Table{Title: title, Name: name, Columns: []Column{{Name: "n", Description: "Of " + title + "."}}, Rows: [][]any{{value}}}
	}
	f := File{Table: of("", "What [is] there?", 1), More: []Table{
		of("", "By area", 2), of("", "by Area", 3), of("Data", "x", 4), of("", "Over 31 characters, of which some are left out", 5),
		of("", "Over 31 characters, of which some are shown", 6), of("", "'a/b: [c]?'", 7), of("", "", 8), of("", "About the data", 9),
	}}
	var out bytes.Buffer
	if err := f.WriteXLSX(&out, texts(t).Messages("en")); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	names := []string{"Data", "By area", "by Area (2)", "Data (2)", "Over 31 characters, of which so", "Over 31 characters, of whic (2)", "a b (c)", " (2)", "About the data (2)", "About the data"}
	if diff := cmp.Diff(names, book.GetSheetList()); diff != "" {
		t.Fatal(diff)
	}
	about, err := book.GetRows("About the data")
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]string{}
	for i, row := range about {
		if name, ok := strings.CutPrefix(slices.Concat(row, []string{""})[0], "Sheet “"); ok {
			described[strings.TrimSuffix(name, "”")] = about[i+2][2]
		}
	}
	for i, table := range append([]Table{f.Table}, f.More...) {
		if n, err := book.GetCellValue(names[i], "A2"); err != nil || n != fmt.Sprint(i+1) {
			t.Errorf("%s: %s, %v", names[i], n, err)
		}
		if got, want := described[names[i]], "Of "+table.Title+"."; got != want {
			t.Errorf("%s: %q, want %q", names[i], got, want)
		}
	}
}

// TestUnknownTypes checks that a value of another type is refused, rather than
// written as Go prints it.
func TestUnknownTypes(t *testing.T) {
	bad := Table{Columns: []Column{{Name: "x"}}, Rows: [][]any{{struct{}{}}}}
	m := texts(t).Messages("en")
	if err := bad.WriteCSV(new(bytes.Buffer), m); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("CSV: %v", err)
	}
	if err := (File{Table: bad}).WriteXLSX(new(bytes.Buffer), m); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("XLSX: %v", err)
	}
}

// FuzzCSV checks that whatever a text is, one field of CSV has it, and none that
// begins with a character of formulas.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"", "=1+1", "\t=1", "+48 123", "-5", "a\r\nb", "\"", ";", "＝1"} {
		f.Add(seed)
	}
	all, err := i18n.Load(page.Files)
	if err != nil {
		f.Fatal(err)
	}
	m := all.Messages("pl")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1000 || strings.Contains(text, "\r") { // csv.Reader normalises line ends
			t.Skip()
		}
		var out bytes.Buffer
		if err := (Table{Columns: []Column{{Name: "a"}, {Name: "b"}}, Rows: [][]any{{text, 1}}}).WriteCSV(&out, m); err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\uFEFF")))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil || len(rows) != 2 || rows[1][1] != "1" {
			t.Fatalf("%q: %v, %q", text, err, rows)
		}
		if got := rows[1][0]; got != text && got != "'"+text {
			t.Errorf("%q is read as %q", text, got)
		}
		if got := rows[1][0]; strings.HasPrefix(got, "=") || strings.HasPrefix(got, "@") {
			t.Errorf("%q is a formula", got)
		}
	})
}

// TestXLSXIsRepeatable checks that the same table is the same file.
func TestXLSXIsRepeatable(t *testing.T) {
	var first bytes.Buffer
	for i := range 20 {
		var out bytes.Buffer
		if err := (File{Table: table()}).WriteXLSX(&out, texts(t).Messages("pl")); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = out
		} else if !bytes.Equal(first.Bytes(), out.Bytes()) {
			t.Fatal("the same table is another file")
		}
	}
}

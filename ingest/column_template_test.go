package ingest

import (
	"testing"

	"github.com/pinezka/pinezka/ingest/record"
)

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
	columns := record.NewColumns(fields...)
	for _, test := range tests {
		parsed, err := parseTemplate(test.template, fields)
		if err != nil {
			t.Fatal(err)
		}
		r := record.Record{Columns: columns, Values: []string{test.a, test.b, test.c, "o"}}
		if got := parsed.execute(r, cleanText); got != test.want {
			t.Errorf("%s of %q, %q, %q is %q, want %q", test.template, test.a, test.b, test.c, got, test.want)
		}
	}
	for _, bad := range []string{"{A", "A}", "{}", "{A}{", "{A{B}}", "}{"} {
		if parsed, err := parseTemplate(bad, fields); err == nil {
			t.Errorf("%q is accepted as %+v", bad, parsed)
		}
	}
}

package csv

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pinezka/pinezka/ingest/record"
	"github.com/pinezka/pinezka/ingest/recordtest"
)

func open(in, encoding string, delimiter rune) (*Reader, error) {
	text, err := record.Decode(strings.NewReader(in), encoding)
	if err != nil {
		return nil, err
	}
	return NewReader(text, delimiter)
}

func TestReader(t *testing.T) {
	tests := []struct {
		name, in  string
		encoding  string
		delimiter rune
		want      []recordtest.Row
		err       string
	}{
		{name: "comma", in: "a,b\n1,2\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1", "b=2"}}}},
		{name: "semicolon", in: "a;b\n1,5;2\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1,5", "b=2"}}}},
		{name: "tab", in: "a\tb\n1\t2", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1", "b=2"}}}},
		{name: "bar", in: "a|b\n1|2\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1", "b=2"}}}},
		{name: "explicit delimiter", in: "a,b;c\n1;2\n", delimiter: ';', want: []recordtest.Row{{Row: 2, Fields: []string{"a,b=1", "c=2"}}}},
		{name: "delimiter in quotes", in: "\"a;;;\",b\n1,2\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a;;;=1", "b=2"}}}},
		{name: "CRLF", in: "a,b\r\n1,2\r\n3,4", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1", "b=2"}}, {Row: 3, Fields: []string{"a=3", "b=4"}}}},
		{name: "CR", in: "a,b\r1,2\r3,4\r", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1", "b=2"}}, {Row: 3, Fields: []string{"a=3", "b=4"}}}},
		{name: "mixed", in: "a\r\n1\n2\r3", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1"}}, {Row: 3, Fields: []string{"a=2"}}, {Row: 4, Fields: []string{"a=3"}}}},
		{name: "line end in quotes", in: "a,b\n\"x\r\ny\",2\n3,4\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a=x\ny", "b=2"}}, {Row: 3, Fields: []string{"a=3", "b=4"}}}},
		{name: "doubled quotes", in: "a\n\"x \"\"y\"\"\"\n", want: []recordtest.Row{{Row: 2, Fields: []string{`a=x "y"`}}}},
		{name: "header cleaned", in: "\" a\n b \",c\n1,2\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a b=1", "c=2"}}}},
		{name: "blank rows count", in: "\n\na,b\n\n,\n1,2\n", want: []recordtest.Row{{Row: 6, Fields: []string{"a=1", "b=2"}}}},
		{name: "ragged", in: "a,b\n1\n1,2,3\n1,2,\n", want: []recordtest.Row{
			{Row: 2, Err: "the number of fields is 1, that of the header is 2"},
			{Row: 3, Err: "the number of fields is 3, that of the header is 2"},
			{Row: 4, Fields: []string{"a=1", "b=2"}},
		}},
		{name: "bad quotes invalidate one row", in: "a,b\n1\"x,2\n\"1\" x,2\n3,4\n", want: []recordtest.Row{
			{Row: 2, Err: errQuotes.Error()},
			{Row: 3, Err: errQuotes.Error()},
			{Row: 4, Fields: []string{"a=3", "b=4"}},
		}},
		{name: "open quote", in: "a,b\n1,2\n\"3,4\n5,6\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1", "b=2"}}}, err: "row 3: a quote is opened and never closed"},
		{name: "open quote, long", in: "a\n1\n\"" + strings.Repeat("x\n", maxRow), want: []recordtest.Row{{Row: 2, Fields: []string{"a=1"}}}, err: "row 3: the row that begins here is longer than 1024 KiB; is a quote left open?"},
		{name: "byte order mark", in: "\ufeffa\n1\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1"}}}},
		{name: "mark and quotes", in: "\ufeff\"a\"\n1\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1"}}}},
		{name: "invalid", in: "a\nz\xb3oty\nb\n", want: []recordtest.Row{
			{Row: 2, Err: "the text is not valid utf-8; state the encoding of the file"},
			{Row: 3, Fields: []string{"a=b"}},
		}},
		{name: "windows-1250", in: "a\nz\xb3oty\n", encoding: "cp1250", want: []recordtest.Row{{Row: 2, Fields: []string{"a=złoty"}}}},
		{name: "utf-16", in: "\xff\xfea\x00\n\x00\x42\x01", want: []recordtest.Row{{Row: 2, Fields: []string{"a=ł"}}}},
		{name: "header only", in: "a,b"},
		{name: "empty", err: "the file is empty: there is no header row"},
		{name: "blank", in: "\n \n,,\n", err: "the file is empty: there is no header row"},
		{name: "no name", in: "a,,b\n", err: "row 1: column 2 has no name; is this row really the header?"},
		{name: "same name", in: "a,b, a\n", err: `row 1: columns 1 and 3 are both called "a"`},
		{name: "header not valid", in: "\xb3\n", err: "row 1: the header cannot be read: the text is not valid utf-8; state the encoding of the file"},
		{name: "delimiter unusable", in: "a", delimiter: '"', err: `delimiter '"' cannot be used`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []recordtest.Row
			r, err := open(test.in, test.encoding, test.delimiter)
			if err == nil {
				got, err = recordtest.ReadAll(r)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.err, recordtest.ErrorText(err)); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBlankRowsAreLimited(t *testing.T) {
	r, err := open("a,b\n"+strings.Repeat(",                                                             \n", maxBlank/32), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(); err == nil || !strings.Contains(err.Error(), "blank rows") {
		t.Errorf("error is %v", err)
	}
}

// FuzzReader checks that any text is read to its end, that rows are numbered in
// ascending order, and that the values are those of encoding/csv.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "a;b\r\"x\ry\";2\r", "a\n\"1\"\"2\"\n3\"\n", "\ufeffa\tb\n\n,\n", "\xff\xfea\x00", "a,b\n\"1,2\n3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		r, err := open(in, "", ',')
		if err != nil {
			return
		}
		rows, readErr := recordtest.ReadAll(r)
		last := 0
		var got [][]string
		for _, row := range rows {
			if row.Row <= last {
				t.Fatalf("row %d follows row %d", row.Row, last)
			}
			last = row.Row
			if row.Err != "" {
				return
			}
			if len(row.Fields) != len(r.Columns()) {
				t.Fatalf("row %d has %d fields of %d", row.Row, len(row.Fields), len(r.Columns()))
			}
			var values []string
			for i, name := range r.Columns() {
				values = append(values, strings.TrimPrefix(row.Fields[i], name+"="))
			}
			got = append(got, values)
		}
		if readErr != nil || strings.Contains(in, "\r") || in[0] >= 0x80 {
			return // encoding/csv supports neither CR nor byte order marks
		}
		oracle := csv.NewReader(strings.NewReader(in))
		oracle.FieldsPerRecord = -1
		want, err := oracle.ReadAll()
		if err != nil {
			t.Fatalf("encoding/csv rejects what Reader accepts: %v", err)
		}
		want = slices.DeleteFunc(want, isBlank)[1:]
		for i := range want {
			want[i] = want[i][:len(r.Columns())]
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-encoding/csv +got):\n%s", diff)
		}
	})
}

package ingest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCSV(t *testing.T) {
	tests := []struct {
		name, in string
		opt      Options
		want     []row
		err      string
	}{
		{name: "comma", in: "a,b\n1,2\n", want: []row{{Row: 2, Fields: []string{"a=1", "b=2"}}}},
		{name: "semicolon", in: "a;b\n1,5;2\n", want: []row{{Row: 2, Fields: []string{"a=1,5", "b=2"}}}},
		{name: "tab", in: "a\tb\n1\t2", want: []row{{Row: 2, Fields: []string{"a=1", "b=2"}}}},
		{name: "bar", in: "a|b\n1|2\n", want: []row{{Row: 2, Fields: []string{"a=1", "b=2"}}}},
		{name: "explicit delimiter", in: "a,b;c\n1;2\n", opt: Options{Delimiter: ';'}, want: []row{{Row: 2, Fields: []string{"a,b=1", "c=2"}}}},
		{name: "delimiter in quotes", in: "\"a;;;\",b\n1,2\n", want: []row{{Row: 2, Fields: []string{"a;;;=1", "b=2"}}}},
		{name: "CRLF", in: "a,b\r\n1,2\r\n3,4", want: []row{{Row: 2, Fields: []string{"a=1", "b=2"}}, {Row: 3, Fields: []string{"a=3", "b=4"}}}},
		{name: "CR", in: "a,b\r1,2\r3,4\r", want: []row{{Row: 2, Fields: []string{"a=1", "b=2"}}, {Row: 3, Fields: []string{"a=3", "b=4"}}}},
		{name: "mixed", in: "a\r\n1\n2\r3", want: []row{{Row: 2, Fields: []string{"a=1"}}, {Row: 3, Fields: []string{"a=2"}}, {Row: 4, Fields: []string{"a=3"}}}},
		{name: "line end in quotes", in: "a,b\n\"x\r\ny\",2\n3,4\n", want: []row{{Row: 2, Fields: []string{"a=x\ny", "b=2"}}, {Row: 3, Fields: []string{"a=3", "b=4"}}}},
		{name: "doubled quotes", in: "a\n\"x \"\"y\"\"\"\n", want: []row{{Row: 2, Fields: []string{`a=x "y"`}}}},
		{name: "header tidied", in: "\" a\n b \",c\n1,2\n", want: []row{{Row: 2, Fields: []string{"a b=1", "c=2"}}}},
		{name: "blank rows count", in: "\n\na,b\n\n,\n1,2\n", want: []row{{Row: 6, Fields: []string{"a=1", "b=2"}}}},
		{name: "ragged", in: "a,b\n1\n1,2,3\n1,2,\n", want: []row{
			{Row: 2, Err: "the row has 1 field, the header has 2"},
			{Row: 3, Err: "the row has 3 fields, the header has 2"},
			{Row: 4, Fields: []string{"a=1", "b=2"}},
		}},
		{name: "bad quotes cost one row", in: "a,b\n1\"x,2\n\"1\" x,2\n3,4\n", want: []row{
			{Row: 2, Err: errQuotes.Error()},
			{Row: 3, Err: errQuotes.Error()},
			{Row: 4, Fields: []string{"a=3", "b=4"}},
		}},
		{name: "open quote", in: "a,b\n1,2\n\"3,4\n5,6\n", want: []row{{Row: 2, Fields: []string{"a=1", "b=2"}}}, err: "row 3: a quote is opened and never closed"},
		{name: "open quote, long", in: "a\n1\n\"" + strings.Repeat("x\n", maxRecord), want: []row{{Row: 2, Fields: []string{"a=1"}}}, err: "row 3: the record that begins here is longer than 1024 KiB; is a quote left open?"},
		{name: "byte order mark", in: "\ufeffa\n1\n", want: []row{{Row: 2, Fields: []string{"a=1"}}}},
		{name: "mark and quotes", in: "\ufeff\"a\"\n1\n", want: []row{{Row: 2, Fields: []string{"a=1"}}}},
		{name: "invalid", in: "a\nz\xb3oty\nb\n", want: []row{
			{Row: 2, Err: "the text is not valid utf-8; give the file's encoding with --encoding"},
			{Row: 3, Fields: []string{"a=b"}},
		}},
		{name: "windows-1250", in: "a\nz\xb3oty\n", opt: Options{Encoding: "cp1250"}, want: []row{{Row: 2, Fields: []string{"a=złoty"}}}},
		{name: "utf-16", in: "\xff\xfea\x00\n\x00\x42\x01", want: []row{{Row: 2, Fields: []string{"a=ł"}}}},
		{name: "header only", in: "a,b"},
		{name: "empty", err: "open x.csv: the file is empty: there is no header row"},
		{name: "blank", in: "\n \n,,\n", err: "open x.csv: the file is empty: there is no header row"},
		{name: "no name", in: "a,,b\n", err: "open x.csv: row 1: column 2 has no name; is this row really the header?"},
		{name: "same name", in: "a,b, a\n", err: `open x.csv: row 1: columns 1 and 3 are both called "a"`},
		{name: "header not valid", in: "\xb3\n", err: "open x.csv: row 1: the header cannot be read: the text is not valid utf-8; give the file's encoding with --encoding"},
		{name: "encoding unknown", in: "a", opt: Options{Encoding: "polish"}, err: `open x.csv: encoding "polish" is not known; try utf-8, windows-1250, iso-8859-2 or utf-16le`},
		{name: "delimiter unusable", in: "a", opt: Options{Delimiter: '"'}, err: `open x.csv: delimiter '"' cannot be used`},
		{name: "format unknown", in: "a", opt: Options{Format: "kml"}, err: `open x.csv: format "kml" is not one of ["csv" "geojson"]`},
		{name: "binary", in: "a\x00b", err: "open x.csv: this is not text; if it is UTF-16, give --encoding utf-16le or utf-16be"},
		{name: "Excel", in: "PK\x03\x04", err: "open x.csv: this is a ZIP or Excel file; unpack it, or save it as CSV"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []row
			r, err := Open("dir/x.csv", strings.NewReader(test.in), test.opt)
			if err == nil {
				got, err = readAll(r)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.err, errText(err)); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBlankRowsAreBounded(t *testing.T) {
	r := openText(t, "x.csv", "a,b\n"+repeat(",                                                             \n", maxBlank/32))
	if _, err := r.Read(); err == nil || !strings.Contains(err.Error(), "blank rows") {
		t.Errorf("error is %v", err)
	}
}

package csv

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pinezka/pinezka/ingest/record"
	"github.com/pinezka/pinezka/ingest/recordtest"
)

func open(in, encoding string, opt Options) (*Reader, error) {
	text, err := record.Decode(strings.NewReader(in), encoding)
	if err != nil {
		return nil, err
	}
	return NewReader(text, opt)
}

func TestReader(t *testing.T) {
	tests := []struct {
		name, in string
		encoding string
		opt      Options
		want     []recordtest.Row
		err      string
	}{
		{name: "comma", in: "a,b\n1,2\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1", "b=2"}}}},
		{name: "semicolon", in: "a;b\n1,5;2\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1,5", "b=2"}}}},
		{name: "tab", in: "a\tb\n1\t2", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1", "b=2"}}}},
		{name: "bar", in: "a|b\n1|2\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1", "b=2"}}}},
		{name: "explicit delimiter", in: "a,b;c\n1;2\n", opt: Options{Delimiter: ';'}, want: []recordtest.Row{{Row: 2, Fields: []string{"a,b=1", "c=2"}}}},
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
		{name: "quotes within a field are text", in: "a,b\n1\"x,2\n5\" pipe,\"3\"\n", want: []recordtest.Row{
			{Row: 2, Fields: []string{`a=1"x`, "b=2"}},
			{Row: 3, Fields: []string{`a=5" pipe`, "b=3"}},
		}},
		{name: "wrong quotes invalidate one row", in: "a,b\n\"1\" x,2\n3,4\n", want: []recordtest.Row{
			{Row: 2, Err: errQuotes.Error()},
			{Row: 3, Fields: []string{"a=3", "b=4"}},
		}},
		// Case import-stray-quote-swallows-rows.
		{name: "stray quote closed within a later row", in: "id,title,lat,lon\n1,\"Bad,50,19\n2,Good,50,19\n3,\"Bin, small\",50,19\n", want: []recordtest.Row{
			{Row: 2, Err: errOpenQuote.Error()},
			{Row: 3, Fields: []string{"id=2", "title=Good", "lat=50", "lon=19"}},
			{Row: 4, Fields: []string{"id=3", "title=Bin, small", "lat=50", "lon=19"}},
		}},
		{name: "stray quote closed by a stray quote", in: "id,title,lat,lon\n1,\"Bad,50,19\n2,Good,50,19\n3,Pipe 12\",50,19\n4,x,50,19\n", want: []recordtest.Row{
			{Row: 2, Err: errOpenQuote.Error()},
			{Row: 3, Fields: []string{"id=2", "title=Good", "lat=50", "lon=19"}},
			{Row: 4, Fields: []string{"id=3", `title=Pipe 12"`, "lat=50", "lon=19"}},
			{Row: 5, Fields: []string{"id=4", "title=x", "lat=50", "lon=19"}},
		}},
		{name: "stray quote with too few fields", in: "a,b,c\n1,\"x,2\n3,y,\"\n5,6,7\n", want: []recordtest.Row{
			{Row: 2, Err: errOpenQuote.Error()},
			{Row: 3, Err: errOpenQuote.Error()},
			{Row: 4, Fields: []string{"a=5", "b=6", "c=7"}},
		}},
		{name: "stray quote never closed", in: "a,b\n1,2\n\"3,4\n5,6\n", want: []recordtest.Row{
			{Row: 2, Fields: []string{"a=1", "b=2"}},
			{Row: 3, Err: errOpenQuote.Error()},
			{Row: 4, Fields: []string{"a=5", "b=6"}},
		}},
		{name: "stray quote in the last row", in: "a,b\n1,2\n\"3,4", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1", "b=2"}}, {Row: 3, Err: errOpenQuote.Error()}}},
		{name: "prose of several lines", in: "a,b,c,d\n1,\"Dear all,\r\nred, green, blue, white\n\nyours\",3,4\n5,6,7,8\n", want: []recordtest.Row{
			{Row: 2, Fields: []string{"a=1", "b=Dear all,\nred, green, blue, white\n\nyours", "c=3", "d=4"}},
			{Row: 3, Fields: []string{"a=5", "b=6", "c=7", "d=8"}},
		}},
		{name: "long row", in: "a,b\n1,2\n" + strings.Repeat("x", 3*maxRow) + "\r\n3,4\n", want: []recordtest.Row{
			{Row: 2, Fields: []string{"a=1", "b=2"}}, {Row: 3, Err: errTooLong.Error()}, {Row: 4, Fields: []string{"a=3", "b=4"}},
		}},
		{name: "long last row", in: "a\n1\n" + strings.Repeat("x", 3*maxRow), want: []recordtest.Row{{Row: 2, Fields: []string{"a=1"}}, {Row: 3, Err: errTooLong.Error()}}},

		{name: "stated delimiter", in: "sep=;\nid;lat\n1;50,05\n", want: []recordtest.Row{{Row: 3, Fields: []string{"id=1", "lat=50,05"}}}}, // Case import-sep-line.
		{name: "stated delimiter, quoted", in: "\ufeff\"sep=,\"\r\na,b;c\r\n1,2\r\n", want: []recordtest.Row{{Row: 3, Fields: []string{"a=1", "b;c=2"}}}},
		{name: "stated tab", in: "SEP=\t\na\tb,c\n1\t2\n", want: []recordtest.Row{{Row: 3, Fields: []string{"a=1", "b,c=2"}}}},
		{name: "stated delimiter, overruled", in: "sep=;\na|b\n1|2\n", opt: Options{Delimiter: '|'}, want: []recordtest.Row{{Row: 3, Fields: []string{"a=1", "b=2"}}}},
		{name: "titles above the header", in: "Report, of, May\n\na;b\n1;2\n", opt: Options{SkipRows: 2}, want: []recordtest.Row{{Row: 4, Fields: []string{"a=1", "b=2"}}}},
		{name: "stated delimiter and titles", in: "sep=|\nReport;;;\na|b\n1|2\n", opt: Options{SkipRows: 2}, want: []recordtest.Row{{Row: 4, Fields: []string{"a=1", "b=2"}}}},
		{name: "everything skipped", in: "a\n1\n", opt: Options{SkipRows: 9}, err: "the file is empty: there is no header row"},

		// Case import-unnamed-column.
		{name: "trailing delimiters", in: "a;b;\n1;2;\n3;4\n5;6;x\n", want: []recordtest.Row{
			{Row: 2, Fields: []string{"a=1", "b=2", "="}}, {Row: 3, Fields: []string{"a=3", "b=4"}}, {Row: 4, Fields: []string{"a=5", "b=6", "=x"}},
		}},
		{name: "no name", in: ",a,,b\n0,1,2,3\n", want: []recordtest.Row{{Row: 2, Fields: []string{"=0", "a=1", "=2", "b=3"}}}},
		{name: "same name", in: "a,b, a\n1,2,3\n", want: []recordtest.Row{{Row: 2, Fields: []string{"a=1", "b=2", "a=3"}}}},
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
		{name: "header not valid", in: "\xb3\n", err: "row 1: the header cannot be read: the text is not valid utf-8; state the encoding of the file"},
		{name: "delimiter unusable", in: "a", opt: Options{Delimiter: '"'}, err: `delimiter '"' cannot be used`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []recordtest.Row
			r, err := open(test.in, test.encoding, test.opt)
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
	r, err := open("a,b\n"+strings.Repeat(",                                                             \n", maxBlank/32), "", Options{})
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
		r, err := open(in, "", Options{Delimiter: ','})
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
			if n := len(row.Fields); n < r.rows.least || n > r.rows.most {
				t.Fatalf("row %d has %d fields of %d", row.Row, n, r.rows.most)
			}
			var values []string
			for i, field := range row.Fields {
				values = append(values, strings.TrimPrefix(field, r.Columns()[i]+"="))
			}
			got = append(got, values)
		}
		if readErr != nil || strings.Contains(in, "\r") || in[0] >= 0x80 || strings.Contains(strings.ToLower(in), "sep=") {
			return // encoding/csv supports neither CR nor byte order marks nor stated delimiters
		}
		oracle := csv.NewReader(strings.NewReader(in))
		oracle.FieldsPerRecord = -1
		oracle.LazyQuotes = true
		want, err := oracle.ReadAll()
		if err != nil {
			t.Fatalf("encoding/csv rejects what Reader accepts: %v", err)
		}
		want = slices.DeleteFunc(want, isBlank)[1:]
		for i := range want {
			want[i] = want[i][:min(len(want[i]), r.rows.most)]
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-encoding/csv +got):\n%s", diff)
		}
	})
}

// FuzzSplitter checks that each byte of a text is in exactly one row.
func FuzzSplitter(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "a,b,c,d\r\"x\r\n1,2,3,4\r\n1,2\",3,4\r", "\"\"\"\n\n\"", "\",\"\n\",\"\n"} {
		f.Add(seed, 4)
	}
	f.Fuzz(func(t *testing.T, in string, columns int) {
		s := splitter{in: iotest.OneByteReader(strings.NewReader(in)), delimiter: ',', least: columns, most: columns}
		size := 0
		for {
			_, err := s.next()
			if errors.Is(err, io.EOF) {
				break
			}
			var invalid rowError
			if err != nil && !errors.As(err, &invalid) {
				t.Fatal(err)
			}
			size += s.size
		}
		if size != len(in) {
			t.Fatalf("%d of %d bytes are in a row", size, len(in))
		}
	})
}

package ingest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/pinezka/pinezka/ingest/recordtest"
)

func compressed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	fmt.Fprint(z, text)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Case import-gzip-trailing-zeros.
func TestGzip(t *testing.T) {
	one, two := compressed(t, "a\n1\n"), compressed(t, "2\n")
	tests := []struct {
		name, in string
		rows     int
		err      string
	}{
		{"one member", one, 1, ""},
		{"two members", one + two, 2, ""},
		{"an empty member", one + compressed(t, "") + two, 2, ""},
		{"zeros after it", one + two + strings.Repeat("\x00", 70_000), 2, ""},
		{"text after it", one + "text", 1, "open a.csv.gz: read the beginning: there is something else after the compressed data"},
		{"a member after zeros", one + "\x00\x00" + two, 1, "open a.csv.gz: read the beginning: there is something else after the compressed data"},
		{"cut off", one + two[:len(two)-3], 1, "open a.csv.gz: read the beginning: unexpected EOF"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var rows []recordtest.Row
			r, err := Open("a.csv.gz", iotest.HalfReader(strings.NewReader(test.in)), Options{})
			if err == nil {
				rows, err = recordtest.ReadAll(r)
			}
			if got := recordtest.ErrorText(err); got != test.err || len(rows) != test.rows && test.err == "" {
				t.Errorf("%d rows, error %q; want %d, %q", len(rows), got, test.rows, test.err)
			}
		})
	}
}

// FuzzGzip checks that what gzip can read is read alike.
func FuzzGzip(f *testing.F) {
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x4b\xe4\x02\x00\x07\xa1\xea\xdd\x02\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, in []byte) {
		z, err := gzip.NewReader(bytes.NewReader(in))
		if err != nil {
			return
		}
		want, err := io.ReadAll(z)
		if err != nil {
			return
		}
		r, err := decompress(bytes.NewReader(in))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%q is decompressed to %q, %v; want %q", in, got, err, want)
		}
	})
}

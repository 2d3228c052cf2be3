package ingest

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/ingest/record"
)

// rejectAll returns what a RejectionWriter writes for all records of a file.
func rejectAll(t *testing.T, name, content string) string {
	t.Helper()
	r := openText(t, name, content)
	var b bytes.Buffer
	w := NewRejectionWriter(&b, r)
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(rec, "no place"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRejectionsHaveTheColumnsOfTheFile(t *testing.T) {
	const in = "id;title;;lat\n=1+1;a;x;-5,5\n2;\"b;c\";;\n3\n4;\"open;;\n5;d;;7\n"
	want := "row;reason;id;title;;lat\n2;no place;'=1+1;a;x;-5,5\n3;no place;2;\"b;c\";;\n4;no place;3\n5;no place;4;\"\"\"open\";;\n6;no place;5;d;;7\n"
	got := rejectAll(t, "x.csv", in)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again := strings.ReplaceAll(rejectAll(t, "x.csv", got), "\n", "\n ")
	if strings.Contains(again, "row;reason;row") || !strings.Contains(again, ";'=1+1;a;x;-5,5") {
		t.Errorf("rejected again:\n%s", again)
	}
}

func TestRejectedFeaturesAreFeatures(t *testing.T) {
	const in = `{"type":"FeatureCollection","features":[
{"type":"Feature","id":1,"properties":{"n":1.50},"geometry":{"type":"Point","coordinates":["x",1]}},
{}, 5, {"type":"Feature" "x":1}]}`
	const want = `{"type":"FeatureCollection","name":"rejected features","features":[
{"row":1,"reason":"no place","type":"Feature","id":1,"properties":{"n":1.50},"geometry":{"type":"Point","coordinates":["x",1]}},
{"row":2,"reason":"no place"},
{"row":3,"reason":"no place","type":"Feature","properties":{"source":"5"},"geometry":null},
{"row":4,"reason":"no place","type":"Feature","properties":{"source":"{\"type\":\"Feature\" \"x\":1}"},"geometry":null}
]}
`
	got := rejectAll(t, "x.geojson", in)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, rejectAll(t, "x.geojson", got)); diff != "" {
		t.Errorf("rejected again (-want +got):\n%s", diff)
	}
	lines := rejectAll(t, "x.geojson", `{"type":"Feature","properties":{"a":1},"foreign":1,"geometry":null}`)
	if !strings.Contains(lines, `{"row":1,"reason":"no place","geometry":null,"properties":{"a":1},"type":"Feature"}`) {
		t.Errorf("a single feature:\n%s", lines)
	}
	if err := record.CheckJSON([]byte(rejectAll(t, "x.geojson", `{"type":"FeatureCollection","features":[]}`))); err != nil {
		t.Error(err)
	}
}

// Case import-rejects-deletes-a-file.
func TestIsRejections(t *testing.T) {
	for head, want := range map[string]bool{
		rejectAll(t, "x.csv", "a\n1\n"): true, rejectAll(t, "x.csv", "a;b\n"): true, rejectAll(t, "x.tsv", "a\tb\n"): true,
		rejectAll(t, "x.json", `{"type":"Feature"}`): true, "\ufeff\n\nrow,reason,id\n": true, "row,external_id,reason\n": true,
		"precious\n": false, "row\nreason\n": false, "row,reasons\n": false, "": false, `{"type":"FeatureCollection","features":[]}`: false,
	} {
		if got := IsRejections([]byte(head)); got != want {
			t.Errorf("%q: %t, want %t", head, got, want)
		}
	}
}

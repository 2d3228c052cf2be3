package ingest

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRejectionWriter(t *testing.T) {
	var b bytes.Buffer
	w := NewRejectionWriter(&b)
	for _, r := range []Rejection{
		{2, "a,b", "place: there are no coordinates"},
		{3, "=1+1", "x"}, {4, "-5", "x"}, {5, "@x", "x"}, {6, "", "x"}, {7, "＝1", "x"},
	} {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	const want = "row,external_id,reason\n2,\"a,b\",place: there are no coordinates\n3,'=1+1,x\n4,'-5,x\n5,'@x,x\n6,,x\n7,'＝1,x\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSafeID(t *testing.T) {
	for in, want := range map[string]string{
		"a\tb\r\n\u202ec": "a b c", "x@y.pl": "", strings.Repeat("x", 200): strings.Repeat("x", maxID) + "…", "": "",
	} {
		if got := safeID(in); got != want {
			t.Errorf("safeID(%q) is %q, want %q", in, got, want)
		}
	}
}

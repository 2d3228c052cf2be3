package textdiff_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/web/textdiff"
)

func TestDifference(t *testing.T) {
	for _, c := range []struct {
		before, after string
		want          []textdiff.Part
	}{
		{"", "", nil},
		{"Dziura w chodniku", "Dziura w chodniku", []textdiff.Part{{"same", "Dziura w chodniku"}}},
		{"Dziura w chodniku.", "Duża dziura w jezdni.", []textdiff.Part{
			{"removed", "Dziura"}, {"added", "Duża"}, {"same", " "}, {"added", "dziura "}, {"same", "w "}, {"removed", "chodniku"}, {"added", "jezdni"}, {"same", "."},
		}},
		{"a", "", []textdiff.Part{{"removed", "a"}}},
	} {
		if diff := cmp.Diff(c.want, textdiff.Words(c.before, c.after)); diff != "" {
			t.Errorf("%q to %q (-want +got):\n%s", c.before, c.after, diff)
		}
	}
}

func FuzzDifference(f *testing.F) {
	f.Add("Dziura w chodniku.", "Duża dziura w jezdni.")
	f.Fuzz(func(t *testing.T, before, after string) {
		var a, b strings.Builder
		for _, p := range textdiff.Words(before, after) {
			if p.Kind != "added" {
				a.WriteString(p.Text)
			}
			if p.Kind != "removed" {
				b.WriteString(p.Text)
			}
		}
		if a.String() != before || b.String() != after {
			t.Errorf("%q and %q become %q and %q", before, after, a.String(), b.String())
		}
	})
}

func TestDifferenceIsBounded(t *testing.T) {
	start := time.Now()
	textdiff.Words(strings.Repeat("a,b ", 1000), strings.Repeat("c.d ", 1000))
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("it takes %v", took)
	}
}

package charts

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/page"
)

// TestCountBreaks checks that breaks are round, distinct and begin with 1, and
// that none is for counts of 0, however many these are.
func TestCountBreaks(t *testing.T) {
	many := make([]int, 500)
	for i := range many {
		many[i] = i
	}
	for _, test := range []struct{ counts, want []int }{
		{nil, nil}, {[]int{0, 0, 0}, nil}, {[]int{0, 1}, []int{1}}, {[]int{1, 3, 7}, []int{1, 2, 5}}, {[]int{0, 0, 0, 0, 0, 9}, []int{1, 2, 5}},
		{[]int{1, 1, 1, 900}, []int{1, 2, 5, 10, 500}}, {many, []int{1, 100, 200, 500}},
	} {
		got := CountBreaks(test.counts)
		if diff := cmp.Diff(test.want, got); diff != "" && len(test.counts) < 100 {
			t.Errorf("%v (-want +got):\n%s", test.counts, diff)
		}
		for i := 1; i < len(got); i++ {
			if got[i] <= got[i-1] {
				t.Errorf("%v: %v", test.counts, got)
			}
		}
	}
}

// TestCountClasses checks that the labels of classes leave no gap, and that each
// count is in the class whose label has it.
func TestCountClasses(t *testing.T) {
	texts, err := i18n.Load(page.Files, Files)
	if err != nil {
		t.Fatal(err)
	}
	breaks := []int{1, 2, 5, 2000}
	var labels []string
	for _, c := range CountClasses(texts.Messages("en"), breaks) {
		labels = append(labels, c.Label)
	}
	if diff := cmp.Diff([]string{"0", "1", "2–4", "5–1,999", "2,000+"}, labels); diff != "" {
		t.Error(diff)
	}
	for n, want := range map[int]int{0: 0, 1: 1, 2: 2, 4: 2, 5: 3, 1999: 3, 2000: 4, 1 << 40: 4} {
		if got := ClassOf(breaks, n); got != want {
			t.Errorf("%d is in class %d, want %d", n, got, want)
		}
	}
}

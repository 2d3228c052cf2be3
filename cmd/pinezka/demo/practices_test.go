package demo_test

import (
	"testing"

	"github.com/pinezka/pinezka/cmd/pinezka/demo"
)

// TestPractices checks that the district accepts the practices, and that each has its
// texts in every language.
func TestPractices(t *testing.T) {
	d, err := demo.District()
	if err != nil {
		t.Fatal(err)
	}
	all, err := demo.Practices()
	if err != nil || len(all) != 3 {
		t.Fatalf("%d practices, %v", len(all), err)
	}
	for _, p := range all {
		if _, err := d.AcceptRecord(p); err != nil {
			t.Errorf("%s: %v", p.Title(&d), err)
		}
		for field, text := range p.Texts {
			if len(text) != len(d.Languages) {
				t.Errorf("%s: %s is in %d languages", p.Title(&d), field, len(text))
			}
		}
	}
}

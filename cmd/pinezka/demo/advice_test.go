package demo_test

import (
	"testing"

	"github.com/pinezka/pinezka/cmd/pinezka/demo"
)

// TestAnswers checks that the topics and the answers are those that a district accepts.
func TestAnswers(t *testing.T) {
	d, err := demo.District()
	if err != nil {
		t.Fatal(err)
	}
	if d.Topics, err = demo.Topics(); err != nil || d.CheckTopics(d.Topics) != nil || len(d.Topics) != 6 {
		t.Fatalf("%d topics, %v, %v", len(d.Topics), err, d.CheckTopics(d.Topics))
	}
	answers, err := demo.Answers()
	if err != nil || len(answers) != 3 {
		t.Fatalf("%d answers, %v", len(answers), err)
	}
	for _, a := range answers {
		if _, err := d.AcceptRecord(a); err != nil {
			t.Errorf("%q: %v", a.Texts["question"]["pl"], err)
		}
	}
}

package civic_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestCheckTopics checks that every fault is said of the topic that has it.
func TestCheckTopics(t *testing.T) {
	d := district()
	label := civic.Text{d.Languages[0]: "Law"}
	if err := d.CheckTopics([]civic.Topic{{Slug: "law", Label: label, TargetDays: 14}, {Slug: "money", Label: label, TargetDays: 1}}); err != nil {
		t.Error(err)
	}
	err := d.CheckTopics([]civic.Topic{
		{Slug: "law", Label: label, TargetDays: 14}, {Slug: "law", Label: label, TargetDays: 0}, {Slug: "A b", Label: civic.Text{d.Languages[0]: " "}, TargetDays: 366},
	})
	var faults civic.Faults
	if !errors.As(err, &faults) {
		t.Fatal(err)
	}
	var got []string
	for _, f := range faults {
		got = append(got, f.Field+" "+f.Code+" "+f.Detail[:len("topic 1")])
	}
	want := []string{
		"slug repeated topic 2", "target_days malformed topic 2", "slug malformed topic 3", "target_days malformed topic 3", "label missing topic 3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if err := d.CheckTopics(make([]civic.Topic, civic.MaxTopics+1)); !errors.Is(err, civic.ErrInvalid) {
		t.Error(err)
	}
}

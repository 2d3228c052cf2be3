package index_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// TestChangedThings checks that a version says which kinds of things have changed
// after an earlier one, and that pins have not.
func TestChangedThings(t *testing.T) {
	first := index.New(civic.District{Slug: "test"}, new(index.Rows), index.Config{})
	second := first.WithThings(civic.OfficeThing)
	third := second.WithThings(civic.PinThing)
	for _, test := range []struct {
		since *index.Version
		want  []civic.ThingKind
	}{
		{first, []civic.ThingKind{civic.PinThing, civic.OfficeThing}},
		{second, []civic.ThingKind{civic.PinThing}},
		{third, nil},
	} {
		if got := third.ChangedThings(test.since.Number); !cmp.Equal(got, test.want) {
			t.Errorf("since %d: %v, want %v", test.since.Number, got, test.want)
		}
		if cells, ok := third.ChangedCells(test.since.Number, 8, 10); !ok || len(cells) != 0 {
			t.Errorf("since %d: pins of %v have changed (%v)", test.since.Number, cells, ok)
		}
	}
	if got := first.ChangedThings(0); got != nil {
		t.Errorf("the first version: %v", got)
	}
}

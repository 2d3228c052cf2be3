package store_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

func TestPendingPins(t *testing.T) {
	t.Parallel()
	s, d, _ := open(t)
	in := civic.Draft{Category: "trees", Title: "Lipa", Body: "Usycha", Point: orb.Point{19.95, 50.05}}
	outside := civic.Draft{Category: "help", Title: "Pomoc", Point: orb.Point{20.09, 50.05}}
	first, second, third := add(t, s, d, in, civic.Pending), add(t, s, d, outside, civic.Pending), add(t, s, d, in, civic.Pending)
	public := add(t, s, d, in, civic.Published)
	want := []civic.PendingPin{
		{ID: first, CategoryID: 1, Title: "Lipa", Body: "Usycha", AreaID: 1, ShownAreaID: 1, ReportedOn: 20000},
		{ID: second, CategoryID: 2, Title: "Pomoc", ReportedOn: 20000},
	}
	got, err := s.PendingPins(t.Context(), d, 2)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("pending pins: %v (-want +got):\n%s", err, diff)
	}

	if n, err := hide(t, s, d, moderator, []int64{first, third, public}, "doubles"); n != 3 || err != nil {
		t.Errorf("hide: %d, %v", n, err)
	}
	if _, err := hide(t, s, d, resident, []int64{second}, "x"); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("hide a pending pin as a resident: %v", err)
	}
	if _, err := hide(t, s, d, moderator, []int64{second}, " "); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("hide without a reason: %v", err)
	}
	counts, err := s.CountPublications(t.Context())
	wantCounts := map[int32]map[civic.Publication]int{d.ID: {civic.Hidden: 3, civic.Pending: 1}}
	if diff := cmp.Diff(wantCounts, counts); err != nil || diff != "" {
		t.Errorf("counts: %v (-want +got):\n%s", err, diff)
	}
}

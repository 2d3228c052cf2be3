package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

func TestPinsAreShownAtTheirShownLocations(t *testing.T) {
	s, d, conn := open(t)
	where := orb.Point{19.9512, 50.0523}
	exact := add(t, s, d, civic.Draft{Category: "trees", Title: "Exact", Point: where, Email: "a@example.org"}, civic.Published)
	blurred := add(t, s, d, civic.Draft{Category: "help", Title: "Blurred", Point: where, Email: "A@example.org"}, civic.Published)
	hexOnly := add(t, s, d, civic.Draft{Category: "fear", Title: "Hex only", Point: where}, civic.Published)
	pending := add(t, s, d, civic.Draft{Category: "trees", Title: "Pending", Point: where}, civic.Pending)

	cell, err := geo.CellAt(where)
	if err != nil {
		t.Fatal(err)
	}
	want := map[int64]orb.Point{exact: where, blurred: cell.Parent(civic.BlurResolution).Centre()}
	page, err := s.Pins(t.Context(), d, civic.PinQuery{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	got := map[int64]orb.Point{}
	for _, p := range page.Pins {
		got[p.ID] = p.Location.Point
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("shown locations (-want +got):\n%s", diff)
	}
	for _, id := range []int64{pending, hexOnly} {
		if _, err := s.Pin(t.Context(), d, id); !errors.Is(err, civic.ErrNotFound) {
			t.Errorf("pin %d, which has no public record, can be read: %v", id, err)
		}
	}
	var contacts int
	if err := conn.QueryRow(t.Context(), `select count(*) from contacts`).Scan(&contacts); err != nil || contacts != 1 {
		t.Errorf("%d contacts (%v), want one for both spellings of an address", contacts, err)
	}
}

func TestPublish(t *testing.T) {
	s, d, conn := open(t)
	draft := civic.Draft{Category: "trees", Title: "Trees", Point: orb.Point{19.95, 50.05}}
	public := add(t, s, d, draft, civic.Published)
	pending, hidden := add(t, s, d, draft, civic.Pending), add(t, s, d, draft, civic.Hidden)
	withdrawn := add(t, s, d, draft, civic.Withdrawn)
	unknown := withdrawn + 1000
	states := func() (all string) {
		t.Helper()
		err := conn.QueryRow(t.Context(), `select string_agg(publication, ' ' order by pin_id) from pins`).Scan(&all)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	const before = "published pending hidden withdrawn"
	for name, test := range map[string]struct {
		ids   []int64
		actor civic.Actor
		want  error
		pin   int64 // that the error names
	}{
		"unknown pin":       {[]int64{pending, unknown}, moderator, civic.ErrNotFound, unknown},
		"withdrawn pin":     {[]int64{pending, withdrawn}, moderator, civic.ErrConflict, withdrawn},
		"nobody":            {[]int64{pending}, civic.Actor{}, civic.ErrNotFound, pending},
		"resident":          {[]int64{pending}, resident, civic.ErrNotFound, pending},
		"animator, hidden":  {[]int64{pending, hidden}, animator, civic.ErrForbidden, hidden},
		"unknown pin first": {[]int64{unknown, pending}, moderator, civic.ErrNotFound, unknown},
		"public, unknown":   {[]int64{public}, civic.Actor{}, civic.ErrUnauthenticated, public},
		"public, resident":  {[]int64{public}, resident, civic.ErrForbidden, public},
	} {
		_, err := publish(t, s, d, test.actor, test.ids)
		if !errors.Is(err, test.want) || !strings.Contains(err.Error(), fmt.Sprintf("thing %d: ", test.pin)) {
			t.Errorf("%s: got %v, want pin %d: %v", name, err, test.pin, test.want)
		}
		if got := states(); got != before {
			t.Errorf("%s: pins are %s, want %s", name, got, before)
		}
	}
	n, err := publish(t, s, d, moderator, []int64{hidden, pending, public, pending})
	if err != nil || n != 2 {
		t.Errorf("got %d, %v, want 2", n, err)
	}
	if got, want := states(), "published published published withdrawn"; got != want {
		t.Errorf("pins are %s, want %s", got, want)
	}
}

func TestPublishDoesNotChangeOtherDistricts(t *testing.T) {
	s, d, conn := open(t)
	other := district()
	other.Slug = "other"
	if err := s.AddDistrict(t.Context(), &other); err != nil {
		t.Fatal(err)
	}
	draft := civic.Draft{Category: "trees", Title: "Trees", Point: orb.Point{19.95, 50.05}}
	mine, theirs := add(t, s, d, draft, civic.Pending), add(t, s, &other, draft, civic.Pending)
	for _, ids := range [][]int64{{theirs}, {mine, theirs}} {
		if n, err := publish(t, s, d, moderator, ids); n != 0 || !errors.Is(err, civic.ErrNotFound) {
			t.Errorf("publish %v: got %d, %v, want %v", ids, n, err, civic.ErrNotFound)
		}
	}
	// The primary key of a pin is its district and its id, so another district
	// may have a pin with the same id.
	for _, statement := range []string{`update pins set pin_id = $1 where pin_id = $2`, `update things set thing_id = $1 where thing_id = $2`} {
		if _, err := conn.Exec(t.Context(), statement, mine, theirs); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := publish(t, s, d, moderator, []int64{mine}); n != 1 || err != nil {
		t.Errorf("got %d, %v, want 1", n, err)
	}
	var publication string
	err := conn.QueryRow(t.Context(), `select publication from pins where district_id = $1`, other.ID).Scan(&publication)
	if err != nil || publication != "pending" {
		t.Errorf("the pin of the other district is %s, %v, want pending", publication, err)
	}
}

func TestConcurrentPublish(t *testing.T) {
	s, d, _ := open(t)
	draft := civic.Draft{Category: "trees", Title: "Trees", Point: orb.Point{19.95, 50.05}}
	ids := make([]int64, 20)
	for i := range ids {
		ids[i] = add(t, s, d, draft, civic.Pending)
	}
	var published atomic.Int64
	var wg sync.WaitGroup
	for i := range 8 {
		order := slices.Clone(ids)
		if i%2 == 1 {
			slices.Reverse(order)
		}
		wg.Go(func() {
			n, err := publish(t, s, d, moderator, order)
			if err != nil {
				t.Error(err)
			}
			published.Add(int64(n))
		})
	}
	wg.Wait()
	if n := published.Load(); n != int64(len(ids)) {
		t.Errorf("%d pins were reported as published, want %d", n, len(ids))
	}
}

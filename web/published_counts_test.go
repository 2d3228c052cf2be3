package web_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
)

// TestEveryCountComesFromTheIndex reads every outlet of random districts while
// pins vanish from the database of a server whose index does not follow it. No
// outlet may differ when those that are published only in counts vanish, and
// only lists of pins may differ when all do: whatever is counted passes the
// release of package tiles. A new route joins by itself.
func TestEveryCountComesFromTheIndex(t *testing.T) {
	a := newAttack(t, 30, 4, func(s *store.Store, _ *pgxpool.Pool) web.Store { return s })
	for _, bypass := range a.bypasses() {
		t.Error(bypass)
	}
}

// TestFrozenCounts reads every outlet of random districts while those pins vanish
// that are published only in counts, and the index follows. No outlet may differ:
// all that is ever published of them are leaves, which stay as they are.
func TestFrozenCounts(t *testing.T) {
	a := newAttack(t, 30, 4, func(s *store.Store, _ *pgxpool.Pool) web.Store { return s })
	requests := make([][]request, len(a.targets))
	for i, d := range a.targets {
		requests[i] = a.requests(d)
	}
	before := a.all(requests)
	counted := 0
	if err := a.sql.QueryRow(t.Context(), `select coalesce(sum(pins), 0) from leaves`).Scan(&counted); err != nil || counted == 0 {
		t.Fatalf("%d pins are counted (%v)", counted, err)
	}
	a.vanish(`delete from pins where visibility = 'hex'`)
	a.follow()
	for i, after := range a.all(requests) {
		for _, difference := range differences(before[i], after) {
			t.Error(difference)
		}
	}
}

// TestBypassesAreFound checks that a store whose results depend on what is
// published only in counts is found, where they do, and nowhere else.
func TestBypassesAreFound(t *testing.T) {
	a := newAttack(t, 5, 1, func(s *store.Store, sql *pgxpool.Pool) web.Store { return countingStore{s, sql} })
	bypasses := a.bypasses()
	if len(bypasses) == 0 {
		t.Error("no bypass is found")
	}
	for _, bypass := range bypasses {
		if request, _, _ := strings.Cut(bypass, " "); !strings.Contains(request, "q=") {
			t.Error(bypass)
		}
	}
}

// countingStore is a store whose search depends on pins that are published only
// in counts.
type countingStore struct {
	*store.Store
	sql *pgxpool.Pool
}

func (s countingStore) SearchPins(ctx context.Context, d *civic.District, _ string, _ int) (ids []int64, err error) {
	var n int
	err = s.sql.QueryRow(ctx, `select count(*) from pins where district_id = $1 and publication = 'published' and visibility = 'hex'`, d.ID).Scan(&n)
	if n > 0 {
		err = civic.ErrTooMany
	}
	return ids, err
}

// bypasses returns the requests whose counts do not come from the index.
func (a *attack) bypasses() (all []string) {
	live, err := tiles.Load(a.Context(), a.store) // does not follow
	if err != nil {
		a.Fatal(err)
	}
	a.serve(live)
	requests := make([][]request, len(a.targets))
	for i, d := range a.targets {
		requests[i] = a.requests(d)
	}
	before := a.all(requests)
	a.vanish(`delete from pins where visibility = 'hex'`)
	for i, after := range a.all(requests) {
		for _, r := range requests[i] {
			a.answered[r.route()] = a.answered[r.route()] || strings.HasPrefix(before[i][r.String()], "200")
		}
		all = append(all, differences(before[i], after)...)
	}
	a.vanish(`delete from pins`)
	for i, after := range a.all(requests) {
		all = append(all, differences(countsAlone(requests[i], before[i]), countsAlone(requests[i], after))...)
	}
	a.checkAnswered()
	return all
}

// vanish deletes pins.
func (a *attack) vanish(statement string) {
	if tag, err := a.sql.Exec(a.Context(), statement); err != nil || int(tag.RowsAffected()) < len(a.targets) {
		a.Fatalf("%s: %d rows, %v", statement, tag.RowsAffected(), err)
	}
}

// countsAlone returns the responses without those that are lists of pins, and of
// pages that contain one their counts. Words are searched in the database, and the
// form of a thing names the pins that it is to be linked to.
func countsAlone(requests []request, from responses) responses {
	counts := regexp.MustCompile(`data-(?:total|count)="[^"]*"[^<]*`)
	lists := []string{"/api/v1/districts/{district}/pins", "/api/v1/districts/{district}/pins/{id}", "/d/{district}/pins/{id}", "/d/{district}/pins/{id}/report", "/d/{district}/pins/{id}/support", "/d/{district}/pins/{id}.atom", "/d/{district}/pins.atom", "/d/{district}/follow", "/d/{district}/pins.csv", "/d/{district}/pins.xlsx", "/d/{district}/pins.geojson"}
	out := responses{}
	for _, r := range requests {
		switch {
		case slices.Contains(lists, r.pattern) || strings.Contains(r.target, "q=") || isOfKind(r.pattern, "/new"):
		case slices.Contains([]string{"/d/{district}", "/d/{district}/print", "/d/{district}/areas/{area}", "/d/{district}/hotspots"}, r.pattern):
			found := counts.FindAllString(from[r.String()], -1)
			out[r.String()] = fmt.Sprintln(len(found), found)
		default:
			out[r.String()] = from[r.String()]
		}
	}
	return out
}

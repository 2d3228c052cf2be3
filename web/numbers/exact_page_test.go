package numbers_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestExactNumbers checks that the staff see exact numbers beside those that are
// public, marked as exact, those of an area where they have no other, and that
// nobody else sees them and nothing keeps them.
func TestExactNumbers(t *testing.T) {
	now := time.Date(2026, 11, 15, 12, 0, 0, 0, time.UTC)
	s := webtest.OpenConfig(t, web.Config{Now: func() time.Time { return now }}, webtest.District(civic.ModerateAfter), nil)
	d := s.Live.Districts()[0].District
	add := func(n int, category string, lon float64, email string) {
		t.Helper()
		for i := range n {
			pin, err := d.Accept(civic.Draft{
				Category: category, Title: "Pin", Point: orb.Point{lon, 50.03 + 1e-4*float64(i)}, ReportedOn: 20575, Email: email, // 2 May 2026
			}, civic.MaxDay)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Store.AddPin(t.Context(), &d, civic.Actor{}, pin, civic.Published); err != nil {
				t.Fatal(err)
			}
		}
	}
	const west, east, ewa = 19.92, 19.97, "ewa@example.org"
	add(3, "trees", west, "")
	add(4, "trees", west, ewa)
	add(2, "trees", east, ewa)
	add(3, "fear", west, ewa) // one person, so that nothing of it is public
	s.WaitForPins(t, 9)
	moderator := s.SignIn(t, "anna@example.org", civic.Moderator, "")
	animator := s.SignIn(t, "jan@example.org", civic.Animator, "west")

	const page = "/d/trial/desk/numbers"
	rows := func(who []string, query string) (rows []string) {
		t.Helper()
		resp, body := s.Do(t, "GET", page+".csv"+query, "", append([]string{"Accept-Language", "en"}, who...)...)
		if resp.StatusCode != http.StatusOK || !strings.Contains(resp.Header.Get("Cache-Control"), "no-store") {
			t.Fatalf("%s: status %d, %s", query, resp.StatusCode, resp.Header.Get("Cache-Control"))
		}
		all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\uFEFF"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range all[1:] {
			rows = append(rows, strings.Join(row, " "))
		}
		return rows
	}
	// category, published, public, waiting, voices, without a contact
	for _, c := range []struct {
		who   []string
		query string
		want  []string
	}{
		{moderator, "", []string{"Trees 9 9 0 4 3", "Strach 3 0 0 1 0", "Together 12 9 0 4 3"}},
		{moderator, "?from=2026-05&to=2026-05&area=east", []string{"Trees 2 2 0 1 0", "Together 2 2 0 1 0"}},
		{moderator, "?from=2026-06", []string{"Together 0 0 0 0 0"}},
		{animator, "", []string{"Trees 7 7 0 4 3", "Strach 3 0 0 1 0", "Together 10 7 0 4 3"}},
	} {
		if diff := cmp.Diff(c.want, rows(c.who, c.query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.query, diff)
		}
	}

	s.CheckSheets(t, page, page+".xlsx", []string{"Data", "By area"}, moderator...)
	s.CheckSheets(t, page+"?area=west", page+".xlsx?area=west", []string{"Data"}, moderator...)
	if _, err := s.Connect(t).Exec(t.Context(), `
		with added as (
		  insert into sources
		  select district_id, 1, 'archive' from districts
		)
		update pins set source_id = 1, external_id = 'a' where pin_id = (select min(pin_id) from pins)`); err != nil {
		t.Fatal(err)
	}
	s.CheckSheets(t, page, page+".xlsx", []string{"Data", "By area", "By the way they came"}, moderator...)

	get := func(path string, who ...string) (int, string) {
		t.Helper()
		resp, body := s.Do(t, "GET", path, "", append([]string{"Accept-Language", "en"}, who...)...)
		return resp.StatusCode, body
	}
	status, body := get(page, moderator...)
	for _, want := range []string{"Exact numbers, for the staff only.", "12 pins are published. 4 voices are behind them, 3 of them without a contact.", "<td>3.3 (0.9 to 8.5)</td>", "<td>–</td>", "Computed from 12 published pins by their exact place."} {
		if status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("status %d: the page lacks %q", status, want)
		}
	}
	if _, body := get(page+"?area=west", moderator...); !strings.Contains(body, "That is 3.3 (0.9 to 8.5) voices per 1,000 residents.") {
		t.Error("the page of an area lacks the rate of its voices")
	}
	for _, path := range []string{page, page + ".csv", page + ".xlsx"} {
		if status, _ := get(path); status != http.StatusSeeOther {
			t.Errorf("%s: status %d for anybody", path, status)
		}
	}
	if status, _ := get(page+"?area=east", animator...); status != http.StatusForbidden {
		t.Errorf("status %d for an animator of another area", status)
	}
	if status, _ := get(page+"?from=2026-05-03", moderator...); status != http.StatusBadRequest {
		t.Errorf("status %d for days", status)
	}
	if status, body := get("/d/trial/desk", moderator...); status != http.StatusOK || !strings.Contains(body, `href="/d/trial/desk/numbers"`) {
		t.Error("the desk does not lead to exact numbers")
	}
}

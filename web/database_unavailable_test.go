package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestDatabaseUnavailable checks that while the database cannot be reached, the
// last version of the map is served, the page says that the list is
// unavailable, and the form keeps what was entered.
func TestDatabaseUnavailable(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	stopDatabase(t, s)

	resp, body := s.Do(t, "GET", "/d/trial?kind=need&lang=en", "")
	if resp.StatusCode != http.StatusOK || !strings.Contains(body, "<pinezka-map") || !strings.Contains(body, "cannot show the list right now") || !strings.Contains(body, "30 pins") || !strings.Contains(body, "30 sensitive pins") {
		t.Errorf("the map page: status %d", resp.StatusCode)
	}
	if resp, body := s.Do(t, "GET", "/d/trial?lang=en", ""); resp.StatusCode != http.StatusOK || strings.Contains(body, "What is going on?") {
		t.Errorf("the page without filters: status %d", resp.StatusCode)
	}
	if resp, _ := s.Do(t, "GET", "/tiles/trial/pins/11/1137/694.mvt", ""); resp.StatusCode != http.StatusOK {
		t.Errorf("a tile: status %d", resp.StatusCode)
	}
	for _, path := range []string{"/pins", "/represents?lon=19.96&lat=50.03"} {
		resp, body = s.Do(t, "GET", "/api/v1/districts/trial"+path, "")
		webtest.CheckBusy(t, resp, body)
	}
	resp, body = s.Do(t, "GET", "/d/trial/represents?lon=19.96&lat=50.03&lang=en", "")
	if resp.StatusCode != http.StatusOK || !strings.Contains(body, "in East") || !strings.Contains(body, "cannot be shown right now") {
		t.Errorf("who represents a place: status %d", resp.StatusCode)
	}

	form := url.Values{"lon": {"19.95"}, "lat": {"50.03"}, "category": {"trees"}, "title": {"Wierzba przy <stawie>"}, "body": {"Długi opis"}, "email": {"ktos@example.org"}, "key": {"ABCDEFGHIJKLMNOPQRSTUVWXYZ"}}
	resp, body = s.Do(t, "POST", "/d/trial/add?lang=en", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" {
		t.Errorf("the form: status %d", resp.StatusCode)
	}
	for _, kept := range []string{"may not have been saved", "Press the button below again", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "Wierzba przy &lt;stawie&gt;", "Długi opis", "ktos@example.org", `value="19.95"`, `value="trees"`} {
		if !strings.Contains(body, kept) {
			t.Errorf("the form has lost %q", kept)
		}
	}
	form.Set("step", "1")
	form.Set("do", "search")
	form.Set("place", "rynek")
	resp, body = s.Do(t, "POST", "/d/trial/add?lang=en", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" || !strings.Contains(body, "The search is not responding") || !strings.Contains(body, "Długi opis") {
		t.Errorf("the place search of the form: status %d", resp.StatusCode)
	}
	resp, body = s.Do(t, "GET", "/d/trial/pins/1?lang=en", "")
	if resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "temporarily unavailable") {
		t.Errorf("the page of a pin: status %d", resp.StatusCode)
	}
}

// stopDatabase makes the database refuse connections, terminates those that it
// has, and waits until they are closed.
func stopDatabase(t *testing.T, s *webtest.Site) {
	t.Helper()
	cfg, err := pgx.ParseConfig(s.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	name := cfg.Database
	cfg.Database = "template1"
	conn, err := pgx.ConnectConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), `alter database `+pgx.Identifier{name}.Sanitize()+` allow_connections false`); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		var connections int
		err := conn.QueryRow(t.Context(), `select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = $1`, name).Scan(&connections)
		if err != nil {
			t.Fatal(err)
		}
		if connections == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d connections are not closed", connections)
		}
	}
}

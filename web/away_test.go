package web_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
)

// TestRecordAway: while the database cannot be reached, the map stands as it was,
// lists say so, and a pin that was typed is still there.
func TestRecordAway(t *testing.T) {
	s := open(t, "trial", civic.ModerateAfter)
	s.takeDatabaseAway(t)

	resp, body := s.call(t, "GET", "/d/trial?kind=need&lang=en", "")
	if resp.StatusCode != http.StatusOK || !strings.Contains(body, "<pinezka-map") || !strings.Contains(body, "cannot show the list right now") || !strings.Contains(body, "60 pins") {
		t.Errorf("the map's page: status %d", resp.StatusCode)
	}
	if resp, _ := s.call(t, "GET", "/tiles/trial/pins/11/1137/694.mvt", ""); resp.StatusCode != http.StatusOK {
		t.Errorf("a tile: status %d", resp.StatusCode)
	}
	resp, body = s.call(t, "GET", "/api/v1/districts/trial/pins", "")
	checkBusy(t, resp, []byte(body))

	form := url.Values{"lon": {"19.95"}, "lat": {"50.03"}, "category": {"trees"}, "title": {"Wierzba przy <stawie>"}, "body": {"Długi opis"}, "email": {"ktos@example.org"}}
	resp, body = s.call(t, "POST", "/d/trial/add?lang=en", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" {
		t.Errorf("the form: status %d", resp.StatusCode)
	}
	for _, kept := range []string{"may not have been saved", "Wierzba przy &lt;stawie&gt;", "Długi opis", "ktos@example.org", `value="19.95"`, `value="trees"`} {
		if !strings.Contains(body, kept) {
			t.Errorf("the form has lost %q", kept)
		}
	}
	resp, body = s.call(t, "GET", "/d/trial/pins/1?lang=en", "")
	if resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "temporarily unavailable") {
		t.Errorf("a pin's page: status %d", resp.StatusCode)
	}
}

// takeDatabaseAway: it ends all connections, and takes none any more.
func (s *site) takeDatabaseAway(t *testing.T) {
	t.Helper()
	cfg, err := pgx.ParseConfig(s.database)
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
	for _, statement := range []string{
		`alter database ` + pgx.Identifier{name}.Sanitize() + ` allow_connections false`,
		`select pg_terminate_backend(pid) from pg_stat_activity where datname = '` + name + `'`,
	} {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReadableFromAnywhere: pages of other origins may read what the API gives,
// refusals too, and ask for it with If-None-Match.
func TestReadableFromAnywhere(t *testing.T) {
	s := still(t, web.Config{})
	for path, status := range map[string]int{
		"/tiles/trial/pins/12/2274/1388.mvt": 200, "/tiles/trial/pins/99/0/0.mvt": 400, "/api/v1/districts/trial/stats": 200,
		"/api/v1/nothing": 404, "/openapi.yaml": 200, "/readyz": 200,
	} {
		resp, _ := get(t, s.URL+path)
		if resp.StatusCode != status || resp.Header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(resp.Header.Get("Access-Control-Expose-Headers"), "ETag") {
			t.Errorf("%s: status %d, %v", path, resp.StatusCode, resp.Header)
		}
		ask, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, s.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		ask.Header.Set("Origin", "https://example.org")
		ask.Header.Set("Access-Control-Request-Method", "GET")
		ask.Header.Set("Access-Control-Request-Headers", "if-none-match")
		preflight, err := http.DefaultClient.Do(ask)
		if err != nil {
			t.Fatal(err)
		}
		preflight.Body.Close()
		if preflight.StatusCode != http.StatusNoContent || preflight.Header.Get("Access-Control-Allow-Methods") != "GET, HEAD" || preflight.Header.Get("Access-Control-Allow-Headers") == "" {
			t.Errorf("preflight of %s: status %d, %v", path, preflight.StatusCode, preflight.Header)
		}
	}
	if resp, _ := get(t, s.URL+"/d/nowhere"); resp.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("a page may be read by others")
	}
}

// TestLargeBodyIsRefused before all of it is read.
func TestLargeBodyIsRefused(t *testing.T) {
	s := open(t, "trial", civic.ModerateAfter)
	const size = 64 << 20
	body := &spaces{}
	req, err := http.NewRequestWithContext(t.Context(), "POST", s.URL+"/api/v1/districts/trial/pins", io.LimitReader(body, size))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", resp.StatusCode)
	}
	if taken := body.read.Load(); taken > size/4 {
		t.Errorf("%d bytes were taken", taken)
	}
}

// spaces is a body of spaces that counts what is read of it.
type spaces struct{ read atomic.Int64 }

func (s *spaces) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	s.read.Add(int64(len(b)))
	return len(b), nil
}

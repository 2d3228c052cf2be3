package maps_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// openStream opens the stream of changes of the district, with pairs of header
// fields and values, until the test ends.
func openStream(t *testing.T, s *webtest.Site, header ...string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/api/v1/districts/trial/changes", nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

// TestChangesAreStreamed checks that an open stream receives the cell of a new
// pin.
func TestChangesAreStreamed(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	resp := openStream(t, s)
	if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("status %d, %s", resp.StatusCode, kind)
	}
	lines := bufio.NewScanner(resp.Body)
	if !lines.Scan() || lines.Text() != "retry: 3000" {
		t.Fatalf("the stream begins with %q", lines.Text())
	}
	if resp, body := s.Do(t, "POST", "/api/v1/districts/trial/pins", `{"category":"trees","title":"Nowe","lon":19.9321,"lat":50.0311}`, "Content-Type", "application/json"); resp.StatusCode != http.StatusCreated {
		t.Fatalf("status %d: %s", resp.StatusCode, body)
	}
	cell, err := geo.CellAt(orb.Point{19.9321, 50.0311})
	if err != nil {
		t.Fatal(err)
	}
	want := `data: {"cells":["` + cell.Parent(8).String() + `"]}`
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "data:") {
			if lines.Text() != want {
				t.Errorf("got %s, want %s", lines.Text(), want)
			}
			return
		}
	}
	t.Fatalf("the stream ends: %v", lines.Err())
}

// TestChangedThingsAreStreamed checks that an open stream receives the name of the
// layer in which a thing has changed, also where another server has changed it.
func TestChangedThingsAreStreamed(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	resp := openStream(t, s)
	other, err := store.Open(t.Context(), store.Config{URL: s.DatabaseURL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Close)
	v, _ := s.Live.District("trial")
	office, err := v.District.AcceptRecord(webtest.Office("Dyżur", "", orb.Point{19.93, 50.03}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Do(t.Context(), &v.District, civic.Actor{Kind: civic.Operator, Name: "root"}, civic.Command{Action: civic.Submit, Kind: civic.OfficeThing, Content: office}); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			if want := `{"things":["offices"]}`; data != want {
				t.Errorf("got %s, want %s", data, want)
			}
			return
		}
	}
	t.Fatal("the stream ends")
}

// TestStreamsAreShared checks that one address may have all streams, and that
// another address then receives one in the place of its oldest.
func TestStreamsAreShared(t *testing.T) {
	s := webtest.Static(t, web.Config{StreamLimit: 3, BehindProxy: true})
	open := func(address string) *http.Response {
		t.Helper()
		return openStream(t, s, "X-Forwarded-For", address)
	}
	oldest := open("192.0.2.1")
	for i, want := range []int{200, 200, 503} {
		if resp := open("192.0.2.1"); resp.StatusCode != want {
			t.Errorf("stream %d of one address: status %d, want %d", i+2, resp.StatusCode, want)
		}
	}
	if resp := open("198.51.100.1"); resp.StatusCode != http.StatusOK {
		t.Errorf("the stream of another address: status %d", resp.StatusCode)
	}
	if body, err := io.ReadAll(oldest.Body); err != nil || string(body) != "retry: 3000\n\n" { // until it ends
		t.Errorf("the oldest stream: %q, %v", body, err)
	}
}

// TestChangesSince checks that a client that sends the id of its page, or of an
// event, receives what has changed since, and one that sends the id of another
// process that everything may have changed.
func TestChangesSince(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	_, page := s.Do(t, "GET", "/d/trial", "")
	_, rest, found := strings.Cut(page, "/changes?since=")
	since, _, _ := strings.Cut(rest, "&#34;")
	if !found || since == "" {
		t.Fatal("the page names no version")
	}
	if resp, body := s.Do(t, "POST", "/api/v1/districts/trial/pins", `{"category":"trees","title":"Nowe","lon":19.9321,"lat":50.0311}`, "Content-Type", "application/json"); resp.StatusCode != http.StatusCreated {
		t.Fatalf("status %d: %s", resp.StatusCode, body)
	}
	s.WaitForPins(t, 91)
	cell, err := geo.CellAt(orb.Point{19.9321, 50.0311})
	if err != nil {
		t.Fatal(err)
	}
	cells := `{"cells":["` + cell.Parent(8).String() + `"]}`
	_, number, _ := strings.Cut(since, "-")
	for name, test := range map[string]struct{ query, header, want string }{
		"of the page":         {"?since=" + since, "", cells},
		"of the last event":   {"?since=no-such", since, cells},
		"of another process":  {"?since=OTHER-" + number, "", `{"all":true}`},
		"before this one":     {"?since=" + number, "", `{"all":true}`},
		"that has never been": {"?since=" + since + "zzzz", "", `{"all":true}`},
	} {
		ctx, leave := context.WithTimeout(t.Context(), time.Minute)
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/api/v1/districts/trial/changes"+test.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		if test.header != "" {
			req.Header.Set("Last-Event-ID", test.header)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for lines := bufio.NewScanner(resp.Body); got == "" && lines.Scan(); {
			got, _ = strings.CutPrefix(lines.Text(), "data: ")
			if got == lines.Text() {
				got = ""
			}
		}
		if got != test.want {
			t.Errorf("an id %s: got %q, want %q", name, got, test.want)
		}
		resp.Body.Close()
		leave()
	}
}

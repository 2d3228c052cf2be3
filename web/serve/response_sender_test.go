package serve_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestSendingIsBounded checks that responses that slow clients have not read
// count against the limit, and that other responses are sent once those clients
// have disconnected.
func TestSendingIsBounded(t *testing.T) {
	const hexes = "/api/v1/districts/trial/hexes?res=9"
	s := webtest.Static(t, web.Config{SendLimit: 1 << 20})
	t.Run("blocked", func(t *testing.T) {
		slowClient(t, s.URL, largeResponsePath) // larger than the limit: it is sent alone
		resp, body := s.Do(t, "GET", hexes, "")
		webtest.CheckBusy(t, resp, body)
		if resp, body := s.Do(t, "GET", "/healthz", ""); resp.StatusCode != http.StatusOK {
			t.Errorf("/healthz: status %d: %s", resp.StatusCode, body)
		}
	}) // closes the connection of the slow client
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		resp, body := s.Do(t, "GET", hexes, "")
		if resp.StatusCode == http.StatusOK {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("status %d long after the slow client has disconnected: %s", resp.StatusCode, body)
		}
	}
}

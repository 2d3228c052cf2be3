package serve_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
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

// largeResponsePath is the path of a response of some megabytes.
const largeResponsePath = "/api/v1/districts/trial/hexes?res=11"

// slowClient requests a path and reads only the first line of the response.
func slowClient(t *testing.T, url, path string) (status string) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.(*net.TCPConn).SetReadBuffer(4096); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path)
	status, err = bufio.NewReaderSize(conn, 16).ReadString(' ')
	if err != nil {
		t.Fatal(err)
	}
	return status
}

// TestSlowClientsDoNotBlockRendering checks that clients that do not read their
// responses occupy no slot of the limiter.
func TestSlowClientsDoNotBlockRendering(t *testing.T) {
	s := webtest.Static(t, web.Config{RenderLimit: 2})
	for range 20 {
		slowClient(t, s.URL, largeResponsePath)
	}
	for _, path := range []string{"/tiles/trial/pins/12/2274/1388.mvt", "/tiles/trial/hexes/12/2274/1388.mvt?kind=need", "/api/v1/districts/trial/stats"} {
		if resp, body := s.Do(t, "GET", path, ""); resp.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d: %s", path, resp.StatusCode, body)
		}
	}
}

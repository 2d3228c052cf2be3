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

// largeResponsePath is the path of a response of some megabytes.
const largeResponsePath = "/api/v1/districts/trial/hexes?res=11"

// slowClient requests a large response as a client of an address, and reads only
// its status.
func slowClient(t *testing.T, url, address string) (status string) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.(*net.TCPConn).SetReadBuffer(4096); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: %s\r\n\r\n", largeResponsePath, address)
	in := bufio.NewReaderSize(conn, 16)
	if _, err = in.ReadString(' '); err == nil {
		status, err = in.ReadString(' ')
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(status)
}

// TestSlowClientsDoNotBlockRendering checks that clients that do not read their
// responses occupy no slot of the limiter.
func TestSlowClientsDoNotBlockRendering(t *testing.T) {
	s := webtest.Static(t, web.Config{RenderLimit: 2})
	for range 20 {
		slowClient(t, s.URL, "192.0.2.1")
	}
	for _, path := range []string{"/tiles/trial/pins/12/2274/1388.mvt", "/tiles/trial/hexes/12/2274/1388.mvt?kind=need", "/api/v1/districts/trial/stats"} {
		if resp, body := s.Do(t, "GET", path, ""); resp.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d: %s", path, resp.StatusCode, body)
		}
	}
}

// TestSendingIsBounded checks that responses that slow clients have not read
// count against the limit, and that other responses are sent once those clients
// have disconnected.
func TestSendingIsBounded(t *testing.T) {
	const hexes = "/api/v1/districts/trial/hexes?res=9"
	s := webtest.Static(t, web.Config{SendLimit: 1 << 20})
	t.Run("blocked", func(t *testing.T) {
		slowClient(t, s.URL, "192.0.2.1") // larger than the limit: it is sent alone
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

// TestSlowReadersOfOneAddress checks that the slow readers of one address, who
// hold all that may be sent at once, do not keep out others: each other request
// is served, in the place of the oldest response of that address.
func TestSlowReadersOfOneAddress(t *testing.T) {
	s := webtest.Static(t, web.Config{SendLimit: 6 << 20, BehindProxy: true})
	refused := 0
	for range 12 {
		if slowClient(t, s.URL, "203.0.113.9, 192.0.2.1") == "503" {
			refused++
		}
	}
	if refused == 0 {
		t.Fatal("the slow readers do not hold all of it")
	}
	for range 5 {
		slowClient(t, s.URL, "198.51.100.2")
	}
	for _, path := range []string{"/api/v1/districts/trial/hexes?res=9", "/api/v1/districts/trial/hexes?res=11", "/tiles/trial/pins/12/2274/1388.mvt", "/api/v1/districts/trial/stats", "/openapi.yaml"} {
		if resp, body := s.Do(t, "GET", path, "", "X-Forwarded-For", "198.51.100.1"); resp.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d: %s", path, resp.StatusCode, body)
		}
	}
}

package web_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
)

// still is a server whose district never changes.
func still(t *testing.T, cfg web.Config) *httptest.Server {
	t.Helper()
	cfg.Live = tiles.New(tiles.Config{Source: single{}})
	cfg.Record, cfg.Logger = nothing{}, slog.New(slog.DiscardHandler)
	go cfg.Live.Run(t.Context())
	for !cfg.Live.State().Ready {
		time.Sleep(time.Millisecond)
	}
	server, err := web.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(server.Handler())
	t.Cleanup(h.Close)
	return h
}

// large is an answer of some megabytes.
const large = "/api/v1/districts/trial/hexes?res=11"

// slowClient asks for a path and reads no more than the answer's first line.
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

func get(t *testing.T, url string) (*http.Response, []byte) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, body
}

// checkBusy holds that an answer is the problem of a server that is busy.
func checkBusy(t *testing.T, resp *http.Response, body []byte) {
	t.Helper()
	var p struct{ Title, Detail string }
	if err := json.Unmarshal(body, &p); err != nil || p.Title == "" || p.Detail == "" {
		t.Errorf("not a problem: %v: %s", err, body)
	}
	if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" || resp.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("status %d, %v", resp.StatusCode, resp.Header)
	}
}

// TestSlowClientsKeepNobodyWaiting: those who do not read what they asked for
// hold no turn to draw.
func TestSlowClientsKeepNobodyWaiting(t *testing.T) {
	s := still(t, web.Config{Drawing: 2})
	for range 20 {
		slowClient(t, s.URL, large)
	}
	for _, path := range []string{"/tiles/trial/pins/12/2274/1388.mvt", "/tiles/trial/hexes/12/2274/1388.mvt?kind=need", "/api/v1/districts/trial/stats"} {
		if resp, body := get(t, s.URL+path); resp.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d: %s", path, resp.StatusCode, body)
		}
	}
}

// TestSendingIsBounded: what waits to be read by slow clients takes no more
// memory than Config.Sending, and the next answers are given again once they
// have gone.
func TestSendingIsBounded(t *testing.T) {
	const hexes = "/api/v1/districts/trial/hexes?res=9"
	s := still(t, web.Config{Sending: 1 << 20})
	t.Run("held", func(t *testing.T) {
		slowClient(t, s.URL, large) // larger than all that may be sent: it is given alone
		resp, body := get(t, s.URL+hexes)
		checkBusy(t, resp, body)
		if resp, body := get(t, s.URL+"/healthz"); resp.StatusCode != http.StatusOK {
			t.Errorf("it is said to be ill: status %d: %s", resp.StatusCode, body)
		}
	}) // which closes the slow client's connection
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		resp, body := get(t, s.URL+hexes)
		if resp.StatusCode == http.StatusOK {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("status %d long after the slow client has gone: %s", resp.StatusCode, body)
		}
	}
}

// TestTurnsAreBounded: of many who ask at once some are served, some wait, and
// the others are told to come again. (What they ask for must be made well within
// the time for which they wait.)
func TestTurnsAreBounded(t *testing.T) {
	const hexes = "/api/v1/districts/trial/hexes?res=10"
	s := still(t, web.Config{Drawing: 1})
	var served, refused atomic.Int32
	var all sync.WaitGroup
	for range 60 {
		all.Go(func() {
			resp, err := http.Get(s.URL + hexes)
			if err != nil {
				t.Error(err)
				return
			}
			defer resp.Body.Close()
			body, err := io.ReadAll(resp.Body)
			switch {
			case err != nil:
				t.Error(err)
			case resp.StatusCode == http.StatusOK:
				served.Add(1)
			default:
				refused.Add(1)
				checkBusy(t, resp, body)
			}
		})
	}
	all.Wait()
	if served.Load() < 9 || refused.Load() == 0 {
		t.Errorf("%d served, %d refused; want at least one and the eight who may wait, and not all", served.Load(), refused.Load())
	}
	if resp, _ := get(t, s.URL+hexes); resp.StatusCode != http.StatusOK {
		t.Errorf("afterwards: status %d", resp.StatusCode)
	}
}

// TestLongRequestsAreNotKept: what the cache keeps of a tile counts the request
// that it answers, which a client may make long.
func TestLongRequestsAreNotKept(t *testing.T) {
	s := still(t, web.Config{TileCache: 1 << 20})
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := heap()
	const requests, length = 600, 60 << 10
	for i := range requests {
		path := "/tiles/trial/pins/12/2274/1388.mvt?from=" + fmt.Sprintf("%d-01", 1970+i%100) + strings.Repeat("&kind=need", (length+i)/10)
		if i%2 > 0 {
			path = "/tiles/trial/pins/12/" + strings.Repeat("0", length+i) + "2274/1388.mvt?to=" + fmt.Sprintf("%d-%02d", 1970+i%100, 1+i%12)
		}
		if resp, body := get(t, s.URL+path); resp.StatusCode != http.StatusOK {
			t.Fatalf("status %d: %s", resp.StatusCode, body)
		}
	}
	if grown := heap() - before; grown > requests*length/4 {
		t.Errorf("the heap grew by %d KB after requests of %d KB", grown>>10, requests*length>>10)
	}
}

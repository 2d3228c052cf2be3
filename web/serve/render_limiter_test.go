package serve_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestLimiter checks that of many concurrent callers of a limiter with one
// slot, one runs, eight wait, and the others are refused immediately, and that
// waiting ends after five seconds.
func TestLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := serve.NewLimiter(1)
		if err := l.Acquire(t.Context()); err != nil {
			t.Fatal(err)
		}
		var waiting sync.WaitGroup
		served, refused := 0, 0
		var mu sync.Mutex
		for range 8 {
			waiting.Go(func() {
				err := l.Acquire(t.Context())
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					refused++
					return
				}
				served++
				l.Release()
			})
		}
		synctest.Wait() // until all eight wait
		var p *serve.Problem
		if err := l.Acquire(t.Context()); !errors.As(err, &p) || p.Status != http.StatusServiceUnavailable || p.RetryAfter == 0 {
			t.Errorf("the tenth caller: %v, want a problem with status 503", err)
		}
		l.Release()
		waiting.Wait()
		if served != 8 || refused != 0 {
			t.Errorf("%d waiting callers were served and %d refused, want eight served", served, refused)
		}

		if err := l.Acquire(t.Context()); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if err := l.Acquire(context.Background()); !errors.As(err, &p) || time.Since(began) != 5*time.Second {
			t.Errorf("waiting ended with %v after %s", err, time.Since(began))
		}
		l.Release()
	})
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

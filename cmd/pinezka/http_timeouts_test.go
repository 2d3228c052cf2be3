package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pinezka/pinezka/web/webtest"
)

// TestTimeouts checks that the server closes the connection of a client that
// sends or reads too slowly, or nothing, at the end of the timeout.
func TestTimeouts(t *testing.T) {
	const post = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
	for name, test := range map[string]struct {
		begin string // of what the client sends
		drip  bool   // whether it continues, with a byte a second
		after time.Duration
	}{
		"nothing":             {after: 10 * time.Second},
		"a header that stops": {begin: "GET / HTTP/1.1\r\nHost", after: 10 * time.Second},
		"a header that drips": {begin: "GET / HTTP/1.1\r\nX: ", drip: true, after: 10 * time.Second},
		"a body that stops":   {begin: post, after: 30 * time.Second},
		"a body that drips":   {begin: post, drip: true, after: 30 * time.Second},
		"between requests":    {begin: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", after: 2 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := webtest.NewPipeListener()
				h := newHTTPServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if _, err := io.Copy(io.Discard, r.Body); err != nil {
						panic(http.ErrAbortHandler)
					}
				}), quiet())
				done := make(chan error)
				go func() { done <- h.Serve(l) }()
				conn := l.Dial()
				closed := make(chan time.Time)
				begun := time.Now()
				go func() {
					_, _ = io.Copy(io.Discard, conn)
					closed <- time.Now()
				}()
				var sending sync.WaitGroup
				sending.Go(func() {
					_, err := fmt.Fprint(conn, test.begin)
					for test.drip && err == nil {
						time.Sleep(time.Second)
						_, err = fmt.Fprint(conn, "x")
					}
				})
				if took := (<-closed).Sub(begun); took < test.after || took > test.after+2*time.Second {
					t.Errorf("the connection was closed after %s, want %s", took, test.after)
				}
				_ = conn.Close()
				sending.Wait()
				_ = h.Close()
				if err := <-done; !errors.Is(err, http.ErrServerClosed) {
					t.Error(err)
				}
			})
		})
	}
}

// TestTimeToFirstByte checks that the server closes the connection of a client
// that reads nothing of a response without a deadline of its own.
func TestTimeToFirstByte(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := webtest.NewPipeListener()
		failed := make(chan error, 1)
		h := newHTTPServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, err := w.Write(make([]byte, 1<<20))
			failed <- err
		}), quiet())
		done := make(chan error)
		go func() { done <- h.Serve(l) }()
		conn := l.Dial()
		begun := time.Now()
		fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
		if err := <-failed; err == nil || time.Since(begun) != 2*time.Minute {
			t.Errorf("writing ended after %s: %v", time.Since(begun), err)
		}
		_ = conn.Close()
		_ = h.Close()
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
}

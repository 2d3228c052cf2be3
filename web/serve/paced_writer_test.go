package serve_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/webtest"
)

// serveInMemory serves a response of size bytes in the bubble of the test, and
// returns a connection on which it has been requested.
func serveInMemory(t *testing.T, size int) net.Conn {
	t.Helper()
	body := bytes.Repeat([]byte("0123456789abcdef"), size/16)
	sender := serve.NewSender(1 << 30)
	h := &http.Server{ReadHeaderTimeout: time.Minute, WriteTimeout: time.Minute, Handler: newRouter().Handler([]serve.Route{
		serve.API("GET", "/", serve.Public, serve.Read, func(w http.ResponseWriter, r *http.Request) error {
			return sender.SendContent(w, r, serve.Content{Type: "text/plain", Body: body})
		}),
	})}
	l := webtest.NewPipeListener()
	done := make(chan error)
	go func() { done <- h.Serve(l) }()
	t.Cleanup(func() {
		_ = h.Close()
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	conn := l.Dial()
	t.Cleanup(func() { _ = conn.Close() })
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	return conn
}

// TestSlowLine checks that a client on a slow line receives a large response,
// although that takes far longer than any timeout.
func TestSlowLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const size, rate = 4 << 20, 4 << 10 // in bytes, and in bytes a second
		conn := serveInMemory(t, size)
		begun := time.Now()
		resp, err := http.ReadResponse(bufio.NewReader(slowly{conn, rate}), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if n, err := io.Copy(io.Discard, resp.Body); err != nil || n != size || time.Since(begun) < size/rate*time.Second {
			t.Errorf("%d bytes in %s: %v", n, time.Since(begun), err)
		}
	})
}

// slowly reads at most so many bytes a second.
type slowly struct {
	io.Reader
	rate int
}

func (s slowly) Read(b []byte) (int, error) {
	time.Sleep(time.Second)
	return s.Reader.Read(b[:min(len(b), s.rate)])
}

// TestStalledClient checks that the connection of a client that stops reading is
// closed twenty seconds later, in the middle of the response.
func TestStalledClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const size = 4 << 20
		conn := serveInMemory(t, size)
		if _, err := io.CopyN(io.Discard, conn, size/2); err != nil {
			t.Fatal(err)
		}
		time.Sleep(21 * time.Second)
		synctest.Wait()
		if n, err := io.Copy(io.Discard, conn); err != nil && !errors.Is(err, io.ErrClosedPipe) || n > 0 {
			t.Errorf("%d more bytes were sent: %v", n, err)
		}
	})
}

package main

import (
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"github.com/pinezka/pinezka/web/serve"
)

// TestConnectionLimit checks that at the limit the address with the most
// connections loses its oldest one to another address.
func TestConnectionLimit(t *testing.T) {
	listener, err := net.Listen("tcp", ownHost()+":0")
	if err != nil {
		t.Fatal(err)
	}
	limited := limitConnections(listener, 64)
	if got := limited.shares.Metrics("").Limit; got < 100 || got > maxConnections {
		t.Errorf("the limit is %d", got)
	}
	limited.shares = serve.NewShares(3)
	t.Cleanup(func() { limited.Close() })
	accepted := make(chan net.Conn, 10)
	go func() {
		for {
			c, err := limited.Accept()
			if err != nil {
				return
			}
			accepted <- c
		}
	}()
	dial := func(from string) net.Conn {
		t.Helper()
		d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
		c, err := d.DialContext(t.Context(), "tcp", listener.Addr().String())
		if err != nil {
			t.Skipf("this system has one loopback address: %v", err)
		}
		t.Cleanup(func() { c.Close() })
		return c
	}
	closed := func(c net.Conn) bool {
		t.Helper()
		if err := c.SetReadDeadline(time.Now().Add(waitTimeout)); err != nil {
			t.Fatal(err)
		}
		_, err := c.Read(make([]byte, 1))
		return errors.Is(err, io.EOF)
	}
	var crowd, server []net.Conn
	for range 3 {
		crowd = append(crowd, dial("127.0.0.2"))
		server = append(server, <-accepted)
	}
	if more := dial("127.0.0.2"); !closed(more) {
		t.Error("one more connection of the same address is accepted")
	}
	dial("127.0.0.3")
	other := <-accepted
	if other.RemoteAddr().(*net.TCPAddr).IP.String() != "127.0.0.3" || !closed(crowd[0]) {
		t.Error("the oldest connection of the address with the most is not closed")
	}
	for _, c := range append(server, other) { // the first has been closed
		_ = c.Close()
		_ = c.Close()
	}
	if got := limited.shares.Metrics(""); got.Used != 0 || got.Cut != 1 || got.Refused != 1 {
		t.Errorf("at the end %+v", got)
	}
}

package main

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"sync"
	"syscall"

	"github.com/pinezka/pinezka/web/serve"
)

// A connection takes some 30 KB while it is open, and up to sendBuffer in the
// kernel while its client does not read.
const (
	maxConnections = 8192
	sendBuffer     = 128 << 10 // bytes, of which Linux takes twice as many
)

// connectionLimit is a listener with a limited number of open connections,
// divided fairly among the addresses of clients. Once there are as many, the
// address with the most loses its oldest connection.
type connectionLimit struct {
	net.Listener
	ipv6Prefix int
	shares     *serve.Shares
}

// limitConnections limits the connections to maxConnections, or to three
// quarters of the files that the process may open if that is less.
func limitConnections(listener net.Listener, ipv6Prefix int) *connectionLimit {
	limit := int64(maxConnections)
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err == nil {
		limit = min(limit, int64(min(files.Cur, maxConnections*4)*3/4))
	}
	return &connectionLimit{listener, ipv6Prefix, serve.NewShares(limit)}
}

// Accept returns the next connection.
func (l *connectionLimit) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err //nolint:wrapcheck // net/http tries again after a temporary one
		}
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetWriteBuffer(sendBuffer) // an error if the client has left
		}
		address, _ := netip.ParseAddrPort(c.RemoteAddr().String()) // the zero AddrPort on a socket that is not IP
		release, err := l.shares.Take(serve.ClientAt(address.Addr(), l.ipv6Prefix), 1, func() { _ = c.Close() })
		if err != nil {
			_ = c.Close()
			continue
		}
		return &limitedConnection{Conn: c, release: sync.OnceFunc(release)}, nil
	}
}

// limitedConnection is a connection that counts until it is closed.
type limitedConnection struct {
	net.Conn
	release func()
}

// Write writes b. After a deadline, closing the connection discards what the
// client has not received, which would otherwise stay in the kernel for minutes.
func (c *limitedConnection) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	if tcp, ok := c.Conn.(*net.TCPConn); ok && errors.Is(err, os.ErrDeadlineExceeded) {
		_ = tcp.SetLinger(0) // an error if the client has left
	}
	return n, err //nolint:wrapcheck // crypto/tls and net/http look at its type
}

// Close closes the connection.
func (c *limitedConnection) Close() error {
	c.release()
	return c.Conn.Close() //nolint:wrapcheck // the error of the connection itself
}

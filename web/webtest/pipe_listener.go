package webtest

import (
	"net"
	"sync"
)

// PipeListener is a listener of connections in memory without buffers, so that
// a test in a bubble of testing/synctest can check timeouts without waiting.
// Use NewPipeListener to create one.
type PipeListener struct {
	connections chan net.Conn
	closed      chan struct{}
	once        sync.Once
}

// NewPipeListener returns a listener.
func NewPipeListener() *PipeListener {
	return &PipeListener{connections: make(chan net.Conn), closed: make(chan struct{})}
}

// Dial returns the end of the client of a new connection.
func (l *PipeListener) Dial() net.Conn {
	client, server := net.Pipe()
	l.connections <- server
	return client
}

// Accept implements net.Listener.
func (l *PipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.connections:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (l *PipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr implements net.Listener.
func (l *PipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }

package serve

import (
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"time"
)

// A client must receive each chunk of a response within chunkTimeout, which is
// 3.2 KB/s: a slow line is served for as long as it takes, and a client that
// does not read is not.
const (
	chunkSize    = 64 << 10
	chunkTimeout = 20 * time.Second
)

// pacedWriter writes a response in chunks, and extends the deadline with each of
// them. It protects a response that depends on who has signed in.
type pacedWriter struct {
	http.ResponseWriter
	state   *requestState // nil for none
	stopped atomic.Bool
}

func newPacedWriter(w http.ResponseWriter, state *requestState) *pacedWriter {
	return &pacedWriter{ResponseWriter: w, state: state}
}

// WriteHeader writes the headers with the status.
func (p *pacedWriter) WriteHeader(status int) {
	p.state.protect(p.Header())
	p.ResponseWriter.WriteHeader(status)
}

// Unwrap returns the writer for http.ResponseController.
func (p *pacedWriter) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// Write writes b.
func (p *pacedWriter) Write(b []byte) (n int, err error) {
	p.state.protect(p.Header())
	for chunk := range slices.Chunk(b, chunkSize) {
		p.extend()
		written, err := p.ResponseWriter.Write(chunk)
		n += written
		if err != nil {
			return n, fmt.Errorf("send response: %w", err)
		}
	}
	return n, nil
}

// extend sets the deadline of the next chunk. After stop, that is in the past.
func (p *pacedWriter) extend() {
	p.setDeadline(time.Now().Add(chunkTimeout))
	if p.stopped.Load() {
		p.expire()
	}
}

// stop makes the current and all later writes fail, so that the connection is
// closed before the response is complete.
func (p *pacedWriter) stop() {
	p.stopped.Store(true)
	p.expire()
}

func (p *pacedWriter) expire() { p.setDeadline(time.Unix(1, 0)) }

func (p *pacedWriter) setDeadline(t time.Time) {
	_ = http.NewResponseController(p.ResponseWriter).SetWriteDeadline(t) // not supported by the recorder of a test
}

// stopper returns the function that cuts the response of w short.
func stopper(w http.ResponseWriter) func() {
	if p, ok := w.(*pacedWriter); ok {
		return p.stop
	}
	return func() {} // the recorder of a test
}

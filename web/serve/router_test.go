package serve_test

import (
	"io"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestLargeBodyIsRefused checks that a large body is refused before all of it is
// read.
func TestLargeBodyIsRefused(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const size = 64 << 20
	body := &spaces{}
	req, err := http.NewRequestWithContext(t.Context(), "POST", s.URL+"/api/v1/districts/trial/pins", io.LimitReader(body, size))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", resp.StatusCode)
	}
	if taken := body.read.Load(); taken > size/4 {
		t.Errorf("%d bytes were taken", taken)
	}
}

// spaces is an endless body of spaces that counts what is read of it.
type spaces struct{ read atomic.Int64 }

func (s *spaces) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	s.read.Add(int64(len(b)))
	return len(b), nil
}

package serve_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// TestPathID checks that only what can be an id is one.
func TestPathID(t *testing.T) {
	for in, want := range map[string]int64{"1": 1, "42": 42, "0": 0, "-3": 0, "4a": 0, "": 0, "9223372036854775808": 0} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.SetPathValue("id", in)
		got, err := serve.PathID(r, "pin")
		if got != want || (err == nil) != (want != 0) || err != nil && !errors.Is(err, civic.ErrNotFound) {
			t.Errorf("%q: %d, %v", in, got, err)
		}
	}
}

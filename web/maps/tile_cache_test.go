package maps_test

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestCacheCountsLengthOfQueries checks that the query of a tile, whose length
// the client chooses, counts against the budget of the cache, and that no
// request line is kept.
func TestCacheCountsLengthOfQueries(t *testing.T) {
	s := webtest.Static(t, web.Config{TileCache: 1 << 20})
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
		if resp, body := s.Do(t, "GET", path, ""); resp.StatusCode != http.StatusOK {
			t.Fatalf("status %d: %s", resp.StatusCode, body)
		}
	}
	if grown := heap() - before; grown > requests*length/4 {
		t.Errorf("the heap grew by %d KB after requests of %d KB", grown>>10, requests*length>>10)
	}
}

package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestLibrary checks that 200 residents behind one address, such as that of a
// library or of a mobile network, can all load the page, its files, tiles, list
// and statistics at once while each has a stream of changes open.
func TestLibrary(t *testing.T) {
	const residents = 200
	s := webtest.Open(t, civic.ModerateAfter)
	_, page := s.Do(t, "GET", "/d/trial", "")
	var paths []string
	for _, m := range regexp.MustCompile(`(?:src|href)="(/assets/[^"]+)"`).FindAllStringSubmatch(page, -1) {
		paths = append(paths, m[1])
	}
	paths = append(paths, "/d/trial", "/api/v1/districts/trial/pins?limit=30", "/api/v1/districts/trial/stats")
	for x := 1136; x < 1139; x++ {
		for _, layer := range []string{"pins", "areas", "hexes"} {
			paths = append(paths, fmt.Sprintf("/tiles/trial/%s/11/%d/694.mvt", layer, x))
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	var streaming, all sync.WaitGroup
	streaming.Add(residents)
	for range residents {
		all.Go(func() {
			client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 6}} // as a browser
			defer client.CloseIdleConnections()
			stream := open(ctx, t, client, s.URL+"/api/v1/districts/trial/changes")
			streaming.Done()
			if stream == nil {
				return
			}
			defer stream.Close()
			streaming.Wait()
			var loading sync.WaitGroup
			for _, path := range paths {
				loading.Go(func() {
					if body := open(ctx, t, client, s.URL+path); body != nil {
						if _, err := io.Copy(io.Discard, body); err != nil {
							t.Errorf("%s: %v", path, err)
						}
						_ = body.Close()
					}
				})
			}
			loading.Wait()
			if line, err := bufio.NewReader(stream).ReadString('\n'); err != nil || line != "retry: 3000\n" {
				t.Errorf("the stream begins with %q: %v", line, err)
			}
		})
	}
	all.Wait()
}

// open returns the body of a response with status 200. For any other it reports
// an error and returns nil.
func open(ctx context.Context, t *testing.T, client *http.Client, url string) io.ReadCloser {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Error(err)
		return nil
	}
	resp, err := client.Do(r)
	if err != nil {
		t.Error(err)
		return nil
	}
	if resp.StatusCode != http.StatusOK {
		t.Errorf("%s: status %d", url, resp.StatusCode)
		_ = resp.Body.Close()
		return nil
	}
	return resp.Body
}

package serve_test

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// TestRepresentation checks the entity tags, the headers and the content coding
// of a response, and of 304 and HEAD.
func TestRepresentation(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const path = "/tiles/trial/pins/11/1137/694.mvt"
	tags := map[string]string{}
	for _, coding := range []string{"identity", "gzip", "zstd"} {
		resp, body := s.Do(t, "GET", path, "", "Accept-Encoding", coding)
		h := resp.Header
		tag := h.Get("ETag")
		if resp.StatusCode != http.StatusOK || len(body) < 500 || !strings.HasPrefix(tag, `"`) || tags[tag] != "" {
			t.Errorf("%s: status %d, %d bytes, tag %s", coding, resp.StatusCode, len(body), tag)
		}
		tags[tag] = coding
		if got := cmp.Or(h.Get("Content-Encoding"), "identity"); got != coding {
			t.Errorf("requested %s, got %s", coding, got)
		}
		if h.Get("Vary") != "Accept-Encoding" || h.Get("Cache-Control") != "no-cache" || h.Get("Content-Length") != strconv.Itoa(len(body)) {
			t.Errorf("%s: %v", coding, h)
		}
		again, rest := s.Do(t, "GET", path, "", "Accept-Encoding", coding, "If-None-Match", tag)
		if again.StatusCode != http.StatusNotModified || rest != "" || again.Header.Get("ETag") != tag {
			t.Errorf("%s again: status %d, %d bytes", coding, again.StatusCode, len(rest))
		}
		head, rest := s.Do(t, "HEAD", path, "", "Accept-Encoding", coding)
		if head.StatusCode != http.StatusOK || rest != "" || head.Header.Get("ETag") != tag || head.Header.Get("Content-Length") != h.Get("Content-Length") {
			t.Errorf("HEAD of %s: status %d, %v", coding, head.StatusCode, head.Header)
		}
	}
}

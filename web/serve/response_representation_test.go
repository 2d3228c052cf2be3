package serve_test

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
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

// TestCompressedBeforehand checks that variants which were compressed beforehand
// are sent to those who accept them as much as others.
func TestCompressedBeforehand(t *testing.T) {
	var p serve.Representation
	p.Set(serve.Content{Type: "text/javascript", CacheControl: serve.CacheForever, Body: bytes.Repeat([]byte("script "), 1000)})
	p.SetCompressed([]byte("brotli"), []byte("gzip"))
	sender := serve.NewSender(1 << 20)
	tags := map[string]string{}
	for _, tc := range []struct{ accept, coding, body string }{
		{"gzip, deflate, br, zstd", "br", "brotli"},
		{"gzip", "gzip", "gzip"},
		{"br;q=0.5, gzip", "gzip", "gzip"},
		{"br;q=0, gzip;q=0.1", "gzip", "gzip"},
		{"br", "br", "brotli"},
		{"br;q=0.5, identity", "", string(bytes.Repeat([]byte("script "), 1000))},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", tc.accept)
		if err := sender.SendPermanent(w, r, &p); err != nil {
			t.Fatal(err)
		}
		if got := w.Header().Get("Content-Encoding"); got != tc.coding || w.Body.String() != tc.body {
			t.Errorf("%s: content coding %q, %d bytes", tc.accept, got, w.Body.Len())
		}
		tag := w.Header().Get("ETag")
		if other, known := tags[tag]; tag == "" || known && other != tc.coding {
			t.Errorf("%s and %s have the tag %s", tc.coding, other, tag)
		}
		tags[tag] = tc.coding
	}
}

// TestEncodedRepresentation checks that content of which only the compressed
// variant is kept is sent like any other: with the same bytes, tags and lengths.
func TestEncodedRepresentation(t *testing.T) {
	for name, body := range map[string]string{"empty": "", "small": "x", "large": strings.Repeat("a line of some text, again and again\n", 100_000)} {
		sender := serve.NewSender(1 << 30)
		var whole, encoded serve.Representation
		whole.Set(serve.Content{Type: "text/plain", CacheControl: serve.NoCache, Body: []byte(body)})
		err := encoded.Encode("text/plain", serve.NoCache, func(w io.Writer) error {
			for piece := range slices.Chunk([]byte(body), 1000) {
				if _, err := w.Write(piece); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, coding := range []string{"", "gzip", "zstd"} {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				send := func(p *serve.Representation) *httptest.ResponseRecorder {
					w := httptest.NewRecorder()
					r := httptest.NewRequest(method, "/", nil)
					r.Header.Set("Accept-Encoding", coding)
					if err := sender.Send(w, r, p); err != nil {
						t.Fatal(err)
					}
					return w
				}
				want, got := send(&whole), send(&encoded)
				if coding == "zstd" { // another encoder may write other bytes of the same meaning
					want.Header().Del("Content-Length")
					got.Header().Del("Content-Length")
				} else if !bytes.Equal(want.Body.Bytes(), got.Body.Bytes()) {
					t.Errorf("%s, %s %q: %d bytes, want %d", name, method, coding, got.Body.Len(), want.Body.Len())
				}
				if diff := gocmp.Diff(want.Header(), got.Header()); diff != "" {
					t.Errorf("%s, %s %q: headers: %s", name, method, coding, diff)
				}
			}
		}
	}
	var p serve.Representation
	failed := errors.New("out of order")
	if err := p.Encode("text/plain", serve.NoCache, func(io.Writer) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("an encoder that fails: %v", err)
	}
}

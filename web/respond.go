package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// content is a whole answer.
type content struct {
	kind  string // Content-Type
	cache string // Cache-Control
	body  []byte
}

// Cache-Control of what follows the record, and of what never changes.
const (
	cacheLive    = "public, max-age=1, stale-while-revalidate=30"
	cacheForever = "public, max-age=31536000, immutable"
	cacheNone    = "no-cache"
)

// leastCompressed is the size below which compression does not pay.
const leastCompressed = 1024

// respond with a strong ETag of the content and its encoding; 304 where the
// client has it.
func respond(w http.ResponseWriter, r *http.Request, c content) error {
	h := w.Header()
	sum := sha256.Sum256(c.body)
	tag := base64.RawURLEncoding.EncodeToString(sum[:12])
	zipped := len(c.body) >= leastCompressed && acceptsGzip(r)
	if zipped {
		tag += "-gz"
	}
	etag := `"` + tag + `"`
	h.Set("ETag", etag)
	h.Set("Cache-Control", c.cache)
	h.Add("Vary", "Accept-Encoding")
	if matches(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	body := c.body
	if zipped {
		var err error
		if body, err = zip(c.body); err != nil {
			return err
		}
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Type", c.kind)
	h.Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client has gone if this fails
	}
	return nil
}

func zip(body []byte) ([]byte, error) {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(body); err != nil {
		return nil, fmt.Errorf("compress answer: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("compress answer: %w", err)
	}
	return out.Bytes(), nil
}

func acceptsGzip(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		coding, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if coding == "gzip" {
			return strings.ReplaceAll(params, " ", "") != "q=0"
		}
	}
	return false
}

// matches reports whether an If-None-Match header names the tag, by the weak
// comparison that RFC 9110 section 13.1.2 asks for.
func matches(header, etag string) bool {
	for _, part := range strings.Split(header, ",") {
		part = strings.TrimSpace(part)
		if part == "*" || strings.TrimPrefix(part, "W/") == etag {
			return true
		}
	}
	return false
}

// respondJSON writes v, with the media type given.
func respondJSON(w http.ResponseWriter, r *http.Request, kind, cache string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	return respond(w, r, content{kind, cache, append(body, '\n')})
}

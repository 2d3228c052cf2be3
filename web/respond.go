package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
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

// leastCompressed is the size in bytes below which compression does not pay.
const leastCompressed = 1024

// answer is content that may be given many times: its tag, and its compressed
// forms once somebody has asked for them.
type answer struct {
	kind, cache string
	tag         string // of the plain form, without quotes
	plain       []byte
	gzip, zstd  atomic.Pointer[[]byte]
}

func (a *answer) set(c content) {
	sum := sha256.Sum256(c.body)
	a.kind, a.cache, a.plain = c.kind, c.cache, c.body
	a.tag = base64.RawURLEncoding.EncodeToString(sum[:12])
}

// encoded form of the answer that the client takes, and its name ("" for plain).
func (a *answer) encoded(accept string) (body []byte, coding string, err error) {
	if len(a.plain) < leastCompressed {
		return a.plain, "", nil
	}
	switch {
	case accepts(accept, "zstd"):
		body, err = once(&a.zstd, a.plain, zstdOf)
		return body, "zstd", err
	case accepts(accept, "gzip"):
		body, err = once(&a.gzip, a.plain, gzipOf)
		return body, "gzip", err
	}
	return a.plain, "", nil
}

func once(kept *atomic.Pointer[[]byte], plain []byte, compress func([]byte) ([]byte, error)) ([]byte, error) {
	if b := kept.Load(); b != nil {
		return *b, nil
	}
	b, err := compress(plain)
	if err != nil {
		return nil, fmt.Errorf("compress answer: %w", err)
	}
	kept.Store(&b)
	return b, nil
}

// gzips holds writers, which are large, for the next answer.
var gzips = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // fails for an unknown level only
	return z
}}

func gzipOf(plain []byte) ([]byte, error) {
	var out bytes.Buffer
	z := gzips.Get().(*gzip.Writer)
	defer gzips.Put(z)
	z.Reset(&out)
	if _, err := z.Write(plain); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// zstds encodes for all answers: it may be used by many at once.
var zstds = sync.OnceValues(func() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<18))
})

func zstdOf(plain []byte) ([]byte, error) {
	z, err := zstds()
	if err != nil {
		return nil, err
	}
	return z.EncodeAll(plain, make([]byte, 0, len(plain)/2)), nil
}

// give the answer, with a strong tag of the content and its encoding; 304 where
// the client has it.
func (a *answer) give(w http.ResponseWriter, r *http.Request) error {
	body, coding, err := a.encoded(r.Header.Get("Accept-Encoding"))
	if err != nil {
		return err
	}
	etag := `"` + a.tag + `"`
	if coding != "" {
		etag = `"` + a.tag + "-" + coding + `"`
	}
	h := w.Header()
	h.Set("ETag", etag)
	h.Set("Cache-Control", a.cache)
	h.Add("Vary", "Accept-Encoding")
	if matches(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	h.Set("Content-Type", a.kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client has gone if this fails
	}
	return nil
}

// respond with content that is given once.
func respond(w http.ResponseWriter, r *http.Request, c content) error {
	var a answer
	a.set(c)
	return a.give(w, r)
}

// accepts reports whether an Accept-Encoding header names the coding, and does
// not refuse it with q=0.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q, given := strings.CutPrefix(strings.TrimSpace(params), "q=")
			weight, err := strconv.ParseFloat(q, 64)
			return !given || err == nil && weight > 0
		}
	}
	return false
}

// matches reports whether an If-None-Match header names the tag, by the weak
// comparison that RFC 9110 section 13.1.2 asks for.
func matches(header, etag string) bool {
	if header == "" {
		return false
	}
	for part := range strings.SplitSeq(header, ",") {
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

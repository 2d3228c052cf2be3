package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/cespare/xxhash/v2"
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

// leastCounted is the size in bytes up to which net/http keeps an answer in a buffer
// that each connection has anyway: such answers, those about health among them, are
// given however much is being sent.
const leastCounted = 4096

// answer is content that may be given many times: plain, and compressed once
// somebody has asked for that.
type answer struct {
	kind, cache [1]string // header values
	plain       form
	gzip, zstd  atomic.Pointer[form]
}

// form of an answer: its bytes, and the header values that go with them, ready
// made so that an answer given again costs no memory.
type form struct {
	body         []byte
	etag, length [1]string
	coding       []string // nil for plain
}

// Header values that all answers share. They are as long as their arrays are:
// http.Header.Add makes a copy.
var (
	gzipCoding, zstdCoding = []string{"gzip"}, []string{"zstd"}
	varyEncoding           = []string{"Accept-Encoding"}
)

func (a *answer) set(c content) {
	a.kind, a.cache = [1]string{c.kind}, [1]string{c.cache}
	a.plain = formOf(c.body, xxhash.Sum64(c.body), nil)
}

// formOf a body, with a strong tag of its plain form's hash and its coding.
func formOf(body []byte, hash uint64, coding []string) form {
	tag := make([]byte, 0, 32)
	tag = strconv.AppendUint(append(tag, '"'), hash, 36)
	for _, c := range coding {
		tag = append(append(tag, '-'), c...)
	}
	return form{body, [1]string{string(append(tag, '"'))}, [1]string{strconv.Itoa(len(body))}, coding}
}

// encoded form of the answer that the client takes.
func (a *answer) encoded(accept string) (*form, error) {
	if len(a.plain.body) < leastCompressed {
		return &a.plain, nil
	}
	switch {
	case accepts(accept, "zstd"):
		return once(&a.zstd, a.plain.body, zstdOf, zstdCoding)
	case accepts(accept, "gzip"):
		return once(&a.gzip, a.plain.body, gzipOf, gzipCoding)
	}
	return &a.plain, nil
}

func once(kept *atomic.Pointer[form], plain []byte, compress func([]byte) ([]byte, error), coding []string) (*form, error) {
	if f := kept.Load(); f != nil {
		return f, nil
	}
	b, err := compress(plain)
	if err != nil {
		return nil, fmt.Errorf("compress answer: %w", err)
	}
	f := formOf(b, xxhash.Sum64(plain), coding)
	kept.Store(&f)
	return &f, nil
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

// give an answer, with a strong tag of the content and its encoding; 304 where
// the client has it. It fails with 503 where so much is being sent that no more
// would fit in Config.Sending.
func (s *Server) give(w http.ResponseWriter, r *http.Request, a *answer) error {
	if size := min(int64(len(a.plain.body)), int64(s.cfg.Sending)); size > leastCounted {
		if !s.sending.TryAcquire(size) {
			return busy()
		}
		defer s.sending.Release(size)
	}
	f, err := a.encoded(r.Header.Get("Accept-Encoding"))
	if err != nil {
		return err
	}
	h := w.Header()
	h["Etag"] = f.etag[:]
	h["Cache-Control"] = a.cache[:]
	if h["Vary"] == nil {
		h["Vary"] = varyEncoding
	} else {
		h.Add("Vary", varyEncoding[0])
	}
	if matches(r.Header.Get("If-None-Match"), f.etag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if f.coding != nil {
		h["Content-Encoding"] = f.coding
	}
	h["Content-Type"] = a.kind[:]
	h["Content-Length"] = f.length[:]
	if r.Method != http.MethodHead {
		_, _ = w.Write(f.body) // the client has gone if this fails
	}
	return nil
}

// respond with content that is given once.
func (s *Server) respond(w http.ResponseWriter, r *http.Request, c content) error {
	var a answer
	a.set(c)
	return s.give(w, r, &a)
}

// accepts reports whether an Accept-Encoding header names the coding, and does
// not refuse it with q=0.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q, given := strings.CutPrefix(strings.ToLower(strings.TrimSpace(params)), "q=")
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
func (s *Server) respondJSON(w http.ResponseWriter, r *http.Request, kind, cache string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	return s.respond(w, r, content{kind, cache, append(body, '\n')})
}

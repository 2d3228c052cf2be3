package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/cespare/xxhash/v2"
)

// Content is the whole body of a response.
type Content struct {
	Type         string // Content-Type
	CacheControl string // Cache-Control
	Body         []byte
}

// Values of Cache-Control.
const (
	CacheLive    = "public, max-age=1, stale-while-revalidate=30" // of what follows the database
	CacheForever = "public, max-age=31536000, immutable"          // of what never changes
	NoCache      = "no-cache"                                     // of what must be validated
)

// Media types of the API.
const (
	TypeJSON    = "application/json"
	TypeGeoJSON = "application/geo+json"
)

// maxFreeSize is the size in bytes up to which net/http keeps a response in a
// buffer that each connection has anyway. Such responses, those about health
// among them, do not count against the budget of a Sender.
const maxFreeSize = 4096

// Representation is content that may be sent many times. It is compressed when
// a client first accepts that.
type Representation struct {
	contentType, cacheControl [1]string // values of headers
	identity                  variant
	gzip, zstd                atomic.Pointer[variant]
}

// variant is a representation in one content coding, with the values of its
// headers, so that sending it again costs no memory.
type variant struct {
	body         []byte
	etag, length [1]string
	coding       []string // nil for identity
}

// Set makes c the content of the representation. It must be called once, before
// the representation is sent.
func (p *Representation) Set(c Content) {
	p.contentType, p.cacheControl = [1]string{c.Type}, [1]string{c.CacheControl}
	p.identity = newVariant(c.Body, xxhash.Sum64(c.Body), nil)
}

// Size returns the size of the content in bytes, before compression.
func (p *Representation) Size() int { return len(p.identity.body) }

// newVariant returns body with a strong entity tag made of the hash of the
// identity and the coding.
func newVariant(body []byte, hash uint64, coding []string) variant {
	tag := make([]byte, 0, 32)
	tag = strconv.AppendUint(append(tag, '"'), hash, 36)
	for _, c := range coding {
		tag = append(append(tag, '-'), c...)
	}
	return variant{body, [1]string{string(append(tag, '"'))}, [1]string{strconv.Itoa(len(body))}, coding}
}

// Send writes the representation, or 304 when the client has it. It returns a
// problem with status 503 when too much is being sent already.
func (s *Sender) Send(w http.ResponseWriter, r *http.Request, p *Representation) error {
	if size := min(int64(p.Size()), s.limit); size > maxFreeSize {
		if !s.budget.TryAcquire(size) {
			return Busy()
		}
		defer s.budget.Release(size)
	}
	v, err := p.accepted(r.Header.Get("Accept-Encoding"))
	if err != nil {
		return err
	}
	h := w.Header()
	h["Etag"] = v.etag[:]
	h["Cache-Control"] = p.cacheControl[:]
	if h["Vary"] == nil {
		h["Vary"] = varyEncoding
	} else {
		h.Add("Vary", varyEncoding[0])
	}
	if matches(r.Header.Get("If-None-Match"), v.etag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if v.coding != nil {
		h["Content-Encoding"] = v.coding
	}
	h["Content-Type"] = p.contentType[:]
	h["Content-Length"] = v.length[:]
	if r.Method != http.MethodHead {
		_, _ = w.Write(v.body) // fails only if the client has disconnected
	}
	return nil
}

// SendContent sends content that is used once.
func (s *Sender) SendContent(w http.ResponseWriter, r *http.Request, c Content) error {
	var p Representation
	p.Set(c)
	return s.Send(w, r, &p)
}

// SendJSON sends v encoded as JSON.
func (s *Sender) SendJSON(w http.ResponseWriter, r *http.Request, mediaType, cacheControl string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode response: %w", err)
	}
	return s.SendContent(w, r, Content{mediaType, cacheControl, append(body, '\n')})
}

// matches reports whether the value of If-None-Match contains the tag, by the
// weak comparison of RFC 9110, section 13.1.2.
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

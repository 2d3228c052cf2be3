package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/sync/semaphore"
)

// Sender sends responses. It bounds the bytes that are being sent at once,
// since they stay in memory while clients read slowly.
type Sender struct {
	budget *semaphore.Weighted
	limit  int64
}

// NewSender returns a sender that sends at most limit bytes at once, counted
// before compression. A single response may exceed the limit.
func NewSender(limit int) *Sender {
	return &Sender{semaphore.NewWeighted(int64(limit)), int64(limit)}
}

// maxFreeSize is the size in bytes up to which net/http keeps a response in a
// buffer that each connection has anyway. Such responses, which include those
// about health, do not count against the budget of a Sender.
const maxFreeSize = 4096

// Send sends the representation, or 304 when the client has it already. It
// returns a problem with status 503 when the budget is exhausted.
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
	if r.Method == http.MethodHead {
		return nil
	}
	if v.coding == nil {
		_ = p.writeIdentity(w) // fails only if the client has disconnected, or is too slow
		return nil
	}
	_, _ = w.Write(v.body) // the same
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

package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Sender sends responses. It bounds the memory of those that are being sent at
// once, which they take while clients read slowly, and divides it fairly among
// the clients.
type Sender struct {
	Sending *Shares // in bytes
}

// NewSender returns a sender of responses that take at most limit bytes of
// memory at once. A single response may exceed the limit.
func NewSender(limit int) *Sender { return &Sender{NewShares(int64(limit))} }

// maxFreeSize is the size in bytes up to which net/http keeps a response in a
// buffer that each connection has anyway. Such responses, which include those
// about health, do not count against the limit of a Sender.
const maxFreeSize = 4096

// Send sends the representation, or 304 when the client has it already. It
// returns a problem with status 503 when the limit is reached, and the client
// holds the most; another client loses its oldest response instead.
func (s *Sender) Send(w http.ResponseWriter, r *http.Request, p *Representation) error {
	if memory := int64(p.memory()); memory > maxFreeSize {
		release, err := s.Sending.Take(ClientOf(r.Context()), memory, stopper(w))
		if err != nil {
			return err
		}
		defer release()
	}
	return s.SendPermanent(w, r, p)
}

// SendPermanent sends the representation as Send does. It is for what stays in
// memory in any case, so that sending takes no more of it.
func (s *Sender) SendPermanent(w http.ResponseWriter, r *http.Request, p *Representation) error {
	v, err := p.accepted(r.Header.Get("Accept-Encoding"))
	if err != nil {
		return err
	}
	h := w.Header()
	stored := p.cacheControl[0] != NoStore
	if stored {
		h["Etag"] = v.etag[:]
	}
	h["Cache-Control"] = p.cacheControl[:]
	if h["Vary"] == nil {
		h["Vary"] = varyEncoding
	} else {
		h.Add("Vary", varyEncoding[0])
	}
	if stored && matches(r.Header.Get("If-None-Match"), v.etag[0]) {
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

// SendGzip sends content whose body is compressed with gzip already, as it is to
// clients that accept that, and to others as plain returns it. It has no entity
// tag: it is for content whose URL changes when it does.
func (s *Sender) SendGzip(w http.ResponseWriter, r *http.Request, c Content, plain func([]byte) ([]byte, error)) error {
	h, body := w.Header(), c.Body
	h.Add("Vary", varyEncoding[0])
	accept := r.Header.Get("Accept-Encoding")
	if zip := weight(accept, "gzip", "*"); zip > 0 && zip >= weight(accept, "identity") {
		h["Content-Encoding"] = gzipCoding
	} else {
		var err error
		if body, err = plain(body); err != nil {
			return fmt.Errorf("decompress response: %w", err)
		}
	}
	if len(body) > maxFreeSize {
		release, err := s.Sending.Take(ClientOf(r.Context()), int64(len(body)), stopper(w))
		if err != nil {
			h.Del("Content-Encoding")
			return err
		}
		defer release()
	}
	h.Set("Cache-Control", c.CacheControl)
	h.Set("Content-Type", c.Type)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // fails only if the client has disconnected, or is too slow
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

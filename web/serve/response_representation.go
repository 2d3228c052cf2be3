package serve

import (
	"fmt"
	"io"
	"strconv"
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
	CacheForever   = "public, max-age=31536000, immutable" // for content that never changes
	NoCache        = "no-cache"                            // for content that caches may keep, and must revalidate
	NoStore        = "no-store"                            // for content that nobody may keep
	PrivateNoStore = "private, no-store"                   // the same, for content that depends on who has signed in
)

// Media types of the API.
const (
	TypeJSON    = "application/json"
	TypeGeoJSON = "application/geo+json"
)

// Representation is content that may be sent many times. It is compressed when
// a client that accepts a compressed variant requests it for the first time.
type Representation struct {
	contentType, cacheControl [1]string // values of headers
	identity                  variant
	size                      int    // of the identity in bytes
	hash                      uint64 // of the identity
	gzip, zstd                atomic.Pointer[variant]
	brotli                    *variant // only if it was compressed beforehand
}

// variant is a representation in one content coding, with the values of its
// headers, so that sending it again allocates nothing.
type variant struct {
	body         []byte
	etag, length [1]string
	coding       []string // nil for identity
}

// Set makes c the content of the representation. It must be called once, before
// the representation is sent.
func (p *Representation) Set(c Content) {
	p.contentType, p.cacheControl = [1]string{c.Type}, [1]string{c.CacheControl}
	p.size, p.hash = len(c.Body), xxhash.Sum64(c.Body)
	p.identity = newVariant(c.Body, p.size, p.hash, nil)
}

// SetCompressed adds variants of the content that were compressed beforehand;
// each may be nil. Like Set, before which it must not be called, it must be
// called before the representation is sent.
func (p *Representation) SetCompressed(brotli, gzip []byte) {
	if brotli != nil {
		v := newVariant(brotli, len(brotli), p.hash, brotliCoding)
		p.brotli = &v
	}
	if gzip != nil {
		v := newVariant(gzip, len(gzip), p.hash, gzipCoding)
		p.gzip.Store(&v)
	}
}

// Encode makes what encode writes the content of the representation. It is for
// large content, of which it keeps the compressed variant alone: the identity is
// decompressed while it is sent. Like Set, it must be called once.
func (p *Representation) Encode(mediaType, cacheControl string, encode func(io.Writer) error) error {
	p.contentType, p.cacheControl = [1]string{mediaType}, [1]string{cacheControl}
	hash, size := xxhash.New(), countingWriter(0)
	body, err := compressZstdStream(func(w io.Writer) error { return encode(io.MultiWriter(w, hash, &size)) })
	if err != nil {
		return fmt.Errorf("encode response: %w", err)
	}
	p.size, p.hash = int(size), hash.Sum64()
	p.identity = newVariant(nil, p.size, p.hash, nil)
	z := newVariant(body, len(body), p.hash, zstdCoding)
	p.zstd.Store(&z)
	return nil
}

// countingWriter counts the bytes that are written.
type countingWriter int

// Write counts b.
func (c *countingWriter) Write(b []byte) (int, error) {
	*c += countingWriter(len(b))
	return len(b), nil
}

// Size returns the size of the content in bytes, before compression.
func (p *Representation) Size() int { return p.size }

// memory returns the bytes that sending the representation keeps in memory.
func (p *Representation) memory() int {
	if p.identity.body != nil || p.size == 0 {
		return p.size
	}
	return len(p.zstd.Load().body) + zstdMemory
}

// writeIdentity writes the content without compression.
func (p *Representation) writeIdentity(w io.Writer) error {
	if p.identity.body == nil && p.size > 0 {
		return decompressZstd(w, p.zstd.Load().body)
	}
	_, err := w.Write(p.identity.body)
	return err //nolint:wrapcheck // the writer is that of the caller
}

// newVariant returns body with a strong entity tag that consists of the hash of
// the identity and the coding. size is the value of Content-Length.
func newVariant(body []byte, size int, hash uint64, coding []string) variant {
	tag := make([]byte, 0, 32)
	tag = strconv.AppendUint(append(tag, '"'), hash, 36)
	for _, c := range coding {
		tag = append(append(tag, '-'), c...)
	}
	return variant{body, [1]string{string(append(tag, '"'))}, [1]string{strconv.Itoa(size)}, coding}
}

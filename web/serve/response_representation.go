package serve

import (
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
	CacheForever = "public, max-age=31536000, immutable" // for content that never changes
	NoCache      = "no-cache"                            // for content that caches may keep, and must revalidate
	NoStore      = "no-store"                            // for content that nobody may keep
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
	gzip, zstd                atomic.Pointer[variant]
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
	p.identity = newVariant(c.Body, xxhash.Sum64(c.Body), nil)
}

// Size returns the size of the content in bytes, before compression.
func (p *Representation) Size() int { return len(p.identity.body) }

// newVariant returns body with a strong entity tag that consists of the hash of
// the identity and the coding.
func newVariant(body []byte, hash uint64, coding []string) variant {
	tag := make([]byte, 0, 32)
	tag = strconv.AppendUint(append(tag, '"'), hash, 36)
	for _, c := range coding {
		tag = append(append(tag, '-'), c...)
	}
	return variant{body, [1]string{string(append(tag, '"'))}, [1]string{strconv.Itoa(len(body))}, coding}
}

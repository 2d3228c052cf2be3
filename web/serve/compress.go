package serve

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// minCompressSize is the size in bytes below which responses are not
// compressed.
const minCompressSize = 1024

var (
	gzipCoding, zstdCoding = []string{"gzip"}, []string{"zstd"}
	varyEncoding           = []string{"Accept-Encoding"}
)

// accepted returns the variant that a value of Accept-Encoding prefers. It
// prefers one that is compressed to the identity with the same weight.
func (p *Representation) accepted(header string) (*variant, error) {
	if header == "" || p.Size() < minCompressSize {
		return &p.identity, nil
	}
	zstd, gzip := weight(header, "zstd"), weight(header, "gzip", "*")
	switch best := max(zstd, gzip); {
	case best == 0 || best < weight(header, "identity"):
		return &p.identity, nil
	case best == zstd:
		return compressed(&p.zstd, p.identity.body, compressZstd, zstdCoding)
	default:
		return compressed(&p.gzip, p.identity.body, compressGzip, gzipCoding)
	}
}

// compressed returns the cached variant, which it creates in the first call.
func compressed(cached *atomic.Pointer[variant], identity []byte, compress func([]byte) ([]byte, error), coding []string) (*variant, error) {
	if v := cached.Load(); v != nil {
		return v, nil
	}
	b, err := compress(identity)
	if err != nil {
		return nil, fmt.Errorf("compress response: %w", err)
	}
	v := newVariant(b, xxhash.Sum64(identity), coding)
	cached.Store(&v)
	return &v, nil
}

// gzipWriters pools gzip writers, which are large.
var gzipWriters = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // fails only for an unknown level
	return z
}}

func compressGzip(b []byte) ([]byte, error) {
	var out bytes.Buffer
	z := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(z)
	z.Reset(&out)
	_, err := z.Write(b)
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return out.Bytes(), nil
}

// zstdEncoder returns the encoder of all responses, which is safe for
// concurrent use.
var zstdEncoder = sync.OnceValues(func() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<18))
})

func compressZstd(b []byte) ([]byte, error) {
	z, err := zstdEncoder()
	if err != nil {
		return nil, err
	}
	return z.EncodeAll(b, make([]byte, 0, len(b)/2)), nil
}

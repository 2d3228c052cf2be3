package serve

import (
	"bytes"
	"fmt"
	"io"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// minCompressSize is the size in bytes below which responses are not
// compressed.
const minCompressSize = 1024

var (
	gzipCoding, zstdCoding, brotliCoding = []string{"gzip"}, []string{"zstd"}, []string{"br"}
	varyEncoding                         = []string{"Accept-Encoding"}
)

// accepted returns the variant that a value of Accept-Encoding prefers. Of two
// with the same weight, it prefers one that was compressed beforehand, which is
// smaller, and any that is compressed to the identity.
func (p *Representation) accepted(header string) (*variant, error) {
	if header == "" || p.Size() < minCompressSize {
		return &p.identity, nil
	}
	zstd, gzip, brotli := weight(header, "zstd"), weight(header, "gzip", "*"), 0.0
	if p.brotli != nil {
		brotli = weight(header, "br")
	}
	switch best := max(zstd, gzip, brotli); {
	case best == 0 || best < weight(header, "identity"):
		return &p.identity, nil
	case best == brotli:
		return p.brotli, nil
	case best == zstd:
		return p.compressed(&p.zstd, compressZstd, zstdCoding)
	default:
		return p.compressed(&p.gzip, compressGzip, gzipCoding)
	}
}

// compressed returns the cached variant, which it creates in the first call.
func (p *Representation) compressed(cached *atomic.Pointer[variant], compress func(*Representation) ([]byte, error), coding []string) (*variant, error) {
	if v := cached.Load(); v != nil {
		return v, nil
	}
	b, err := compress(p)
	if err != nil {
		return nil, fmt.Errorf("compress response: %w", err)
	}
	v := newVariant(b, len(b), p.hash, coding)
	cached.Store(&v)
	return &v, nil
}

// gzipWriters pools gzip writers, which are large.
var gzipWriters = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // fails only for an unknown level
	return z
}}

func compressGzip(p *Representation) ([]byte, error) {
	var out bytes.Buffer
	z := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(z)
	z.Reset(&out)
	err := p.writeIdentity(z)
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
	return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(zstdWindow))
})

func compressZstd(p *Representation) ([]byte, error) {
	z, err := zstdEncoder()
	if err != nil {
		return nil, err
	}
	b := p.identity.body
	return z.EncodeAll(b, make([]byte, 0, len(b)/2)), nil
}

// zstdWriters and zstdReaders pool what compresses and decompresses large
// content piece by piece. A reader takes some zstdMemory.
var (
	zstdWriters = sync.Pool{New: func() any {
		z, _ := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(zstdWindow), zstd.WithEncoderConcurrency(1)) // fails only for a bad option
		return z
	}}
	zstdReaders = sync.Pool{New: func() any {
		z, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdWindow)) // the same
		return z
	}}
)

const (
	zstdWindow = 1 << 18 // bytes
	zstdMemory = 1 << 20 // bytes
)

// compressZstdStream returns what encode writes, compressed.
func compressZstdStream(encode func(io.Writer) error) ([]byte, error) {
	var out bytes.Buffer
	z := zstdWriters.Get().(*zstd.Encoder)
	defer zstdWriters.Put(z)
	z.Reset(&out)
	err := encode(z)
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	return bytes.Clone(out.Bytes()), nil // of its capacity, half may be unused
}

// decompressZstd writes to w what is compressed in b.
func decompressZstd(w io.Writer, b []byte) error {
	z := zstdReaders.Get().(*zstd.Decoder)
	defer zstdReaders.Put(z)
	if err := z.Reset(bytes.NewReader(b)); err != nil {
		return fmt.Errorf("zstd: %w", err)
	}
	if _, err := z.WriteTo(w); err != nil {
		return fmt.Errorf("zstd: %w", err)
	}
	return nil
}

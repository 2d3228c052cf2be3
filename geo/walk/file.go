package walk

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"time"
)

// A file is a header, numbers, and a hash:
//
//	"pinezka walk"  the version, one byte
//	the date, in seconds since 1970
//	the number of nodes, the number of edges
//	for each node: longitude and latitude less those of the node before
//	for each edge: the node at which it begins less that of the edge before,
//	  the node at which it ends less that, its length in centimetres,
//	  the number of its vertices, for each of them: longitude and latitude less
//	  those of the vertex before, which is at first the node
//	the SHA-256 of all that, 32 bytes
//
// Coordinates are in units of 1e-7 degrees. Numbers are variable-length integers
// of encoding/binary, those that can be negative in zig-zag encoding.
const (
	signature = "pinezka walk"
	version   = 1
)

var (
	// ErrFormat reports a file that is no walking graph, or one of another
	// version.
	ErrFormat = errors.New("not a walking graph that this program can read")

	// ErrDamaged reports a walking graph that is cut off or was changed.
	ErrDamaged = errors.New("the walking graph is damaged")
)

// Hash is the SHA-256 of a file, without the hash at its end. The same graph has
// the same hash.
type Hash [sha256.Size]byte

// String returns the hash in hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Write writes the graph to a file, and returns its hash.
func (g *Graph) Write(to io.Writer) (Hash, error) {
	sum := sha256.New()
	w := numberWriter{w: bufio.NewWriter(io.MultiWriter(to, sum))}
	_, _ = w.w.WriteString(signature) // Flush returns the error
	_ = w.w.WriteByte(version)
	w.signed(g.Date.Unix())
	w.unsigned(uint64(len(g.nodes)))
	w.unsigned(uint64(len(g.edges)))
	var last point
	for _, p := range g.nodes {
		w.point(p, last)
		last = p
	}
	from, shape := uint32(0), uint32(0)
	for _, e := range g.edges {
		w.unsigned(uint64(e.from - from))
		w.signed(int64(e.to) - int64(e.from))
		w.unsigned(uint64(e.length))
		w.unsigned(uint64(e.shape - shape))
		last = g.nodes[e.from]
		for _, p := range g.shape[shape:e.shape] {
			w.point(p, last)
			last = p
		}
		from, shape = e.from, e.shape
	}
	if err := w.w.Flush(); err != nil {
		return Hash{}, fmt.Errorf("write walking graph: %w", err)
	}
	out := Hash(sum.Sum(nil))
	if _, err := to.Write(out[:]); err != nil {
		return Hash{}, fmt.Errorf("write walking graph: %w", err)
	}
	return out, nil
}

// numberWriter writes numbers. Its w keeps the first error.
type numberWriter struct {
	w      *bufio.Writer
	buffer []byte
}

func (w *numberWriter) unsigned(v uint64) {
	w.buffer = binary.AppendUvarint(w.buffer[:0], v)
	_, _ = w.w.Write(w.buffer)
}

func (w *numberWriter) signed(v int64) {
	w.buffer = binary.AppendVarint(w.buffer[:0], v)
	_, _ = w.w.Write(w.buffer)
}

func (w *numberWriter) point(p, before point) {
	w.signed(int64(p.lon) - int64(before.lon))
	w.signed(int64(p.lat) - int64(before.lat))
}

// Read reads the file of a graph, which must end with it, and returns its hash.
// It needs memory in proportion to what it has read. It returns ErrFormat or
// ErrDamaged for a file that it refuses.
func Read(from io.Reader) (*Graph, Hash, error) {
	head := make([]byte, len(signature)+1)
	if _, err := io.ReadFull(from, head); err != nil && !isEnd(err) {
		return nil, Hash{}, fmt.Errorf("read walking graph: %w", err)
	}
	switch {
	case !bytes.HasPrefix(head, []byte(signature)):
		return nil, Hash{}, ErrFormat
	case head[len(signature)] != version:
		return nil, Hash{}, fmt.Errorf("%w: it has version %d, not %d", ErrFormat, head[len(signature)], version)
	}
	r := numberReader{r: bufio.NewReader(from), sum: sha256.New()}
	r.sum.Write(head)
	g := r.graph()
	out := Hash(r.sum.Sum(nil))
	var stated Hash
	if r.err == nil {
		_, r.err = io.ReadFull(r.r, stated[:])
	}
	if r.err == nil && stated != out {
		r.err = fmt.Errorf("%w: its hash is another", ErrDamaged)
	}
	if r.err == nil {
		if _, err := r.r.ReadByte(); !errors.Is(err, io.EOF) {
			r.err = fmt.Errorf("%w: something follows it", ErrDamaged)
		}
	}
	switch {
	case isEnd(r.err):
		return nil, Hash{}, fmt.Errorf("%w: it is cut off", ErrDamaged)
	case r.err != nil:
		return nil, Hash{}, fmt.Errorf("read walking graph: %w", r.err)
	}
	g.link()
	return g, out, nil
}

func isEnd(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// numberReader reads numbers. After an error they are 0.
type numberReader struct {
	r      *bufio.Reader
	sum    hash.Hash
	buffer []byte // of the bytes that are not yet in sum
	err    error  // the first
}

// ReadByte implements io.ByteReader.
func (r *numberReader) ReadByte() (byte, error) {
	b, err := r.r.ReadByte()
	if err != nil {
		if !isEnd(err) {
			r.err = err
		}
		return 0, err //nolint:wrapcheck // Read says what it reads
	}
	r.buffer = append(r.buffer, b)
	return b, nil
}

// number returns the result of read unless there has been an error.
func number[T uint64 | int64](r *numberReader, read func(io.ByteReader) (T, error)) T {
	if r.err != nil {
		return 0
	}
	v, err := read(r)
	if len(r.buffer) >= 1<<12 {
		r.hash()
	}
	switch {
	case err == nil:
		return v
	case isEnd(err):
		r.err = err
	case r.err == nil:
		r.err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return 0
}

func (r *numberReader) unsigned() uint64 { return number(r, binary.ReadUvarint) }
func (r *numberReader) signed() int64    { return number(r, binary.ReadVarint) }

// hash adds the bytes that have been read to the sum.
func (r *numberReader) hash() {
	r.sum.Write(r.buffer)
	r.buffer = r.buffer[:0]
}

// refuse sets the error of a value that no graph has, unless ok.
func (r *numberReader) refuse(ok bool, what string) {
	if r.err == nil && !ok {
		r.err = fmt.Errorf("%w: a %s is out of range", ErrDamaged, what)
	}
}

// point returns a point that is stated by its difference from another.
func (r *numberReader) point(before point) point {
	lon, lat := r.signed(), r.signed()
	const most = 2 * world // so that the sums below cannot overflow
	r.refuse(max(lon, -lon) <= most && max(lat, -lat) <= most, "coordinate")
	lon, lat = lon+int64(before.lon), lat+int64(before.lat)
	p := point{int32(lon), int32(lat)}
	r.refuse(int64(p.lon) == lon && int64(p.lat) == lat && p.isOnEarth(), "coordinate")
	return p
}

// graph reads a graph up to the hash. Slices grow as it reads, whatever number of
// elements the file states.
func (r *numberReader) graph() *Graph {
	g := &Graph{Date: time.Unix(r.signed(), 0).UTC()}
	nodes, edges := r.unsigned(), r.unsigned()
	r.refuse(nodes < math.MaxUint32, "number of nodes")
	r.refuse(edges < math.MaxUint32/2, "number of edges")
	var last point
	for n := uint64(0); n < nodes && r.err == nil; n++ {
		last = r.point(last)
		g.nodes = append(g.nodes, last)
	}
	from := uint64(0)
	for n := uint64(0); n < edges && r.err == nil; n++ {
		step, to, length, vertices := r.unsigned(), r.signed(), r.unsigned(), r.unsigned()
		r.refuse(step < nodes && from+step < nodes, "node")
		from += step
		to += int64(from)
		r.refuse(to >= 0 && uint64(to) < nodes, "node")
		r.refuse(length <= math.MaxUint32, "length")
		r.refuse(vertices < math.MaxUint32-uint64(len(g.shape)), "number of vertices")
		if r.err != nil {
			break
		}
		last = g.nodes[from]
		for v := uint64(0); v < vertices && r.err == nil; v++ {
			last = r.point(last)
			g.shape = append(g.shape, last)
		}
		g.edges = append(g.edges, edge{uint32(from), uint32(to), uint32(length), uint32(len(g.shape))})
	}
	r.hash()
	return g
}

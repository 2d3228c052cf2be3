package tiles

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/url"
	"strconv"

	"github.com/klauspost/compress/gzip"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
)

// The file, as version 3 of the specification has it
// (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md), in the order
// that every reader expects:
//
//	┌────────┬──────────────┬──────────┬──────────────────┬────────────────┐
//	│ header │ root         │ metadata │ leaf directories │ tiles          │
//	│ 127 B  │ to 16,384 B  │ JSON     │ where the root   │ in order of    │
//	│        │ with header  │          │ would not fit    │ their ids      │
//	└────────┴──────────────┴──────────┴──────────────────┴────────────────┘
//
// All but the header is compressed by gzip.
const (
	headerSize  = 127
	frontSize   = 16384 // of the header and the root, which a client reads at once
	rootEntries = 16384 // no root of more than these would fit
	leafEntries = 4096  // in a leaf at first; more where the root would not fit

	pmtilesVersion = 3
	pmtilesGzip    = 2
	pmtilesMVT     = 1
)

// tileID is the number of a tile: those of lower zooms come first, and within a
// zoom they follow the Hilbert curve, so that neighbours on the map are mostly
// neighbours in the file.
//
// Formula: Warren, Hacker's Delight (2nd edition), section 16–2, turned as the
// specification's example has it: 1/0/0, 1/0/1, 1/1/1, 1/1/0.
func tileID(t maptile.Tile) uint64 {
	id := (uint64(1)<<(2*t.Z) - 1) / 3
	x, y := t.X, t.Y
	for i := int(t.Z) - 1; i >= 0; i-- {
		side := uint32(1) << i
		right, low := x>>i&1, y>>i&1
		id += uint64(3*right^low) << (2 * i)
		x, y = x&(side-1), y&(side-1)
		if low == 0 { // the curve of this quarter is turned
			if right == 1 {
				x, y = side-1-x, side-1-y
			}
			x, y = y, x
		}
	}
	return id
}

// entry of a directory: the tiles id to id+run-1, all with the same content; in a
// root, with run 0, the leaf whose first tile is id.
type entry struct {
	id, offset  uint64
	length, run uint32
}

// book lists the contents of an archive while they are written.
type book struct {
	data      io.Writer
	size      uint64
	entries   []entry
	known     map[digest]place
	addressed uint64
}

// digest of a content. Two contents with one digest are taken to be one: of a
// million tiles, with a chance of 1 in 10^27.
type digest [16]byte

// place of a content.
type place struct {
	offset uint64
	length uint32
}

func newBook(data io.Writer) *book { return &book{data: data, known: map[digest]place{}} }

// put a tile, compressed, after those with lower ids. A content that is known
// already is not written again.
func (b *book) put(id uint64, body []byte) error {
	sum := sha256.Sum256(body)
	key := digest(sum[:16])
	at, again := b.known[key]
	if !again {
		if len(body) > math.MaxUint32 {
			return fmt.Errorf("%w: a tile of %d bytes", civic.ErrInvalid, len(body))
		}
		if _, err := b.data.Write(body); err != nil {
			return fmt.Errorf("keep a tile: %w", err)
		}
		at = place{b.size, uint32(len(body))}
		b.known[key] = at
		b.size += uint64(len(body))
	}
	b.addressed++
	if n := len(b.entries); again && n > 0 {
		if last := &b.entries[n-1]; last.offset == at.offset && last.id+uint64(last.run) == id {
			last.run++
			return nil
		}
	}
	b.entries = append(b.entries, entry{id: id, offset: at.offset, length: at.length, run: 1})
	return nil
}

// header of the file.
type header struct {
	root, metadata, leaves, data  section
	addressed, entries, contents  uint64
	minZoom, maxZoom, initialZoom uint8
	bound                         orb.Bound
}

type section struct{ offset, length uint64 }

func (h *header) encode() []byte {
	b := append(make([]byte, 0, headerSize), "PMTiles"...)
	b = append(b, pmtilesVersion)
	for _, s := range [...]section{h.root, h.metadata, h.leaves, h.data} {
		b = binary.LittleEndian.AppendUint64(b, s.offset)
		b = binary.LittleEndian.AppendUint64(b, s.length)
	}
	for _, n := range [...]uint64{h.addressed, h.entries, h.contents} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	b = append(b, 1, pmtilesGzip, pmtilesGzip, pmtilesMVT, h.minZoom, h.maxZoom) // 1: in order of ids
	b = appendDegrees(b, h.bound.Min)
	b = appendDegrees(b, h.bound.Max)
	b = append(b, h.initialZoom)
	return appendDegrees(b, h.bound.Center())
}

// appendDegrees appends a place in units of 10^-7 degrees, 11 mm.
func appendDegrees(b []byte, p orb.Point) []byte {
	for _, degrees := range p {
		b = binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(degrees*1e7))))
	}
	return b
}

// front is all that stands before the tiles.
func (b *book) front(m metadata, bound orb.Bound) ([]byte, header, error) {
	fail := func(err error) ([]byte, header, error) {
		return nil, header{}, fmt.Errorf("write directories: %w", err)
	}
	root, leaves, err := directoriesOf(b.entries, leafEntries)
	if err != nil {
		return fail(err)
	}
	last := b.entries[len(b.entries)-1]
	h := header{
		addressed: b.addressed, entries: uint64(len(b.entries)), contents: uint64(len(b.known)),
		minZoom: zoomOf(b.entries[0].id), maxZoom: zoomOf(last.id + uint64(last.run) - 1), bound: bound,
	}
	h.initialZoom = max(h.minZoom, min(h.maxZoom, 12))
	m.describe(h)
	text, err := json.Marshal(m)
	if err != nil {
		return fail(err)
	}
	packed, err := pack(text)
	if err != nil {
		return fail(err)
	}
	h.root = section{headerSize, uint64(len(root))}
	h.metadata = section{h.root.offset + h.root.length, uint64(len(packed))}
	h.leaves = section{h.metadata.offset + h.metadata.length, uint64(len(leaves))}
	h.data = section{h.leaves.offset + h.leaves.length, b.size}
	return bytes.Join([][]byte{h.encode(), root, packed, leaves}, nil), h, nil
}

// zoomOf a tile's id.
func zoomOf(id uint64) uint8 {
	z := uint8(0)
	for first := uint64(1); id >= first; first = first*4 + 1 { // of the next zoom
		z++
	}
	return z
}

// directoriesOf the entries: a root alone where it fits, else a root of leaves,
// each of so many entries as makes it fit.
func directoriesOf(entries []entry, inLeaf int) (root, leaves []byte, err error) {
	if len(entries) <= rootEntries {
		root, err = encodeDirectory(entries)
		if err != nil || len(root) <= frontSize-headerSize {
			return root, nil, err
		}
	}
	for ; ; inLeaf *= 2 {
		var top []entry
		leaves = nil
		for i := 0; i < len(entries); i += inLeaf {
			leaf, err := encodeDirectory(entries[i:min(i+inLeaf, len(entries))])
			if err != nil {
				return nil, nil, err
			}
			top = append(top, entry{id: entries[i].id, offset: uint64(len(leaves)), length: uint32(len(leaf))})
			leaves = append(leaves, leaf...)
		}
		root, err = encodeDirectory(top)
		if err != nil || len(root) <= frontSize-headerSize {
			return root, leaves, err
		}
	}
}

// encodeDirectory writes entries column by column: ids as differences, and
// offsets as 0 where a content follows the one before.
func encodeDirectory(entries []entry) ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(len(entries)))
	id := uint64(0)
	for _, e := range entries {
		b = binary.AppendUvarint(b, e.id-id)
		id = e.id
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.run))
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.length))
	}
	for i, e := range entries {
		if i > 0 && e.offset == entries[i-1].offset+uint64(entries[i-1].length) {
			b = append(b, 0)
			continue
		}
		b = binary.AppendUvarint(b, e.offset+1)
	}
	return pack(b)
}

// pack by gzip, as small as it gets.
func pack(b []byte) ([]byte, error) {
	var out bytes.Buffer
	zip, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := zip.Write(b); err != nil {
		return nil, err
	}
	if err := zip.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// metadata of an archive, in JSON: what viewers read by convention, and with
// which filter and resolution it was made.
type metadata struct {
	Name         string        `json:"name"`
	Description  string        `json:"description,omitempty"`
	Type         string        `json:"type"`
	Generator    string        `json:"generator"`
	Filter       string        `json:"filter,omitempty"`     // as the query of the API
	Resolution   string        `json:"resolution,omitempty"` // of hexes, where it does not follow the zoom
	VectorLayers []VectorLayer `json:"vector_layers"`
	hexesFrom    int
}

func (p *press) metadata() metadata {
	d := &p.v.District
	m := metadata{
		Name: d.Name.In(""), Description: civic.Text(d.Notice).In("en"), Type: "overlay", Generator: "pinezka",
		Filter: queryOf(p.archive.Filter), hexesFrom: int(p.first),
	}
	if p.hexes && p.archive.Resolution != 0 {
		m.Resolution = strconv.Itoa(int(p.archive.Resolution))
	}
	for _, name := range Layers() {
		if holds(p.archive.Layers, name) {
			m.VectorLayers = append(m.VectorLayers, VectorLayer{ID: name, Fields: layerFields()[name]})
		}
	}
	return m
}

// describe the zooms of the layers.
func (m *metadata) describe(h header) {
	for i := range m.VectorLayers {
		l := &m.VectorLayers[i]
		l.MinZoom, l.MaxZoom = int(h.minZoom), int(h.maxZoom)
		if l.ID == LayerHexes {
			l.MinZoom = max(l.MinZoom, m.hexesFrom)
		}
	}
}

// queryOf a filter, as the API takes it.
func queryOf(f civic.Filter) string {
	q := url.Values{}
	for _, k := range f.Kinds {
		q.Add("kind", k.String())
	}
	for _, s := range f.Statuses {
		q.Add("status", s.String())
	}
	for _, c := range f.Categories {
		q.Add("category", c)
	}
	for _, a := range f.Areas {
		q.Add("area", a)
	}
	if f.From > 0 {
		q.Set("from", f.From.String())
	}
	if f.To > 0 {
		q.Set("to", f.To.String())
	}
	return q.Encode()
}

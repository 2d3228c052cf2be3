package pmtiles_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"

	"github.com/paulmach/orb/maptile"
)

// reader reads an archive as a client does. It is written from the
// specification alone, shares no code with the writer and checks all that it
// reads.
type reader struct {
	file   []byte
	header fileHeader
	root   []fileEntry
}

// fileHeader is the header, field by field in the order of the specification.
type fileHeader struct {
	Magic                          [7]byte
	Version                        uint8
	RootOffset, RootLength         uint64
	MetadataOffset, MetadataLength uint64
	LeavesOffset, LeavesLength     uint64
	DataOffset, DataLength         uint64
	Addressed, Entries, Contents   uint64
	Clustered                      uint8
	InternalCompression            uint8
	TileCompression                uint8
	TileType                       uint8
	MinZoom, MaxZoom               uint8
	MinLon, MinLat                 int32
	MaxLon, MaxLat                 int32
	CenterZoom                     uint8
	CenterLon, CenterLat           int32
}

type fileEntry struct{ id, offset, length, run uint64 }

func open(file []byte) (*reader, error) {
	r := &reader{file: file}
	if err := binary.Read(bytes.NewReader(file), binary.LittleEndian, &r.header); err != nil {
		return nil, err
	}
	h := &r.header
	switch {
	case string(h.Magic[:]) != "PMTiles" || h.Version != 3:
		return nil, fmt.Errorf("%q, version %d", h.Magic, h.Version)
	case h.RootOffset != 127 || h.RootOffset+h.RootLength > 16384:
		return nil, fmt.Errorf("root of %d bytes at %d", h.RootLength, h.RootOffset)
	case h.RootOffset+h.RootLength != h.MetadataOffset || h.MetadataOffset+h.MetadataLength != h.LeavesOffset ||
		h.LeavesOffset+h.LeavesLength != h.DataOffset || h.DataOffset+h.DataLength != uint64(len(file)):
		return nil, fmt.Errorf("sections do not fill %d bytes: %+v", len(file), h)
	}
	var err error
	r.root, err = r.directory(h.RootOffset, h.RootLength)
	return r, err
}

// section returns a section of the file, decompressed.
func (r *reader) section(offset, length uint64) ([]byte, error) {
	if length == 0 || offset+length > uint64(len(r.file)) {
		return nil, fmt.Errorf("section of %d bytes at %d of %d", length, offset, len(r.file))
	}
	zip, err := gzip.NewReader(bytes.NewReader(r.file[offset : offset+length]))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(zip)
}

func (r *reader) metadata() (m map[string]any, err error) {
	b, err := r.section(r.header.MetadataOffset, r.header.MetadataLength)
	if err != nil {
		return nil, err
	}
	return m, json.Unmarshal(b, &m)
}

func (r *reader) directory(offset, length uint64) ([]fileEntry, error) {
	b, err := r.section(offset, length)
	if err != nil {
		return nil, err
	}
	in := bytes.NewReader(b)
	next := func() (n uint64) {
		if err == nil {
			n, err = binary.ReadUvarint(in)
		}
		return n
	}
	n := next()
	if n == 0 || n > uint64(len(b)) {
		return nil, fmt.Errorf("directory of %d entries in %d bytes", n, len(b))
	}
	list := make([]fileEntry, n)
	for i := range list {
		list[i].id = next()
		if i > 0 {
			if list[i].id == 0 {
				return nil, errors.New("an entry repeats an id")
			}
			list[i].id += list[i-1].id
		}
	}
	for i := range list {
		list[i].run = next()
	}
	for i := range list {
		if list[i].length = next(); list[i].length == 0 {
			return nil, errors.New("an entry is empty")
		}
	}
	for i := range list {
		switch n := next(); {
		case n > 0:
			list[i].offset = n - 1
		case i > 0:
			list[i].offset = list[i-1].offset + list[i-1].length
		default:
			return nil, errors.New("the first entry has no offset of its own")
		}
	}
	if err != nil || in.Len() > 0 {
		return nil, fmt.Errorf("%w, %d bytes left", err, in.Len())
	}
	return list, nil
}

// entries returns the entries of the root or, if there are leaves, of those.
func (r *reader) entries() ([]fileEntry, error) {
	var all []fileEntry
	for _, e := range r.root {
		if e.run > 0 {
			all = append(all, e)
			continue
		}
		leaf, err := r.directory(r.header.LeavesOffset+e.offset, e.length)
		if err != nil {
			return nil, err
		}
		if leaf[0].id != e.id {
			return nil, fmt.Errorf("leaf of %d begins with %d", e.id, leaf[0].id)
		}
		all = append(all, leaf...)
	}
	return all, nil
}

// tile returns a tile, decompressed, or nil if the archive does not have it.
func (r *reader) tile(t maptile.Tile) ([]byte, error) {
	id := hilbertID(t)
	list := r.root
	for range 4 {
		i := sort.Search(len(list), func(i int) bool { return list[i].id > id }) - 1
		switch {
		case i < 0:
			return nil, nil
		case list[i].run == 0:
			var err error
			if list, err = r.directory(r.header.LeavesOffset+list[i].offset, list[i].length); err != nil {
				return nil, err
			}
		case id < list[i].id+list[i].run:
			return r.section(r.header.DataOffset+list[i].offset, list[i].length)
		default:
			return nil, nil
		}
	}
	return nil, errors.New("directories are nested too deeply")
}

// hilbertID returns the id of a tile by the definition of the curve: it
// consists of four smaller ones, of which the first is mirrored on one
// diagonal, and the last on the other.
func hilbertID(t maptile.Tile) uint64 {
	before := uint64(0)
	for z := range t.Z {
		before += 1 << (2 * z)
	}
	return before + hilbertIndex(t.X, t.Y, uint32(1)<<t.Z)
}

func hilbertIndex(x, y, side uint32) uint64 {
	if side == 1 {
		return 0
	}
	half := side / 2
	quarter := uint64(half) * uint64(half)
	switch {
	case x < half && y < half:
		return hilbertIndex(y, x, half)
	case x < half:
		return quarter + hilbertIndex(x, y-half, half)
	case y >= half:
		return 2*quarter + hilbertIndex(x-half, y-half, half)
	default:
		return 3*quarter + hilbertIndex(half-1-y, side-1-x, half)
	}
}

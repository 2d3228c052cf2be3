package pmtiles

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// Values of the header.
const (
	headerSize      = 127 // bytes
	version         = 3
	clustered       = 1 // the tiles are in order of their ids
	compressionNone = 1
	compressionGzip = 2
	tileTypeMVT     = 1
	maxZoom         = 30 // ids of deeper zooms do not fit into 64 bits with room for runs
)

// centreZoom is the zoom at which viewers begin, if the archive has it.
const centreZoom = 12

type header struct {
	root, metadata, leaves, data section
	summary                      Summary
	extent                       Extent

	internalCompression, tileCompression, tileType uint8 // of an archive that is read
}

// section is a section of the file, in bytes.
type section struct{ offset, length uint64 }

func (s section) end() uint64 { return s.offset + s.length }

func (h *header) encode() []byte {
	b := append(make([]byte, 0, headerSize), "PMTiles"...)
	b = append(b, version)
	for _, s := range [...]section{h.root, h.metadata, h.leaves, h.data} {
		b = binary.LittleEndian.AppendUint64(b, s.offset)
		b = binary.LittleEndian.AppendUint64(b, s.length)
	}
	s := &h.summary
	for _, n := range [...]int{s.Tiles, s.Entries, s.Contents} {
		b = binary.LittleEndian.AppendUint64(b, uint64(n))
	}
	b = append(b, clustered, compressionGzip, compressionGzip, tileTypeMVT, uint8(s.MinZoom), uint8(s.MaxZoom))
	b = appendDegrees(b, h.extent.Bound.Min)
	b = appendDegrees(b, h.extent.Bound.Max)
	b = append(b, uint8(max(s.MinZoom, min(s.MaxZoom, centreZoom))))
	return appendDegrees(b, h.extent.Centre)
}

// appendDegrees appends a point in units of 10^-7 degrees, which are 11 mm.
func appendDegrees(b []byte, p orb.Point) []byte {
	for _, degrees := range p {
		b = binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(degrees*1e7))))
	}
	return b
}

// end returns the size of the file in bytes according to its header.
func (h *header) end() uint64 {
	return max(h.root.end(), h.metadata.end(), h.leaves.end(), h.data.end())
}

// decodeHeader decodes the header at the beginning of a file.
func decodeHeader(b []byte) (h header, err error) {
	if len(b) < headerSize || string(b[:7]) != "PMTiles" {
		return h, ErrNotArchive
	}
	if b[7] != version {
		return h, fmt.Errorf("%w of version %d: it has version %d", ErrNotArchive, version, b[7])
	}
	number := func(i int) uint64 { return binary.LittleEndian.Uint64(b[8+8*i:]) }
	for i, s := range [...]*section{&h.root, &h.metadata, &h.leaves, &h.data} {
		*s = section{number(2 * i), number(2*i + 1)}
		if s.offset > math.MaxInt64 || s.length > math.MaxInt64-s.offset {
			return h, fmt.Errorf("%w: its header has a section of %d bytes at %d", ErrNotArchive, s.length, s.offset)
		}
	}
	const numbers = 8 + 8*8
	flags := b[numbers+3*8:]
	h.internalCompression, h.tileCompression, h.tileType = flags[1], flags[2], flags[3]
	for _, c := range [...]uint8{h.internalCompression, h.tileCompression} {
		if c != compressionNone && c != compressionGzip {
			return h, fmt.Errorf("%w that can be read: it is not compressed with gzip", ErrNotArchive)
		}
	}
	h.summary = Summary{
		Tiles: clampInt(number(8)), Entries: clampInt(number(9)), Contents: clampInt(number(10)), Bytes: int64(h.end()),
		MinZoom: maptile.Zoom(flags[4]), MaxZoom: maptile.Zoom(flags[5]),
	}
	if h.summary.MinZoom > h.summary.MaxZoom || h.summary.MaxZoom > maxZoom {
		return h, fmt.Errorf("%w: its header has the zooms %d to %d", ErrNotArchive, h.summary.MinZoom, h.summary.MaxZoom)
	}
	h.extent.Bound = orb.Bound{Min: decodeDegrees(flags[6:]), Max: decodeDegrees(flags[14:])}
	h.extent.Centre = decodeDegrees(flags[23:])
	return h, nil
}

// decodeDegrees decodes what appendDegrees has appended.
func decodeDegrees(b []byte) (p orb.Point) {
	for i := range p {
		p[i] = float64(int32(binary.LittleEndian.Uint32(b[4*i:]))) / 1e7
	}
	return p
}

// clampInt returns n, or the largest int.
func clampInt(n uint64) int { return int(min(n, math.MaxInt)) }

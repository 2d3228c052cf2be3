package pmtiles

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

// Values of the header.
const (
	headerSize      = 127 // bytes
	version         = 3
	clustered       = 1 // the tiles are in order of their ids
	compressionGzip = 2
	tileTypeMVT     = 1
)

// centreZoom is the zoom at which viewers begin, if the archive has it.
const centreZoom = 12

type header struct {
	root, metadata, leaves, data section
	summary                      Summary
	extent                       Extent
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

package tiles

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strconv"
)

// Extent of every tile, in tile units a side.
const Extent = 4096

const extentBits = 12

// layer appends one layer of a vector tile to a buffer, as the Mapbox Vector
// Tile specification 2.1 says (https://github.com/mapbox/vector-tile-spec). A
// layer that gets no feature leaves nothing.
//
//	l.begin(dst, "pins")
//	l.feature(id, mvtPoint, tags, geometry)
//	dst = l.end("kind", "category")
//
// A layer can be used again; it then needs no new memory.
type layer struct {
	buf    []byte
	start  int    // of the layer's message in buf
	values []byte // encoded, in order of their numbers
	count  uint32 // of values
	empty  bool
	small  [256]uint32 // the number, + 1, of each small number met
}

// Geometry types of a feature.
const (
	mvtPoint   = 1
	mvtPolygon = 3
)

// Field tags of the protobuf messages: field number << 3 | wire type.
const (
	tagTileLayer      = 3<<3 | 2
	tagLayerName      = 1<<3 | 2
	tagLayerFeature   = 2<<3 | 2
	tagLayerKey       = 3<<3 | 2
	tagLayerValue     = 4<<3 | 2
	tagLayerExtent    = 5 << 3
	tagLayerVersion   = 15 << 3
	tagFeatureID      = 1 << 3
	tagFeatureTags    = 2<<3 | 2
	tagFeatureType    = 3 << 3
	tagFeatureGeom    = 4<<3 | 2
	tagValueString    = 1<<3 | 2
	tagValueUint      = 5 << 3
	layerLengthDigits = 5 // bytes kept for the layer's length
)

func (l *layer) begin(dst []byte, name string) {
	l.buf, l.start, l.values, l.count, l.empty = dst, len(dst), l.values[:0], 0, true
	clear(l.small[:])
	l.buf = append(l.buf, tagTileLayer, 0, 0, 0, 0, 0) // tag and length, set by end
	l.buf = append(l.buf, tagLayerVersion, 2)
	l.buf = appendString(l.buf, tagLayerName, name)
}

// text adds a string to the layer's values and answers its number.
func (l *layer) text(s string) uint32 {
	size := 1 + varintSize(uint64(len(s))) + len(s)
	l.values = append(l.values, tagLayerValue)
	l.values = binary.AppendUvarint(l.values, uint64(size))
	l.values = appendString(l.values, tagValueString, s)
	l.count++
	return l.count - 1
}

// hexadecimal adds n as a string of lower-case digits, as H3 writes indexes.
func (l *layer) hexadecimal(n uint64) uint32 {
	size := (bits.Len64(n|1) + 3) / 4
	l.values = append(l.values, tagLayerValue, byte(2+size), tagValueString, byte(size))
	l.values = strconv.AppendUint(l.values, n, 16)
	l.count++
	return l.count - 1
}

// number adds an unsigned number to the layer's values, small ones once, and
// answers its number.
func (l *layer) number(n uint64) uint32 {
	if n < uint64(len(l.small)) && l.small[n] > 0 {
		return l.small[n] - 1
	}
	l.values = append(l.values, tagLayerValue, byte(1+varintSize(n)), tagValueUint)
	l.values = binary.AppendUvarint(l.values, n)
	l.count++
	if n < uint64(len(l.small)) {
		l.small[n] = l.count
	}
	return l.count - 1
}

// feature adds a feature. Tags are pairs of a key's and a value's number;
// geometry is a list of commands and parameters.
func (l *layer) feature(id uint64, kind byte, tags, geometry []uint32) {
	l.empty = false
	tagsSize, geometrySize := packedSize(tags), packedSize(geometry)
	size := 1 + varintSize(id) + 2 +
		1 + varintSize(uint64(tagsSize)) + tagsSize +
		1 + varintSize(uint64(geometrySize)) + geometrySize
	b := append(l.buf, tagLayerFeature)
	b = binary.AppendUvarint(b, uint64(size))
	b = append(b, tagFeatureID)
	b = binary.AppendUvarint(b, id)
	b = append(b, tagFeatureTags)
	b = appendPacked(b, tagsSize, tags)
	b = append(b, tagFeatureType, kind, tagFeatureGeom)
	l.buf = appendPacked(b, geometrySize, geometry)
}

// mostPoint is the most bytes that a feature of one point takes: its tag and
// size, id, type, encodedTags and the tag that is added to them, and geometry,
// each with tag and size.
const mostPoint = 2 + 11 + 2 + 2 + mostTags + 5 + 2 + 11

// encodedTags are pairs of a key's and a value's number as the bytes of varints.
type encodedTags struct {
	bytes [mostTags]byte
	n     uint8
}

// mostTags is enough for seven numbers of a layer that has under 2^21 values.
const mostTags = 24

func (e *encodedTags) add(number uint32) {
	e.n = uint8(putUvarint(e.bytes[:], int(e.n), uint64(number)))
}

// point adds a feature of one point: what feature would, in one go. The last
// tag's value is given apart.
func (l *layer) point(id uint64, tags *encodedTags, last uint32, x, y int32) {
	l.empty = false
	b := slices.Grow(l.buf, mostPoint)
	o := b[len(b) : len(b)+mostPoint]
	o[0], o[2] = tagLayerFeature, tagFeatureID // o[1], the size: below 128
	i := putUvarint(o, 3, id)
	o[i] = tagFeatureTags
	from := i + 2
	copy(o[from:from+mostTags], tags.bytes[:])
	i = putUvarint(o, from+int(tags.n), uint64(last))
	o[from-1] = byte(i - from)
	o[i], o[i+1], o[i+2], o[i+4] = tagFeatureType, mvtPoint, tagFeatureGeom, moveTo1
	from = i + 4
	i = putUvarint(o, from+1, uint64(zigzag(x)))
	i = putUvarint(o, i, uint64(zigzag(y)))
	o[from-1] = byte(i - from)
	o[1] = byte(i - 2)
	l.buf = b[:len(b)+i]
}

// putUvarint writes v at o[i] and answers where it ends.
func putUvarint(o []byte, i int, v uint64) int {
	for v >= 0x80 {
		o[i] = byte(v) | 0x80
		v >>= 7
		i++
	}
	o[i] = byte(v)
	return i + 1
}

// end the layer, with its keys, and answer the buffer.
func (l *layer) end(keys ...string) []byte {
	if l.empty {
		return l.buf[:l.start]
	}
	for _, k := range keys {
		l.buf = appendString(l.buf, tagLayerKey, k)
	}
	l.buf = append(l.buf, l.values...)
	l.buf = append(l.buf, tagLayerExtent)
	l.buf = binary.AppendUvarint(l.buf, Extent)
	// the length stands before the message, padded to a fixed size
	length := uint64(len(l.buf) - l.start - 1 - layerLengthDigits)
	for i := range layerLengthDigits {
		digit := byte(length & 0x7f)
		if length >>= 7; i < layerLengthDigits-1 {
			digit |= 0x80
		}
		l.buf[l.start+1+i] = digit
	}
	return l.buf
}

func appendString(b []byte, tag byte, s string) []byte {
	b = append(b, tag)
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

func appendPacked(b []byte, size int, values []uint32) []byte {
	b = binary.AppendUvarint(b, uint64(size))
	for _, v := range values {
		b = binary.AppendUvarint(b, uint64(v))
	}
	return b
}

func packedSize(values []uint32) int {
	n := 0
	for _, v := range values {
		n += varintSize(uint64(v))
	}
	return n
}

// varintSize is the number of bytes of a varint: one for each 7 bits.
func varintSize(v uint64) int { return (bits.Len64(v|1) + 6) / 7 }

// Commands of a geometry.
const (
	moveTo1   = 1<<3 | 1
	lineTo    = 2
	closePath = 1<<3 | 7
)

func zigzag(n int32) uint32 { return uint32(n<<1) ^ uint32(n>>31) }

// pen writes rings relative to where it stands, as the specification asks.
type pen struct {
	commands []uint32
	x, y     int32
}

// ring adds a ring of tile coordinates, not closed, that keeps its direction
// but not its repeated points. Fewer than three points left, or no area, add
// nothing.
func (p *pen) ring(points [][2]int32) bool {
	n := 0
	for _, q := range points {
		if n == 0 || q != points[n-1] {
			points[n] = q
			n++
		}
	}
	for n > 1 && points[n-1] == points[0] {
		n--
	}
	if n < 3 || doubleArea(points[:n]) == 0 {
		return false
	}
	p.commands = append(p.commands, moveTo1)
	p.to(points[0])
	p.commands = append(p.commands, uint32(n-1)<<3|lineTo)
	for _, q := range points[1:n] {
		p.to(q)
	}
	p.commands = append(p.commands, closePath)
	return true
}

func (p *pen) to(q [2]int32) {
	p.commands = append(p.commands, zigzag(q[0]-p.x), zigzag(q[1]-p.y))
	p.x, p.y = q[0], q[1]
}

// doubleArea is twice the signed area by the surveyor's formula: positive for
// an exterior ring as the specification wants it (clockwise, with y downward).
func doubleArea(points [][2]int32) int64 {
	sum := int64(0)
	last := points[len(points)-1]
	for _, q := range points {
		sum += int64(last[0])*int64(q[1]) - int64(q[0])*int64(last[1])
		last = q
	}
	return sum
}

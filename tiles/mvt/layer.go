package mvt

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strconv"
)

// Layer appends one layer of a vector tile to a buffer. Its methods must be
// called in this order: Begin, then those that add values and features, then
// End. A Layer that is used again allocates nothing. The zero value is ready
// for Begin.
type Layer struct {
	buf    []byte
	start  int    // of the message of the layer in buf
	values []byte // encoded, in order of their numbers
	count  uint32 // number of values
	empty  bool
	small  [256]uint32       // 1 + the number of the value, by small unsigned integer; 0 for none yet
	large  map[uint64]uint32 // the numbers of other unsigned integers
	texts  map[string]uint32 // the numbers of texts
	yes    uint32            // 1 + the number of the value true; 0 for none yet
	point  []uint32          // commands of the last point
}

// Geometry types of a feature.
const (
	typePoint   = 1
	typeLine    = 2
	typePolygon = 3
)

// Field tags of the protobuf messages: field number << 3 | wire type.
const (
	tagTileLayer    = 3<<3 | 2
	tagLayerName    = 1<<3 | 2
	tagLayerFeature = 2<<3 | 2
	tagLayerKey     = 3<<3 | 2
	tagLayerValue   = 4<<3 | 2
	tagLayerExtent  = 5 << 3
	tagLayerVersion = 15 << 3
	tagFeatureID    = 1 << 3
	tagFeatureTags  = 2<<3 | 2
	tagFeatureType  = 3 << 3
	tagFeatureGeom  = 4<<3 | 2
	tagValueString  = 1<<3 | 2
	tagValueUint    = 5 << 3
	tagValueBool    = 7 << 3
)

// lengthBytes is the size of the length of a layer: a varint of fixed size, so
// that it can be written when the layer is complete.
const lengthBytes = 5

// Begin begins a layer at the end of dst.
func (l *Layer) Begin(dst []byte, name string) {
	l.buf, l.start, l.values, l.count, l.yes, l.empty = dst, len(dst), l.values[:0], 0, 0, true
	clear(l.small[:])
	if l.large == nil {
		l.large, l.texts = map[uint64]uint32{}, map[string]uint32{}
	}
	l.buf = append(l.buf, tagTileLayer, 0, 0, 0, 0, 0) // the length is set by End
	l.buf = append(l.buf, tagLayerVersion, 2)
	l.buf = appendString(l.buf, tagLayerName, name)
}

// Text adds the string s to the values of the layer, if it is not among them
// yet, and returns its number.
func (l *Layer) Text(s string) uint32 {
	if number, ok := l.texts[s]; ok {
		return number
	}
	l.texts[s] = l.count
	size := 1 + varintSize(uint64(len(s))) + len(s)
	l.values = append(l.values, tagLayerValue)
	l.values = binary.AppendUvarint(l.values, uint64(size))
	l.values = appendString(l.values, tagValueString, s)
	l.count++
	return l.count - 1
}

// Hex adds n as a string of lower-case hexadecimal digits to the values of the
// layer and returns its number. No value of the layer may be the same string.
func (l *Layer) Hex(n uint64) uint32 {
	size := (bits.Len64(n|1) + 3) / 4
	l.values = append(l.values, tagLayerValue, byte(2+size), tagValueString, byte(size))
	l.values = strconv.AppendUint(l.values, n, 16)
	l.count++
	return l.count - 1
}

// Uint adds the unsigned integer n to the values of the layer, if it is not
// among them yet, and returns its number.
func (l *Layer) Uint(n uint64) uint32 {
	if n < uint64(len(l.small)) {
		if l.small[n] == 0 {
			l.small[n] = l.addUint(n) + 1
		}
		return l.small[n] - 1
	}
	number, ok := l.large[n]
	if !ok {
		number = l.addUint(n)
		l.large[n] = number
	}
	return number
}

func (l *Layer) addUint(n uint64) uint32 {
	l.values = append(l.values, tagLayerValue, byte(1+varintSize(n)), tagValueUint)
	l.values = binary.AppendUvarint(l.values, n)
	l.count++
	return l.count - 1
}

// True adds the boolean true to the values of the layer, if it is not among
// them yet, and returns its number.
func (l *Layer) True() uint32 {
	if l.yes == 0 {
		l.values = append(l.values, tagLayerValue, 2, tagValueBool, 1)
		l.count++
		l.yes = l.count
	}
	return l.yes - 1
}

// Polygon adds a feature of the rings of g. Tags are pairs of the number of a
// key, in the order of the keys of End, and the number of a value. A feature
// with the id 0 has none.
func (l *Layer) Polygon(id uint64, tags []uint32, g *Geometry) { l.feature(typePolygon, id, tags, g) }

// Line adds a feature of the lines of g, like Polygon.
func (l *Layer) Line(id uint64, tags []uint32, g *Geometry) { l.feature(typeLine, id, tags, g) }

// TaggedPoint adds a feature of one point with any number of tags, like
// Polygon.
func (l *Layer) TaggedPoint(id uint64, tags []uint32, p Point) {
	g := Geometry{commands: append(l.point[:0], moveTo1)}
	g.move(p)
	l.point = g.commands
	l.feature(typePoint, id, tags, &g)
}

func (l *Layer) feature(geometryType byte, id uint64, tags []uint32, g *Geometry) {
	l.empty = false
	tagsSize, geometrySize := packedSize(tags), packedSize(g.commands)
	size := 2 +
		1 + varintSize(uint64(tagsSize)) + tagsSize +
		1 + varintSize(uint64(geometrySize)) + geometrySize
	if id != 0 {
		size += 1 + varintSize(id)
	}
	b := append(l.buf, tagLayerFeature)
	b = binary.AppendUvarint(b, uint64(size))
	if id != 0 {
		b = append(b, tagFeatureID)
		b = binary.AppendUvarint(b, id)
	}
	b = append(b, tagFeatureTags)
	b = appendPacked(b, tagsSize, tags)
	b = append(b, tagFeatureType, geometryType, tagFeatureGeom)
	l.buf = appendPacked(b, geometrySize, g.commands)
}

// Tags contains encoded pairs of the number of a key and the number of a value.
// It has room for seven numbers of a layer with fewer than 2^21 values. The
// zero value is empty.
type Tags struct {
	bytes [maxTags]byte
	n     uint8
}

const maxTags = 24 // bytes

// Add appends the number of a key or of a value.
func (t *Tags) Add(number uint32) {
	t.n = uint8(putUvarint(t.bytes[:], int(t.n), uint64(number)))
}

// Empty reports whether t has no number.
func (t *Tags) Empty() bool { return t.n == 0 }

// maxPoint is the size in bytes of the largest feature of Point: the feature,
// its id, its type, its tags with one more number, and its geometry, each with
// field tag and size.
const maxPoint = 2 + 11 + 2 + 2 + maxTags + 5 + 2 + 11

// Point adds a feature of one point. Its tags are t, which ends with the number
// of a key, and last, the number of the value of that key.
func (l *Layer) Point(id uint64, t *Tags, last uint32, p Point) {
	l.empty = false
	b := slices.Grow(l.buf, maxPoint)
	o := b[len(b) : len(b)+maxPoint]
	o[0], o[2] = tagLayerFeature, tagFeatureID // o[1] is the size, below 128
	i := putUvarint(o, 3, id)
	o[i] = tagFeatureTags
	from := i + 2
	copy(o[from:from+maxTags], t.bytes[:])
	i = putUvarint(o, from+int(t.n), uint64(last))
	o[from-1] = byte(i - from)
	o[i], o[i+1], o[i+2], o[i+4] = tagFeatureType, typePoint, tagFeatureGeom, moveTo1
	from = i + 4
	i = putUvarint(o, from+1, uint64(zigzag(p[0])))
	i = putUvarint(o, i, uint64(zigzag(p[1])))
	o[from-1] = byte(i - from)
	o[1] = byte(i - 2)
	l.buf = b[:len(b)+i]
}

// putUvarint writes v at o[i] and returns the index of the next byte.
func putUvarint(o []byte, i int, v uint64) int {
	for v >= 0x80 {
		o[i] = byte(v) | 0x80
		v >>= 7
		i++
	}
	o[i] = byte(v)
	return i + 1
}

// End completes the layer with its keys and returns the extended buffer. A
// layer without features is removed from it.
func (l *Layer) End(keys ...string) []byte {
	b := l.buf
	l.buf = nil
	clear(l.large)
	clear(l.texts) // so that strings do not stay in memory
	if l.empty {
		return b[:l.start]
	}
	for _, k := range keys {
		b = appendString(b, tagLayerKey, k)
	}
	b = append(b, l.values...)
	b = append(b, tagLayerExtent)
	b = binary.AppendUvarint(b, Extent)
	length := uint64(len(b) - l.start - 1 - lengthBytes)
	for i := range lengthBytes {
		digit := byte(length & 0x7f)
		if length >>= 7; i < lengthBytes-1 {
			digit |= 0x80
		}
		b[l.start+1+i] = digit
	}
	return b
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

// varintSize returns the size of a varint in bytes: one for every 7 bits.
func varintSize(v uint64) int { return (bits.Len64(v|1) + 6) / 7 }

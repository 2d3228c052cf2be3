package pmtiles

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"github.com/klauspost/compress/gzip"
)

const (
	frontSize   = 16384 // bytes of the header and the root, which a client reads at once
	rootEntries = 16384 // a root of more entries never fits
	leafEntries = 4096  // entries of a leaf at first; more when the root does not fit
)

// entry is an entry of a directory: the tiles id to id+run-1, all with the same
// content. In a root directory with leaves, run is 0 and the entry refers to
// the leaf whose first tile is id.
type entry struct {
	id, offset  uint64
	length, run uint32
}

// encodeDirectories returns a root directory of all entries if it fits, or else
// a root directory of leaves that have so many entries that the root fits.
func encodeDirectories(entries []entry, perLeaf int) (root, leaves []byte, err error) {
	if len(entries) <= rootEntries {
		root, err = encodeDirectory(entries)
		if err != nil || len(root) <= frontSize-headerSize {
			return root, nil, err
		}
	}
	for ; ; perLeaf *= 2 {
		var top []entry
		leaves = nil
		for i := 0; i < len(entries); i += perLeaf {
			leaf, err := encodeDirectory(entries[i:min(i+perLeaf, len(entries))])
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

// encodeDirectory encodes entries column by column: ids as differences, and
// offsets as 0 where a content follows the one before it.
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
	return Compress(b)
}

// Compress returns b compressed with gzip at the best level.
func Compress(b []byte) ([]byte, error) {
	var out bytes.Buffer
	zip, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err == nil {
		_, err = zip.Write(b)
	}
	if err == nil {
		err = zip.Close()
	}
	return out.Bytes(), err
}

// decodeDirectory decodes a directory, and checks that the ids of its entries
// ascend and that none is empty or overlaps the next.
func decodeDirectory(b []byte) ([]entry, error) {
	in := columns{b: b}
	n := in.next(math.MaxUint64)
	if n == 0 || n > uint64(len(b))/4 { // four numbers each
		return nil, fmt.Errorf("%w: a directory of %d bytes has %d entries", ErrNotArchive, len(b), n)
	}
	list := make([]entry, n)
	id := uint64(0)
	for i := range list {
		step := in.next(firstID(maxZoom+1) - id)
		if id += step; i > 0 && step == 0 {
			in.bad = true
		}
		list[i].id = id
	}
	for i := range list {
		list[i].run = uint32(in.next(math.MaxUint32))
	}
	for i := range list {
		list[i].length = uint32(in.next(math.MaxUint32))
		if list[i].length == 0 || i > 0 && list[i-1].id+uint64(list[i-1].run) > list[i].id {
			in.bad = true
		}
	}
	for i := range list {
		switch offset := in.next(math.MaxInt64); {
		case offset > 0:
			list[i].offset = offset - 1
		case i > 0:
			list[i].offset = list[i-1].offset + uint64(list[i-1].length)
		default:
			in.bad = true
		}
	}
	if in.bad || len(in.b) > 0 {
		return nil, fmt.Errorf("%w: a directory is damaged", ErrNotArchive)
	}
	return list, nil
}

// columns are the numbers of a directory that have not been read yet.
type columns struct {
	b   []byte
	bad bool // whether a number was missing or greater than it may be
}

// next returns the next number, or 0 if there is none up to limit.
func (c *columns) next(limit uint64) uint64 {
	v, n := binary.Uvarint(c.b)
	if n <= 0 || v > limit {
		c.bad = true
		return 0
	}
	c.b = c.b[n:]
	return v
}

// Decompress returns what is compressed in b with gzip, if it has at most limit
// bytes.
func Decompress(b []byte, limit int) ([]byte, error) {
	zip, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotArchive, err)
	}
	out, err := io.ReadAll(io.LimitReader(zip, int64(limit)+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotArchive, err)
	}
	if len(out) > limit {
		return nil, fmt.Errorf("%w: %d bytes decompress to more than %d", ErrNotArchive, len(b), limit)
	}
	return out, nil
}

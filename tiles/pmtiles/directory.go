package pmtiles

import (
	"bytes"
	"encoding/binary"

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
	return compress(b)
}

// compress returns b compressed with gzip at the best level.
func compress(b []byte) ([]byte, error) {
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

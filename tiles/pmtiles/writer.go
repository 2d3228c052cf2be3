package pmtiles

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// ErrEmpty reports an archive without tiles, which the format does not allow.
var ErrEmpty = errors.New("the archive has no tiles")

// Writer writes an archive: call Add for every tile, then Finish. It keeps 24
// bytes in memory for each entry of the directories, and about 50 for each
// different content.
type Writer struct {
	spool     io.ReadWriteSeeker
	data      *bufio.Writer // to the spool
	size      uint64        // bytes of the contents
	entries   []entry
	contents  map[digest]content
	addressed int
}

// digest identifies a content. The probability that two of a million contents
// have the same digest is 1 in 10^27.
type digest [16]byte

// content is the location, in the section of tiles, of the content of one or
// more tiles.
type content struct {
	offset uint64
	length uint32
}

// Summary describes an archive.
type Summary struct {
	Tiles            int // tiles with features
	Contents         int // different contents
	Entries          int // of the directories, leaves not counted
	Bytes            int64
	MinZoom, MaxZoom maptile.Zoom
}

// Extent describes where the tiles of an archive have features, in degrees.
type Extent struct {
	Bound  orb.Bound
	Centre orb.Point // where viewers begin
}

// NewWriter returns a Writer that keeps the tiles in spool, which must be
// empty, until Finish.
func NewWriter(spool io.ReadWriteSeeker) *Writer {
	return &Writer{spool: spool, data: bufio.NewWriterSize(spool, 1<<20), contents: map[digest]content{}}
}

// Add adds the tile with the id, compressed with gzip. Ids must ascend. A
// content that an earlier tile has too is not written again.
func (w *Writer) Add(id uint64, tile []byte) error {
	sum := sha256.Sum256(tile)
	key := digest(sum[:16])
	c, known := w.contents[key]
	if !known {
		if len(tile) > math.MaxUint32 {
			return fmt.Errorf("tile %d has %d bytes; the format allows %d", id, len(tile), uint32(math.MaxUint32))
		}
		if _, err := w.data.Write(tile); err != nil {
			return fmt.Errorf("write tile %d to the temporary file: %w", id, err)
		}
		c = content{w.size, uint32(len(tile))}
		w.contents[key] = c
		w.size += uint64(len(tile))
	}
	w.addressed++
	if n := len(w.entries); known && n > 0 {
		if last := &w.entries[n-1]; last.offset == c.offset && last.id+uint64(last.run) == id {
			last.run++
			return nil
		}
	}
	w.entries = append(w.entries, entry{id: id, offset: c.offset, length: c.length, run: 1})
	return nil
}

// Finish writes the archive of all tiles added to dst. The metadata is what
// describe returns for a summary that lacks Bytes, as JSON; extent is
// that of the tiles. Finish returns ErrEmpty when there are no tiles.
func (w *Writer) Finish(dst io.Writer, extent Extent, describe func(Summary) any) (Summary, error) {
	if len(w.entries) == 0 {
		return Summary{}, ErrEmpty
	}
	first, last := w.entries[0], w.entries[len(w.entries)-1]
	h := header{extent: extent, summary: Summary{
		Tiles: w.addressed, Contents: len(w.contents), Entries: len(w.entries),
		MinZoom: maptile.Zoom(zoomOf(first.id)), MaxZoom: maptile.Zoom(zoomOf(last.id + uint64(last.run) - 1)),
	}}
	root, leaves, err := encodeDirectories(w.entries, leafEntries)
	if err != nil {
		return Summary{}, fmt.Errorf("encode directories: %w", err)
	}
	text, err := json.Marshal(describe(h.summary))
	if err != nil {
		return Summary{}, fmt.Errorf("encode metadata: %w", err)
	}
	metadata, err := Compress(text)
	if err != nil {
		return Summary{}, fmt.Errorf("encode metadata: %w", err)
	}
	h.root = section{headerSize, uint64(len(root))}
	h.metadata = section{h.root.end(), uint64(len(metadata))}
	h.leaves = section{h.metadata.end(), uint64(len(leaves))}
	h.data = section{h.leaves.end(), w.size}
	h.summary.Bytes = int64(h.data.end())
	if err := w.data.Flush(); err != nil {
		return Summary{}, fmt.Errorf("write tiles to the temporary file: %w", err)
	}
	if _, err := w.spool.Seek(0, io.SeekStart); err != nil {
		return Summary{}, fmt.Errorf("rewind the temporary file: %w", err)
	}
	if _, err := dst.Write(bytes.Join([][]byte{h.encode(), root, metadata, leaves}, nil)); err != nil {
		return Summary{}, fmt.Errorf("write directories: %w", err)
	}
	if _, err := io.Copy(dst, w.spool); err != nil {
		return Summary{}, fmt.Errorf("write tiles: %w", err)
	}
	return h.summary, nil
}

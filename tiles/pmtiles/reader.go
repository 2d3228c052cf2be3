package pmtiles

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"sort"

	"github.com/paulmach/orb/maptile"
)

// Limits of what a Reader accepts. They are far above what archives have, and
// bound the memory that a hostile one can make it take.
const (
	maxMetadata  = 4 << 20  // bytes, decompressed
	maxDirectory = 2 << 20  // the same
	maxTile      = 16 << 20 // bytes, as it is stored
	maxDepth     = 3        // of directories; the specification recommends 2
)

// Errors of archives that cannot be read.
var (
	ErrNotArchive = errors.New("it is not a PMTiles archive")
	ErrCutOff     = errors.New("the archive is cut off")
)

// Reader reads an archive. Its methods may be called concurrently. Use NewReader
// to create one.
type Reader struct {
	source Source
	header header
	front  []byte // the encoded header and root
	root   []entry
	cache  *cache
}

// Content is the location of the content of one or more tiles in the section of
// tiles, in bytes. The zero value is that of a missing tile.
type Content struct {
	Offset uint64
	Length uint32
}

// NewReader returns a reader of the archive in a source. It keeps directories
// and tiles of up to cacheBytes in memory.
func NewReader(ctx context.Context, s Source, cacheBytes int) (*Reader, error) {
	size := s.Size()
	front := make([]byte, min(size, frontSize))
	if err := s.ReadRange(ctx, front, 0); err != nil {
		return nil, fmt.Errorf("read header: %w", err)
	}
	h, err := decodeHeader(front)
	if err != nil {
		return nil, err
	}
	if end := h.end(); end > uint64(size) {
		return nil, fmt.Errorf("%w: its header says %d bytes, the file has %d", ErrCutOff, end, size)
	}
	if h.root.offset < headerSize || h.root.end() > uint64(len(front)) {
		return nil, fmt.Errorf("%w: its root directory is not within the first %d bytes", ErrNotArchive, frontSize)
	}
	r := &Reader{source: s, header: h, front: front[:h.root.end()]}
	if r.root, err = r.decodeDirectory(front[h.root.offset:h.root.end()]); err != nil {
		return nil, err
	}
	r.cache, err = newCache(cacheBytes)
	return r, err
}

// Summary returns the description of the archive in its header. Numbers of
// tiles are 0 where the writer did not state them.
func (r *Reader) Summary() Summary { return r.header.summary }

// Extent returns where the tiles of the archive have features.
func (r *Reader) Extent() Extent { return r.header.extent }

// IsMVT reports whether the tiles are Mapbox Vector Tiles.
func (r *Reader) IsMVT() bool { return r.header.tileType == tileTypeMVT }

// Gzip reports whether the tiles are compressed with gzip. Otherwise they are
// not compressed.
func (r *Reader) Gzip() bool { return r.header.tileCompression == compressionGzip }

// Metadata returns the metadata, which is JSON.
func (r *Reader) Metadata(ctx context.Context) ([]byte, error) {
	b, err := r.read(ctx, r.header.metadata, maxMetadata)
	if err == nil {
		b, err = r.decompress(b, maxMetadata)
	}
	if err != nil {
		return nil, fmt.Errorf("read metadata: %w", err)
	}
	return b, nil
}

// Digest returns the SHA-256 of the header, the root directory and the metadata,
// as they are encoded.
func (r *Reader) Digest(ctx context.Context) ([sha256.Size]byte, error) {
	metadata, err := r.read(ctx, r.header.metadata, maxMetadata)
	if err != nil {
		return [sha256.Size]byte{}, fmt.Errorf("read metadata: %w", err)
	}
	sum := sha256.New()
	_, _ = sum.Write(r.front) // never fails
	_, _ = sum.Write(metadata)
	return [sha256.Size]byte(sum.Sum(nil)), nil
}

// Tile returns a tile as it is stored, or nil if the archive does not have it.
func (r *Reader) Tile(ctx context.Context, t maptile.Tile) ([]byte, error) {
	c, err := r.Find(ctx, t)
	if err != nil || c.Length == 0 {
		return nil, err
	}
	key := part{section{r.header.data.offset + c.Offset, uint64(c.Length)}, false}
	if tile, ok := r.cache.get(key); ok {
		return tile.([]byte), nil
	}
	tile, err := r.read(ctx, key.section, maxTile)
	if err != nil {
		return nil, fmt.Errorf("read tile %d/%d/%d: %w", t.Z, t.X, t.Y, err)
	}
	r.cache.put(key, tile)
	return tile, nil
}

// ReadTiles fills b with the bytes of the section of tiles from offset on.
func (r *Reader) ReadTiles(ctx context.Context, b []byte, offset uint64) error {
	if !within(offset, uint64(len(b)), r.header.data.length) {
		return fmt.Errorf("%w: tiles beyond their section", ErrNotArchive)
	}
	if err := r.source.ReadRange(ctx, b, int64(r.header.data.offset+offset)); err != nil {
		return fmt.Errorf("read tiles: %w", err)
	}
	return nil
}

// Find returns the location of the content of a tile. It has the length 0 if the
// archive does not have the tile.
func (r *Reader) Find(ctx context.Context, t maptile.Tile) (Content, error) {
	if t.Z < r.header.summary.MinZoom || t.Z > r.header.summary.MaxZoom || t.X>>t.Z > 0 || t.Y>>t.Z > 0 {
		return Content{}, nil
	}
	id, list := TileID(t), r.root
	for range maxDepth {
		i := sort.Search(len(list), func(i int) bool { return list[i].id > id }) - 1
		switch {
		case i < 0:
			return Content{}, nil
		case list[i].run > 0:
			e := list[i]
			if id-e.id >= uint64(e.run) {
				return Content{}, nil
			}
			if !within(e.offset, uint64(e.length), r.header.data.length) {
				return Content{}, fmt.Errorf("%w: a tile is beyond the section of tiles", ErrNotArchive)
			}
			return Content{e.offset, e.length}, nil
		}
		var err error
		if list, err = r.leaf(ctx, list[i]); err != nil {
			return Content{}, err
		}
	}
	return Content{}, fmt.Errorf("%w: its directories are nested too deeply", ErrNotArchive)
}

// leaf returns the directory to which an entry refers.
func (r *Reader) leaf(ctx context.Context, e entry) ([]entry, error) {
	if !within(e.offset, uint64(e.length), r.header.leaves.length) {
		return nil, fmt.Errorf("%w: a directory is beyond the section of directories", ErrNotArchive)
	}
	key := part{section{r.header.leaves.offset + e.offset, uint64(e.length)}, true}
	if list, ok := r.cache.get(key); ok {
		return list.([]entry), nil
	}
	b, err := r.read(ctx, key.section, maxDirectory)
	if err != nil {
		return nil, fmt.Errorf("read directory: %w", err)
	}
	list, err := r.decodeDirectory(b)
	if err != nil {
		return nil, err
	}
	r.cache.put(key, list)
	return list, nil
}

// read returns the bytes of a section, which may have at most limit bytes.
func (r *Reader) read(ctx context.Context, s section, limit uint64) ([]byte, error) {
	if s.length > limit {
		return nil, fmt.Errorf("%w: %d bytes at %d are more than the %d that are possible", ErrNotArchive, s.length, s.offset, limit)
	}
	b := make([]byte, s.length)
	if err := r.source.ReadRange(ctx, b, int64(s.offset)); err != nil {
		return nil, err
	}
	return b, nil
}

// decodeDirectory decodes a directory as it is stored.
func (r *Reader) decodeDirectory(b []byte) ([]entry, error) {
	b, err := r.decompress(b, maxDirectory)
	if err != nil {
		return nil, fmt.Errorf("read directory: %w", err)
	}
	return decodeDirectory(b)
}

// decompress returns b as it was before the writer compressed it.
func (r *Reader) decompress(b []byte, limit int) ([]byte, error) {
	if r.header.internalCompression == compressionNone {
		return b, nil
	}
	return Decompress(b, limit)
}

// within reports whether length bytes from offset on are within the first size
// bytes.
func within(offset, length, size uint64) bool { return offset <= size && length <= size-offset }

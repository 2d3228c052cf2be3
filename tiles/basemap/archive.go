package basemap

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/tiles/pmtiles"
)

// ErrSchema reports an archive whose tiles are not those of a basemap.
var ErrSchema = errors.New("it is not a basemap of the Protomaps schema, version 4")

const (
	cacheBytes = 16 << 20 // of directories and tiles of an archive
	maxTile    = 32 << 20 // bytes of a tile, decompressed
	hashBytes  = 12       // of the digest, of which a hash consists
)

// Archive is one version of a basemap. Its methods may be called concurrently.
// Use Open to open one.
type Archive struct {
	*pmtiles.Reader

	// Hash identifies the version. It is the same wherever the same file is.
	Hash string
	// Attribution is HTML that a map must show; "" if the archive has none.
	Attribution string

	source   pmtiles.Source
	metadata map[string]any
}

// statement is what the metadata of a basemap must say.
type statement struct {
	Attribution  string `json:"attribution"`
	Version      string `json:"version"`
	VectorLayers []struct {
		ID string `json:"id"`
	} `json:"vector_layers"`
}

// IsURL reports whether the location of a basemap is a URL, not a file.
func IsURL(location string) bool {
	return strings.HasPrefix(location, "http://") || strings.HasPrefix(location, "https://")
}

// Open opens the basemap in a file, or at a URL from which it is read by range
// requests. It returns an error that says why when it is none: ErrSchema,
// pmtiles.ErrNotArchive or pmtiles.ErrCutOff.
func Open(ctx context.Context, location string) (*Archive, error) {
	source, err := openSource(ctx, location)
	if err != nil {
		return nil, err
	}
	a, err := newArchive(ctx, source)
	if err != nil {
		if c, ok := source.(io.Closer); ok {
			err = errors.Join(err, c.Close())
		}
		return nil, fmt.Errorf("basemap %s: %w", location, err)
	}
	return a, nil
}

func openSource(ctx context.Context, location string) (pmtiles.Source, error) {
	if IsURL(location) {
		return pmtiles.OpenURL(ctx, nil, location)
	}
	return pmtiles.OpenFile(location)
}

func newArchive(ctx context.Context, source pmtiles.Source) (*Archive, error) {
	r, err := pmtiles.NewReader(ctx, source, cacheBytes)
	if err != nil {
		return nil, err
	}
	if !r.IsMVT() {
		return nil, fmt.Errorf("%w: its tiles are not vector tiles", ErrSchema)
	}
	text, err := r.Metadata(ctx)
	if err != nil {
		return nil, err
	}
	a := &Archive{Reader: r, source: source}
	var m statement
	if err := errors.Join(json.Unmarshal(text, &m), json.Unmarshal(text, &a.metadata)); err != nil {
		return nil, fmt.Errorf("%w: its metadata: %w", ErrSchema, err)
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	a.Attribution = m.Attribution
	sum, err := r.Digest(ctx)
	if err != nil {
		return nil, err
	}
	a.Hash = hex.EncodeToString(sum[:hashBytes])
	return a, nil
}

// check returns ErrSchema when the metadata is not that of a basemap.
func (m *statement) check() error {
	var ids []string
	for _, layer := range m.VectorLayers {
		ids = append(ids, layer.ID)
	}
	if !slices.Contains(ids, "roads") || !slices.Contains(ids, "earth") && !slices.Contains(ids, "water") {
		return fmt.Errorf("%w: it has the layers %q, and neither roads with earth nor roads with water", ErrSchema, ids)
	}
	if m.Version != "" && m.Version != "4" && !strings.HasPrefix(m.Version, "4.") {
		return fmt.Errorf("%w: it has version %s", ErrSchema, m.Version)
	}
	return nil
}

// VectorLayers returns the descriptions of the layers as TileJSON has them.
func (a *Archive) VectorLayers() any { return a.metadata["vector_layers"] }

// GzipTile returns a tile compressed with gzip, or nil if the archive does not
// have it.
func (a *Archive) GzipTile(ctx context.Context, t maptile.Tile) ([]byte, error) {
	tile, err := a.Tile(ctx, t)
	if err == nil && tile != nil && !a.Gzip() {
		tile, err = pmtiles.Compress(tile)
	}
	return tile, err
}

// Plain returns a tile that GzipTile has returned, decompressed.
func Plain(tile []byte) ([]byte, error) {
	return pmtiles.Decompress(tile, maxTile)
}

// replaced reports whether there is another version at the location at which the
// archive was opened.
func (a *Archive) replaced(ctx context.Context, location string) bool {
	switch s := a.source.(type) {
	case *pmtiles.URL:
		return errors.Is(s.Check(ctx), pmtiles.ErrReplaced) // not while the server is unavailable
	case *pmtiles.File:
		return s.Replaced(location)
	}
	return false
}

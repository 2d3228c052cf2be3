package basemap

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"golang.org/x/sync/errgroup"

	"github.com/pinezka/pinezka/tiles/pmtiles"
)

// Limits of a cut.
const (
	maxCutTiles = 4_000_000
	maxRange    = 4 << 20  // bytes that are read at once
	maxGap      = 32 << 10 // bytes between tiles that are read along rather than left out
	maxBatch    = 16 << 20 // bytes of tiles in memory
	parallel    = 4        // ranges that are read at the same time
)

// ErrOutside reports boxes in which a basemap has no tiles.
var ErrOutside = errors.New("the basemap has no tiles there")

// Cut copies the tiles of the basemap at source, a file or a URL, that touch one
// of the boxes, within -180 to 180 degrees, into a new archive, which replaces the
// file out when it is complete. progress is called with the number of tiles that
// have been copied, of total; it may be nil.
func Cut(ctx context.Context, source string, boxes []orb.Bound, out string, progress func(done, total int)) (pmtiles.Summary, error) {
	a, err := Open(ctx, source)
	if err != nil {
		return pmtiles.Summary{}, err
	}
	if c, ok := a.source.(io.Closer); ok {
		defer c.Close()
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	var s pmtiles.Summary
	err = pmtiles.Save(out, func(dst io.Writer, spool io.ReadWriteSeeker) error {
		s, err = a.cut(ctx, boxes, dst, spool, progress)
		return err
	})
	if err != nil {
		return s, fmt.Errorf("cut %s: %w", source, err)
	}
	return s, nil
}

// foundTile is a tile of the basemap with the location of its content.
type foundTile struct {
	id uint64
	pmtiles.Content
}

func (a *Archive) cut(ctx context.Context, boxes []orb.Bound, dst io.Writer, spool io.ReadWriteSeeker, progress func(done, total int)) (pmtiles.Summary, error) {
	found, err := a.find(ctx, boxes)
	if err != nil {
		return pmtiles.Summary{}, err
	}
	w := pmtiles.NewWriter(spool)
	sum := sha256.New()
	for done := 0; done < len(found); {
		if err := ctx.Err(); err != nil {
			return pmtiles.Summary{}, err
		}
		n, size := 0, uint64(0)
		for ; done+n < len(found) && (n == 0 || size < maxBatch); n++ {
			size += uint64(found[done+n].Length)
		}
		contents, err := a.read(ctx, found[done:done+n])
		if err != nil {
			return pmtiles.Summary{}, err
		}
		for _, t := range found[done : done+n] {
			tile := contents[t.Offset]
			if !a.Gzip() {
				if tile, err = pmtiles.Compress(tile); err != nil {
					return pmtiles.Summary{}, fmt.Errorf("compress a tile: %w", err)
				}
			}
			if err := w.Add(t.id, tile); err != nil {
				return pmtiles.Summary{}, err
			}
			fmt.Fprintln(sum, t.id, len(tile))
			_, _ = sum.Write(tile) // never fails
		}
		done += n
		progress(done, len(found))
	}
	extent := a.Extent()
	extent.Bound = intersection(extent.Bound, boxes)
	extent.Centre = extent.Bound.Center()
	meta := maps.Clone(a.metadata)
	meta["tiles_sha256"] = hex.EncodeToString(sum.Sum(nil)) // so that other tiles are another hash, even with the same sizes
	return w.Finish(dst, extent, func(pmtiles.Summary) any { return meta })
}

// find returns the tiles that touch one of the boxes, in order of their ids.
func (a *Archive) find(ctx context.Context, boxes []orb.Bound) ([]foundTile, error) {
	var found []foundTile
	s := a.Summary()
	for z := s.MinZoom; z <= s.MaxZoom; z++ {
		ids := map[uint64]maptile.Tile{}
		for _, b := range mercatorBounds(boxes) {
			from, to := maptile.At(orb.Point{b.Min.Lon(), b.Max.Lat()}, z), maptile.At(orb.Point{b.Max.Lon(), b.Min.Lat()}, z)
			if n := uint64(to.X-from.X+1) * uint64(to.Y-from.Y+1); n > maxCutTiles {
				return nil, fmt.Errorf("%d tiles of zoom %d touch the box; at most %d can be cut", n, z, maxCutTiles)
			}
			for x := from.X; x <= to.X; x++ {
				for y := from.Y; y <= to.Y; y++ {
					t := maptile.Tile{X: x, Y: y, Z: z}
					ids[pmtiles.TileID(t)] = t
				}
			}
		}
		for _, id := range slices.Sorted(maps.Keys(ids)) {
			c, err := a.Find(ctx, ids[id])
			if err != nil {
				return nil, err
			}
			if c.Length > 0 {
				found = append(found, foundTile{id, c})
			}
		}
	}
	if len(found) == 0 {
		return nil, ErrOutside
	}
	return found, nil
}

// read returns the contents of tiles by their offsets. Those that are near each
// other are read at once.
func (a *Archive) read(ctx context.Context, found []foundTile) (map[uint64][]byte, error) {
	byOffset := slices.Clone(found)
	slices.SortFunc(byOffset, func(a, b foundTile) int { return cmp.Compare(a.Offset, b.Offset) })
	byOffset = slices.CompactFunc(byOffset, func(a, b foundTile) bool { return a.Offset == b.Offset })
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallel)
	var ranges [][]byte
	var starts []uint64
	for i := 0; i < len(byOffset); {
		first, end := byOffset[i].Offset, byOffset[i].Offset+uint64(byOffset[i].Length)
		for i++; i < len(byOffset) && byOffset[i].Offset <= end+maxGap && byOffset[i].Offset+uint64(byOffset[i].Length)-first <= maxRange; i++ {
			end = max(end, byOffset[i].Offset+uint64(byOffset[i].Length))
		}
		if end-first > max(maxRange, maxTile) {
			return nil, fmt.Errorf("%w: it has a tile of %d bytes", pmtiles.ErrNotArchive, end-first)
		}
		b := make([]byte, end-first)
		ranges, starts = append(ranges, b), append(starts, first)
		group.Go(func() error { return a.ReadTiles(ctx, b, first) })
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	contents := map[uint64][]byte{}
	for _, t := range byOffset {
		i, exact := slices.BinarySearch(starts, t.Offset)
		if !exact {
			i--
		}
		from := t.Offset - starts[i]
		contents[t.Offset] = ranges[i][from : from+uint64(t.Length)]
	}
	return contents, nil
}

// mercatorBounds returns what of the boxes is within the limits of Web Mercator.
func mercatorBounds(boxes []orb.Bound) []orb.Bound {
	const maxLat = 85.0511
	out := slices.Clone(boxes)
	for i := range out {
		out[i].Min[1], out[i].Max[1] = max(out[i].Min[1], -maxLat), min(out[i].Max[1], maxLat)
		out[i].Max[0] = min(out[i].Max[0], 180-1e-9)
	}
	return out
}

// intersection returns what of the bound is within the bound of all boxes.
func intersection(b orb.Bound, boxes []orb.Bound) orb.Bound {
	all := boxes[0]
	for _, box := range boxes {
		all = all.Union(box)
	}
	return orb.Bound{
		Min: orb.Point{max(b.Min.Lon(), all.Min.Lon()), max(b.Min.Lat(), all.Min.Lat())},
		Max: orb.Point{min(b.Max.Lon(), all.Max.Lon()), min(b.Max.Lat(), all.Max.Lat())},
	}
}

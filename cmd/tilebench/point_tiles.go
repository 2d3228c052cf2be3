package main

import (
	"context"
	"fmt"

	"github.com/paulmach/orb/encoding/mvt"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	own "github.com/pinezka/pinezka/tiles/mvt"
)

// everyPin compares ST_AsMVT with the encoder of the service, both with a point
// for every pin. The service itself thins tiles, so this is the comparison of
// two encoders that read rows sorted alike.
func (b *bench) everyPin(ctx context.Context) error {
	var layer own.Layer
	var buffer, spare []byte
	encode := contender{"from rows in memory", func(i int) func() error {
		return func() error { buffer = b.encodeRows(buffer[:0], &layer, b.tiles[i]); return nil }
	}}
	copied := contender{"copy of the same bytes in memory", func(i int) func() error {
		buffer = b.encodeRows(buffer[:0], &layer, b.tiles[i])
		spare = append(spare[:0], buffer...)
		return func() error { copy(spare, buffer); return nil }
	}}
	results, err := b.compare(ctx, inSQL[[]byte](ctx, b, "`ST_AsMVT` through pgx", everyPinSQL, noFilter), encode, copied)
	if err != nil {
		return err
	}
	agree, bytes := 0, 0
	for _, t := range b.tiles {
		body, err := query[[]byte](ctx, b, everyPinSQL, t, newFilter())
		if err != nil {
			return err
		}
		buffer = b.encodeRows(buffer[:0], &layer, t)
		bytes += len(buffer)
		want, err := countFeatures(body)
		if err != nil {
			return err
		}
		got, err := countFeatures(buffer)
		if err != nil {
			return err
		}
		if got == want {
			agree++
		}
	}
	b.out.subtitle("Every pin a point")
	b.printComparison(results)
	b.printWorst(results[0], results[1])
	b.out.note("Mean size: %s. Read by paulmach/protoscan, both have the same number of points in %d of %d tiles.", kilobytes(bytes/len(b.tiles)), agree, len(b.tiles))
	return nil
}

// pointTiles compares tiles as served with SQL that thins to the same squares
// and counts.
func (b *bench) pointTiles(ctx context.Context) error {
	return b.thinned(ctx, "Point tiles as served: thinned, from overviews where the index has one", noFilter)
}

// filteredTiles does so with a filter for each tile.
func (b *bench) filteredTiles(ctx context.Context) error {
	return b.thinned(ctx, "Point tiles as served, each with a filter: months, a category, a status, an area, or kind, area and months", b.filterOf)
}

func (b *bench) thinned(ctx context.Context, title string, filter func(int) tileFilter) error {
	results, err := b.compare(ctx, inSQL[[]byte](ctx, b, "the same squares and counts in SQL, and `ST_AsMVT`", thinnedSQL, filter), b.served(ctx, "at the handler", "pins", filter))
	if err != nil {
		return err
	}
	agree := 0
	for i, t := range b.tiles {
		f := filter(i)
		body, err := query[[]byte](ctx, b, thinnedSQL, t, f)
		if err != nil {
			return err
		}
		want, err := squares(body)
		if err != nil {
			return err
		}
		if body, err = b.fetch(ctx, t.path("pins", f.query.Encode()), "identity"); err != nil {
			return err
		}
		got, err := squares(body)
		if err != nil {
			return err
		}
		if fmt.Sprint(got) == fmt.Sprint(want) { // maps are printed in the order of their keys
			agree++
		}
	}
	b.out.subtitle("%s", title)
	b.printComparison(results)
	b.printWorst(results[0], results[1])
	b.out.note("Read by paulmach/orb/encoding/mvt, both have the same pins, places and numbers in %d of %d tiles.", agree, len(b.tiles))
	return nil
}

// squares returns what a thinned tile shows, by the id of the pin that
// represents a square.
func squares(body []byte) (map[uint64]string, error) {
	layers, err := mvt.Unmarshal(body)
	if err != nil {
		return nil, fmt.Errorf("decode tile: %w", err)
	}
	out := map[uint64]string{}
	for _, layer := range layers {
		for _, f := range layer.Features {
			id, ok := f.ID.(float64)
			if !ok {
				return nil, fmt.Errorf("a feature has the id %v", f.ID)
			}
			out[uint64(id)] = fmt.Sprint(f.Geometry, f.Properties)
		}
	}
	return out, nil
}

// hexTiles compares tiles of hexes with their aggregation in SQL, each with a
// filter.
func (b *bench) hexTiles(ctx context.Context) error {
	results, err := b.compare(ctx, inSQL[[][]int64](ctx, b, "the pins of the tile aggregated by cell in SQL, not rendered", hexesSQL, b.filterOf), b.served(ctx, "at the handler", "hexes", b.filterOf))
	if err != nil {
		return err
	}
	hexes, agree := 0, 0
	for i, t := range b.tiles {
		f := b.filterOf(i)
		counted, err := query[[][]int64](ctx, b, hexesSQL, t, f)
		if err != nil {
			return err
		}
		body, err := b.fetch(ctx, t.path("hexes", f.query.Encode()), "identity")
		if err != nil {
			return err
		}
		totals, err := hexTotals(body)
		if err != nil {
			return err
		}
		for _, hex := range counted {
			if cell := geo.Cell(hex[0]).Parent(draw.ZoomResolution(t.Z)); inside(cell, t) {
				hexes++
				if totals[cell.ID()] == int(hex[1]) {
					agree++
				}
			}
		}
	}
	b.out.subtitle("Hex tiles, each with a filter as above")
	b.printComparison(results)
	b.printWorst(results[0], results[1])
	b.out.note("Read by paulmach/orb/encoding/mvt, both have the same total in %d of %d hexes that are well inside their tile; at its edges the service draws whole hexes, with pins of other tiles.", agree, hexes)
	return nil
}

// hexTotals returns the totals of the hexes of a tile by their ids.
func hexTotals(body []byte) (map[uint64]int, error) {
	layers, err := mvt.Unmarshal(body)
	if err != nil {
		return nil, fmt.Errorf("decode tile: %w", err)
	}
	out := map[uint64]int{}
	for _, layer := range layers {
		for _, f := range layer.Features {
			id, _ := f.ID.(float64)
			total, ok := f.Properties["total"].(float64)
			if !ok {
				return nil, fmt.Errorf("a hex has the total %v", f.Properties["total"])
			}
			out[uint64(id)] = int(total)
		}
	}
	return out, nil
}

// inside reports whether a cell, and all that may be counted in it, is in a
// tile: a pin can be somewhat beyond the edges of its parent.
func inside(c geo.Cell, t tile) bool {
	bound := c.Boundary().Bound()
	w, h := bound.Right()-bound.Left(), bound.Top()-bound.Bottom()
	bound.Min[0], bound.Max[0] = bound.Min[0]-w, bound.Max[0]+w
	bound.Min[1], bound.Max[1] = bound.Min[1]-h, bound.Max[1]+h
	in := t.Bound()
	return in.Contains(bound.Min) && in.Contains(bound.Max)
}

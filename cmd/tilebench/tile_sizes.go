package main

import (
	"context"
	"fmt"

	"github.com/paulmach/orb/encoding/mvt"
)

// tileSizes measures the size of tiles as served, plain and compressed, and
// compares what an independent decoder reads with SQL.
func (b *bench) tileSizes(ctx context.Context) error {
	rows := [][]string{{"", "median", "p95", "largest"}}
	codings := []string{"identity", "gzip", "zstd"}
	encoded := map[string]sizes{}
	agree := 0
	for _, t := range b.tiles {
		var body []byte
		for _, coding := range codings {
			got, err := b.fetch(ctx, t.path("pins", ""), coding)
			if err != nil {
				return err
			}
			if coding == "identity" {
				body = got
			}
			encoded[coding] = append(encoded[coding], len(got))
		}
		sum, err := decodedSum(body, "n")
		if err != nil {
			return fmt.Errorf("decode %s: %w", t.path("pins", ""), err)
		}
		want, err := query[int](ctx, b, countSQL, t, newFilter())
		if err != nil {
			return err
		}
		if sum == want {
			agree++
		}
		if body, err = b.fetch(ctx, t.path("hexes", ""), "identity"); err != nil {
			return err
		}
		if _, err := decodedSum(body, "total"); err != nil {
			return fmt.Errorf("decode %s: %w", t.path("hexes", ""), err)
		}
	}
	for _, coding := range codings {
		s := encoded[coding]
		rows = append(rows, []string{coding, kilobytes(s.median()), kilobytes(s.at(0.95)), kilobytes(s.at(1))})
	}
	b.out.subtitle("Size of a point tile as served")
	b.out.table(rows)
	b.out.note("Decoded by paulmach/orb/encoding/mvt: in %d of %d point tiles the sum of n is what SQL counts in the tile; %d hex tiles decode.", agree, len(b.tiles), len(b.tiles))
	return nil
}

// decodedSum returns the sum of a property over all features of a tile, read by
// the decoder of orb, which shares no code with the encoder.
func decodedSum(body []byte, property string) (sum int, err error) {
	layers, err := mvt.Unmarshal(body)
	if err != nil {
		return 0, fmt.Errorf("decode tile: %w", err)
	}
	for _, layer := range layers {
		for _, f := range layer.Features {
			n, ok := f.Properties[property].(float64)
			if !ok {
				return 0, fmt.Errorf("a feature has the %s %v", property, f.Properties[property])
			}
			sum += int(n)
		}
	}
	return sum, nil
}

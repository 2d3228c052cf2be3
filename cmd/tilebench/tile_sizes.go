package main

import "context"

// tileSizes measures the size of tiles as served, plain and compressed.
func (b *bench) tileSizes(ctx context.Context) error {
	rows := [][]string{{"", "median", "p95", "largest"}}
	for _, coding := range []string{"identity", "gzip", "zstd"} {
		var encoded sizes
		for _, t := range b.tiles {
			body, err := b.fetch(ctx, t.path("pins", ""), coding)
			if err != nil {
				return err
			}
			encoded = append(encoded, len(body))
		}
		rows = append(rows, []string{coding, kilobytes(encoded.median()), kilobytes(encoded.at(0.95)), kilobytes(encoded.at(1))})
	}
	b.out.subtitle("Size of a point tile as served, of %d", len(b.tiles))
	b.out.table(rows)
	return nil
}

package main

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
)

// The filters of a tile. With a custom plan, PostgreSQL removes those that are
// null before it plans.
const filters = `
  and (@kind::int2 is null or kind_code = @kind)
  and (@category::int2 is null or category_id = @category)
  and (@status::int2 is null or status_code = @status)
  and (@area::int4 is null or area_id = @area)
  and (@from::int4 is null or day >= @from)
  and (@to::int4 is null or day <= @to)`

const (
	// everyPinSQL returns the tile of all pins that a filter selects. The
	// columns are read by their place on the Z-order curve, by which the table is
	// sorted: that takes less than ST_AsMVTGeom and a GiST index of geometries.
	everyPinSQL = `
		with rows as (
		  select id, kind, category, status, st_makepoint((x >> @shift::int) & 4095, (y >> @shift) & 4095) as geom
		  from tilebench.points
		  where z >= @first and z < @end ` + filters + `
		)
		select st_asmvt(rows, 'pins', 4096, 'geom', 'id') from rows`

	// thinnedSQL returns the tile with one pin for each kind in each square, the
	// same as that of the index. An index alone contains what the squares need.
	// There are at most 3072, which the planner does not know.
	thinnedSQL = `
		with squares as (
		  select kind_code, z >> @square::int as square, count(*) as n, min(rank) as rank
		  from tilebench.points
		  where z >= @first and z < @end ` + filters + `
		  group by 1, 2
		  limit 3072
		), rows as (
		  select id, kind, category, status, n, st_makepoint((x >> @shift::int) & 4095, (y >> @shift) & 4095) as geom
		  from squares
		  join tilebench.points using (rank)
		)
		select st_asmvt(rows, 'pins', 4096, 'geom', 'id') from rows`

	// hexesSQL aggregates the pins of a tile by cell. It returns the cells and
	// their totals, and does not render them. With a status, the pins that are
	// published only in counts do not count.
	hexesSQL = `
		with hexes as (
		  select cell | @tail::bigint as hex,
		    count(*) filter (where kind_code = 1) as need,
		    count(*) filter (where kind_code = 2) as potential,
		    count(*) filter (where kind_code = 3) as organisation
		  from tilebench.cells
		  where z >= @first and z < @end ` + filters + `
		    and (point or @status::int2 is null)
		  group by 1
		)
		select coalesce(array_agg(array[hex, need + potential + organisation]), '{}') from hexes`
)

// createReference creates the tables of the references from the rows of the
// index: sorted, with an index of each filter column and the place, which
// contains whatever is read of a pin, and with statistics about the expressions
// by which the queries group. It keeps those of an earlier run that are the
// same.
func (b *bench) createReference(ctx context.Context) error {
	tables := []string{
		`drop schema if exists tilebench cascade`,
		`create schema tilebench`,
		`create table tilebench.points (
		  z bigint, rank bigint, id bigint, x bigint, y bigint, day int4, area_id int4,
		  kind_code int2, category_id int2, status_code int2, kind text, category text, status text)`,
		`create table tilebench.cells (
		  z bigint, cell bigint, day int4, area_id int4, kind_code int2, category_id int2, status_code int2, point bool)`,
	}
	same := fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, b.checksum(), tables, referenceIndexes())))
	var comment string
	err := b.pool.QueryRow(ctx, `select coalesce(obj_description(to_regnamespace('tilebench'), 'pg_namespace'), '')`).Scan(&comment)
	if err != nil {
		return fmt.Errorf("look for the reference: %w", err)
	}
	if comment == same {
		return nil
	}
	if err := b.execute(ctx, tables...); err != nil {
		return err
	}
	slugs := b.v.CategorySlugs()
	if err := b.copyRows(ctx, "points", []string{"z", "rank", "id", "x", "y", "day", "area_id", "kind_code", "category_id", "status_code", "kind", "category", "status"},
		func(r row) []any {
			if !r.point {
				return nil
			}
			rank := int64(hash(r.id) ^ 1<<63) // in the order of unsigned numbers
			return []any{r.z, rank, r.id, int64(r.x), int64(r.y), int32(r.day), int32(r.area), int16(r.kind), int16(r.category), int16(r.status), r.kind.String(), slugs[r.category], r.status.String()}
		}); err != nil {
		return err
	}
	if err := b.copyRows(ctx, "cells", []string{"z", "cell", "day", "area_id", "kind_code", "category_id", "status_code", "point"},
		func(r row) []any {
			return []any{r.z, int64(r.cell), int32(r.day), int32(r.area), int16(r.kind), int16(r.category), int16(r.status), r.point}
		}); err != nil {
		return err
	}
	return b.execute(ctx, append(referenceIndexes(), fmt.Sprintf(`comment on schema tilebench is '%s'`, same))...)
}

func referenceIndexes() []string {
	statements := []string{`create unique index on tilebench.points (rank)`}
	for _, key := range []string{"z", "area_id, z", "category_id, z", "status_code, z"} {
		statements = append(statements,
			fmt.Sprintf(`create index on tilebench.points (%s) include (rank, day, area_id, kind_code, category_id, status_code)`, key),
			fmt.Sprintf(`create index on tilebench.cells (%s) include (cell, day, area_id, kind_code, category_id, status_code, point)`, key))
	}
	resolutions := map[geo.Resolution]bool{}
	for zoom := lowestZoom; zoom <= highestZoom; zoom++ {
		statements = append(statements,
			fmt.Sprintf(`create statistics tilebench.kinds_%d on kind_code, (z >> %d) from tilebench.points`, zoom, squareShift(zoom)),
			fmt.Sprintf(`create statistics tilebench.squares_%d on (z >> %d) from tilebench.points`, zoom, squareShift(zoom)))
		if r := draw.ZoomResolution(zoom); !resolutions[r] {
			resolutions[r] = true
			statements = append(statements, fmt.Sprintf(`create statistics tilebench.hexes_%d on (cell | %d) from tilebench.cells`, r, tail(r)))
		}
	}
	return append(statements, `vacuum (analyze, freeze) tilebench.points`, `vacuum (analyze, freeze) tilebench.cells`)
}

func (b *bench) execute(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := b.pool.Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// copyRows copies the rows into a table, except those without values.
func (b *bench) copyRows(ctx context.Context, table string, columns []string, values func(row) []any) error {
	i := 0
	_, err := b.pool.CopyFrom(ctx, pgx.Identifier{"tilebench", table}, columns, pgx.CopyFromFunc(func() ([]any, error) {
		for i < len(b.rows) {
			i++
			if v := values(b.rows[i-1]); v != nil {
				return v, nil
			}
		}
		return nil, nil
	}))
	if err != nil {
		return fmt.Errorf("copy into %s: %w", table, err)
	}
	return nil
}

// query runs a query of a tile whose result is one value.
func query[T any](ctx context.Context, b *bench, sql string, t tile, f tileFilter) (value T, err error) {
	first, end := t.zRange()
	args := pgx.NamedArgs{
		"first": first, "end": end, "shift": int32(20 - t.Z), "square": int32(squareShift(t.Z)), "tail": tail(draw.ZoomResolution(t.Z)),
	}
	for name, value := range f.args {
		args[name] = value
	}
	if err := b.pool.QueryRow(ctx, sql, args).Scan(&value); err != nil {
		return value, fmt.Errorf("tile %v in SQL: %w", t.Tile, err)
	}
	return value, nil
}

// tail returns the digits that cells of a resolution do not use, all set. With
// them, all cells of resolution 15 in a cell of that resolution become equal.
func tail(r geo.Resolution) int64 {
	const example = geo.Cell(0x8f1e2e686c96636)
	parent := example.Parent(r)
	return int64(parent & ^parent.CentreChild() & (1<<52 - 1))
}

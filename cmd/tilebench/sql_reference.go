package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
)

// tile is a tile that is measured.
type tile struct{ maptile.Tile }

func (t tile) path(layer, query string) string {
	p := fmt.Sprintf("/tiles/podgorze/%s/%d/%d/%d.mvt", layer, t.Z, t.X, t.Y)
	if query != "" {
		p += "?" + query
	}
	return p
}

// prepareReference creates the table for ST_AsMVT as a tile server on PostGIS
// would use it: with an indexed Web Mercator geometry, and the same attributes
// as columns.
func (b *bench) prepareReference(ctx context.Context) error {
	// pins of an earlier run
	if _, err := b.pool.Exec(ctx, `delete from pins where title = $1`, freshTitle); err != nil {
		return err
	}
	var rows, pins int
	err := b.pool.QueryRow(ctx, `
		select (select count(*) from pg_class where relname = 'tilebench'),
		  (select count(*) from pins join categories using (district_id, category_id)
		   where publication = 'published' and visibility <> 'hex')`).Scan(&rows, &pins)
	if err != nil {
		return err
	}
	if rows > 0 {
		if err := b.pool.QueryRow(ctx, `select count(*) from tilebench`).Scan(&rows); err != nil {
			return err
		}
	}
	if rows > 0 && rows == pins {
		return nil
	}
	for _, statement := range []string{
		`drop table if exists tilebench`,
		`create table tilebench as
		 select p.pin_id as id, p.kind, c.slug as category, p.status, p.reported_on, p.area_id, p.shown_cell,
		   st_transform(p.shown, 3857) as geom
		 from pins p
		 join categories c using (district_id, category_id)
		 where p.publication = 'published' and c.visibility <> 'hex'`,
		`create index on tilebench using gist (geom)`,
		`vacuum analyze tilebench`,
	} {
		if _, err := b.pool.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// choosePoints returns the points of n random pins.
func (b *bench) choosePoints(ctx context.Context, n int) ([]orb.Point, error) {
	rows, err := b.pool.Query(ctx, `
		select st_x(g), st_y(g)
		from (select st_transform(geom, 4326) as g from tilebench order by hashint8(id), id limit $1) as chosen`, n)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p orb.Point, err error) {
		err = row.Scan(&p[0], &p[1])
		return p, err
	})
}

// tilesAt returns a tile that contains each point, with the zooms in turn.
// Since the points are those of random pins, dense tiles are more frequent, as
// they are in use.
func tilesAt(points []orb.Point) (out []tile) {
	const lowest, highest = 10, 16
	for i, p := range points {
		out = append(out, tile{maptile.At(p, maptile.Zoom(lowest+i%(highest-lowest+1)))})
	}
	return out
}

// sqlTile returns the tile of the pins that meet a condition, from ST_AsMVT.
func (b *bench) sqlTile(ctx context.Context, t tile, where string) (body []byte, err error) {
	err = b.pool.QueryRow(ctx, `
		with rows as (
		  select id, kind, category, status,
		    st_asmvtgeom(geom, st_tileenvelope($1, $2, $3), 4096, 0, true) as geom
		  from tilebench
		  where geom && st_tileenvelope($1, $2, $3) `+where+`
		)
		select st_asmvt(rows, 'pins', 4096, 'geom', 'id') from rows`,
		int(t.Z), int(t.X), int(t.Y)).Scan(&body)
	return body, err
}

// sqlHandler serves tiles from ST_AsMVT.
func (b *bench) sqlHandler(ctx context.Context) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var t tile
		if _, err := fmt.Sscanf(r.URL.Path, "/tiles/podgorze/pins/%d/%d/%d.mvt", &t.Z, &t.X, &t.Y); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		body, err := b.sqlTile(ctx, t, "")
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/vnd.mapbox-vector-tile")
		_, _ = w.Write(body)
	})
}

// sqlCount returns the number of pins in the tile that meet a condition. A pin
// on the right or lower edge is in the next tile. (&& alone compares boxes in
// single precision.)
func (b *bench) sqlCount(ctx context.Context, t tile, where string) (n int, err error) {
	err = b.pool.QueryRow(ctx, `
		select count(*) from tilebench, st_tileenvelope($1, $2, $3) as e
		where geom && e and st_x(geom) >= st_xmin(e) and st_x(geom) < st_xmax(e) and st_y(geom) > st_ymin(e) and st_y(geom) <= st_ymax(e) `+where,
		int(t.Z), int(t.X), int(t.Y)).Scan(&n)
	return n, err
}

// sqlHexes aggregates the pins of a tile that meet a condition by cell, in SQL,
// and returns the number of cells.
func (b *bench) sqlHexes(ctx context.Context, t tile, where string) (cells int, err error) {
	r := draw.ZoomResolution(t.Z)
	tail := int64(geo.Cell(0x8f1e2e686c96636).Parent(r) & ^geo.Cell(0x8f1e2e686c96636).Parent(r).CentreChild() & (1<<52 - 1))
	err = b.pool.QueryRow(ctx, `
		with cells as (
		  select shown_cell | $4::bigint as cell,
		    count(*) filter (where kind = 'need') as need,
		    count(*) filter (where kind = 'potential') as potential,
		    count(*) filter (where kind = 'organisation') as organisation
		  from tilebench
		  where geom && st_tileenvelope($1, $2, $3) `+where+`
		  group by 1
		)
		select count(*) from cells`,
		int(t.Z), int(t.X), int(t.Y), tail).Scan(&cells)
	return cells, err
}

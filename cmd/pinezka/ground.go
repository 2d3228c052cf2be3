package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/geo/walk"
	"github.com/pinezka/pinezka/ingest/gazetteer"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/tiles/basemap"
	"github.com/pinezka/pinezka/tiles/pmtiles"
)

// sourceOSM is the source of places that are from OpenStreetMap.
const sourceOSM = "osm"

// ground makes all that is made from features of OpenStreetMap: the basemap, the
// walking graph, and the places of each district.
type ground struct {
	tiles     *basemap.Builder
	paths     walk.Builder
	districts []civic.District
	places    []*gazetteer.Builder // of each district
}

// newGround returns a ground without features. Places are collected within the
// margin of each district, in metres.
func newGround(cfg basemap.Config, districts []civic.District, margin float64) (*ground, error) {
	tiles, err := basemap.New(cfg)
	if err != nil {
		return nil, err
	}
	g := &ground{tiles: tiles, districts: districts}
	for _, d := range districts {
		g.places = append(g.places, gazetteer.ForDistrict(&d, margin))
	}
	return g, nil
}

// add adds a feature.
func (g *ground) add(f geo.Feature) {
	g.tiles.Add(f)
	g.paths.Add(f)
	for _, p := range g.places {
		p.Add(f)
	}
}

// save writes the walking graph and the basemap to files, and describes them to
// out. The date is that of the data.
func (g *ground) save(ctx context.Context, out io.Writer, name string, date time.Time) error {
	graph := g.paths.Graph(date)
	var hash walk.Hash
	err := pmtiles.Save(graphFile(name), func(dst io.Writer, _ io.ReadWriteSeeker) (err error) {
		hash, err = graph.Write(dst)
		return err
	})
	if err != nil {
		return err
	}
	summary, err := saveBasemap(ctx, name, g.tiles)
	if err != nil {
		return err
	}
	printBasemap(out, name, summary)
	nodes, edges := graph.Len()
	fmt.Fprintf(out, "%s: walking graph of %d edges and %d nodes, data of %s, hash %.12s\n", graphFile(name), edges, nodes, date.Format(time.DateOnly), hash)
	return nil
}

// graphFile returns the name of the walking graph beside a basemap.
func graphFile(basemap string) string { return strings.TrimSuffix(basemap, ".pmtiles") + ".walk" }

// savePlaces replaces the places of the districts that are from OpenStreetMap.
func (g *ground) savePlaces(ctx context.Context, out io.Writer, s *store.Store) error {
	for i, d := range g.districts {
		n, err := s.ReplacePlaces(ctx, &d, sourceOSM, g.places[i].Places())
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "Place search of %s: %s\n", d.Slug, plural(n, "place", "places"))
	}
	return nil
}

// saveBasemap writes the basemap of a builder to a file.
func saveBasemap(ctx context.Context, name string, builder *basemap.Builder) (s basemap.Summary, err error) {
	bar := progress(-1, "tiles")
	err = pmtiles.Save(name, func(dst io.Writer, spool io.ReadWriteSeeker) error {
		s, err = builder.Write(ctx, dst, spool, func(done, total int) {
			if done == 1 {
				bar.ChangeMax(total)
			}
			_ = bar.Add(1)
		})
		_ = bar.Finish()
		return err
	})
	return s, err
}

// recordBasemap records in the database that the basemap in a file, made from
// the source, is the one to be served.
func recordBasemap(ctx context.Context, s *store.Store, name, source string) error {
	archive, err := basemap.Open(ctx, name)
	if err != nil {
		return err
	}
	return s.SetBasemap(ctx, civic.Basemap{Hash: archive.Hash, Source: source, MadeAt: time.Now()})
}

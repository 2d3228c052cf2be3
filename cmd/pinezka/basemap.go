package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"
	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/osm"
	"github.com/pinezka/pinezka/tiles/basemap"
)

// basemapFile is the name of the basemap in the data directory.
const basemapFile = "basemap.pmtiles"

type basemapFlags struct {
	databaseFlags
	districts, languages []string
	box, out             string
	margin               float64
}

func basemapCommand() *cobra.Command {
	var f basemapFlags
	cmd := &cobra.Command{
		Use:   "basemap FILE",
		Short: "Make the map under the data from OpenStreetMap",
		Args:  cobra.ExactArgs(1),
		Long: `Make the map under the data, with streets, buildings, water, green, house numbers and
names, from an extract of OpenStreetMap: .osm.pbf or .osm.

  pinezka basemap malopolskie-latest.osm.pbf
  pinezka basemap --district podgorze --margin 3000 krakow.osm.pbf
  pinezka basemap --box 19.90,50.00,20.10,50.08 --out podgorze.pmtiles krakow.osm.pbf

It covers the boxes of all districts, or of those named, with a margin. Where there is no
district yet, it covers the whole extract. With --box no database is needed.

The map is written to basemap.pmtiles in the data directory, in the schema of Protomaps
basemaps, version 4. A temporary file replaces an earlier map when it is complete. The
memory that this takes is about 60 bytes for each node of a street or a building in the
extract: 600 MB for a city of 10 million nodes. From the extract of a whole country, cut
that of the city first.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd.Context(), cmd.OutOrStdout(), args[0])
		},
	}
	f.add(cmd)
	flags := cmd.Flags()
	flags.StringSliceVar(&f.districts, "district", nil, "cover only this district, a slug (repeatable; default: all)")
	flags.StringVar(&f.box, "box", "", "cover west,south,east,north in degrees, with west greater than east across the antimeridian, instead of districts")
	flags.Float64Var(&f.margin, "margin", 1500, "metres around the districts that are covered too")
	flags.StringSliceVar(&f.languages, "language", nil, "languages whose names are kept besides the local ones, as BCP 47 tags (repeatable; default: those of the districts, or else pl, en, uk)")
	flags.StringVar(&f.out, "out", "", "file to write (default: "+basemapFile+" in the data directory)")
	return cmd
}

func (f *basemapFlags) run(ctx context.Context, out io.Writer, name string) error {
	begun := time.Now()
	if os.Getenv("GOGC") == "" {
		// A fourth less memory for a twentieth more time (docs/decisions/0012-basemap.md).
		debug.SetGCPercent(40)
	}
	if f.margin < 0 || f.margin > 100_000 {
		return errors.New("--margin must be 0 to 100000 metres")
	}
	if f.out == "" {
		f.out = filepath.Join(f.dir, basemapFile)
	}
	return f.fromExtract(ctx, out, name, begun)
}

// fromExtract makes the basemap from an extract of OpenStreetMap.
func (f *basemapFlags) fromExtract(ctx context.Context, out io.Writer, name string, begun time.Time) error {
	file, err := osm.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	cfg, err := f.config(ctx)
	if err != nil {
		return err
	}
	if len(cfg.Boxes) == 0 {
		if cfg.Boxes, err = wholeExtract(ctx, file); err != nil {
			return err
		}
	}
	file.Boxes = cfg.Boxes
	builder, err := basemap.New(cfg)
	if err != nil {
		return err
	}
	if err := addFeatures(ctx, file, builder.Add); err != nil {
		return err
	}
	if file.Counts().Features == 0 {
		return fmt.Errorf("%s has nothing in %s, which the basemap would cover; --box W,S,E,N covers another place", name, boxesText(cfg.Boxes))
	}
	s, err := saveBasemap(ctx, f.out, builder)
	if err != nil {
		return err
	}
	printBasemap(out, f.out, s, file.Counts(), time.Since(begun))
	return nil
}

// saveBasemap writes the basemap of a builder to a file.
func saveBasemap(ctx context.Context, name string, builder *basemap.Builder) (s basemap.Summary, err error) {
	bar := progress(-1, "tiles")
	err = saveArchive(name, func(dst io.Writer, spool io.ReadWriteSeeker) error {
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

// config returns what the basemap covers: nothing where there is neither a box
// nor a district.
func (f *basemapFlags) config(ctx context.Context) (basemap.Config, error) {
	cfg := basemap.Config{Languages: f.languages}
	var err error
	if f.box != "" {
		if len(f.districts) > 0 {
			return cfg, errors.New("give --box or --district, not both")
		}
		box, err := geo.ParseBox(f.box)
		if err != nil {
			return cfg, fmt.Errorf("--box: %w", err)
		}
		cfg.Boxes = box.Bounds()
	} else if cfg, err = f.ofDistricts(ctx, cfg); err != nil {
		return cfg, err
	}
	if len(cfg.Languages) == 0 {
		cfg.Languages = []string{"pl", "en", "uk"}
	}
	return cfg, nil
}

// ofDistricts adds the boxes of the districts, and their languages unless some
// are set.
func (f *basemapFlags) ofDistricts(ctx context.Context, cfg basemap.Config) (basemap.Config, error) {
	database, stop, err := f.open(ctx, quiet())
	if err != nil {
		return cfg, err
	}
	defer stop()
	var districts []civic.District
	for _, slug := range f.districts {
		d, err := findDistrict(ctx, database, slug)
		if err != nil {
			return cfg, err
		}
		districts = append(districts, d)
	}
	if len(f.districts) == 0 {
		if districts, err = database.Districts(ctx); err != nil {
			return cfg, err
		}
	}
	for _, d := range districts {
		cfg.Boxes = append(cfg.Boxes, geo.BoxOf(d.Boundary).Pad(f.margin).Bounds()...)
		if len(f.languages) > 0 {
			continue
		}
		for _, l := range d.Languages {
			if !slices.Contains(cfg.Languages, l) {
				cfg.Languages = append(cfg.Languages, l)
			}
		}
	}
	return cfg, nil
}

// wholeExtract returns the bound that a file states, or else that of its
// features, for which it is read once more.
func wholeExtract(ctx context.Context, file *osm.File) ([]orb.Bound, error) {
	if file.Bound().IsEmpty() {
		if err := addFeatures(ctx, file); err != nil {
			return nil, err
		}
	}
	return []orb.Bound{file.Bound()}, nil
}

// addFeatures calls every function of add for each feature of a file.
func addFeatures(ctx context.Context, file *osm.File, add ...func(geo.Feature)) error {
	bar := progress(-1, "bytes")
	defer func() { _ = bar.Finish() }()
	file.Progress = func(done, total int64) {
		if bar.GetMax64() != total {
			bar.ChangeMax64(total)
		}
		_ = bar.Set64(done)
	}
	for feature, err := range file.Features(ctx) {
		if err != nil {
			return err
		}
		for _, a := range add {
			a(feature)
		}
	}
	return nil
}

func boxesText(boxes []orb.Bound) string {
	texts := make([]string, len(boxes))
	for i, b := range boxes {
		texts[i] = fmt.Sprintf("%.3f,%.3f,%.3f,%.3f", b.Min[0], b.Min[1], b.Max[0], b.Max[1])
	}
	return strings.Join(texts, " and ")
}

func printBasemap(out io.Writer, name string, s basemap.Summary, counts osm.Counts, took time.Duration) {
	fmt.Fprintf(out, "%s: %d tiles of zooms %d to %d, %d of them different, %.1f MB, in %s\n",
		name, s.Tiles, s.MinZoom, s.MaxZoom, s.Contents, float64(s.Bytes)/1e6, took.Round(10*time.Millisecond))
	var layers []string
	for _, layer := range basemap.Layers() {
		if n := s.Features[layer]; n > 0 {
			layers = append(layers, fmt.Sprintf("%s %d", layer, n))
		}
	}
	fmt.Fprintf(out, "Features: %s\n", strings.Join(layers, ", "))
	if counts.ClosedRings+counts.BrokenRings+counts.MissingNodes > 0 {
		fmt.Fprintf(out, "Not complete in the extract: %d outlines of areas were closed with a straight line, %d left out; %d points of ways are missing\n",
			counts.ClosedRings, counts.BrokenRings, counts.MissingNodes)
	}
}

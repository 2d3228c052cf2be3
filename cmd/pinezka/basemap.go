package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
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
	"github.com/pinezka/pinezka/ingest/gazetteer"
	"github.com/pinezka/pinezka/ingest/osm"
	"github.com/pinezka/pinezka/store"
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
		Short: "Make the map under the data, from OpenStreetMap or another basemap",
		Args:  cobra.ExactArgs(1),
		Long: `Make the map under the data, with streets, buildings, water, green, house numbers and
names, from an extract of OpenStreetMap: .osm.pbf or .osm. Its places become those of the
place search, and its streets a walking graph, a file beside the map that ends in .walk.

A Protomaps basemap, a .pmtiles file or the URL of one, is cut to the same area instead. It
has no places for the search and no walking graph. An extract is read from a file only:
download it first.

  pinezka basemap malopolskie-latest.osm.pbf
  pinezka basemap --district podgorze --margin 3000 krakow.osm.pbf
  pinezka basemap --box 19.90,50.00,20.10,50.08 --out podgorze.pmtiles krakow.osm.pbf
  pinezka basemap poland.pmtiles

It covers the boxes of all districts, or of those named, with a margin. Where there is no
district yet, it covers the whole extract. With --box no database is needed, and the place
search stays as it is.

The map is written to basemap.pmtiles in the data directory, in the schema of Protomaps
basemaps, version 4. A temporary file replaces an earlier map when it is complete. The
memory that this takes is up to about 150 bytes for each node of a street or building that
the map covers, 1.5 GB for a city of 10 million nodes, and 30 bytes for each other one in
the extract. From the extract of a whole country, cut that of the city first.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd.Context(), cmd.OutOrStdout(), args[0])
		},
	}
	f.add(cmd)
	flags := cmd.Flags()
	flags.StringSliceVar(&f.districts, "district", nil, "cover only this district, a slug (repeatable; default: all)")
	flags.StringVar(&f.box, "box", "", "cover west,south,east,north in degrees, with west greater than east across the antimeridian, instead of districts")
	flags.Float64Var(&f.margin, "margin", gazetteer.Margin, "metres around the districts that are covered too")
	flags.StringSliceVar(&f.languages, "language", nil, "languages whose names are kept besides the local ones, as BCP 47 tags (repeatable; default: those of the districts, or else pl, en, uk)")
	flags.StringVar(&f.out, "out", "", "file to write (default: "+basemapFile+" in the data directory)")
	return cmd
}

func (f *basemapFlags) run(ctx context.Context, out io.Writer, name string) (err error) {
	begun := time.Now()
	if os.Getenv("GOGC") == "" {
		// A fourth less memory for somewhat more time: BenchmarkBasemap, with GOGC=100 and without.
		debug.SetGCPercent(40)
	}
	if f.margin < 0 || f.margin > 100_000 {
		return errors.New("--margin must be 0 to 100000 metres")
	}
	if f.out == "" {
		f.out = filepath.Join(f.dir, basemapFile)
	}
	if isExtractURL(name) {
		return fmt.Errorf("%s is an extract of OpenStreetMap, which is read from a file only: download it first, then give the name of the file", name)
	}
	var file *osm.File // nil for a basemap that is cut
	if !isBasemap(name) {
		if file, err = osm.Open(name); err != nil {
			return err
		}
		defer file.Close()
	}
	cfg := basemap.Config{Languages: f.languages}
	var database *store.Store
	var districts []civic.District
	if f.box != "" {
		if cfg.Boxes, err = f.parseBox(); err != nil {
			return err
		}
	} else {
		var stop func()
		if database, stop, err = f.open(ctx, quiet()); err != nil {
			return err
		}
		defer stop()
		if districts, err = f.chosenDistricts(ctx, database); err != nil {
			return err
		}
		f.cover(&cfg, districts)
	}
	if len(cfg.Languages) == 0 {
		cfg.Languages = []string{"pl", "en", "uk"}
	}
	if file == nil {
		err = f.cut(ctx, out, name, cfg.Boxes)
	} else {
		err = f.extract(ctx, out, name, file, cfg, districts, database)
	}
	if err != nil {
		return err
	}
	if database != nil && f.out == filepath.Join(f.dir, basemapFile) {
		if err := recordBasemap(ctx, database, f.out, filepath.Base(name)); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "Done in %s\n", time.Since(begun).Round(10*time.Millisecond))
	return nil
}

// isBasemap reports whether the name is that of a basemap, not of an extract.
func isBasemap(name string) bool { return basemap.IsURL(name) || strings.HasSuffix(name, ".pmtiles") }

// isExtractURL reports whether the name is the URL of an extract, to judge by its
// extension.
func isExtractURL(name string) bool {
	u, err := url.Parse(name)
	if err != nil || !basemap.IsURL(name) {
		return false
	}
	extensions := []string{".pbf", ".osm", ".osm.gz", ".osm.bz2"}
	return slices.ContainsFunc(extensions, func(e string) bool { return strings.HasSuffix(strings.ToLower(u.Path), e) })
}

// cut makes the basemap from another one.
func (f *basemapFlags) cut(ctx context.Context, out io.Writer, source string, boxes []orb.Bound) error {
	if len(boxes) == 0 {
		return errors.New("there is no district yet; say with --box W,S,E,N what to cut")
	}
	bar := progress(-1, "tiles")
	s, err := basemap.Cut(ctx, source, boxes, f.out, func(done, total int) {
		bar.ChangeMax(total)
		_ = bar.Set(done)
	})
	_ = bar.Finish()
	if err != nil {
		return err
	}
	if err := os.Remove(graphFile(f.out)); err != nil && !errors.Is(err, fs.ErrNotExist) { // of an earlier extract
		return fmt.Errorf("remove the walking graph: %w", err)
	}
	printBasemap(out, f.out, basemap.Summary{Summary: s})
	fmt.Fprintln(out, "A basemap has neither places for the search nor a walking graph; an extract of OpenStreetMap has both. Earlier places remain.")
	return nil
}

// extract makes the basemap, the walking graph and the places of the districts
// from an extract of OpenStreetMap. Without a database, there are no places.
func (f *basemapFlags) extract(ctx context.Context, out io.Writer, name string, file *osm.File, cfg basemap.Config, districts []civic.District, database *store.Store) (err error) {
	if len(cfg.Boxes) == 0 {
		if cfg.Boxes, err = wholeExtract(ctx, file); err != nil {
			return err
		}
	}
	file.Boxes = cfg.Boxes
	g, err := newGround(cfg, districts, f.margin)
	if err != nil {
		return err
	}
	if err := addFeatures(ctx, file, g.add); err != nil {
		return err
	}
	counts := file.Counts()
	if counts.Features == 0 {
		return fmt.Errorf("%s has nothing in %s, which the basemap would cover; --box W,S,E,N covers another place", name, boxesText(cfg.Boxes))
	}
	if counts.ClosedRings+counts.BrokenRings+counts.MissingNodes > 0 {
		fmt.Fprintf(out, "Not complete in the extract: %d outlines of areas were closed with a straight line, %d left out; %d points of ways are missing\n",
			counts.ClosedRings, counts.BrokenRings, counts.MissingNodes)
	}
	info, err := os.Stat(name)
	if err != nil {
		return fmt.Errorf("date of the extract: %w", err)
	}
	if err := g.save(ctx, out, f.out, info.ModTime().UTC()); err != nil {
		return err
	}
	if database == nil {
		fmt.Fprintln(out, "With --box, the place search stays as it is.")
		return nil
	}
	return g.savePlaces(ctx, out, database)
}

// parseBox returns the box of the flag.
func (f *basemapFlags) parseBox() ([]orb.Bound, error) {
	if len(f.districts) > 0 {
		return nil, errors.New("give --box or --district, not both")
	}
	box, err := geo.ParseBox(f.box)
	if err != nil {
		return nil, fmt.Errorf("--box: %w", err)
	}
	return box.Bounds(), nil
}

// chosenDistricts returns the districts of the flag, or all.
func (f *basemapFlags) chosenDistricts(ctx context.Context, database *store.Store) (districts []civic.District, err error) {
	if len(f.districts) == 0 {
		return database.Districts(ctx)
	}
	for _, slug := range f.districts {
		d, err := findDistrict(ctx, database, slug)
		if err != nil {
			return nil, err
		}
		districts = append(districts, d)
	}
	return districts, nil
}

// cover adds the boxes of the districts, and their languages unless some are
// set.
func (f *basemapFlags) cover(cfg *basemap.Config, districts []civic.District) {
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

// printBasemap describes a basemap that has been written.
func printBasemap(out io.Writer, name string, s basemap.Summary) {
	fmt.Fprintf(out, "%s: %d tiles of zooms %d to %d, %d of them different, %.1f MB\n", name, s.Tiles, s.MinZoom, s.MaxZoom, s.Contents, float64(s.Bytes)/1e6)
	var layers []string
	for _, layer := range basemap.Layers() {
		if n := s.Features[layer]; n > 0 {
			layers = append(layers, fmt.Sprintf("%s %d", layer, n))
		}
	}
	if len(layers) > 0 {
		fmt.Fprintf(out, "Features: %s\n", strings.Join(layers, ", "))
	}
}

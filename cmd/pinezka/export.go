package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb/maptile"
	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles"
)

type exportFlags struct {
	databaseFlags
	district, format, out               string
	kinds, categories, statuses, inside []string
	from, to                            string
	layers                              []string
	resolutions                         []int
	maxZoom                             uint8
}

func exportCommand() *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the map as files that plain file hosting serves",
		Args:  cobra.NoArgs,
		Long: `Write the tiles of a district as a PMTiles archive: one file from which MapLibre,
with the pmtiles protocol, takes what it shows by range requests.

  pinezka export --district podgorze --out public/
  pinezka export --district podgorze --kind need --from 2025-01 --out needs.pmtiles
  pinezka export --district podgorze --layer hexes --res 8 --res 9 --out public/

An archive has the layers pins, hexes and areas, as the live tiles have them: what
they do not show is not in it either. Hexes follow the zoom; --res fixes their
resolution instead, in an archive for each. In a directory the archive is called
after the district, its layers, if not all, and the resolution, if fixed.

The file appears under its name when it is complete, replacing the one before.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), cmd.OutOrStdout()) },
	}
	f.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.district, "district", "", "slug of the district (required)")
	flags.StringVar(&f.format, "format", "pmtiles", "pmtiles")
	flags.StringVar(&f.out, "out", ".", "file, if it ends in .pmtiles, or directory")
	flags.StringSliceVar(&f.kinds, "kind", nil, "pins of this kind only: need, potential or organisation (repeatable)")
	flags.StringSliceVar(&f.categories, "category", nil, "pins of this category only, a slug (repeatable)")
	flags.StringSliceVar(&f.statuses, "status", nil, "pins of this status only (repeatable)")
	flags.StringSliceVar(&f.inside, "area", nil, "this area and its pins only, a slug (repeatable)")
	flags.StringVar(&f.from, "from", "", "first month (YYYY-MM) or day (YYYY-MM-DD) of the pins")
	flags.StringVar(&f.to, "to", "", "last month or day of the pins")
	flags.StringSliceVar(&f.layers, "layer", nil, "this layer only: pins, hexes or areas (repeatable)")
	flags.IntSliceVar(&f.resolutions, "res", nil, fmt.Sprintf(
		"H3 resolution of hexes, %d to %d, instead of one that follows the zoom (repeatable)", tiles.MinResolution, tiles.MaxResolution))
	flags.Uint8Var(&f.maxZoom, "max-zoom", 0, fmt.Sprintf("deepest zoom, 1 to %d (default: 16 with pins, 14 without)", tiles.MaxZoom))
	_ = cmd.MarkFlagRequired("district")
	return cmd
}

func (f *exportFlags) run(ctx context.Context, out io.Writer) error {
	files, err := f.files()
	if err != nil {
		return err
	}
	record, stop, err := f.open(ctx, quiet())
	if err != nil {
		return err
	}
	defer stop()
	live, err := tiles.Load(ctx, record)
	if err != nil {
		return err
	}
	v, ok := live.District(f.district)
	if !ok {
		return fmt.Errorf("%w: district %s; \"pinezka district list\" shows those that there are", civic.ErrNotFound, f.district)
	}
	filter, err := f.filter(&v.District)
	if err != nil {
		return err
	}
	for _, file := range files {
		file.Filter = filter
		begun := time.Now()
		w, err := file.write(ctx, v)
		if errors.Is(err, tiles.ErrNothing) {
			return fmt.Errorf("%w: no pin and no area is chosen", err)
		}
		if err != nil {
			return err
		}
		took := time.Since(begun)
		fmt.Fprintf(out, "%s: %d tiles of zoom %d to %d, %d of them different, %.1f MB, in %s (%.0f tiles a second)\n",
			file.name, w.Tiles, w.MinZoom, w.MaxZoom, w.Contents, float64(w.Bytes)/1e6, took.Round(time.Millisecond), float64(w.Tiles)/took.Seconds())
	}
	return nil
}

// archiveFile is an archive and the file that it goes to.
type archiveFile struct {
	tiles.Archive
	name string
}

// files to write, one for each resolution that is fixed.
func (f *exportFlags) files() ([]archiveFile, error) {
	if f.format != "pmtiles" {
		return nil, fmt.Errorf("--format %q is not pmtiles", f.format)
	}
	for _, layer := range f.layers {
		if !slices.Contains(tiles.Layers(), layer) {
			return nil, fmt.Errorf("--layer %q is not one of %s", layer, strings.Join(tiles.Layers(), ", "))
		}
	}
	if f.maxZoom > tiles.MaxZoom {
		return nil, fmt.Errorf("--max-zoom %d is not 1 to %d", f.maxZoom, tiles.MaxZoom)
	}
	if len(f.resolutions) > 0 && len(f.layers) > 0 && !slices.Contains(f.layers, tiles.LayerHexes) {
		return nil, errors.New("--res is for hexes: add --layer hexes, or leave --layer out")
	}
	single := strings.HasSuffix(f.out, ".pmtiles")
	if single && len(f.resolutions) > 1 {
		return nil, errors.New("each --res makes an archive: let --out be a directory")
	}
	stem := f.district
	if len(f.layers) > 0 {
		stem += "-" + strings.Join(f.layers, "-")
	}
	archive := tiles.Archive{Layers: f.layers, MaxZoom: maptile.Zoom(f.maxZoom)}
	if len(f.resolutions) == 0 {
		return []archiveFile{{archive, f.path(single, stem)}}, nil
	}
	var files []archiveFile
	for _, n := range f.resolutions {
		r := geo.Resolution(n)
		if n != int(r) || tiles.CheckResolution(r) != nil {
			return nil, fmt.Errorf("--res %d is not %d to %d", n, tiles.MinResolution, tiles.MaxResolution)
		}
		archive.Resolution = r
		files = append(files, archiveFile{archive, f.path(single, fmt.Sprintf("%s-%d", stem, n))})
	}
	return files, nil
}

func (f *exportFlags) path(single bool, stem string) string {
	if single {
		return f.out
	}
	return filepath.Join(f.out, stem+".pmtiles")
}

// filter of the flags, all of which the district must know.
func (f *exportFlags) filter(d *civic.District) (civic.Filter, error) {
	filter := civic.Filter{Categories: f.categories, Areas: f.inside}
	for _, s := range f.kinds {
		k, err := civic.ParseKind(s)
		if err != nil {
			return filter, fmt.Errorf("--kind: %w", err)
		}
		filter.Kinds = append(filter.Kinds, k)
	}
	for _, s := range f.statuses {
		status, err := civic.ParseStatus(s)
		if err != nil {
			return filter, fmt.Errorf("--status: %w", err)
		}
		filter.Statuses = append(filter.Statuses, status)
	}
	for _, slug := range f.categories {
		if _, ok := d.Category(slug); !ok {
			return filter, fmt.Errorf("--category: %w: %s in district %s", civic.ErrNotFound, slug, d.Slug)
		}
	}
	for _, slug := range f.inside {
		if _, ok := d.Area(slug); !ok {
			return filter, fmt.Errorf("--area: %w: %s in district %s", civic.ErrNotFound, slug, d.Slug)
		}
	}
	var err error
	if f.from != "" {
		if filter.From, _, err = civic.ParsePeriod(f.from); err != nil {
			return filter, fmt.Errorf("--from: %w", err)
		}
	}
	if f.to != "" {
		if _, filter.To, err = civic.ParsePeriod(f.to); err != nil {
			return filter, fmt.Errorf("--to: %w", err)
		}
		if filter.To < filter.From {
			return filter, fmt.Errorf("--to %s is before --from %s", f.to, f.from)
		}
	}
	return filter, nil
}

// write the archive beside its final name, and give it that when it is whole. A
// program that is killed leaves hidden files at most.
func (a archiveFile) write(ctx context.Context, v *tiles.Version) (w tiles.Written, err error) {
	dir, base := filepath.Split(a.name)
	if dir != "" {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return w, err
		}
	} else {
		dir = "." // and not where temporary files are
	}
	spool, err := os.CreateTemp(dir, "."+base+".tiles-*")
	if err != nil {
		return w, err
	}
	defer os.Remove(spool.Name())
	defer spool.Close()
	file, err := os.CreateTemp(dir, "."+base+".new-*")
	if err != nil {
		return w, err
	}
	defer os.Remove(file.Name()) // of no effect once it is renamed
	defer file.Close()

	bar := progress(-1, "tiles")
	a.Spool = spool
	a.Progress = func(done, total int) {
		if done == 1 {
			bar.ChangeMax(total)
		}
		_ = bar.Add(1)
	}
	w, err = v.WriteArchive(ctx, file, a.Archive)
	_ = bar.Finish()
	if err != nil {
		return w, err
	}
	for _, step := range []func() error{
		func() error { return file.Chmod(0o644) }, // for the web server
		file.Sync,
		file.Close,
		func() error { return os.Rename(file.Name(), a.name) },
	} {
		if err := step(); err != nil {
			return w, fmt.Errorf("keep %s: %w", a.name, err)
		}
	}
	return w, nil
}

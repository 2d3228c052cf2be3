package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb/maptile"
	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/pmtiles"
)

type exportFlags struct {
	databaseFlags
	district, format, out string
	filter                map[string]*[]string // parameters of civic.District.ParseFilter
	layers                []string
	resolutions           []int
	maxZoom               uint8
}

func exportCommand() *cobra.Command {
	f := exportFlags{filter: map[string]*[]string{}}
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the map to files for plain file hosting",
		Args:  cobra.NoArgs,
		Long: `Write the tiles of a district to a PMTiles archive: one file, of which MapLibre with
the pmtiles protocol reads the parts that it shows by HTTP range requests.

  pinezka export --district podgorze --out public/
  pinezka export --district podgorze --kind need --from 2025-01 --out needs.pmtiles
  pinezka export --district podgorze --layer hexes --res 8 --res 9 --out public/

An archive has the layers pins, hexes and areas of the live tiles, and discloses no
more than these. The resolution of hexes follows the zoom; with --res it is fixed, and
each resolution is an archive of its own. In a directory, an archive is named after the
district, after its layers unless it has all, and after the resolution if it is fixed.

The archive is written to a temporary file, which replaces an earlier one when it is
complete.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), cmd.OutOrStdout()) },
	}
	f.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.district, "district", "", "slug of the district (required)")
	flags.StringVar(&f.format, "format", "pmtiles", "pmtiles")
	flags.StringVar(&f.out, "out", ".", "file, if it ends in .pmtiles, or directory")
	for name, usage := range map[string]string{
		"kind":     "only pins of this kind: need, potential or organisation (repeatable)",
		"category": "only pins of this category, a slug (repeatable)",
		"status":   "only pins of this status (repeatable)",
		"area":     "only this area and its pins, a slug (repeatable)",
		"from":     "first month (YYYY-MM) or day (YYYY-MM-DD) of the pins",
		"to":       "last month or day of the pins",
	} {
		f.filter[name] = flags.StringSlice(name, nil, usage)
	}
	flags.StringSliceVar(&f.layers, "layer", nil, "only this layer: pins, hexes or areas (repeatable)")
	flags.IntSliceVar(&f.resolutions, "res", nil, fmt.Sprintf(
		"fixed H3 resolution of hexes, %d to %d (repeatable)", index.MinResolution, index.MaxResolution))
	flags.Uint8Var(&f.maxZoom, "max-zoom", 0, fmt.Sprintf("highest zoom, 1 to %d (default: 16 with pins, 14 without)", index.MaxZoom))
	_ = cmd.MarkFlagRequired("district")
	return cmd
}

func (f *exportFlags) run(ctx context.Context, out io.Writer) error {
	files, err := f.files()
	if err != nil {
		return err
	}
	database, stop, err := f.open(ctx, quiet())
	if err != nil {
		return err
	}
	defer stop()
	live, err := tiles.Load(ctx, database)
	if err != nil {
		return err
	}
	v, ok := live.District(f.district)
	if !ok {
		return fmt.Errorf("%w: district %s; \"pinezka district list\" lists the districts", civic.ErrNotFound, f.district)
	}
	parameters := url.Values{}
	for name, values := range f.filter {
		parameters[name] = *values
	}
	filter, err := v.District.ParseFilter(parameters)
	if err != nil {
		return fmt.Errorf("--%w", err) // a fault begins with the name of its parameter
	}
	for _, file := range files {
		file.Filter = filter
		begun := time.Now()
		s, err := file.save(ctx, v)
		if errors.Is(err, pmtiles.ErrEmpty) {
			return fmt.Errorf("%w: no pin and no area is selected", err)
		}
		if err != nil {
			return err
		}
		took := time.Since(begun)
		fmt.Fprintf(out, "%s: %d tiles of zooms %d to %d, %d of them different, %.1f MB, in %s (%.0f tiles a second)\n",
			file.name, s.Tiles, s.MinZoom, s.MaxZoom, s.Contents, float64(s.Bytes)/1e6, took.Round(time.Millisecond), float64(s.Tiles)/took.Seconds())
	}
	return nil
}

// archiveFile is an archive and the name of its file.
type archiveFile struct {
	tiles.Archive
	name string
}

// files checks the flags and returns the archives: one for each fixed
// resolution.
func (f *exportFlags) files() ([]archiveFile, error) {
	if f.format != "pmtiles" {
		return nil, fmt.Errorf("--format %q is not pmtiles", f.format)
	}
	for _, layer := range f.layers {
		if !slices.Contains(tiles.ArchiveLayers(), layer) {
			return nil, fmt.Errorf("--layer %q is not one of %s", layer, strings.Join(tiles.ArchiveLayers(), ", "))
		}
	}
	if f.maxZoom > index.MaxZoom {
		return nil, fmt.Errorf("--max-zoom %d is not 1 to %d", f.maxZoom, index.MaxZoom)
	}
	if len(f.resolutions) > 0 && len(f.layers) > 0 && !slices.Contains(f.layers, draw.LayerHexes) {
		return nil, errors.New("--res is for hexes: add --layer hexes, or omit --layer")
	}
	single := strings.HasSuffix(f.out, ".pmtiles")
	if single && len(f.resolutions) > 1 {
		return nil, errors.New("each --res writes an archive: --out must be a directory")
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
		if n != int(r) || index.CheckResolution(r) != nil {
			return nil, fmt.Errorf("--res %d is not %d to %d", n, index.MinResolution, index.MaxResolution)
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

// save writes the archive.
func (a archiveFile) save(ctx context.Context, v *index.Version) (s pmtiles.Summary, err error) {
	bar := progress(-1, "tiles")
	a.Progress = func(done, total int) {
		if done == 1 {
			bar.ChangeMax(total)
		}
		_ = bar.Add(1)
	}
	err = pmtiles.Save(a.name, func(dst io.Writer, spool io.ReadWriteSeeker) error {
		a.Spool = spool
		s, err = a.Write(ctx, dst, v)
		_ = bar.Finish()
		return err
	})
	return s, err
}

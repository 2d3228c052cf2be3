package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pinezka/pinezka/geo/walk"
	"github.com/pinezka/pinezka/tiles/basemap"
	"github.com/pinezka/pinezka/web/diagnoses"
)

// basemapInterval is how often a node looks whether its basemap has been
// replaced.
const basemapInterval = 10 * time.Second

// openBasemap opens the basemap of the flag, or else the one in the data
// directory if there is one. For a URL that is not one of a .pmtiles file,
// it returns the URL as that of a style.
func (f *serveFlags) openBasemap(ctx context.Context) (base *basemap.Basemap, styleURL string, err error) {
	location := f.basemap
	if location == "" {
		location = filepath.Join(f.dir, basemapFile)
		if _, err := os.Stat(location); errors.Is(err, os.ErrNotExist) {
			return nil, "", nil
		}
	}
	if isStyle(location) {
		return nil, location, nil
	}
	base, err = basemap.OpenBasemap(ctx, location)
	if err != nil && f.basemap != "" {
		return nil, "", fmt.Errorf("--basemap: %w", err)
	}
	if err != nil {
		return nil, "", fmt.Errorf("%w; make another one with \"pinezka basemap\", or remove the file", err)
	}
	return base, "", nil
}

// openWalk returns the walking graph beside the basemap in a file, or nil where there
// is none. One that is made later is read at the next start.
func (f *serveFlags) openWalk(log *slog.Logger) diagnoses.Walk {
	name := graphFile(cmp.Or(f.basemap, filepath.Join(f.dir, basemapFile)))
	file, err := os.Open(name)
	if err != nil {
		return nil // the basemap is at a URL, or has no streets
	}
	defer file.Close()
	graph, _, err := walk.Read(file)
	if err != nil {
		log.Warn("distances are straight lines, not those on foot", "file", name, "err", err)
		return nil
	}
	return graph
}

// isStyle reports whether the location of a basemap is the URL of a style.
func isStyle(location string) bool {
	u, err := url.Parse(location)
	return basemap.IsURL(location) && (err != nil || !strings.HasSuffix(u.Path, ".pmtiles"))
}

// followBasemap replaces the basemap, if there is one, when its file is replaced,
// until ctx ends.
func followBasemap(ctx context.Context, base *basemap.Basemap, log *slog.Logger) {
	if base != nil {
		base.Follow(ctx, basemapInterval, log)
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/tiles/basemap"
)

// makeDemoGround makes the basemap and the walking graph of the demo district in
// the data directory, unless it has a basemap that is not the sketch.
func makeDemoGround(ctx context.Context, dir string) error {
	name := filepath.Join(dir, basemapFile)
	if _, err := os.Stat(name); err == nil {
		if present, err := basemap.Open(ctx, name); err != nil || present.Attribution != demo.GroundAttribution {
			return nil // whoever opens it to serve it says what is wrong with it
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look for a basemap: %w", err)
	}
	d, err := demo.District()
	if err != nil {
		return err
	}
	g, err := newGround(basemap.Config{
		Boxes: []orb.Bound{demo.GroundBound()}, Languages: d.Languages, Name: "Podgórze", Attribution: demo.GroundAttribution,
	}, nil, 0)
	if err != nil {
		return err
	}
	for f, err := range demo.Ground() {
		if err != nil {
			return err
		}
		g.add(f)
	}
	return g.save(ctx, io.Discard, name, demo.GroundDate())
}

package tiles

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/pmtiles"
)

// Archive describes which tiles of a district are written to a PMTiles archive:
// one file that plain file hosting can serve.
//
// An archive has pins, hexes and areas together, down to the same zoom. A map
// overzooms tiles beyond the last zoom of a source, not of a layer, so a layer
// that ended before the others would disappear there. The resolution of hexes
// depends on the zoom as in the live tiles, so that the archive has all
// resolutions, each at the zooms at which it is legible. A fixed resolution at
// every zoom needs another archive: clients fetch whole tiles, and a map that
// shows one resolution would fetch all of them.
//
// Tiles are drawn like the live ones, so an archive shows and discloses the
// same as the live map. The same version and the same Archive result in the
// same bytes.
type Archive struct {
	Layers     []string       // default ArchiveLayers()
	Resolution geo.Resolution // of hexes, from draw.FirstZoom on; default draw.ZoomResolution of each zoom
	MaxZoom    maptile.Zoom   // default 16 with pins, 14 without
	Filter     civic.Filter   // selects pins; its areas also select the areas that are drawn

	// Spool is an empty temporary file for the tiles; required.
	Spool io.ReadWriteSeeker
	// Progress is called after every tile, from one goroutine; default none.
	Progress func(done, total int)
}

// ArchiveLayers returns the layers that an archive can have. Other things than pins
// are not among them: each leads to its page, which an archive does not have.
func ArchiveLayers() []string { return []string{draw.LayerAreas, draw.LayerHexes, draw.LayerPins} }

// Write writes a PMTiles archive of version 3 to dst, drawing on all cores.
// With a filter it needs memory for a copy of the pins that the filter selects.
//
// It returns civic.ErrInvalid for an Archive that is not possible, and
// pmtiles.ErrEmpty when no tile has a feature. After an error, dst has no
// archive.
func (a Archive) Write(ctx context.Context, dst io.Writer, v *index.Version) (pmtiles.Summary, error) {
	j, err := newArchiveJob(a, v)
	if err != nil {
		return pmtiles.Summary{}, err
	}
	w := pmtiles.NewWriter(a.Spool)
	if err := w.Draw(ctx, j.tiles(), func() pmtiles.DrawFunc { return j.draw }, j.Progress); err != nil {
		return pmtiles.Summary{}, fmt.Errorf("draw tiles of %s: %w", v.District.Slug, err)
	}
	extent := pmtiles.Extent{Bound: drawnBound(&v.District, j.Layers, j.Resolution), Centre: geo.Centre(v.District.Boundary)}
	s, err := w.Finish(dst, extent, j.metadata)
	if err != nil {
		return pmtiles.Summary{}, fmt.Errorf("write archive of %s: %w", v.District.Slug, err)
	}
	return s, nil
}

// archiveJob draws the tiles of one archive.
type archiveJob struct {
	Archive                // with its defaults
	v       *index.Version // of the selected pins
	all     *index.Filter  // selects every pin of v
	pins    bool
	hexes   bool
	areas   []index.Box // of the areas that are drawn
	first   maptile.Zoom
}

// newArchiveJob checks an Archive and sets its defaults.
func newArchiveJob(a Archive, v *index.Version) (*archiveJob, error) {
	if len(a.Layers) == 0 {
		a.Layers = ArchiveLayers()
	}
	for _, name := range a.Layers {
		if !slices.Contains(ArchiveLayers(), name) {
			return nil, fmt.Errorf("%w: layer %q is not one of %q", civic.ErrInvalid, name, ArchiveLayers())
		}
	}
	j := &archiveJob{pins: slices.Contains(a.Layers, draw.LayerPins), hexes: slices.Contains(a.Layers, draw.LayerHexes)}
	if a.MaxZoom == 0 {
		a.MaxZoom = polygonZoom
		if j.pins {
			a.MaxZoom = 16
		}
	}
	if a.MaxZoom > index.MaxZoom {
		return nil, fmt.Errorf("%w: zoom %d is not 1 to %d", civic.ErrInvalid, a.MaxZoom, index.MaxZoom)
	}
	if a.Resolution != 0 {
		if err := index.CheckResolution(a.Resolution); err != nil {
			return nil, err
		}
		if j.first = draw.FirstZoom(a.Resolution); j.hexes && j.first > a.MaxZoom {
			return nil, fmt.Errorf("%w: hexes of resolution %d begin at zoom %d", civic.ErrInvalid, a.Resolution, j.first)
		}
	}
	if slices.Contains(a.Layers, draw.LayerAreas) {
		for _, area := range v.District.Areas {
			if len(a.Filter.Areas) == 0 || slices.Contains(a.Filter.Areas, area.Slug) {
				j.areas = append(j.areas, index.BoxOf(geo.BoxOf(area.Boundary)))
			}
		}
	}
	j.Archive, j.v = a, v.Select(a.Filter)
	j.all = j.v.Filter(civic.Filter{})
	return j, nil
}

// resolution returns the resolution of hexes at a zoom.
func (j *archiveJob) resolution(z maptile.Zoom) geo.Resolution {
	if j.Resolution != 0 {
		return j.Resolution
	}
	return draw.ZoomResolution(z)
}

// archiveMetadata is the metadata of an archive: the conventional fields that
// viewers read, and the filter and the resolution of the archive.
type archiveMetadata struct {
	Name         string        `json:"name"`
	Description  string        `json:"description,omitempty"`
	Type         string        `json:"type"`
	Generator    string        `json:"generator"`
	Filter       string        `json:"filter,omitempty"`     // as the query of the API
	Resolution   string        `json:"resolution,omitempty"` // of hexes, if fixed
	VectorLayers []VectorLayer `json:"vector_layers"`
}

func (j *archiveJob) metadata(s pmtiles.Summary) any {
	d := &j.v.District
	m := archiveMetadata{
		Name: d.Name.In(""), Description: d.Notice.In("en"), Type: "overlay", Generator: "pinezka",
		Filter: j.Filter.Values().Encode(),
	}
	if j.hexes && j.Resolution != 0 {
		m.Resolution = strconv.Itoa(int(j.Resolution))
	}
	for _, name := range ArchiveLayers() {
		if !slices.Contains(j.Layers, name) {
			continue
		}
		first := s.MinZoom
		if name == draw.LayerHexes {
			first = max(first, j.first)
		}
		m.VectorLayers = append(m.VectorLayers, newVectorLayer(name, int(first), int(s.MaxZoom)))
	}
	return m
}

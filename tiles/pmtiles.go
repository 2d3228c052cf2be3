package tiles

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"golang.org/x/sync/errgroup"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// Archive says what of a district goes into a PMTiles archive: all its tiles in
// one file, of which a map reads what it shows by range requests, so that plain
// file hosting is server enough.
//
// One archive holds pins, hexes and areas together, all down to the same zoom. A
// map enlarges tiles beyond the last zoom of a source, not of a layer: a layer
// that ended before the others would vanish there. Hexes follow the zoom as the
// live tiles do, so that all resolutions are in it, each at the zooms at which it
// reads well. One resolution at every zoom is an archive of its own: a tile is
// fetched whole, and a map that shows one resolution would pay for all.
//
// The live version draws every tile, so an archive shows what the live map shows
// and tells no more. The same version and the same Archive make the same bytes.
type Archive struct {
	Layers     []string       // default Layers()
	Resolution geo.Resolution // of hexes, from the zoom on at which they can be told apart; default ZoomResolution of each zoom
	MaxZoom    maptile.Zoom   // default 16 with pins, 14 without
	Filter     civic.Filter   // chooses pins; its areas choose the areas drawn

	// Spool is a file, empty, that takes the tiles until their number is known;
	// required.
	Spool io.ReadWriteSeeker
	// Progress hears of every tile written, from one goroutine; default nobody.
	Progress func(done, total int)
}

// Written says what an archive came to hold.
type Written struct {
	Tiles            int // that are not empty
	Contents         int // of those, different ones
	Bytes            int64
	MinZoom, MaxZoom maptile.Zoom
}

// ErrNothing says that no tile of an archive would hold anything.
var ErrNothing = errors.New("there is nothing to draw")

// Load a live index from one reading of the source, for those who need it once
// and do not Run it.
func Load(ctx context.Context, source Source) (*Live, error) {
	l := New(Config{Source: source})
	if err := l.follow(ctx); err != nil {
		return nil, fmt.Errorf("load the live index: %w", err)
	}
	l.state.Store(&State{Ready: true, Followed: time.Now()})
	return l, nil
}

// WriteArchive writes a PMTiles archive of version 3 to dst, drawing on all
// cores. Beside some tiles at work it keeps 24 bytes for each entry of the
// archive and about 50 for each different tile, and with a filter a copy of the
// pins that it chooses.
//
// It reports civic.ErrInvalid for an Archive that cannot be, and ErrNothing where
// it would have no tile. dst then, and after any other error, holds no archive.
func (v *Version) WriteArchive(ctx context.Context, dst io.Writer, a Archive) (Written, error) {
	p, err := v.press(a)
	if err != nil {
		return Written{}, err
	}
	data := bufio.NewWriterSize(a.Spool, 1<<20)
	book := newBook(data)
	if err := p.run(ctx, p.tiles(), book.put); err != nil {
		return Written{}, fmt.Errorf("draw tiles of %s: %w", v.District.Slug, err)
	}
	if len(book.entries) == 0 {
		return Written{}, fmt.Errorf("archive of %s: %w", v.District.Slug, ErrNothing)
	}
	if err := data.Flush(); err != nil {
		return Written{}, fmt.Errorf("keep tiles: %w", err)
	}
	if _, err := a.Spool.Seek(0, io.SeekStart); err != nil {
		return Written{}, fmt.Errorf("go back to the first tile: %w", err)
	}
	front, h, err := book.front(p.metadata(), p.bound())
	if err != nil {
		return Written{}, err
	}
	if _, err := dst.Write(front); err != nil {
		return Written{}, fmt.Errorf("write directories: %w", err)
	}
	if _, err := io.Copy(dst, a.Spool); err != nil {
		return Written{}, fmt.Errorf("write tiles: %w", err)
	}
	return Written{
		Tiles: int(h.addressed), Contents: int(h.contents), Bytes: int64(h.data.offset + h.data.length),
		MinZoom: maptile.Zoom(h.minZoom), MaxZoom: maptile.Zoom(h.maxZoom),
	}, nil
}

// press draws the tiles of one archive.
type press struct {
	v       *Version // of the chosen pins alone, without a delta
	match   *Match
	archive Archive // with its defaults
	pins    bool
	hexes   bool
	areas   []box // of the areas drawn
	first   maptile.Zoom
}

// press for an archive, checked.
func (v *Version) press(a Archive) (*press, error) {
	if len(a.Layers) == 0 {
		a.Layers = Layers()
	}
	for _, name := range a.Layers {
		if !slices.Contains(Layers(), name) {
			return nil, fmt.Errorf("%w: layer %q is not one of %q", civic.ErrInvalid, name, Layers())
		}
	}
	p := &press{pins: slices.Contains(a.Layers, LayerPins), hexes: slices.Contains(a.Layers, LayerHexes)}
	if a.MaxZoom == 0 {
		a.MaxZoom = 14
		if p.pins {
			a.MaxZoom = 16
		}
	}
	if a.MaxZoom > MaxZoom {
		return nil, fmt.Errorf("%w: zoom %d is not 1 to %d", civic.ErrInvalid, a.MaxZoom, MaxZoom)
	}
	if a.Resolution != 0 {
		if err := CheckResolution(a.Resolution); err != nil {
			return nil, err
		}
		if p.first = FirstZoom(a.Resolution); p.hexes && p.first > a.MaxZoom {
			return nil, fmt.Errorf("%w: hexes of resolution %d begin at zoom %d", civic.ErrInvalid, a.Resolution, p.first)
		}
	}
	p.archive = a
	p.v = v.only(a.Filter)
	p.match = p.v.Match(civic.Filter{})
	if slices.Contains(a.Layers, LayerAreas) {
		for _, area := range v.District.Areas {
			if holds(a.Filter.Areas, area.Slug) {
				p.areas = append(p.areas, boxOf(area.Boundary.Bound()))
			}
		}
	}
	return p, nil
}

// only the pins that f chooses, as a version without a delta.
func (v *Version) only(f civic.Filter) *Version {
	m := v.Match(f)
	if m == v.all && v.changed() == 0 {
		return v
	}
	b := v.brush()
	defer v.done(b)
	b.prepare(v, m, false)
	var chosen celled
	for i := range b.fresh.each(0, v.delta.len()) {
		chosen.copyRow(&v.delta.celled, i)
	}
	for p := range v.parts {
		_, s := b.of(int32(p))
		for i := range s.each(0, v.parts[p].len()) {
			v.parts[p].copyRow(&chosen, i)
		}
	}
	next := *v
	next.rest(newBases(&chosen, v.legend, 0, nil))
	next.survey()
	return &next
}

// resolution of hexes at a zoom.
func (p *press) resolution(z maptile.Zoom) geo.Resolution {
	if p.archive.Resolution != 0 {
		return p.archive.Resolution
	}
	return ZoomResolution(z)
}

// draw a tile, all layers, as the live tiles are drawn.
func (p *press) draw(dst []byte, t maptile.Tile) []byte {
	if p.pins {
		dst = p.v.AppendPins(dst, t, p.match)
	}
	if p.hexes && t.Z >= p.first {
		dst = p.v.AppendHexes(dst, t, p.resolution(t.Z), p.match)
	}
	if p.meetsArea(frameOf(t).box(polygonBuffer)) {
		dst = p.v.AppendAreas(dst, t, p.archive.Filter)
	}
	return dst
}

// tiles that may hold something, in the order of their ids: zoom by zoom, along
// the Hilbert curve. What is in a tile is in its parent too, since the reach of a
// cell holds that of its children; so a tile that nothing reaches has no
// children either. (A parent that is drawn empty may have some: what is too small
// to be drawn there.)
func (p *press) tiles() []maptile.Tile {
	var all []maptile.Tile
	for level := []maptile.Tile{{}}; ; {
		level = slices.DeleteFunc(level, func(t maptile.Tile) bool { return !p.meets(t) })
		all = append(all, level...)
		if len(level) == 0 || level[0].Z == p.archive.MaxZoom {
			return all
		}
		next := make([]maptile.Tile, 0, 4*len(level))
		for _, t := range level {
			kids := t.Children()
			slices.SortFunc(kids[:], func(a, b maptile.Tile) int { return int(int64(tileID(a) - tileID(b))) })
			next = append(next, kids[:]...)
		}
		level = next
	}
}

// meets reports whether anything may be drawn in a tile or deeper.
func (p *press) meets(t maptile.Tile) bool {
	in := frameOf(t)
	near := in.box(polygonBuffer)
	return p.meetsArea(near) ||
		p.hexes && p.v.reaches(p.resolution(t.Z), near) ||
		p.pins && p.v.reaches(MaxResolution, in.box(0))
}

func (p *press) meetsArea(in box) bool {
	return slices.ContainsFunc(p.areas, in.meets)
}

// reaches reports whether a cell of resolution r reaches into the box.
func (v *Version) reaches(r geo.Resolution, in box) bool {
	return slices.ContainsFunc(v.parts, func(p part) bool {
		return p.reach.meets(in) && p.anyReaches(MinResolution, r, 0, uint32(len(p.dirs[MinResolution].cells)), in)
	})
}

func (b *base) anyReaches(at, r geo.Resolution, lo, hi uint32, in box) bool {
	d := &b.dirs[at]
	for i := lo; i < hi; i++ {
		if d.reach[i].meets(in) && (at == r || d.reach[i].within(in) || b.anyReaches(at+1, r, d.kids[i], d.kids[i+1], in)) {
			return true
		}
	}
	return false
}

// bound of the district and of its pins, which are shown a little beyond it
// where they are blurred.
func (p *press) bound() orb.Bound {
	b := p.v.District.Boundary.Bound()
	for _, part := range p.v.parts {
		if part.len() > 0 {
			b = b.Extend(geo.Mercator{X: slices.Min(part.x), Y: slices.Min(part.y)}.Point())
			b = b.Extend(geo.Mercator{X: slices.Max(part.x), Y: slices.Max(part.y)}.Point())
		}
	}
	return b
}

func boxOf(b orb.Bound) box {
	low, high := geo.Project(b.LeftTop()), geo.Project(b.RightBottom())
	return box{low.X, low.Y, high.X, high.Y}
}

// sheet is a tile on its way through the press.
type sheet struct {
	tile  maptile.Tile
	body  []byte // compressed; empty for an empty tile
	drawn chan struct{}
}

func (s *sheet) Write(b []byte) (int, error) {
	s.body = append(s.body, b...)
	return len(b), nil
}

// sheetsEach is how many tiles may be under way for each core: enough that a
// slow one keeps nobody waiting.
const sheetsEach = 32

// compression is the level of gzip. Drawing and compressing the same tiles takes
// about as long as the archive of them (BenchmarkPMTiles, x-zipped). Level 2, when
// tried, made the archive of a million pins a tenth larger, and no sooner; the next
// level saves 4 %; the standard library takes twice as long or more for the same
// (BenchmarkGzip).
const compression = 4

// run draws the tiles on all cores and puts those that are not empty, in order.
//
//	free ─► feed ──► work ─► draw, compress (each core) ─┐ drawn
//	 ▲        └────► order ─────────────────────────► put ┘
//	 └──────────────────────────────────────────────────┘
func (p *press) run(ctx context.Context, tiles []maptile.Tile, put func(id uint64, body []byte) error) error {
	cores := runtime.GOMAXPROCS(0)
	free, work, order := make(chan *sheet, cores*sheetsEach), make(chan *sheet, cores*sheetsEach), make(chan *sheet, cores*sheetsEach)
	for range cap(free) {
		free <- &sheet{drawn: make(chan struct{}, 1)}
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(work)
		defer close(order)
		for _, t := range tiles {
			select {
			case s := <-free:
				s.tile, s.body = t, s.body[:0]
				work <- s // never full: there are no more sheets
				order <- s
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range cores {
		group.Go(func() error { return p.work(ctx, work) })
	}
	group.Go(func() error {
		done := 0
		for s := range order {
			select {
			case <-s.drawn:
			case <-ctx.Done():
				return ctx.Err()
			}
			if len(s.body) > 0 {
				if err := put(tileID(s.tile), s.body); err != nil {
					return err
				}
			}
			free <- s
			if done++; p.archive.Progress != nil {
				p.archive.Progress(done, len(tiles))
			}
		}
		return nil
	})
	return group.Wait()
}

// work draws and compresses sheets until there are no more.
func (p *press) work(ctx context.Context, sheets <-chan *sheet) error {
	var last, next []byte // as drawn: deep inside an area one tile is as the other
	var packed []byte
	zip, err := gzip.NewWriterLevel(io.Discard, compression)
	if err != nil {
		return fmt.Errorf("prepare compression: %w", err)
	}
	for s := range sheets {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		next = p.draw(next[:0], s.tile)
		switch {
		case len(next) == 0:
		case bytes.Equal(next, last):
			s.body = append(s.body, packed...)
		default:
			zip.Reset(s)
			if _, err := zip.Write(next); err != nil {
				return fmt.Errorf("compress tile %v: %w", s.tile, err)
			}
			if err := zip.Close(); err != nil {
				return fmt.Errorf("compress tile %v: %w", s.tile, err)
			}
			packed = append(packed[:0], s.body...)
			last, next = next, last
		}
		s.drawn <- struct{}{}
	}
	return nil
}

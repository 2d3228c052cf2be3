package maps

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

const typeMVT = "application/vnd.mapbox-vector-tile"

// The pattern of the route of the tiles of a layer is tilesBefore, the layer and
// tilesAfter.
const (
	tilesBefore = "/tiles/{district}/"
	tilesAfter  = "/{z}/{x}/{y}.mvt"
)

// TileLayer returns the layer of the tiles at a pattern, or "" for a pattern
// that is not one of tiles.
func TileLayer(pattern string) string {
	layer, isBefore := strings.CutPrefix(pattern, tilesBefore)
	layer, isAfter := strings.CutSuffix(layer, tilesAfter)
	if !isBefore || !isAfter {
		return ""
	}
	return layer
}

// tileRoutes returns the routes of tiles and of their TileJSON.
func (m *Maps) tileRoutes() (routes []serve.Route) {
	for _, layer := range draw.Layers() {
		routes = append(routes,
			serve.API("GET", tilesBefore+layer+".json", serve.Public, serve.Read, func(w http.ResponseWriter, r *http.Request) error {
				return m.tileJSON(w, r, layer)
			}),
			serve.API("GET", tilesBefore+layer+tilesAfter, serve.Public, serve.Stream, func(w http.ResponseWriter, r *http.Request) error {
				return m.tile(w, r, layer)
			}))
	}
	return routes
}

// tileJSON is a TileJSON document with a member of ours.
type tileJSON struct {
	tiles.TileJSON
	Changes string `json:"changes"` // URL of the stream of changes, after which a map requests its tiles again
}

func (m *Maps) tileJSON(w http.ResponseWriter, r *http.Request, name string) error {
	v, err := m.District(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	query, err := parseTileQuery(q, v)
	if err != nil {
		return err
	}
	base, configured := m.BaseURL(r) // TileJSON has absolute URLs
	template := base + "/tiles/" + v.District.Slug + "/" + name + "/{z}/{x}/{y}.mvt"
	if len(q) > 0 {
		template += "?" + q.Encode()
	}
	out := tileJSON{Changes: base + "/api/v1/districts/" + v.District.Slug + "/changes"}
	out.TileJSON, _ = tiles.NewTileJSON(&v.District, name, template, query.resolution)
	cacheControl := serve.NoCache
	if !configured {
		cacheControl = serve.NoStore
	}
	return m.SendJSON(w, r, serve.TypeJSON, cacheControl, out)
}

func (m *Maps) tile(w http.ResponseWriter, r *http.Request, name string) error {
	v, err := m.District(r)
	if err != nil {
		return err
	}
	at, err := parseTile(r)
	if err != nil {
		return err
	}
	key := tileKey{v.District.Slug, name, r.URL.RawQuery, at}
	t, ok := m.cache.get(key, v)
	if !ok {
		if t, err = m.renderTile(r.Context(), v, key); err != nil {
			return err
		}
		if !t.searched {
			m.cache.put(key, t)
		}
	}
	return m.Send(w, r, &t.Representation)
}

// renderTile renders a tile of the version.
func (m *Maps) renderTile(ctx context.Context, v *index.Version, key tileKey) (*cachedTile, error) {
	q, err := m.tileQuery(v, key.query)
	if err != nil {
		return nil, err
	}
	found, err := m.Words.Search(ctx, v, q.words)
	if err != nil {
		return nil, err
	}
	v = found.Version
	t := &cachedTile{searched: q.words != "", resolution: cmp.Or(q.resolution, draw.ZoomResolution(key.at.Z))}
	if finest := draw.FinestResolution(key.at.Z); t.resolution > finest {
		return nil, serve.BadParameter("res", fmt.Sprintf("must be at most %d at zoom %d; hexes would be too small to see", finest, key.at.Z))
	}
	if err := m.Rendering.Acquire(ctx); err != nil {
		return nil, err
	}
	defer m.Rendering.Release(ctx)
	t.number.Store(v.Number)
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	body := (*buffer)[:0]
	switch key.layer {
	case draw.LayerPins:
		body = draw.Pins(body, v, key.at, q.rows)
	case draw.LayerHexes:
		body = draw.Hexes(body, v, key.at, t.resolution, q.rows)
	case draw.LayerThings:
		body = draw.Things(body, v, key.at)
	default:
		body = draw.Areas(body, v, key.at, q.filter)
	}
	*buffer = body
	t.Set(serve.Content{Type: typeMVT, CacheControl: serve.NoCache, Body: bytes.Clone(body)})
	return t, nil
}

// buffers pools the memory in which tiles are rendered, so that a cached tile
// takes only the memory of its size.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// parseTile returns the tile in the path of the request.
func parseTile(r *http.Request) (maptile.Tile, error) {
	var n [3]uint32
	for i, name := range [3]string{"z", "x", "y"} {
		v, err := strconv.ParseUint(r.PathValue(name), 10, 32)
		if err != nil {
			return maptile.Tile{}, serve.BadParameter(name, "must be a whole number")
		}
		n[i] = uint32(v)
	}
	t := maptile.Tile{Z: maptile.Zoom(n[0]), X: n[1], Y: n[2]}
	if n[0] > index.MaxZoom {
		return t, serve.BadParameter("z", "must be 0 to "+strconv.Itoa(index.MaxZoom))
	}
	if err := draw.CheckTile(t); err != nil {
		name := "x"
		if side := uint32(1) << t.Z; t.X < side {
			name = "y"
		}
		return t, serve.BadParameter(name, err.Error())
	}
	return t, nil
}

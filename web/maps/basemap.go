package maps

import (
	"fmt"
	"net/http"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/basemap"
	"github.com/pinezka/pinezka/web/serve"
)

// openStreetMap is the attribution of basemaps that have none of their own: all
// of the schema are made from OpenStreetMap.
const openStreetMap = `<a href="https://www.openstreetmap.org/copyright">© OpenStreetMap</a>`

// ContentSecurityPolicy returns the policy of pages with the MapLibre style at a
// URL, which may load tiles, glyphs and sprites from any host, or of pages
// without one if it is "".
func ContentSecurityPolicy(styleURL string) string {
	remote := ""
	if styleURL != "" {
		remote = " https: http:"
	}
	return "default-src 'self'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; " +
		"font-src 'self'; img-src 'self' data: blob:" + remote + "; connect-src 'self'" + remote + "; " +
		"base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
}

// basemapRoutes returns the routes of the basemap.
func (m *Maps) basemapRoutes() []serve.Route {
	return []serve.Route{
		serve.API("GET", "/basemap.json", serve.Public, serve.Read, m.basemapJSON),
		serve.API("GET", "/basemap/{hash}/{z}/{x}/{y}", serve.Public, serve.Stream, m.basemapTile),
	}
}

// basemapArchive returns the current version of the basemap. It returns
// civic.ErrNotFound when there is no basemap.
func (m *Maps) basemapArchive() (*basemap.Archive, error) {
	if m.basemap == nil {
		return nil, fmt.Errorf("basemap: %w", civic.ErrNotFound)
	}
	return m.basemap.Archive(), nil
}

// elementBasemap describes the tiles of the basemap for the map element.
type elementBasemap struct {
	Tiles       string     `json:"tiles"`  // URL template
	Bounds      [4]float64 `json:"bounds"` // west, south, east, north
	MinZoom     int        `json:"minZoom"`
	MaxZoom     int        `json:"maxZoom"`
	Attribution string     `json:"attribution"` // HTML
}

// elementBasemap returns the description of the basemap, or nil if there is none.
func (m *Maps) elementBasemap() *elementBasemap {
	if m.basemap == nil {
		return nil
	}
	a := m.basemap.Archive()
	s := a.Summary()
	return &elementBasemap{
		Tiles: basemapTemplate(a), Bounds: corners(a.Extent().Bound), MinZoom: int(s.MinZoom), MaxZoom: int(s.MaxZoom), Attribution: attribution(a),
	}
}

// basemapTemplate returns the template of the URLs of the tiles, without the
// host.
func basemapTemplate(a *basemap.Archive) string { return "/basemap/" + a.Hash + "/{z}/{x}/{y}" }

func attribution(a *basemap.Archive) string {
	if a.Attribution == "" {
		return openStreetMap
	}
	return a.Attribution
}

func corners(b orb.Bound) [4]float64 {
	return [4]float64{b.Min.Lon(), b.Min.Lat(), b.Max.Lon(), b.Max.Lat()}
}

// basemapTileJSON is the TileJSON of the basemap, with its layers as the archive
// describes them.
type basemapTileJSON struct {
	tiles.TileJSON
	VectorLayers any `json:"vector_layers"`
}

// basemapJSON serves the TileJSON of the basemap.
func (m *Maps) basemapJSON(w http.ResponseWriter, r *http.Request) error {
	a, err := m.basemapArchive()
	if err != nil {
		return err
	}
	base, configured := m.BaseURL(r) // TileJSON has absolute URLs
	s, extent := a.Summary(), a.Extent()
	out := basemapTileJSON{VectorLayers: a.VectorLayers(), TileJSON: tiles.TileJSON{
		TileJSON: "3.0.0", Name: "Basemap", Attribution: attribution(a), Scheme: "xyz", Tiles: []string{base + basemapTemplate(a)},
		MinZoom: int(s.MinZoom), MaxZoom: int(s.MaxZoom), Bounds: corners(extent.Bound),
		Center: [3]float64{extent.Centre.Lon(), extent.Centre.Lat(), float64(s.MinZoom+s.MaxZoom) / 2},
	}}
	cacheControl := serve.NoCache
	if !configured {
		cacheControl = serve.NoStore
	}
	return m.SendJSON(w, r, serve.TypeJSON, cacheControl, out)
}

// basemapTile serves a tile of the basemap. Its URL contains the hash of the
// version, so it never changes. A tile that the basemap does not have is empty,
// and one of another version is not found: the client has an older page, or
// another node has a newer file.
func (m *Maps) basemapTile(w http.ResponseWriter, r *http.Request) error {
	at, err := parseTile(r)
	if err != nil {
		return err
	}
	a, err := m.basemapArchive()
	if err != nil {
		return err
	}
	if hash := r.PathValue("hash"); hash != a.Hash {
		return fmt.Errorf("version %q of the basemap: %w", hash, civic.ErrNotFound)
	}
	tile, err := a.GzipTile(r.Context(), at)
	if err != nil {
		return fmt.Errorf("read the basemap: %w", err)
	}
	if tile == nil {
		w.Header().Set("Cache-Control", serve.CacheForever)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return m.SendGzip(w, r, serve.Content{Type: typeMVT, CacheControl: serve.CacheForever, Body: tile}, basemap.Plain)
}

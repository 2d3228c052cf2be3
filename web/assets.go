package web

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
)

//go:embed all:ui/dist
var built embed.FS

// findAssets reads the manifest of the built script and style. Without a build,
// pages do without them: they work, plainly.
func (s *Server) findAssets() error {
	var err error
	if s.assets, err = fs.Sub(built, "ui/dist"); err != nil {
		return err
	}
	b, err := fs.ReadFile(s.assets, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	manifest := map[string]string{}
	if err := json.Unmarshal(b, &manifest); err != nil {
		return fmt.Errorf("manifest.json: %w", err)
	}
	for logical, url := range map[string]*string{"app.js": &s.script, "app.css": &s.style} {
		if file := manifest[logical]; file != "" {
			*url = "/assets/" + file
		}
	}
	return nil
}

// asset that was built; its name holds a hash of its content.
func (s *Server) asset(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("file")
	body, err := fs.ReadFile(s.assets, name)
	if err != nil || strings.HasPrefix(name, ".") {
		return fmt.Errorf("asset %q: %w", name, civic.ErrNotFound)
	}
	kind := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) { // whatever the machine's own table says
	case ".js":
		kind = "text/javascript; charset=utf-8"
	case ".css":
		kind = "text/css; charset=utf-8"
	case ".woff2":
		kind = "font/woff2"
	case ".svg":
		kind = "image/svg+xml"
	}
	return respond(w, r, content{kind, cacheForever, body})
}

// basemap is the PMTiles file of the configuration, by range.
func (s *Server) basemap(w http.ResponseWriter, r *http.Request) error {
	if !strings.HasSuffix(s.cfg.Basemap, ".pmtiles") || strings.HasPrefix(s.cfg.Basemap, "http") {
		return fmt.Errorf("basemap: %w", civic.ErrNotFound)
	}
	f, err := os.Open(s.cfg.Basemap)
	if err != nil {
		return fmt.Errorf("open basemap: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("read basemap: %w", err)
	}
	w.Header().Set("Content-Type", "application/vnd.pmtiles")
	w.Header().Set("Cache-Control", cacheNone)
	w.Header().Set("ETag", fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size()))
	http.ServeContent(w, r, "basemap.pmtiles", info.ModTime().Truncate(time.Second), f)
	return nil
}

// basemapURL is what the map is told: a style, our own file, or nothing.
func (s *Server) basemapURL() string {
	if strings.HasSuffix(s.cfg.Basemap, ".pmtiles") && !strings.HasPrefix(s.cfg.Basemap, "http") {
		return "/basemap.pmtiles"
	}
	return s.cfg.Basemap
}

const faviconSVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#b3461e" d="M16 2a10 10 0 0 0-10 10c0 7 10 18 10 18s10-11 10-18A10 10 0 0 0 16 2Z"/><circle cx="16" cy="12" r="4" fill="#fff"/></svg>`

func (s *Server) favicon(w http.ResponseWriter, r *http.Request) error {
	return respond(w, r, content{"image/svg+xml", "public, max-age=86400", []byte(faviconSVG)})
}

func (s *Server) robots(w http.ResponseWriter, r *http.Request) error {
	return respond(w, r, content{"text/plain; charset=utf-8", "public, max-age=86400", []byte("User-agent: *\nDisallow: /tiles/\nDisallow: /api/\n")})
}

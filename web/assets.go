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

// findAssets reads what was built, and from its manifest which are the script and
// the style. Without a build, pages do without them: they work, plainly.
func (s *Server) findAssets() error {
	const dir = "ui/dist"
	files, err := built.ReadDir(dir)
	if err != nil {
		return err
	}
	s.assets = map[string]*answer{}
	for _, file := range files {
		name := file.Name()
		if strings.HasPrefix(name, ".") {
			continue
		}
		body, err := built.ReadFile(path.Join(dir, name))
		if err != nil {
			return err
		}
		s.assets[name] = new(answer)
		s.assets[name].set(content{assetType(name), cacheForever, body})
	}
	b, err := built.ReadFile(path.Join(dir, "manifest.json"))
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
	a, ok := s.assets[r.PathValue("file")]
	if !ok {
		return fmt.Errorf("asset %q: %w", r.PathValue("file"), civic.ErrNotFound)
	}
	return s.give(w, r, a)
}

// assetType of a file, by its name.
func assetType(name string) string {
	switch path.Ext(name) { // whatever the machine's own table says
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	case ".svg":
		return "image/svg+xml"
	}
	return mime.TypeByExtension(path.Ext(name))
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
	return s.respond(w, r, content{"image/svg+xml", "public, max-age=86400", []byte(faviconSVG)})
}

func (s *Server) robots(w http.ResponseWriter, r *http.Request) error {
	return s.respond(w, r, content{"text/plain; charset=utf-8", "public, max-age=86400", []byte("User-agent: *\nDisallow: /tiles/\nDisallow: /api/\n")})
}

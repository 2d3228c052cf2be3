// Package assets serves the built user interface, the icon of the site, and
// robots.txt.
package assets

import (
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

const (
	cacheDay = "public, max-age=86400"

	favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#b3461e" d="M16 2a10 10 0 0 0-10 10c0 7 10 18 10 18s10-11 10-18A10 10 0 0 0 16 2Z"/><circle cx="16" cy="12" r="4" fill="#fff"/></svg>`
	robots  = "User-agent: *\nDisallow: /tiles/\nDisallow: /api/\n"
)

// compressed returns the suffixes of the variants that the build compresses:
// brotli and gzip.
func compressed() []string { return []string{".br", ".gz"} }

// Routes returns the routes of the files. Files whose names begin with a dot
// are not served, and those that end with .br or .gz are sent as variants of the
// others.
func Routes(s *serve.Service, files fs.FS) ([]serve.Route, error) {
	assets, err := load(files)
	if err != nil {
		return nil, err
	}
	fixed := func(c serve.Content) serve.Handler {
		return func(w http.ResponseWriter, r *http.Request) error { return s.SendContent(w, r, c) }
	}
	return []serve.Route{
		serve.API("GET", "/assets/{file}", serve.Public, serve.Stream, func(w http.ResponseWriter, r *http.Request) error {
			a, ok := assets[r.PathValue("file")]
			if !ok {
				return fmt.Errorf("asset %q: %w", r.PathValue("file"), civic.ErrNotFound)
			}
			return s.SendPermanent(w, r, a)
		}),
		serve.API("GET", "/favicon.ico", serve.Public, serve.Read, fixed(serve.Content{Type: "image/svg+xml", CacheControl: cacheDay, Body: []byte(favicon)})),
		serve.API("GET", "/robots.txt", serve.Public, serve.Read, fixed(serve.Content{Type: "text/plain; charset=utf-8", CacheControl: cacheDay, Body: []byte(robots)})),
	}, nil
}

func load(files fs.FS) (map[string]*serve.Representation, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, fmt.Errorf("read the user interface: %w", err)
	}
	assets := map[string]*serve.Representation{}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || slices.Contains(compressed(), path.Ext(e.Name())) {
			continue
		}
		var variants [3][]byte // identity, brotli, gzip
		for i, suffix := range append([]string{""}, compressed()...) {
			variants[i], err = fs.ReadFile(files, e.Name()+suffix)
			if err != nil && (suffix == "" || !errors.Is(err, fs.ErrNotExist)) {
				return nil, fmt.Errorf("read the user interface: %w", err)
			}
		}
		assets[e.Name()] = new(serve.Representation)
		assets[e.Name()].Set(serve.Content{Type: mediaType(e.Name()), CacheControl: serve.CacheForever, Body: variants[0]})
		assets[e.Name()].SetCompressed(variants[1], variants[2])
	}
	return assets, nil
}

// mediaType returns the media type of a file by its extension. For the types
// that browsers need, it does not depend on the MIME tables of the machine.
func mediaType(name string) string {
	switch path.Ext(name) {
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

package maps

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// isRemote reports whether a basemap is a URL.
func isRemote(basemap string) bool { return strings.HasPrefix(basemap, "http") }

// isFile reports whether a basemap is a local .pmtiles file.
func isFile(basemap string) bool {
	return strings.HasSuffix(basemap, ".pmtiles") && !isRemote(basemap)
}

// CheckBasemap returns an error when a basemap is a file that cannot be read.
func CheckBasemap(basemap string) error {
	if !isFile(basemap) {
		return nil
	}
	f, err := os.Open(basemap) //nolint:gosec // the operator chooses the file
	if err != nil {
		return err //nolint:wrapcheck // it names the file, and the caller the flag
	}
	return f.Close() //nolint:wrapcheck // as above
}

// ContentSecurityPolicy returns the policy of pages with the basemap. The style
// of a remote basemap may load tiles, glyphs and sprites from any host.
func ContentSecurityPolicy(basemap string) string {
	remote := ""
	if isRemote(basemap) {
		remote = " https: http:"
	}
	return "default-src 'self'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; style-src-attr 'unsafe-inline'; " +
		"font-src 'self'; img-src 'self' data: blob:" + remote + "; connect-src 'self'" + remote + "; " +
		"base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
}

// serveBasemap serves the file of the basemap, with support for range requests.
func (m *Maps) serveBasemap(w http.ResponseWriter, r *http.Request) error {
	if !isFile(m.basemap) {
		return fmt.Errorf("basemap: %w", civic.ErrNotFound)
	}
	f, err := os.Open(m.basemap)
	if err != nil {
		return fmt.Errorf("open basemap: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("read basemap: %w", err)
	}
	w.Header().Set("Content-Type", "application/vnd.pmtiles")
	w.Header().Set("Cache-Control", serve.NoCache)
	w.Header().Set("ETag", fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size()))
	http.ServeContent(w, r, "basemap.pmtiles", info.ModTime().Truncate(time.Second), f)
	return nil
}

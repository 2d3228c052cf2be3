// Package ui embeds the built user interface: the bundles of TypeScript and
// CSS, the fonts and the web worker of the map. The name of each file contains
// a hash of its content.
package ui

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files returns the built files. There are none before the user interface has
// been built.
func Files() (fs.FS, error) {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, fmt.Errorf("read the user interface: %w", err)
	}
	return files, nil
}

// Manifest returns the names of the built files by entry point, such as
// "app-1A2B.js" for "app.js". It is empty before the user interface has been
// built; pages then work without scripts and styles.
func Manifest() (map[string]string, error) {
	b, err := dist.ReadFile("dist/manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the user interface: %w", err)
	}
	var names map[string]string
	if err := json.Unmarshal(b, &names); err != nil {
		return nil, fmt.Errorf("read manifest.json of the user interface: %w", err)
	}
	return names, nil
}

package main

import (
	"fmt"

	"github.com/paulmach/protoscan"
)

// Field numbers of the Mapbox Vector Tile Specification 2.1, 4.1.
const (
	tileLayers    = 3
	layerFeatures = 2
)

// countFeatures returns the number of features of a tile without decoding them:
// a tile of many megabytes would take several times as much memory.
func countFeatures(body []byte) (n int, err error) {
	tile := protoscan.New(body)
	var layer *protoscan.Message
	for tile.Next() {
		if tile.FieldNumber() != tileLayers {
			tile.Skip()
			continue
		}
		if layer, err = tile.Message(layer); err != nil {
			return 0, fmt.Errorf("read layer: %w", err)
		}
		for layer.Next() {
			if layer.FieldNumber() == layerFeatures {
				n++
			}
			layer.Skip()
		}
		if layer.Err() != nil {
			return 0, fmt.Errorf("read layer: %w", layer.Err())
		}
	}
	if tile.Err() != nil {
		return 0, fmt.Errorf("read tile: %w", tile.Err())
	}
	return n, nil
}

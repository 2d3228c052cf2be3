package main

import (
	"errors"
	"fmt"

	"github.com/paulmach/protoscan"
)

// Field numbers of the Mapbox Vector Tile Specification 2.1, 4.1.
const (
	tileLayers      = 3
	layerFeatures   = 2
	featureID       = 1
	featureType     = 3
	featureGeometry = 4

	point  = 1
	moveTo = 1<<3 | 1 // once
)

// scanned is how many points a tile holds, read field by field: for tiles of
// many megabytes, which a decoder would hold in memory several times over. It
// reports a feature that is not one point with an id.
func scanned(body []byte) (points int, err error) {
	tile := protoscan.New(body)
	var layer, feature *protoscan.Message
	var geometry []uint32
	for tile.Next() {
		if tile.FieldNumber() != tileLayers {
			tile.Skip()
			continue
		}
		if layer, err = tile.Message(layer); err != nil {
			return 0, err
		}
		for layer.Next() {
			if layer.FieldNumber() != layerFeatures {
				layer.Skip()
				continue
			}
			if feature, err = layer.Message(feature); err != nil {
				return 0, err
			}
			if geometry, err = scanPoint(feature, geometry[:0]); err != nil {
				return 0, fmt.Errorf("feature %d: %w", points, err)
			}
			points++
		}
		if layer.Err() != nil {
			return 0, layer.Err()
		}
	}
	return points, tile.Err()
}

func scanPoint(feature *protoscan.Message, geometry []uint32) (_ []uint32, err error) {
	var id uint64
	var kind int32
	for feature.Next() && err == nil {
		switch feature.FieldNumber() {
		case featureID:
			id, err = feature.Uint64()
		case featureType:
			kind, err = feature.Int32()
		case featureGeometry:
			geometry, err = feature.RepeatedUint32(geometry)
		default:
			feature.Skip()
		}
	}
	switch {
	case err != nil:
		return geometry, err
	case feature.Err() != nil:
		return geometry, feature.Err()
	case id == 0 || kind != point || len(geometry) != 3 || geometry[0] != moveTo:
		return geometry, errors.New("not one point with an id")
	}
	return geometry, nil
}

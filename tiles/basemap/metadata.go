package basemap

import (
	"cmp"

	"github.com/pinezka/pinezka/tiles/pmtiles"
)

// schemaVersion is the version of the schema of Protomaps.
const schemaVersion = "4.0.0"

// metadata is the metadata of an archive: the conventional fields that viewers
// read.
type metadata struct {
	Name         string        `json:"name"`
	Description  string        `json:"description"`
	Type         string        `json:"type"`
	Version      string        `json:"version"`
	Attribution  string        `json:"attribution"`
	VectorLayers []vectorLayer `json:"vector_layers"`
}

type vectorLayer struct {
	ID      string            `json:"id"`
	MinZoom int               `json:"minzoom"`
	MaxZoom int               `json:"maxzoom"`
	Fields  map[string]string `json:"fields"`
}

func (b *Builder) metadata(s pmtiles.Summary) any {
	m := metadata{
		Name: cmp.Or(b.cfg.Name, "Basemap"), Description: "Basemap in the schema of Protomaps, version 4 (subset)",
		Type: "baselayer", Version: schemaVersion, Attribution: cmp.Or(b.cfg.Attribution, Attribution),
	}
	for number, name := range Layers() {
		l := vectorLayer{ID: name, MinZoom: int(MaxZoom), MaxZoom: int(s.MaxZoom), Fields: map[string]string{}}
		for i := range b.shapes {
			shape := &b.shapes[i]
			if int(shape.layer) != number {
				continue
			}
			l.MinZoom = min(l.MinZoom, int(shape.minZoom))
			for _, a := range b.sets[shape.attrs] {
				l.Fields[a.key] = [...]string{text: "String", integer: "Number", flag: "Boolean"}[a.typ]
			}
		}
		if len(l.Fields) > 0 {
			m.VectorLayers = append(m.VectorLayers, l)
		}
	}
	return m
}

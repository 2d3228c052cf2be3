package osm

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"github.com/paulmach/orb"
)

// xmlElement is a node, a way, a relation or the bound of a file
// (https://wiki.openstreetmap.org/wiki/OSM_XML).
type xmlElement struct {
	ID      int64   `xml:"id,attr"`
	Lat     float64 `xml:"lat,attr"`
	Lon     float64 `xml:"lon,attr"`
	Visible string  `xml:"visible,attr"`
	Action  string  `xml:"action,attr"` // of the editor JOSM
	Tags    []struct {
		Key   string `xml:"k,attr"`
		Value string `xml:"v,attr"`
	} `xml:"tag"`
	Nodes []struct {
		Ref int64 `xml:"ref,attr"`
	} `xml:"nd"`
	Members []struct {
		Type string `xml:"type,attr"`
		Ref  int64  `xml:"ref,attr"`
		Role string `xml:"role,attr"`
	} `xml:"member"`
	MinLat float64 `xml:"minlat,attr"`
	MinLon float64 `xml:"minlon,attr"`
	MaxLat float64 `xml:"maxlat,attr"`
	MaxLon float64 `xml:"maxlon,attr"`
}

// xmlReport is how many bytes are read between two reports of progress.
const xmlReport = 1 << 20

// scanXML is the scanFunc of OSM XML.
func scanXML(ctx context.Context, r io.ReadSeeker, wanted elementKind, visit func(*element) error, read func(int64)) error {
	d := xml.NewDecoder(r)
	reported := int64(0)
	for {
		if offset := d.InputOffset(); offset-reported >= xmlReport {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			read(offset - reported)
			reported = offset
		}
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			read(d.InputOffset() - reported)
			return nil
		}
		if err != nil {
			return fmt.Errorf("the file is cut off or damaged: %w", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		e, err := readXMLElement(d, &start, wanted)
		if err != nil {
			return fmt.Errorf("the file is cut off or damaged: %w", err)
		}
		if e == nil {
			continue
		}
		if err := visit(e); err != nil {
			return err
		}
	}
}

// readXMLElement returns the element that begins with start, or nil if it is
// not wanted or has been deleted.
func readXMLElement(d *xml.Decoder, start *xml.StartElement, wanted elementKind) (*element, error) {
	var kind elementKind
	switch start.Name.Local {
	case "node":
		kind = node
	case "way":
		kind = way
	case "relation":
		kind = relation
	default:
		return nil, nil // another element, such as the root
	}
	if kind&wanted == 0 {
		return nil, d.Skip() //nolint:wrapcheck // scanXML does
	}
	var x xmlElement
	if err := d.DecodeElement(&x, start); err != nil {
		return nil, err //nolint:wrapcheck // scanXML does
	}
	if x.Visible == "false" || x.Action == "delete" {
		return nil, nil // it has been deleted
	}
	e := &element{kind: kind, id: x.ID, point: orb.Point{x.Lon, x.Lat}}
	for _, t := range x.Tags {
		if e.tags == nil {
			e.tags = make(map[string]string, len(x.Tags))
		}
		e.tags[t.Key] = t.Value
	}
	for _, n := range x.Nodes {
		e.nodes = append(e.nodes, n.Ref)
	}
	for _, m := range x.Members {
		if m.Type == "way" {
			e.members = append(e.members, member{m.Ref, m.Role == "inner"})
		}
	}
	return e, nil
}

// boundOfXML returns the bound that a file states before its first element, or
// an empty one.
func boundOfXML(r io.Reader) orb.Bound {
	d := xml.NewDecoder(r)
	for {
		token, err := d.Token()
		if err != nil {
			return empty() // scanXML reports it
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "node", "way", "relation":
			return empty()
		case "bounds":
			var x xmlElement
			if err := d.DecodeElement(&x, &start); err != nil {
				return empty()
			}
			return orb.Bound{Min: orb.Point{x.MinLon, x.MinLat}, Max: orb.Point{x.MaxLon, x.MaxLat}}
		}
	}
}

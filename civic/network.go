package civic

import "github.com/paulmach/orb"

// Network is who works with whom, as the public knows it.
type Network struct {
	Organisations []NetworkOrganisation // that have a tie, in the order of their titles
	Ties          []Tie                 // in the order of their organisations
}

// NetworkOrganisation is an organisation on the map.
type NetworkOrganisation struct {
	ID     int64 // of its pin
	Title  string
	Shown  orb.Point // longitude, latitude
	AreaID int32     // in which it is shown; 0 for none
}

// Tie is two organisations with what they have in common: initiatives in which both
// take part, and offers of one that the other has taken up.
type Tie struct {
	A, B int64 // ids of pins, in the order of the titles
	By   []TieThing
}

// TieThing is an initiative or an offer by which two organisations are tied.
type TieThing struct {
	ID    int64
	Kind  ThingKind
	Title string
}

// In returns the part of a network whose ties have an organisation in an area.
func (n Network) In(area int32) (part Network) {
	areas := map[int64]int32{}
	for _, o := range n.Organisations {
		areas[o.ID] = o.AreaID
	}
	kept := map[int64]bool{}
	for _, t := range n.Ties {
		if areas[t.A] == area || areas[t.B] == area {
			part.Ties = append(part.Ties, t)
			kept[t.A], kept[t.B] = true, true
		}
	}
	for _, o := range n.Organisations {
		if kept[o.ID] {
			part.Organisations = append(part.Organisations, o)
		}
	}
	return part
}

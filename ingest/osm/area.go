package osm

// isArea reports whether a closed way with these tags is an area and not a line
// that ends where it begins, such as a roundabout or a fence. OpenStreetMap has
// no type for it.
//
// Source: https://wiki.openstreetmap.org/wiki/Key:area
func isArea(tags map[string]string) bool {
	switch tags["area"] {
	case "yes":
		return true
	case "no":
		return false
	}
	for _, key := range [...]string{
		"building", "building:part", "landuse", "amenity", "leisure", "shop", "office", "tourism", "historic", "craft",
		"place", "military", "landcover", "area:highway", "public_transport", "ruins", "water", "golf", "indoor",
	} {
		if v := tags[key]; v != "" && v != "no" && (key != "leisure" || v != "track") {
			return true
		}
	}
	switch tags["natural"] {
	case "", "no", "coastline", "cliff", "ridge", "arete", "tree_row", "valley", "gully", "strait":
	default:
		return true
	}
	switch tags["man_made"] {
	case "", "no", "cutline", "embankment", "pipeline", "breakwater", "groyne", "dyke":
	default:
		return true
	}
	switch tags["highway"] {
	case "services", "rest_area", "elevator", "platform":
		return true
	}
	switch tags["waterway"] {
	case "riverbank", "dock", "boatyard", "dam":
		return true
	}
	switch tags["railway"] {
	case "station", "turntable", "roundhouse", "platform":
		return true
	}
	switch tags["power"] {
	case "plant", "substation", "generator", "transformer":
		return true
	}
	switch tags["aeroway"] {
	case "", "no", "taxiway", "runway":
		return false
	}
	return true
}

package walk

import "slices"

// Walkable reports whether one may walk along a way of OpenStreetMap with these
// tags. One-way streets are for vehicles. A pavement that is a way of its own
// counts, and so does the carriageway beside it, unless foot=use_sidepath
// excludes it.
//
// Source: the defaults for foot in
// https://wiki.openstreetmap.org/wiki/OSM_tags_for_routing/Access_restrictions.
// The rule for people on foot (foot) has precedence over that for all (access).
func Walkable(tags map[string]string) bool {
	highway := tags["highway"]
	switch highway {
	case "", "construction", "proposed":
		return false
	}
	switch tags["foot"] {
	case "yes", "designated", "permissive", "destination", "customers":
		return true
	case "no", "private", "use_sidepath":
		return false
	}
	if slices.Contains([]string{"no", "private", "agricultural", "forestry", "delivery", "military"}, tags["access"]) {
		return false
	}
	switch highway {
	case "footway", "path", "steps", "pedestrian", "living_street", "residential", "service", "unclassified", "tertiary", "secondary",
		"primary", "tertiary_link", "secondary_link", "primary_link", "track", "road", "corridor", "platform":
		return tags["motorroad"] != "yes" || hasPavement(tags)
	case "trunk", "trunk_link", "motorway", "motorway_link":
		return hasPavement(tags)
	}
	return false // such as a cycleway, a bridleway or a raceway
}

// hasPavement reports whether a road has a pavement that is not a way of its
// own.
func hasPavement(tags map[string]string) bool {
	for _, key := range []string{"sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right"} {
		if slices.Contains([]string{"both", "left", "right", "yes"}, tags[key]) {
			return true
		}
	}
	return false
}

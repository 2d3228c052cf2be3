package gazetteer

import (
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// classify returns the kind of a named feature, and its class within the kind,
// which is "" for a feature that is no place.
func classify(f geo.Feature) (kind civic.PlaceKind, class string) {
	tag := func(key string) string {
		if v := f.Tags[key]; v != "no" {
			return v
		}
		return ""
	}
	_, isLine := f.Geometry.(orb.LineString)
	switch highway := tag("highway"); {
	case tag("place") == "square", highway == "pedestrian" && !isLine:
		return civic.PlaceSquare, "square"
	case tag("railway") == "tram_stop", highway == "platform" && tag("tram") != "", tag("public_transport") == "platform" && tag("tram") != "":
		return civic.PlaceStop, "tram"
	case highway == "bus_stop", tag("public_transport") == "platform" && tag("bus") != "":
		return civic.PlaceStop, "bus"
	case tag("railway") == "station", tag("railway") == "halt":
		return civic.PlaceStop, "train"
	case isStreet(highway) && isLine:
		return civic.PlaceStreet, highway
	case highway != "", tag("route") != "", tag("boundary") != "", tag("public_transport") == "stop_position", tag("public_transport") == "stop_area":
		return civic.PlaceOther, ""
	}
	switch amenity := tag("amenity"); amenity {
	case "school", "kindergarten", "college", "university", "music_school":
		return civic.PlaceSchool, amenity
	case "":
	default:
		return civic.PlaceOther, amenity
	}
	switch place := tag("place"); place {
	case "suburb", "quarter", "neighbourhood", "village", "town", "city", "hamlet", "borough", "city_block", "locality":
		return civic.PlaceLocality, place
	}
	switch leisure := tag("leisure"); leisure {
	case "park", "garden", "nature_reserve":
		return civic.PlacePark, leisure
	case "":
	default:
		return civic.PlaceOther, leisure
	}
	switch {
	case tag("landuse") == "forest", tag("natural") == "wood", tag("landuse") == "cemetery":
		return civic.PlacePark, "green"
	case tag("natural") == "water", tag("waterway") != "", tag("landuse") == "reservoir":
		return civic.PlaceWater, "water"
	case tag("landuse") == "residential":
		return civic.PlaceLocality, "estate"
	}
	for _, key := range []string{"shop", "tourism", "historic", "office", "healthcare", "craft", "man_made", "bridge", "building", "sport", "club", "emergency"} {
		if value := tag(key); value != "" {
			return civic.PlaceOther, key
		}
	}
	return civic.PlaceOther, ""
}

// isStreet reports whether a highway with a name is a street.
func isStreet(highway string) bool {
	switch highway {
	case "", "platform", "bus_stop", "construction", "proposed", "corridor", "elevator", "crossing", "motorway_junction", "services", "rest_area", "traffic_signals":
		return false
	}
	return true
}

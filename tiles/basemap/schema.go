package basemap

// shapeKind is what a rule draws.
type shapeKind uint8

const (
	area  shapeKind = iota // of areas
	line                   // of lines, and of the outlines of areas that are not drawn as areas
	point                  // of nodes, and a label in the middle of areas
	dot                    // of nodes alone
)

// rule says what is drawn of features that have a tag. Of the rules of a layer
// and a kind of shape, the first that fits applies.
type rule struct {
	layer   string
	shape   shapeKind
	key     string
	values  string // separated by spaces; * is every value but "no"
	kind    string // default the value of the tag
	detail  string // the tag whose value is kind_detail; default none
	minZoom uint8
	named   bool // only features with a name
}

// Layers of the schema of Protomaps basemaps, version 4
// (https://docs.protomaps.com/basemaps/layers), from the lowest to the highest.
// Of its layers, landcover is missing, which is made from satellite images.
const (
	LayerEarth      = "earth"
	LayerLanduse    = "landuse"
	LayerWater      = "water"
	LayerBuildings  = "buildings"
	LayerRoads      = "roads"
	LayerBoundaries = "boundaries"
	LayerPlaces     = "places"
	LayerPOIs       = "pois"
)

// Layers returns the layers in the order in which they are in a tile.
func Layers() []string {
	return []string{LayerEarth, LayerLanduse, LayerWater, LayerBuildings, LayerRoads, LayerBoundaries, LayerPlaces, LayerPOIs}
}

// schema returns the rules. The first zoom of a feature is one at which it is
// legible; areas and lines that are too small for a zoom are left out there.
func schema() []rule {
	const (
		landuse, water, buildings, roads = LayerLanduse, LayerWater, LayerBuildings, LayerRoads
		boundaries, places, pois         = LayerBoundaries, LayerPlaces, LayerPOIs
	)
	return []rule{
		// layer, shape, key, values, kind, kind_detail, first zoom, named

		// Green, and what land is used for.
		{landuse, area, "leisure", "park", "", "", 9, false},
		{landuse, area, "leisure", "nature_reserve golf_course", "", "", 9, false},
		{landuse, area, "leisure", "garden", "", "", 12, false},
		{landuse, area, "leisure", "dog_park", "park", "", 14, false},
		{landuse, area, "leisure", "pitch playground track", "", "leisure", 13, false},
		{landuse, area, "leisure", "stadium sports_centre", "stadium", "leisure", 12, false},
		{landuse, area, "landuse", "forest", "forest", "", 8, false},
		{landuse, area, "landuse", "meadow grass village_green", "grass", "landuse", 11, false},
		{landuse, area, "landuse", "recreation_ground", "", "", 11, false},
		{landuse, area, "landuse", "farmland farmyard orchard vineyard greenhouse_horticulture plant_nursery", "farmland", "landuse", 10, false},
		{landuse, area, "landuse", "cemetery allotments", "", "", 11, false},
		{landuse, area, "landuse", "flowerbed greenfield", "grass", "landuse", 14, false},
		{landuse, area, "amenity", "grave_yard", "cemetery", "", 12, false},
		{landuse, area, "amenity", "school kindergarten university college hospital", "", "", 12, false},
		{landuse, area, "amenity", "clinic", "hospital", "", 14, false},
		{landuse, area, "natural", "wood", "wood", "", 8, false},
		{landuse, area, "natural", "scrub heath", "scrub", "natural", 10, false},
		{landuse, area, "natural", "grassland fell", "grassland", "natural", 10, false},
		{landuse, area, "natural", "wetland", "wetland", "wetland", 10, false},
		{landuse, area, "natural", "sand beach shingle", "beach", "natural", 12, false},
		{landuse, area, "natural", "bare_rock scree", "bare_rock", "natural", 11, false},
		{landuse, area, "tourism", "zoo theme_park", "zoo", "tourism", 11, false},
		{landuse, area, "military", "*", "military", "", 11, false},
		{landuse, area, "aeroway", "aerodrome", "", "", 9, false},
		{landuse, area, "landuse", "residential", "", "", 10, false},
		{landuse, area, "landuse", "commercial retail", "commercial", "landuse", 11, false},
		{landuse, area, "landuse", "industrial railway military quarry", "", "", 10, false},
		{landuse, area, "highway", "pedestrian footway", "pedestrian", "", 13, false},
		{landuse, area, "place", "square", "pedestrian", "", 13, false},
		{landuse, area, "railway", "platform", "platform", "", 14, false},
		{landuse, area, "public_transport", "platform", "platform", "", 14, false},
		{landuse, area, "man_made", "pier breakwater", "pier", "", 12, false},
		{landuse, area, "man_made", "bridge", "bridge", "", 13, false},

		// Water. The sea is made from coastlines.
		{water, area, "leisure", "swimming_pool", "", "", 14, false},
		{water, area, "amenity", "fountain", "", "", 14, false},
		{water, area, "natural", "water", "", "water", 6, false},
		{water, area, "waterway", "riverbank", "water", "waterway", 6, false},
		{water, area, "waterway", "dock", "water", "waterway", 11, false},
		{water, area, "landuse", "reservoir basin", "water", "landuse", 9, false},
		{water, line, "waterway", "river", "", "", 8, false},
		{water, line, "waterway", "canal", "", "", 10, false},
		{water, line, "waterway", "stream", "", "", 12, false},
		{water, line, "waterway", "drain ditch", "", "", 14, false},
		{water, point, "amenity", "fountain", "", "", 15, true},
		{water, point, "natural", "water bay strait", "", "water", 11, true},
		{water, point, "landuse", "reservoir basin", "water", "landuse", 13, true},

		// Buildings and house numbers.
		{buildings, area, "building", "*", "building", "", 13, false},
		{buildings, area, "building:part", "*", "building_part", "", 15, false},
		{buildings, point, "addr:housenumber", "*", "address", "", 15, false},

		// Streets, rails and other ways.
		{roads, line, "highway", "motorway motorway_link", "highway", "highway", 6, false},
		{roads, line, "highway", "trunk trunk_link", "major_road", "highway", 6, false},
		{roads, line, "highway", "primary primary_link", "major_road", "highway", 7, false},
		{roads, line, "highway", "secondary secondary_link", "major_road", "highway", 9, false},
		{roads, line, "highway", "tertiary tertiary_link", "major_road", "highway", 11, false},
		{roads, line, "highway", "residential unclassified living_street road busway", "minor_road", "highway", 12, false},
		{roads, line, "highway", "service raceway", "minor_road", "highway", 13, false},
		{roads, line, "highway", "pedestrian", "path", "highway", 13, false},
		{roads, line, "highway", "track path cycleway bridleway footway steps corridor", "path", "highway", 14, false},
		{roads, line, "railway", "rail narrow_gauge preserved", "rail", "railway", 9, false},
		{roads, line, "railway", "light_rail subway monorail funicular tram", "rail", "railway", 11, false},
		{roads, line, "aeroway", "runway taxiway", "aeroway", "aeroway", 11, false},
		{roads, line, "aerialway", "cable_car gondola", "aerialway", "aerialway", 12, false},
		{roads, line, "route", "ferry", "ferry", "", 11, false},
		{roads, line, "man_made", "pier breakwater", "path", "man_made", 13, false},

		// Borders: the ways, since an extract rarely has all of a border.
		{boundaries, line, "admin_level", "2", "country", "admin_level", 6, false},
		{boundaries, line, "admin_level", "3 4", "region", "admin_level", 6, false},
		{boundaries, line, "admin_level", "5 6", "county", "admin_level", 8, false},
		{boundaries, line, "admin_level", "7 8", "locality", "admin_level", 10, false},

		// Names of places.
		{places, dot, "place", "city", "locality", "place", 6, true},
		{places, dot, "place", "town", "locality", "place", 8, true},
		{places, dot, "place", "village", "locality", "place", 10, true},
		{places, dot, "place", "suburb borough", "macrohood", "place", 11, true},
		{places, dot, "place", "quarter", "neighbourhood", "place", 12, true},
		{places, dot, "place", "hamlet", "locality", "place", 12, true},
		{places, dot, "place", "neighbourhood", "neighbourhood", "place", 13, true},

		// What people find their way by.
		{pois, point, "railway", "station", "station", "station", 12, true},
		{pois, point, "railway", "halt", "station", "railway", 13, true},
		{pois, point, "aeroway", "aerodrome", "", "", 11, true},
		{pois, point, "railway", "tram_stop", "", "", 14, true},
		{pois, point, "highway", "bus_stop", "", "", 15, true},
		{pois, point, "railway", "subway_entrance", "", "", 15, true},
		{pois, point, "amenity", "bus_station ferry_terminal", "", "", 14, true},
		{pois, point, "amenity", "hospital university college", "", "", 13, true},
		{pois, point, "amenity", "school townhall theatre marketplace", "", "", 14, true},
		{pois, point, "amenity", "place_of_worship", "", "religion", 14, true},
		{pois, point, "amenity", "kindergarten clinic pharmacy library police fire_station post_office cinema arts_centre community_centre social_centre courthouse", "", "", 15, true},
		{pois, point, "amenity", "grave_yard", "cemetery", "", 14, true},
		{pois, point, "leisure", "park", "", "", 13, true},
		{pois, point, "leisure", "nature_reserve golf_course", "", "", 12, true},
		{pois, point, "leisure", "stadium sports_centre", "", "", 14, true},
		{pois, point, "leisure", "garden playground", "", "", 15, true},
		{pois, point, "landuse", "forest", "", "", 13, true},
		{pois, point, "landuse", "cemetery", "", "", 13, true},
		{pois, point, "landuse", "allotments recreation_ground", "", "", 14, true},
		{pois, point, "natural", "peak wood", "", "", 13, true},
		{pois, point, "natural", "beach", "", "", 14, true},
		{pois, point, "tourism", "zoo", "", "", 13, true},
		{pois, point, "tourism", "museum gallery", "museum", "tourism", 14, true},
		{pois, point, "tourism", "attraction viewpoint", "", "", 15, true},
		{pois, point, "historic", "castle fort", "", "", 14, true},
		{pois, point, "historic", "monument ruins", "", "", 15, true},
		{pois, point, "place", "square", "square", "", 14, true},
		{pois, point, "highway", "pedestrian", "square", "", 14, true},
		{pois, point, "shop", "mall department_store supermarket", "", "", 15, true},
	}
}

// roadOrder returns the order in which roads on one level are drawn: greater
// later, so that a main street is above its side streets, and rails above both.
func roadOrder(detail string) int {
	switch detail {
	case "motorway":
		return 9
	case "trunk":
		return 8
	case "primary":
		return 7
	case "secondary":
		return 6
	case "tertiary":
		return 5
	case "residential", "unclassified", "living_street", "road", "busway":
		return 4
	case "service", "pedestrian", "raceway":
		return 3
	case "motorway_link", "trunk_link", "primary_link", "secondary_link", "tertiary_link":
		return 4
	case "rail", "tram", "light_rail", "narrow_gauge", "preserved", "subway", "funicular", "monorail":
		return 10
	}
	return 2
}

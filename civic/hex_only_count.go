package civic

// HexOnlyCount is what is published, for some months, of the pins of a HexOnly
// category in an area. Such pins are published in groups of people and months, of
// which a period may have a part only: its own count is not less than AtLeast, which
// has the groups that it has wholly, nor more than TogetherWith, which has all that it
// has a part of.
type HexOnlyCount struct {
	Category, Area        string // slugs; "" outside all areas
	AtLeast, TogetherWith int
}

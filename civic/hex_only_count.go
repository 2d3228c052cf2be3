package civic

// HexOnlyCount is what is published, for some months, of the pins of a HexOnly
// category in areas. Such pins are published in groups of people and months, of
// which a period may have a part only. Of what is published, between AtLeast and
// TogetherWith are of these months: the former are of the groups that it has wholly,
// the latter of all that it has a part of. What became known after a month was closed
// is in a later group, and what waits to be published in none.
type HexOnlyCount struct {
	Category              string // slug
	Area                  string // slug, where areas are counted one by one; "" for what is outside all, or for all areas together
	AtLeast, TogetherWith int
}

// HexOnlyQuery selects what is counted in HexOnlyCounts.
type HexOnlyQuery struct {
	From, Until Day     // the months from the one that begins on a day to the one before Until; 0 for no end
	Areas       []int32 // nil for all
	Each        bool    // whether areas are counted one by one
}

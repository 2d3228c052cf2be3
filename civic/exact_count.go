package civic

// ExactCount is how many pins of some months the record has, by their exact place,
// for the staff. Unlike what is published, it has sensitive pins in their own months.
type ExactCount struct {
	Category, Area, Source string // slugs; "" for all
	Published              int
	Waiting                int // to be published
	Voices                 int // distinct, of whoever reported or supports what is published
	WithoutContact         int // of the voices: devices, and reports that nobody is known to have sent, each of which counts as one
}

// ExactCounts are the counts of all pins together, by category, by area, which is ""
// for what is outside all areas, and by the source of imports, which is "" for what
// people sent themselves. What has none is left out. Distinct voices of parts do not
// add up to those of all.
type ExactCounts struct {
	All                          ExactCount
	ByCategory, ByArea, BySource []ExactCount
}

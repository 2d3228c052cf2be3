package civic

// Content is what a thing says, checked against its district: a NewPin or an
// Office.
type Content interface {
	// Header returns the title, in the default language of the district, and the id
	// of the area of the exact place, which is 0 outside all areas.
	Header() (title string, area int32)
}

// Header implements Content.
func (p NewPin) Header() (title string, area int32) { return p.Title, p.AreaID }

// Described is a thing with its content.
type Described struct {
	Thing
	Content Content
}

// ThingQuery selects things, in the order of their ids.
type ThingQuery struct {
	Kind         ThingKind     // default all
	Publications []Publication // default all
	IDs          []int64       // default all
	After        int64         // id after which the page begins
	Limit        int           // required
}

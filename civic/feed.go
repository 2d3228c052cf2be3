package civic

// Mark is how far a follower has read the record; the zero value is nothing.
// It is a PostgreSQL transaction id below which everything has been read.
type Mark uint64

// MapPin is what the map needs of a pin: its row in the live index.
type MapPin struct {
	DistrictID int32
	ID         int64
	Shown      Shown
	CategoryID uint16
	Status     Status
	AreaID     uint16 // 0: in no area
	Day        Day
	Gone       bool // no longer public: only DistrictID and ID are set
}

// Changes since a mark.
type Changes struct {
	Next      Mark
	Districts []District // those whose own record, areas or categories changed
	Removed   []int32    // districts that are gone
	Pins      []MapPin
}

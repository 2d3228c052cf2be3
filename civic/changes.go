package civic

import "github.com/paulmach/orb"

// Position is the point up to which a follower has read the changes of the
// database, in PostgreSQL transaction ids: everything below Next has been read,
// except for the transactions in Open. The zero value is the beginning.
type Position struct {
	Next uint64
	Open []uint64 // transactions below Next that were not seen to have ended
}

// MapPin contains what the map needs of a pin: one row of the live index.
type MapPin struct {
	DistrictID int32
	ID         int64
	Shown      Location
	CategoryID uint16
	Status     Status
	AreaID     uint16 // of the shown location; 0 outside all areas
	Day        Day    // for what is published only in counts, the first of the last month counted
	Deleted    bool   // no longer public; only DistrictID and ID are set
}

// MapThing contains what the map needs of a thing other than a pin.
type MapThing struct {
	DistrictID int32
	ID         int64
	Kind       ThingKind
	State      State
	Point      orb.Point // the place, which is public
	Deleted    bool      // not public, or without a place; State and Point are not set
}

// Changes describes what has changed since a position, except for pins, which a
// follower receives one by one.
type Changes struct {
	Next      Position   // from which to read next time
	Districts []District // whose own attributes, areas or categories changed
	Removed   []int32    // ids of the districts that were deleted
	Things    []MapThing // other than pins; at the beginning, those that are on the map
}

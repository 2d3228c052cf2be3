package civic

import "github.com/paulmach/orb"

// CouncillorQuery selects the councillors who are in office on a day.
type CouncillorQuery struct {
	Day  Day
	Ward string // slug; "" for a place in no ward, which those represent who have none
	All  bool   // whatever their ward
}

// LocalQuery selects what concerns a place.
type LocalQuery struct {
	At     orb.Point // longitude, latitude
	AreaID int32     // of the place; 0 outside all areas
	Metres float64   // within which needs are near
	Limit  int       // required
}

// LocalResolution is a resolution about a place.
type LocalResolution struct {
	Described
	NeedID int64 // the nearest need that it concerns; 0 where it is about the area alone
	Need   string
	Metres int // from the place to where the need is shown
}

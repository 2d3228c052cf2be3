package civic

import "time"

// CalendarQuery selects what takes place in a time.
type CalendarQuery struct {
	From, Until  time.Time // Until is not part of it
	AreaID       int32     // in which it is, or which it names; default all
	CategoryID   int32     // default all
	Organisation int64     // that holds it: the id of its pin or of its profile; default all
	Tags         []string  // all of which it has, as Tag returns them; default any
	PerDay       int       // of each day; default all
	Limit        int       // default all
}

// CalendarEntry is an occurrence of a public thing.
type CalendarEntry struct {
	ThingID      int64
	Day          Day       // of the series
	Starts, Ends time.Time // by the clocks of the district
	Cancelled    bool
	Capacity     int // 0 for any number
	OfDay        int // how many there are on its day
	OffOfDay     int // of them called off
	AreaID       int32
	Name         Text
	Type         string
	Address      Text
	Online       bool
	Needed       bool // whether one has to register
	Taken        Taken
}

// CalendarChoice is a thing that somebody has in their calendar.
type CalendarChoice struct {
	ThingID int64
	Day     Day // of the one occurrence; 0 for all
}

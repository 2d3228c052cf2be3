package civic

import (
	"time"

	"github.com/paulmach/orb"
)

// DeskSettings are what a district has chosen for its moderators.
type DeskSettings struct {
	TargetDays   int      // working days in which what waits should be decided; default 3
	FlaggedWords []string // as flags.Config has them
	PhoneRegion  string   // as flags.Config has it; default "PL"
}

// Queue is a part of what waits for moderators. The zero value is none.
type Queue uint8

// The queues, the most urgent first.
const (
	Waiting    Queue = iota + 1 // things that are not public yet
	Answers                     // to questions of the moderator
	Reports                     // notices and requests for erasure
	Objections                  // to decisions, which another moderator decides
)

var queueNames = []string{Waiting: "waiting", Answers: "answers", Reports: "reports", Objections: "objections"}

// Queues returns all queues.
func Queues() []Queue { return []Queue{Waiting, Answers, Reports, Objections} }

// ParseQueue returns the queue with the lower-case name s, or ErrInvalid.
func ParseQueue(s string) (Queue, error) { return parseEnum[Queue](queueNames, s, "queue") }

// String returns the name that ParseQueue reads.
func (q Queue) String() string { return enumName(queueNames, q) }

// QueueQuery selects items of a queue. A zero field sets no condition.
type QueueQuery struct {
	Queue    Queue
	Areas    []int32 // of the exact places; nil for all, and what is outside of them
	Category int32
	Flag     int          // bit of a kind of flags
	After    *QueueCursor // items after it
	Limit    int
}

// QueueCursor is the place of an item in a queue, which is in this order.
type QueueCursor struct {
	Since time.Time
	ID    int64 // of the thing
}

// QueueItem is a thing that waits for a moderator, as the moderator sees it.
type QueueItem struct {
	Thing
	Body       string
	CategoryID int32 // 0 for a thing that has none
	Point      orb.Point
	ReportedOn Day
	Since      time.Time // it waits
}

// QueueCounts says how much waits.
type QueueCounts struct {
	Of       map[Queue]int
	Overdue  int // of what waits longer than the district aims for
	Unlooked int // of which the text has not been looked through for flags yet
}

// StaffEntry is an entry of the audit of a thing with what was said, as the staff
// sees it.
type StaffEntry struct {
	AuditEntry
	Name    string      // of the account, for the staff; otherwise ""
	Text    string      // what was said about the thing; "" for none, or an erased one
	Content *PinContent // what the thing says afterwards; nil for what is not recorded, or erased

	TextIn, ReasonIn Text // templates that Text and Reason are, by language; nil for none
}

// PinContent is what a pin says, as the audit keeps it.
type PinContent struct {
	Title      string    `json:"title"`
	Body       string    `json:"body"`
	CategoryID int32     `json:"category"`
	Point      orb.Point `json:"point"` // exact
}

// Overdue returns the time before which what waits at the time now should have
// been decided: as many working days earlier as the district has chosen.
func (d *District) Overdue(now time.Time) time.Time {
	return d.workingDays(now, -d.targetDays())
}

// Due returns the time by which what waits since a time should be decided.
func (d *District) Due(since time.Time) time.Time {
	return d.workingDays(since, d.targetDays())
}

func (d *District) targetDays() int {
	if d.Desk.TargetDays == 0 {
		return 3
	}
	return d.Desk.TargetDays
}

// workingDays returns the time n days from Monday to Friday later, or earlier. On
// a weekend, it counts from the next Monday, or from the last Friday.
func (d *District) workingDays(t time.Time, n int) time.Time {
	if zone, err := time.LoadLocation(d.TimeZone); err == nil {
		t = t.In(zone)
	}
	step := 1
	if n < 0 {
		step = -1
	}
	for n != 0 {
		t = t.AddDate(0, 0, step)
		if day := t.Weekday(); day != time.Saturday && day != time.Sunday {
			n -= step
		}
	}
	return t
}

// AreasFor returns the areas in which the actor may take the action, or nil if it
// may in the whole district.
func AreasFor(a Actor, action Action, district int32, now time.Time) []int32 {
	if Can(a, action, Thing{DistrictID: district}, now) == nil {
		return nil
	}
	areas := []int32{}
	for _, g := range a.Grants {
		if g.AreaID != 0 && Can(a, action, Thing{DistrictID: district, AreaID: g.AreaID}, now) == nil {
			areas = append(areas, g.AreaID)
		}
	}
	return areas
}

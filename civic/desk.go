package civic

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic/words"
)

// DeskSettings are what a district has chosen for its moderators.
type DeskSettings struct {
	TargetDays   int      `json:"target_days"`   // working days in which what waits should be decided, at most MaxTargetDays; default DefaultTargetDays
	FlaggedWords []string `json:"flagged_words"` // as flags.Config has them
	PhoneRegion  string   `json:"phone_region"`  // as flags.Config has it
	ReplyDays    int      `json:"reply_days"`    // in which an office is to reply to a recommendation, at most MaxReplyDays; default DefaultReplyDays
}

// Limits and defaults of DeskSettings.
const (
	DefaultTargetDays = 3
	MaxTargetDays     = 60
	DefaultReplyDays  = 30
	MaxReplyDays      = 365
	MaxFlaggedWords   = 1000
	MaxFlaggedWord    = 100 // code points
)

var regionPattern = regexp.MustCompile(`^([A-Z]{2})?$`)

// Check returns the faults of the settings, as Faults, or nil. It cleans the words,
// and sets the default of a zero field.
func (s *DeskSettings) Check() error {
	var f Faults
	s.TargetDays = cmp.Or(s.TargetDays, DefaultTargetDays)
	if s.TargetDays < 1 || s.TargetDays > MaxTargetDays {
		f = append(f, Fault{"target_days", "outside", fmt.Sprintf("1 to %d working days, not %d", MaxTargetDays, s.TargetDays)})
	}
	s.ReplyDays = cmp.Or(s.ReplyDays, DefaultReplyDays)
	if s.ReplyDays < 1 || s.ReplyDays > MaxReplyDays {
		f = append(f, Fault{"reply_days", "outside", fmt.Sprintf("1 to %d days, not %d", MaxReplyDays, s.ReplyDays)})
	}
	if !regionPattern.MatchString(s.PhoneRegion) {
		f = append(f, Fault{"phone_region", "malformed", fmt.Sprintf("%q is not the code of a country in two capitals, such as PL", s.PhoneRegion)})
	}
	cleaned := []string{}
	for _, word := range s.FlaggedWords {
		word = cleanLine(word)
		switch {
		case len(words.Split(strings.TrimSuffix(word, "*"))) == 0:
			f = append(f, Fault{"flagged_words", "malformed", fmt.Sprintf("%q has no letter or digit", word)})
		case utf8.RuneCountInString(word) > MaxFlaggedWord:
			f = append(f, Fault{"flagged_words", "too_long", fmt.Sprintf("%.20q… is longer than %d characters", word, MaxFlaggedWord)})
		case !slices.Contains(cleaned, word):
			cleaned = append(cleaned, word)
		}
	}
	if len(cleaned) > MaxFlaggedWords {
		f = append(f, Fault{"flagged_words", "too_many", fmt.Sprintf("at most %d words", MaxFlaggedWords)})
	}
	s.FlaggedWords = cleaned
	return f.Err()
}

// Queue is a part of what waits for moderators. The zero value is none.
type Queue uint8

// The queues, the most urgent first.
const (
	Overdue    Queue = iota + 1 // of what is Waiting: what should have been decided before today
	DueToday                    // of what is Waiting: what should be decided today
	Answers                     // to questions of the moderator
	Objections                  // to decisions, which another moderator decides
	Reports                     // notices and requests for erasure
	Waiting                     // things that are not public yet
)

var queueNames = []string{
	Overdue: "overdue", DueToday: "today", Answers: "answers", Objections: "objections", Reports: "reports", Waiting: "waiting",
}

// Queues returns all queues.
func Queues() []Queue { return []Queue{Overdue, DueToday, Answers, Objections, Reports, Waiting} }

// OfWaiting reports whether the queue has things that are not public yet.
func (q Queue) OfWaiting() bool { return q == Waiting || q == Overdue || q == DueToday }

// ParseQueue returns the queue with the lower-case name s, or ErrInvalid.
func ParseQueue(s string) (Queue, error) { return parseEnum[Queue](queueNames, s, "queue") }

// String returns the name that ParseQueue reads.
func (q Queue) String() string { return enumName(queueNames, q) }

// QueueQuery selects items of a queue. A zero field sets no condition.
type QueueQuery struct {
	Queue    Queue
	Areas    []int32 // of the exact places; nil for all, and what is outside of them
	Category int32
	Flag     int       // bit of a kind of flags
	From     time.Time // since when items wait, as WaitingSince returns it; zero for no limit
	Until    time.Time
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

// Due returns the day on which what waits since a time should be decided: so many
// days from Monday to Friday later as the district has chosen.
func (d *District) Due(since time.Time) Day {
	return d.dueDay(d.DayOf(since))
}

// ReplyDue returns the day until which an office is to reply to what was sent on a
// day, and in how many days, as the district has chosen. A Saturday or Sunday does
// not count as the last one, as in article 57 § 4 of the Polish code of
// administrative procedure.
func (d *District) ReplyDue(sent Day) (due Day, days int) {
	days = cmp.Or(d.Desk.ReplyDays, DefaultReplyDays)
	for due = sent + Day(days); isWeekend(due); {
		due++
	}
	return due, days
}

func isWeekend(d Day) bool {
	weekday := d.Time().Weekday()
	return weekday == time.Saturday || weekday == time.Sunday
}

func (d *District) dueDay(since Day) Day {
	day := since
	for n := cmp.Or(d.Desk.TargetDays, DefaultTargetDays); n > 0; {
		day++
		if !isWeekend(day) {
			n--
		}
	}
	return day
}

// WaitingSince returns since when the things of a queue wait at the time now: from
// the first time until before the second. A zero time is no limit.
func (d *District) WaitingSince(q Queue, now time.Time) (from, until time.Time) {
	today := d.DayOf(now)
	switch q {
	case Overdue:
		until = d.dueFrom(today)
	case DueToday:
		from, until = d.dueFrom(today), d.dueFrom(today+1)
	case Answers, Objections, Reports, Waiting:
	}
	return from, until
}

// dueFrom returns the time since which something waits that is due on a day or
// later.
func (d *District) dueFrom(day Day) time.Time {
	since := day
	for d.dueDay(since-1) >= day {
		since--
	}
	return d.Beginning(since)
}

package civic

import (
	"fmt"
	"slices"
	"time"

	"github.com/teambition/rrule-go"
)

// Occurrence is one of the times at which a thing takes place.
type Occurrence struct {
	Day          Day       // on which the series has it, by which it is known among those of its thing
	Starts, Ends LocalTime // as it is now
	Cancelled    bool
	Capacity     int // places; 0 for any number
	Attendance   int // how many came; -1 while nobody has counted
	Row          int // of the field "occurrences", beginning with 1; 0 for one of which there is no more to say
}

// Tag returns the tag of a value of a field, by which calendars are filtered.
func Tag(field, value string) string { return field + "=" + value }

// Occurrences returns when a thing that says this takes place, in order; nil for a
// kind that does not.
func (r RecordDraft) Occurrences() []Occurrence {
	if occurs := r.Kind.Rules().Occurs; occurs != nil {
		return occurs(r)
	}
	return nil
}

// Tags returns the tags of the fields by which registers are filtered.
func (r RecordDraft) Tags() (tags []string) {
	for _, f := range r.Kind.Rules().Fields {
		switch {
		case !f.Filters:
		case f.Type == ChoicesField:
			for _, o := range r.Lists[f.Name] {
				tags = append(tags, Tag(f.Name, o))
			}
		case f.Type == ChoiceField && r.Words[f.Name] != "":
			tags = append(tags, Tag(f.Name, r.Words[f.Name]))
		}
	}
	return tags
}

// eventOccurrences returns when an event takes place: once, or on the days of its
// series, of which single ones can be cancelled or moved.
func eventOccurrences(says RecordDraft) []Occurrence {
	starts, ok := says.LocalTime("starts")
	ends, _ := says.LocalTime("ends")
	if !ok {
		return nil
	}
	capacity, attendance := says.Number("capacity"), attendanceOf(says.Values)
	var all []Occurrence
	for _, day := range eventDays(says) {
		o := Occurrence{Day: day, Starts: LocalTime{day, starts.Minute}, Capacity: capacity, Attendance: -1}
		o.Ends = LocalTime{day + ends.Day - starts.Day, ends.Minute}
		all = append(all, o)
	}
	if len(all) == 1 {
		all[0].Attendance = attendance
	}
	for i, row := range says.Rows["occurrences"] {
		at, found := slices.BinarySearchFunc(all, row.Day("day"), func(o Occurrence, day Day) int { return int(o.Day) - int(day) })
		if !found {
			continue // of a series that has been changed
		}
		o := &all[at]
		o.Row, o.Attendance = i+1, attendanceOf(row)
		switch row.Words["change"] {
		case "cancelled":
			o.Cancelled = true
		case "moved":
			o.Starts, _ = row.LocalTime("starts")
			o.Ends, _ = row.LocalTime("ends")
		}
	}
	return all
}

// attendanceOf returns how many came, or -1 while nobody has counted.
func attendanceOf(v Values) int {
	if v.Words["attendance"] == "" {
		return -1
	}
	return v.Number("attendance")
}

// eventDays returns the days of an event, in order. That of an event without a rule
// is the one on which it starts, and so is the first of a series.
func eventDays(says RecordDraft) []Day {
	starts, _ := says.LocalTime("starts")
	rule := EventRule(says)
	if rule == nil {
		return []Day{starts.Day}
	}
	var days []Day
	for _, t := range rule.All() {
		days = append(days, DayOf(t))
	}
	return days
}

// lastWeek is the week of a month in which a weekday is taken to be the last one:
// not every month has a fifth.
const lastWeek = 5

// EventRule returns the rule of a series of events (RFC 5545, section 3.3.10), of
// which the days are in UTC whatever the zone of the district; nil for an event that
// is not repeated.
func EventRule(says RecordDraft) *rrule.RRule {
	starts, ok := says.LocalTime("starts")
	every, until := says.Words["every"], says.Day("until")
	if !ok || every == "" || until < starts.Day || until > starts.Day+MaxSeries {
		return nil
	}
	first := starts.Day.Time()
	option := rrule.ROption{Dtstart: first, Until: until.Time(), Interval: 1}
	switch every {
	case "day":
		option.Freq = rrule.DAILY
	case "week":
		option.Freq = rrule.WEEKLY
	case "two_weeks":
		option.Freq, option.Interval = rrule.WEEKLY, 2
	case "month_day":
		option.Freq = rrule.MONTHLY
	case "month_weekday":
		week := (first.Day()-1)/7 + 1
		if week == lastWeek {
			week = -1
		}
		weekday := weekdays()[first.Weekday()]
		option.Freq, option.Byweekday = rrule.MONTHLY, []rrule.Weekday{weekday.Nth(week)}
	}
	rule, err := rrule.NewRRule(option)
	if err != nil {
		return nil // the options are valid
	}
	return rule
}

// weekdays returns the weekdays of rules by those of Go.
func weekdays() []rrule.Weekday {
	return []rrule.Weekday{
		time.Sunday: rrule.SU, time.Monday: rrule.MO, time.Tuesday: rrule.TU, time.Wednesday: rrule.WE, time.Thursday: rrule.TH, time.Friday: rrule.FR,
		time.Saturday: rrule.SA,
	}
}

// checkOccurrences returns what is wrong with the rows of an event about single days
// of its series.
func checkOccurrences(says RecordDraft) (faults Faults) {
	days := eventDays(says)
	var known []Day
	for i, row := range says.Rows["occurrences"] {
		name := func(field string) string { return fmt.Sprintf("occurrences.%d.%s", i+1, field) }
		day := row.Day("day")
		switch {
		case slices.Contains(known, day):
			faults = append(faults, Fault{name("day"), "contradiction", "two rows are of the same day"})
		case !slices.Contains(days, day):
			faults = append(faults, Fault{name("day"), "unknown", "the series does not have this day"})
		}
		known = append(known, day)
		if row.Words["change"] != "moved" {
			continue
		}
		starts, hasStart := row.LocalTime("starts")
		ends, hasEnd := row.LocalTime("ends")
		switch fault := checkSpan(starts, ends); {
		case !hasStart:
			faults = append(faults, Fault{name("starts"), "missing", "when it takes place instead"})
		case !hasEnd:
			faults = append(faults, Fault{name("ends"), "missing", "until when it takes place instead"})
		case fault != "":
			faults = append(faults, Fault{name("ends"), fault, "it must end after it starts"})
		}
	}
	return faults
}

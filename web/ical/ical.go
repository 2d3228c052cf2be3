// Package ical writes events as iCalendar (RFC 5545): with times by the clocks of their
// district and the rules of these clocks, and a series as one event with its rule, the
// days that it leaves out and those that were moved.
package ical

import (
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/teambition/rrule-go"

	"github.com/pinezka/pinezka/civic"
)

// ContentType is the type of a calendar.
const ContentType = "text/calendar; charset=utf-8"

// Calendar is what a feed or a file has.
type Calendar struct {
	District *civic.District
	Base     string // at which the public reaches the service, without a slash at its end
	Language string // of the texts; another one where they do not have it
	Name     string
	Events   []Event
}

// Event is an event of a calendar.
type Event struct {
	civic.Described
	Modified time.Time
	Only     civic.Day // the day of one occurrence, of which alone it is; 0 for all
}

// The layouts of times by some clocks and in UTC.
const (
	floating = "20060102T150405"
	inUTC    = "20060102T150405Z"
)

// writer writes a calendar by the clocks of its zone.
type writer struct {
	*Calendar
	zone *time.Location
}

// Write writes the calendar. What is written depends on nothing but c.
func (c *Calendar) Write(w io.Writer) error {
	zone := c.District.Zone()
	events := writer{c, zone}
	cal := ics.NewCalendarFor("Pinezka")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(c.Name)
	cal.SetXWRTimezone(zone.String())
	var first, last time.Time
	var components []*ics.VEvent
	for _, e := range c.Events {
		r, ok := e.Content.(civic.Record)
		if !ok {
			continue
		}
		rule := civic.EventRule(r.RecordDraft)
		all := occurrences(e, r, rule)
		if len(all) == 0 {
			continue
		}
		begin, end := all[0].Starts.In(zone), all[len(all)-1].Ends.In(zone)
		if first.IsZero() || begin.Before(first) {
			first = begin
		}
		if end.After(last) {
			last = end
		}
		components = append(components, events.components(e, r, rule, all)...)
	}
	if !first.IsZero() && zone != time.UTC {
		cal.AddVTimezone(timezone(zone, first, last))
	}
	for _, e := range components {
		cal.AddVEvent(e)
	}
	if err := cal.SerializeTo(w, ics.WithNewLineWindows); err != nil {
		return fmt.Errorf("write a calendar: %w", err)
	}
	return nil
}

// occurrences returns the occurrences that decide what is written of an event. Of a
// series without exceptions, which its rule says, they are that of its first day and one
// on the last that it can have.
func occurrences(e Event, r civic.Record, rule *rrule.RRule) []civic.Occurrence {
	if rule == nil || e.Only != 0 || len(r.Rows["occurrences"]) > 0 {
		return r.Occurrences()
	}
	starts, _ := r.LocalTime("starts")
	ends, _ := r.LocalTime("ends")
	return []civic.Occurrence{plan(starts, ends, starts.Day), plan(starts, ends, r.Day("until"))}
}

// plan returns the occurrence of a day in a series of which the first one starts and ends
// at some times.
func plan(starts, ends civic.LocalTime, day civic.Day) civic.Occurrence {
	return civic.Occurrence{Day: day, Starts: civic.LocalTime{Day: day, Minute: starts.Minute}, Ends: civic.LocalTime{Day: day + ends.Day - starts.Day, Minute: ends.Minute}}
}

// components returns an event, with those of its occurrences that were moved.
func (c writer) components(e Event, r civic.Record, rule *rrule.RRule, all []civic.Occurrence) (out []*ics.VEvent) {
	uid := fmt.Sprintf("%s-%d@%s", c.District.Slug, e.ID, c.host())
	if e.Only != 0 {
		for _, o := range all {
			if o.Day != e.Only {
				continue
			}
			if len(all) > 1 {
				uid = fmt.Sprintf("%s-%d-%s@%s", c.District.Slug, e.ID, o.Day, c.host())
			}
			one := c.component(uid, e, r, o)
			if o.Cancelled {
				one.SetStatus(ics.ObjectStatusCancelled)
			}
			out = append(out, one)
		}
		return out
	}
	starts, _ := r.LocalTime("starts")
	ends, _ := r.LocalTime("ends")
	planned := func(day civic.Day) civic.LocalTime { return plan(starts, ends, day).Starts }
	main := c.component(uid, e, r, plan(starts, ends, all[0].Day))
	out = append(out, main)
	if rule == nil {
		return out
	}
	main.AddRrule(c.rule(rule, planned(r.Day("until"))))
	for _, o := range all {
		switch {
		case o.Cancelled:
			main.AddExdate(c.local(planned(o.Day)), ics.WithTZID(c.zone.String()))
		case o.Row != 0 && o.Starts != planned(o.Day):
			moved := c.component(uid, e, r, o)
			c.setTime(moved, ics.ComponentPropertyRecurrenceId, planned(o.Day))
			out = append(out, moved)
		}
	}
	return out
}

// rule returns the rule of a series whose last day may have an occurrence at last. It
// ends at an instant in UTC, since its times are by the clocks of a zone.
func (c writer) rule(rule *rrule.RRule, last civic.LocalTime) string {
	option := rule.OrigOptions
	option.Dtstart, option.Until = time.Time{}, time.Time{}
	return option.RRuleString() + ";UNTIL=" + last.In(c.zone).UTC().Format(inUTC)
}

// component returns an event at the time of an occurrence.
func (c writer) component(uid string, e Event, r civic.Record, o civic.Occurrence) *ics.VEvent {
	d := c.District
	out := ics.NewEvent(uid)
	out.SetDtStampTime(e.Modified.UTC())
	out.SetModifiedAt(e.Modified.UTC())
	out.SetSequence(int(e.Version))
	c.setTime(out, ics.ComponentPropertyDtStart, o.Starts)
	c.setTime(out, ics.ComponentPropertyDtEnd, o.Ends)
	out.SetSummary(d.Text(r.Texts["name"], c.Language))
	page := fmt.Sprintf("%s/d/%s/%s/%d", c.Base, d.Slug, e.Kind.Plural(), e.ID)
	var said []string
	for _, field := range []string{"topic", "summary", "access_note"} {
		if text := d.Text(r.Texts[field], c.Language); text != "" {
			said = append(said, text)
		}
	}
	out.SetDescription(strings.Join(append(said, page), "\n\n"))
	out.SetURL(page)
	if address := d.Text(r.Texts["address"], c.Language); address != "" {
		out.SetLocation(address)
	} else if online := r.Words["online"]; online != "" {
		out.SetLocation(online)
	}
	if r.Point != nil {
		out.SetGeo(coordinate(r.Point.Lat()), coordinate(r.Point.Lon()))
	}
	for _, slug := range r.Lists["categories"] {
		if category, ok := d.Category(slug); ok {
			out.AddCategory(d.Text(category.Label, c.Language))
		}
	}
	out.SetStatus(ics.ObjectStatusConfirmed)
	if e.State == "cancelled" {
		out.SetStatus(ics.ObjectStatusCancelled)
	}
	return out
}

func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 6, 64) }

// setTime sets a property to a time by the clocks of the district.
func (c writer) setTime(e *ics.VEvent, property ics.ComponentProperty, t civic.LocalTime) {
	if c.zone == time.UTC {
		e.SetProperty(property, t.In(time.UTC).Format(inUTC))
		return
	}
	e.SetProperty(property, c.local(t), ics.WithTZID(c.zone.String()))
}

// local returns a time as the clocks of the district show it, which is later where they
// skip it.
func (c writer) local(t civic.LocalTime) string {
	return t.In(c.zone).Format(floating)
}

// host returns the host of the service, with which ids are unique in the world.
func (c writer) host() string {
	if u, err := url.Parse(c.Base); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "pinezka"
}

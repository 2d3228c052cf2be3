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

// writer writes a calendar by the clocks of its zone, which is looked up once.
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
		all := r.Occurrences()
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
		components = append(components, events.components(e, r, all)...)
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

// components returns an event, with those of its occurrences that were moved.
func (c writer) components(e Event, r civic.Record, all []civic.Occurrence) (out []*ics.VEvent) {
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
	first := all[0]
	planned := func(o civic.Occurrence) civic.LocalTime { return civic.LocalTime{Day: o.Day, Minute: startMinute(r)} }
	main := c.component(uid, e, r, civic.Occurrence{Starts: planned(first), Ends: plannedEnd(r, first.Day)})
	out = append(out, main)
	rule := civic.EventRule(r.RecordDraft)
	if rule == nil {
		return out
	}
	main.AddRrule(c.rule(r))
	for _, o := range all {
		switch {
		case o.Cancelled:
			main.AddExdate(c.local(planned(o)), ics.WithTZID(c.zone.String()))
		case o.Row != 0 && o.Starts != planned(o):
			moved := c.component(uid, e, r, o)
			c.setTime(moved, ics.ComponentPropertyRecurrenceId, planned(o))
			out = append(out, moved)
		}
	}
	return out
}

// startMinute returns the minute of the day at which a series begins.
func startMinute(r civic.Record) int { t, _ := r.LocalTime("starts"); return t.Minute }

// plannedEnd returns when the occurrence of a day ends by the plan.
func plannedEnd(r civic.Record, day civic.Day) civic.LocalTime {
	starts, _ := r.LocalTime("starts")
	ends, _ := r.LocalTime("ends")
	return civic.LocalTime{Day: day + ends.Day - starts.Day, Minute: ends.Minute}
}

// rule returns the rule of a series, which ends at an instant in UTC, since its times
// are by the clocks of a zone.
func (c writer) rule(r civic.Record) string {
	option := civic.EventRule(r.RecordDraft).OrigOptions
	last := civic.LocalTime{Day: r.Day("until"), Minute: startMinute(r)}.In(c.zone)
	option.Dtstart, option.Until = time.Time{}, time.Time{}
	return option.RRuleString() + ";UNTIL=" + last.UTC().Format(inUTC)
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

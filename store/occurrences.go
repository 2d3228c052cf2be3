package store

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/calendar.sql
	calendarSQL string
	//go:embed sql/write_occurrences.sql
	writeOccurrencesSQL string
)

// queueOccurrences queues statements that write when a thing takes place, if its kind
// does: what has its day is changed, so that whoever registers meanwhile waits for
// the change, and what is no longer in the series is deleted. Then those who wait are
// seated where there is room now.
func queueOccurrences(b *pgx.Batch, d *civic.District, t civic.Thing, r civic.Record) {
	if t.Kind.Rules().Occurs == nil {
		return
	}
	zone := d.Zone()
	days, startsOn := []time.Time{}, []time.Time{}
	starts, ends := []time.Time{}, []time.Time{}
	cancelled, capacities := []bool{}, []int32{}
	for _, o := range r.Occurrences() {
		days, startsOn = append(days, o.Day.Time()), append(startsOn, o.Starts.Day.Time())
		start, end := o.Starts.In(zone), o.Ends.In(zone)
		if !end.After(start) {
			end = start.Add(time.Minute) // within the hour that clocks skip
		}
		starts, ends = append(starts, start), append(ends, end)
		cancelled, capacities = append(cancelled, o.Cancelled), append(capacities, int32(o.Capacity))
	}
	args := pgx.NamedArgs{
		"district": d.ID, "thing": t.ID, "days": days, "starts_on": startsOn, "starts": starts, "ends": ends, "cancelled": cancelled,
		"capacities": capacities, "tags": append([]string{}, r.Tags()...),
	}
	b.Queue(writeOccurrencesSQL, args)
	b.Queue(`
		delete from occurrences
		where district_id = @district
		  and thing_id = @thing
		  and day <> all(@days::date[])`, args)
	queueSeating(b, d, t.ID)
}

// Calendar returns what takes place in a time, the first first.
func (s *Store) Calendar(ctx context.Context, d *civic.District, q civic.CalendarQuery) ([]civic.CalendarEntry, error) {
	rows, _ := s.readPool.Query(ctx, calendarSQL, pgx.NamedArgs{
		"district": d.ID, "from": q.From, "until": q.Until, "begun": q.From.AddDate(0, 0, -civic.MaxOccurrence-1), "area": q.AreaID, "category": q.CategoryID,
		"organisation": q.Organisation, "tags": append([]string{}, q.Tags...), "per_day": q.PerDay, "limit": q.Limit,
	}) // CollectRows returns the error
	entries, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e civic.CalendarEntry, err error) {
		var day int32
		err = row.Scan(&e.ThingID, &day, &e.Starts, &e.Ends, &e.Cancelled, &e.Capacity, &e.OfDay, &e.AreaID, &e.Name, &e.Type, &e.Address, &e.Online, &e.Needed, &e.Taken.Seated, &e.Taken.Waiting)
		e.Day = civic.Day(day)
		return e, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the calendar of %s: %w", d.Slug, civicError(err))
	}
	return entries, nil
}

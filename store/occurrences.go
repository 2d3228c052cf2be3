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
	//go:embed sql/takes_place.sql
	takesPlaceSQL string
	//go:embed sql/calendar.sql
	calendarEntriesSQL string
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
	cancelled, capacities, attendances := []bool{}, []int32{}, []*int32{}
	for _, o := range r.Occurrences() {
		days, startsOn = append(days, o.Day.Time()), append(startsOn, o.Starts.Day.Time())
		start, end := o.Starts.In(zone), o.Ends.In(zone)
		if !end.After(start) {
			end = start.Add(time.Minute) // within the hour that clocks skip
		}
		starts, ends = append(starts, start), append(ends, end)
		var attendance *int32
		if n := int32(o.Attendance); n >= 0 {
			attendance = &n
		}
		attendances = append(attendances, attendance)
		cancelled, capacities = append(cancelled, o.Cancelled), append(capacities, int32(o.Capacity))
	}
	args := pgx.NamedArgs{
		"district": d.ID, "thing": t.ID, "days": days, "starts_on": startsOn, "starts": starts, "ends": ends, "cancelled": cancelled,
		"capacities": capacities, "attendances": attendances, "tags": append([]string{}, r.Tags()...),
	}
	queueMoveAttendance(b, args)
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
	rows, _ := s.readPool.Query(ctx, takesPlaceSQL+calendarEntriesSQL, calendarArgs(d, q, q.Limit)) // CollectRows returns the error
	zone := d.Zone()
	entries, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e civic.CalendarEntry, err error) {
		var day int32
		err = row.Scan(&e.ThingID, &day, &e.Starts, &e.Ends, &e.Cancelled, &e.Capacity, &e.OfDay, &e.OffOfDay, &e.AreaID, &e.Name, &e.Type, &e.Address, &e.Online, &e.Needed, &e.Taken.Seated, &e.Taken.Waiting)
		e.Day, e.Starts, e.Ends = civic.Day(day), e.Starts.In(zone), e.Ends.In(zone)
		return e, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the calendar of %s: %w", d.Slug, civicError(err))
	}
	return entries, nil
}

// nearDays is within how many days the things that are next are looked for first.
const nearDays = 120

// CalendarThings returns the things of which something takes place in a time: at most
// limit of them, those that are next before those that are over.
func (s *Store) CalendarThings(ctx context.Context, d *civic.District, q civic.CalendarQuery, limit int) ([]int64, error) {
	near := q
	if until := time.Now().AddDate(0, 0, nearDays); until.Before(q.Until) {
		near.Until = until
	}
	ids, next, err := s.calendarThings(ctx, d, near, limit)
	if err == nil && next < limit && near.Until.Before(q.Until) { // what is later is missing
		ids, _, err = s.calendarThings(ctx, d, q, limit)
	}
	if err != nil {
		return nil, fmt.Errorf("read what takes place in %s: %w", d.Slug, civicError(err))
	}
	return ids, nil
}

// calendarThings returns the things of which something takes place in a time, and how
// many of them are next.
func (s *Store) calendarThings(ctx context.Context, d *civic.District, q civic.CalendarQuery, limit int) (ids []int64, next int, err error) {
	rows, _ := s.readPool.Query(ctx, takesPlaceSQL+`
select thing_id, min(starts_at) filter (where starts_at >= now()) as next
from takes_place
group by thing_id
order by next, max(starts_at) desc, thing_id
limit @limit`, calendarArgs(d, q, limit)) // ForEachRow returns the error
	var id int64
	var at *time.Time
	_, err = pgx.ForEachRow(rows, []any{&id, &at}, func() error {
		ids = append(ids, id)
		if at != nil {
			next++
		}
		return nil
	})
	return ids, next, err //nolint:wrapcheck // the caller says what it reads
}

// calendarArgs returns the arguments of the statements about what takes place.
func calendarArgs(d *civic.District, q civic.CalendarQuery, limit int) pgx.NamedArgs {
	return pgx.NamedArgs{
		"district": d.ID, "from": q.From, "until": q.Until, "begun": q.From.AddDate(0, 0, -civic.MaxOccurrence-1), "area": q.AreaID, "category": q.CategoryID,
		"organisation": q.Organisation, "tags": append([]string{}, q.Tags...), "per_day": q.PerDay, "limit": limit,
	}
}

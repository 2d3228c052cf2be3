package store

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/foreign_marks.sql
var foreignMarksSQL string

// MarkAttendance records of those who are enrolled for a programme that they have attended
// its sessions on single days, or have not: only what the marks say, so that of two people
// who mark at once none undoes what the other does. It returns the errors of civic.Can, and
// civic.ErrInvalid for what is no enrolment or no day of a session of the programme.
func (s *Store) MarkAttendance(ctx context.Context, d *civic.District, actor civic.Actor, programme int64, marks []civic.AttendanceMark) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockDistrict(ctx, tx, d); err != nil {
			return err
		}
		ids := []int64{programme}
		for _, m := range marks {
			ids = append(ids, m.Session) // so that nobody changes its days
		}
		things, err := lockThings(ctx, tx, d, ids)
		if err != nil {
			return err
		}
		t, ok := things[programme]
		if !ok || t.Kind != civic.ProgrammeThing {
			return civic.ErrNotFound
		}
		if err := civic.Can(actor, civic.MarkAttendance, t, time.Now()); err != nil {
			return err
		}
		changed, err := writeAttendance(ctx, tx, d, programme, marks)
		if err != nil || len(changed) == 0 {
			return err
		}
		return record{
			actor: actor, steps: []recordedStep{{action: civic.MarkAttendance, thing: &programme}}, text: changed,
		}.save(ctx, tx, d)
	})
	if err != nil {
		return fmt.Errorf("mark the attendance of programme %d of %s: %w", programme, d.Slug, civicError(err))
	}
	return nil
}

// writeAttendance writes the marks of a programme, and returns those that have changed
// something.
func writeAttendance(ctx context.Context, tx pgx.Tx, d *civic.District, programme int64, marks []civic.AttendanceMark) (changed []civic.AttendanceMark, err error) {
	var enrolments, sessions []int64
	var days []time.Time
	var attended []bool
	for _, m := range marks {
		enrolments, sessions = append(enrolments, m.Enrolment), append(sessions, m.Session)
		days, attended = append(days, m.Day.Time()), append(attended, m.Attended)
	}
	args := pgx.NamedArgs{"district": d.ID, "programme": programme, "enrolments": enrolments, "sessions": sessions, "days": days, "attended": attended}
	var foreign int
	if err := tx.QueryRow(ctx, foreignMarksSQL, args).Scan(&foreign); err != nil {
		return nil, fmt.Errorf("check the marks: %w", err)
	}
	if foreign > 0 {
		return nil, fmt.Errorf("%d marks are of another programme: %w", foreign, civic.ErrInvalid)
	}
	const marked = `unnest(@enrolments::bigint[], @sessions::bigint[], @days::date[], @attended::boolean[]) as marked (enrolment, session, on_day, attended)`
	write := func(attended bool, sql string) error {
		rows, _ := tx.Query(ctx, sql, args) // ForEachRow returns the error
		m := civic.AttendanceMark{Attended: attended}
		_, err := pgx.ForEachRow(rows, []any{&m.Enrolment, &m.Session, &m.Day}, func() error {
			changed = append(changed, m)
			return nil
		})
		if err != nil {
			return fmt.Errorf("write the marks: %w", err)
		}
		return nil
	}
	err = write(false, `
		delete from attendance
		using `+marked+`
		where district_id = @district
		  and enrolment_id = enrolment
		  and session_id = session
		  and day = on_day
		  and not attended
		returning enrolment_id, session_id, day - date '1970-01-01'`)
	if err == nil {
		err = write(true, `
		insert into attendance (district_id, enrolment_id, session_id, day)
		select @district, enrolment, session, on_day
		from `+marked+`
		where attended
		on conflict do nothing
		returning enrolment_id, session_id, day - date '1970-01-01'`)
	}
	return changed, err
}

// queueMoveAttendance queues a statement that lets those who have attended a thing keep
// that when its only day becomes another one, as when a wrong date is corrected. It must
// precede what writes the day.
func queueMoveAttendance(b *pgx.Batch, args pgx.NamedArgs) {
	b.Queue(`
		update attendance
		set day = (@days::date[])[1]
		where district_id = @district
		  and session_id = @thing
		  and cardinality(@days::date[]) = 1
		  and array[day] = array(
		    select day
		    from occurrences
		    where district_id = @district
		      and thing_id = @thing
		  )
		  and not exists (
		    select
		    from attendance as other
		    where other.district_id = @district
		      and other.enrolment_id = attendance.enrolment_id
		      and other.session_id = @thing
		      and other.day = (@days::date[])[1]
		  )`, args)
}

package store

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/applicants.sql
var applicantsSQL string

// Applicants returns the enrolments for a programme that were not withdrawn, the
// first to apply first.
func (s *Store) Applicants(ctx context.Context, d *civic.District, programme int64) ([]civic.Applicant, error) {
	rows, _ := s.readPool.Query(ctx, applicantsSQL, pgx.NamedArgs{
		"district": d.ID, "programme": programme, "zone": d.Zone().String(), "standing": civic.EnrolmentThing.Standing().String(),
	}) // CollectRows returns the error
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (a civic.Applicant, err error) {
		var content, reason []byte
		if a.Thing, err = scanThing(row, d, &content, &a.AppliedOn, &a.Confirmed, &a.DecidedOn, &reason, &a.Attended); err != nil {
			return a, err
		}
		var because civic.Wording
		says, err := draftOf(a.Kind, content)
		a.Content = says.Record(d)
		if a.State == a.Kind.Rules().Initial {
			a.DecidedOn = 0
		}
		err = errors.Join(err, json.Unmarshal(reason, &because))
		a.Because = because.Text
		return a, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the enrolments for programme %d of %s: %w", programme, d.Slug, civicError(err))
	}
	return all, nil
}

// MarkAttendance records who, of those who are enrolled for a programme, has attended
// which of its sessions: those that are marked, and no other. It returns the errors of
// civic.Can, and civic.ErrInvalid for what is no session or no enrolment of it.
func (s *Store) MarkAttendance(ctx context.Context, d *civic.District, actor civic.Actor, programme int64, marks []civic.AttendanceMark) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockDistrict(ctx, tx, d); err != nil {
			return err
		}
		things, err := lockThings(ctx, tx, d, []int64{programme})
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
		if err != nil || changed == 0 {
			return err
		}
		return record{
			actor: actor, steps: []recordedStep{{action: civic.MarkAttendance, thing: &programme}}, text: marks,
		}.save(ctx, tx, d)
	})
	if err != nil {
		return fmt.Errorf("mark the attendance of programme %d of %s: %w", programme, d.Slug, civicError(err))
	}
	return nil
}

// writeAttendance writes the marks of a programme, and returns how many were added or
// removed.
func writeAttendance(ctx context.Context, tx pgx.Tx, d *civic.District, programme int64, marks []civic.AttendanceMark) (int64, error) {
	var enrolments, sessions []int64
	for _, m := range marks {
		enrolments, sessions = append(enrolments, m.Enrolment), append(sessions, m.Session)
	}
	args := pgx.NamedArgs{"district": d.ID, "programme": programme, "enrolments": enrolments, "sessions": sessions}
	var foreign int
	err := tx.QueryRow(ctx, `
		select count(*)
		from unnest(@enrolments::bigint[], @sessions::bigint[]) as marked (enrolment_id, session_id)
		where (
		  select count(*)
		  from links
		  join things on things.district_id = links.district_id
		    and thing_id = from_id
		  where links.district_id = @district
		    and to_id = @programme
		    and relation = 'part_of'
		    and (from_id = enrolment_id and kind = 'enrolment' or from_id = session_id and kind = 'event')
		) < 2`, args).Scan(&foreign)
	if err == nil && foreign > 0 {
		err = fmt.Errorf("%d marks are of another programme: %w", foreign, civic.ErrInvalid)
	}
	if err != nil {
		return 0, fmt.Errorf("check the marks: %w", err)
	}
	removed, err := tx.Exec(ctx, `
		delete from attendance
		using links
		where links.district_id = @district
		  and to_id = @programme
		  and relation = 'part_of'
		  and attendance.district_id = @district
		  and enrolment_id = from_id
		  and (enrolment_id, session_id) not in (select * from unnest(@enrolments::bigint[], @sessions::bigint[]))`, args)
	if err != nil {
		return 0, fmt.Errorf("remove marks: %w", err)
	}
	added, err := tx.Exec(ctx, `
		insert into attendance (district_id, enrolment_id, session_id)
		select @district, enrolment_id, session_id
		from unnest(@enrolments::bigint[], @sessions::bigint[]) as marked (enrolment_id, session_id)
		on conflict do nothing`, args)
	if err != nil {
		return 0, fmt.Errorf("add marks: %w", err)
	}
	return removed.RowsAffected() + added.RowsAffected(), nil
}

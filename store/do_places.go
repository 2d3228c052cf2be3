package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// findProgrammes finds the programmes of the enrolments that the command is about.
// They are locked with these, so that two commands never take the same place.
func (do *doing) findProgrammes(ctx context.Context) (err error) {
	if !civic.EnrolmentThing.HasStep(do.Action) && do.Action != civic.Undo && do.Action != civic.Restore && do.Action != civic.Publish {
		return nil
	}
	do.programmes, err = programmesOf(ctx, do.tx, do.district, do.Things)
	return err
}

// programmesOf returns the programmes of those of the things that are enrolments.
func programmesOf(ctx context.Context, db querier, d *civic.District, things []int64) (map[int64]int64, error) {
	programmes := map[int64]int64{}
	rows, _ := db.Query(ctx, `
		select from_id, to_id
		from links
		join things on things.district_id = links.district_id
		  and thing_id = from_id
		where links.district_id = @district
		  and from_id = any(@things)
		  and relation = 'part_of'
		  and kind = 'enrolment'`, pgx.NamedArgs{"district": d.ID, "things": things}) // ForEachRow returns the error
	var enrolment, programme int64
	if _, err := pgx.ForEachRow(rows, []any{&enrolment, &programme}, func() error { programmes[enrolment] = programme; return nil }); err != nil {
		return nil, fmt.Errorf("read programmes: %w", err)
	}
	return programmes, nil
}

// takesPlace reports whether a thing is an enrolment that takes a place.
func takesPlace(t civic.Thing) bool {
	return t.Kind == civic.EnrolmentThing && t.Publication == t.Kind.Standing() && t.State.TakesPlace()
}

// checkPlaces returns civic.Faults for an enrolment that takes a place where there is
// none left, for one that graduates without having attended, and for a programme with
// fewer places than are taken.
func (do *doing) checkPlaces(ctx context.Context, before, after civic.Thing) error {
	switch {
	case after.Kind == civic.ProgrammeThing && do.Action == civic.Edit:
		says, _ := do.Content.(civic.Record)
		taken, err := do.placesTaken(ctx, after.ID, 0)
		if err == nil && says.Number("places") < taken {
			err = civic.Faults{{Field: "places", Code: "taken", Detail: fmt.Sprintf("%d places are taken", taken)}}
		}
		return err
	case !takesPlace(after):
		return nil
	}
	programme := do.programmes[after.ID]
	says, err := do.recordOf(ctx, civic.Thing{ID: programme, Kind: civic.ProgrammeThing})
	if err != nil {
		return err
	}
	if after.State == "graduated" && before.State != after.State {
		if err := do.checkAttendance(ctx, after.ID, programme, says); err != nil {
			return err
		}
	}
	if takesPlace(before) {
		return nil
	}
	taken, err := do.placesTaken(ctx, programme, 0)
	if err != nil {
		return err
	}
	do.selected[programme]++
	if taken+do.selected[programme] > says.Number("places") {
		return civic.Faults{{Field: "places", Code: "full", Detail: fmt.Sprintf("all %d places are taken", says.Number("places"))}}
	}
	return nil
}

// placesTaken returns how many places of a programme were taken before the command, by
// a contact, or by anybody for 0.
func (do *doing) placesTaken(ctx context.Context, programme, contact int64) (n int, err error) {
	rows, _ := do.tx.Query(ctx, `
		select state
		from links
		join things on things.district_id = links.district_id
		  and thing_id = from_id
		where links.district_id = @district
		  and to_id = @programme
		  and relation = 'part_of'
		  and kind = 'enrolment'
		  and publication = @standing
		  and (@contact::bigint = 0 or reporter_id = @contact)`,
		pgx.NamedArgs{"district": do.district.ID, "programme": programme, "standing": civic.EnrolmentThing.Standing().String(), "contact": contact}) // ForEachRow returns the error
	var state civic.State
	_, err = pgx.ForEachRow(rows, []any{&state}, func() error {
		if state.TakesPlace() {
			n++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("count places: %w", err)
	}
	return n, nil
}

// checkAttendance returns civic.Faults for somebody who has attended fewer of the
// sessions of a programme than it needs. A session that is a series counts on each of its
// days.
func (do *doing) checkAttendance(ctx context.Context, enrolment, programme int64, says civic.RecordDraft) error {
	var sessions, attended int
	err := do.tx.QueryRow(ctx, `
		select count(*), count(enrolment_id)
		from links
		join things on things.district_id = links.district_id
		  and thing_id = from_id
		join occurrences on occurrences.district_id = links.district_id
		  and occurrences.thing_id = from_id
		  and not cancelled
		left join attendance on attendance.district_id = links.district_id
		  and session_id = from_id
		  and attendance.day = occurrences.day
		  and enrolment_id = @enrolment
		where links.district_id = @district
		  and to_id = @programme
		  and relation = 'part_of'
		  and kind = 'event'
		  and publication = 'published'
		  and state <> 'cancelled'`,
		pgx.NamedArgs{"district": do.district.ID, "programme": programme, "enrolment": enrolment}).Scan(&sessions, &attended)
	if err != nil {
		return fmt.Errorf("count sessions: %w", err)
	}
	if needed := says.SessionsNeeded(sessions); attended < needed {
		return civic.Faults{{Field: "attendance", Code: "absent", Detail: fmt.Sprintf("%d of the %d sessions that are needed", attended, needed)}}
	}
	return nil
}

// checkEnrolment returns civic.Faults for a new enrolment outside the days on which
// one can enrol for its programme.
func (do *doing) checkEnrolment(ctx context.Context) error {
	if do.Kind != civic.EnrolmentThing || do.actor.Kind == civic.System {
		return nil
	}
	for _, id := range named(&do.Command) {
		programme := do.things[id]
		if programme.Kind != civic.ProgrammeThing {
			continue // which setLinks finds
		}
		says, err := do.recordOf(ctx, programme)
		if err != nil {
			return err
		}
		if !says.Enrols(programme.State, do.district.DayOf(do.now)) {
			return civic.Faults{{Field: "programme", Code: "closed", Detail: "one cannot enrol for it now"}}
		}
	}
	return nil
}

// takesPart reports whether the actor may link a thing to another one, as far as that
// is a practicum and its programme: whether the actor takes part in the programme, or
// looks after it. An address that somebody has entered says nothing.
func (do *doing) takesPart(ctx context.Context, t civic.Thing, programme int64) (takes bool, err error) {
	other := do.things[programme]
	if t.Kind != civic.PracticumThing || other.Kind != civic.ProgrammeThing || civic.Can(do.actor, civic.Edit, other, do.now) == nil {
		return true, nil
	}
	contact := int64(0)
	switch {
	case do.actor.Kind == civic.Contact:
		contact = do.actor.ID
	case do.Action == civic.Submit && do.Email == "":
		contact = do.ReporterID // of an account
	}
	if contact == 0 {
		return false, nil
	}
	taken, err := do.placesTaken(ctx, programme, contact)
	return taken > 0, err
}

package store

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// Resident returns a contact of a district with the address. It returns
// civic.ErrNotFound when the district has none with the id.
func (s *Store) Resident(ctx context.Context, d *civic.District, id int64) (civic.Resident, error) {
	if s.keys == nil {
		return civic.Resident{}, errNoKeys
	}
	r := civic.Resident{ID: id}
	var sealed []byte
	var cadence string
	var confirmed, bounced *time.Time
	err := s.readPool.QueryRow(ctx, `
		select email_sealed, language, cadence, confirmed_at, bounced_at, created_at
		from contacts
		where district_id = @district
		  and contact_id = @contact`,
		pgx.NamedArgs{"district": d.ID, "contact": id}).Scan(&sealed, &r.Language, &cadence, &confirmed, &bounced, &r.CreatedAt)
	if err == nil {
		r.Cadence, err = civic.ParseCadence(cadence)
	}
	if err == nil {
		r.Email, err = s.keys.Unseal(sealed)
	}
	if err != nil {
		return civic.Resident{}, fmt.Errorf("read contact %d of %s: %w", id, d.Slug, civicError(err))
	}
	if confirmed != nil {
		r.ConfirmedAt = *confirmed
	}
	if bounced != nil {
		r.BouncedAt = *bounced
	}
	return r, nil
}

// ResidentOf returns the contact of a district who an actor is: the one who has
// signed in, or the one with the address of the account. It returns
// civic.ErrNotFound when there is none.
func (s *Store) ResidentOf(ctx context.Context, d *civic.District, actor civic.Actor) (civic.Resident, error) {
	id, err := s.reporterOf(ctx, s.readPool, d, actor)
	if err == nil && id == 0 {
		err = civic.ErrNotFound
	}
	if err != nil {
		return civic.Resident{}, fmt.Errorf("find a contact of %s: %w", d.Slug, civicError(err))
	}
	return s.Resident(ctx, d, id)
}

// maxResidentPins bounds the pins that ResidentPins returns.
const maxResidentPins = 500

// ResidentPins returns the newest 500 pins that a contact reported, in whatever
// state of publication and of whatever visibility, at their shown locations.
func (s *Store) ResidentPins(ctx context.Context, d *civic.District, id int64) ([]civic.Pin, error) {
	rows, _ := s.readPool.Query(ctx, `
		select pin_id, category_id, status, pins.publication, pins.title, body, shown, shown_cell,
		  coalesce(shown_area_id, 0), reported_on - date '1970-01-01', updated_at
		from things
		join pins on pins.district_id = things.district_id and pin_id = thing_id
		where things.district_id = @district
		  and reporter_id = @contact
		order by pin_id desc
		limit @limit`,
		pgx.NamedArgs{"district": d.ID, "contact": id, "limit": maxResidentPins}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Pin, error) { return scanPin(row, d) })
	if err != nil {
		return nil, fmt.Errorf("read the pins of contact %d of %s: %w", id, d.Slug, civicError(err))
	}
	return found, nil
}

// SetResident sets the language and the cadence of mail to a contact. It returns
// civic.ErrNotFound when the district has none with the id.
func (s *Store) SetResident(ctx context.Context, d *civic.District, id int64, language string, cadence civic.Cadence) error {
	tag, err := s.writePool.Exec(ctx, `
		update contacts
		set language = @language,
		  cadence = @cadence
		where district_id = @district
		  and contact_id = @contact`,
		pgx.NamedArgs{"district": d.ID, "contact": id, "language": language, "cadence": cadence.String()})
	if err == nil && tag.RowsAffected() == 0 {
		err = civic.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("change contact %d of %s: %w", id, d.Slug, civicError(err))
	}
	return nil
}

var (
	//go:embed sql/resident_pins.sql
	residentPinsSQL string
	//go:embed sql/resident_actions.sql
	residentActionsSQL string
	//go:embed sql/resident_reports.sql
	residentReportsSQL string
)

// ExportResident returns everything that is held about a contact. It returns
// civic.ErrNotFound when the district has none with the id.
func (s *Store) ExportResident(ctx context.Context, d *civic.District, id int64) (civic.ResidentExport, error) {
	r, err := s.Resident(ctx, d, id)
	if err != nil {
		return civic.ResidentExport{}, err
	}
	export := civic.ResidentExport{District: d.Slug, Contact: civic.ExportedContact{
		ID: r.ID, Email: r.Email, Language: r.Language, Cadence: r.Cadence.String(),
		ConfirmedAt: known(r.ConfirmedAt), BouncedAt: known(r.BouncedAt), CreatedAt: r.CreatedAt,
	}}
	args := pgx.NamedArgs{"district": d.ID, "contact": id}
	rows, _ := s.readPool.Query(ctx, residentPinsSQL, args) // CollectRows returns the error
	export.Pins, err = pgx.CollectRows(rows, pgx.RowToStructByPos[civic.ExportedPin])
	if err == nil {
		rows, _ = s.readPool.Query(ctx, residentActionsSQL, args) // CollectRows returns the error
		export.Actions, err = pgx.CollectRows(rows, pgx.RowToStructByPos[civic.ExportedAction])
	}
	if err == nil {
		rows, _ = s.readPool.Query(ctx, `
			select thing_id
			from supports
			where district_id = @district
			  and contact_id = @contact
			order by thing_id`, args) // CollectRows returns the error
		export.Supports, err = pgx.CollectRows(rows, pgx.RowTo[int64])
	}
	if err == nil {
		rows, _ = s.readPool.Query(ctx, `
			select event_id, coalesce(theme_id, 0), coalesce(dots, 0), coalesce(stance, '')
			from ballots
			left join ballot_choices using (district_id, ballot_id)
			where district_id = @district
			  and contact_id = @contact
			order by event_id, theme_id`, args) // CollectRows returns the error
		export.Ballots, err = pgx.CollectRows(rows, pgx.RowToStructByPos[civic.ExportedBallot])
	}
	if err == nil {
		rows, _ = s.readPool.Query(ctx, `
			select thing_id, better, words, answered_at
			from improvements
			where district_id = @district
			  and contact_id = @contact
			order by answered_at`, args) // CollectRows returns the error
		export.Answers, err = pgx.CollectRows(rows, pgx.RowToStructByPos[civic.ExportedAnswer])
	}
	if err == nil {
		rows, _ = s.readPool.Query(ctx, residentReportsSQL, args) // CollectRows returns the error
		export.Reports, err = pgx.CollectRows(rows, pgx.RowToStructByPos[civic.ExportedReport])
	}
	if err == nil {
		export.Sessions, export.Mails, err = s.exportSignIns(ctx, civic.Person{Kind: civic.Contact, DistrictID: d.ID, ID: id})
	}
	if err != nil {
		return civic.ResidentExport{}, fmt.Errorf("export contact %d of %s: %w", id, d.Slug, civicError(err))
	}
	follows, err := s.Follows(ctx, d, id)
	for _, f := range follows {
		export.Follows = append(export.Follows, civic.ExportedFollow{
			Thing: f.ThingID, Filter: f.Filter.Values().Encode(), Cadence: f.Cadence.String(), ConfirmedAt: known(f.ConfirmedAt), EndedAt: known(f.EndedAt),
		})
	}
	return export, err
}

// known returns a pointer to a time, or nil for the zero time.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

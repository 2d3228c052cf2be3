package store

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/registrations.sql
var registrationsSQL string

// Registration returns the registration that the token of a mail is about. It returns
// civic.ErrNotFound for a token that is not valid, and for one that was erased.
func (s *Store) Registration(ctx context.Context, d *civic.District, token string) (civic.Registration, error) {
	id, err := s.registrationID(d, token)
	if err != nil {
		return civic.Registration{}, err
	}
	r, err := oneRegistration(ctx, s.readPool, d, id)
	if err != nil {
		return r, fmt.Errorf("read a registration of %s: %w", d.Slug, civicError(err))
	}
	return r, nil
}

// oneRegistration returns the registration with an id, or pgx.ErrNoRows.
func oneRegistration(ctx context.Context, db querier, d *civic.District, id int64) (civic.Registration, error) {
	return scanRegistration(db.QueryRow(ctx, registrationsSQL+`
		  and registration_id = @id`, pgx.NamedArgs{"district": d.ID, "id": id}))
}

// Registrations returns who has registered for a day of a thing and has confirmed it,
// those with a place first.
func (s *Store) Registrations(ctx context.Context, d *civic.District, thing int64, day civic.Day) ([]civic.Registration, error) {
	return s.registrations(ctx, d, `
		  and registrations.thing_id = @thing
		  and registrations.day = @day
		  and registrations.state in ('seated', 'waiting')
		order by registrations.state, registrations.confirmed_at, registration_id`, pgx.NamedArgs{"district": d.ID, "thing": thing, "day": day.Time()})
}

// RegistrationsOf returns what a contact has registered for and is still to come, with
// the path of the page of each.
func (s *Store) RegistrationsOf(ctx context.Context, d *civic.District, contact int64) (all []civic.Registration, paths []string, err error) {
	all, err = s.registrations(ctx, d, `
		  and registrations.contact_id = @contact
		  and registrations.state in ('seated', 'waiting')
		  and ends_at > now()
		order by starts_at, registration_id`, pgx.NamedArgs{"district": d.ID, "contact": contact})
	for _, r := range all {
		paths = append(paths, s.registrationPath(d, r.ID))
	}
	return all, paths, err
}

// registrations returns the registrations that a condition selects.
func (s *Store) registrations(ctx context.Context, d *civic.District, condition string, args pgx.NamedArgs) ([]civic.Registration, error) {
	rows, _ := s.readPool.Query(ctx, registrationsSQL+condition, args) // CollectRows returns the error
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Registration, error) { return scanRegistration(row) })
	if err != nil {
		return nil, fmt.Errorf("read registrations of %s: %w", d.Slug, civicError(err))
	}
	return all, nil
}

// scanRegistration reads a registration from the columns of registrations.sql.
func scanRegistration(row pgx.Row) (r civic.Registration, err error) {
	var day int32
	var starts, ends *time.Time
	err = row.Scan(&r.ID, &r.ThingID, &r.Title, &day, &starts, &ends, &r.Off, &r.Name, &r.Named, &r.Seats, &r.State, &r.Attended, &r.Ahead)
	if err != nil {
		return r, err //nolint:wrapcheck // the callers say what they read
	}
	r.Day = civic.Day(day)
	if starts != nil {
		r.Starts, r.Ends = *starts, *ends
	}
	return r, nil
}

package store

import (
	"context"
	_ "embed"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/registrations.sql
	registrationsSQL string
	//go:embed sql/seat_waiting.sql
	seatWaitingSQL string
)

// registrationPurpose is what the tokens in the links of mails about a registration are
// signed for: the district and the registration.
const registrationPurpose = "registration"

// Register registers somebody for an occurrence of an event. A contact who has signed
// in has a place at once, or waits for one; to anybody else a mail goes that asks to
// confirm it, and what is returned says nothing of whether the address is known: the
// zero value. Whoever has registered already stays as they are. It returns civic.Faults
// for an event for which one cannot register.
func (s *Store) Register(ctx context.Context, d *civic.District, r civic.NewRegistration) (civic.Registration, error) {
	var out civic.Registration
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if err := canRegister(ctx, tx, d, r.ThingID, r.Day); err != nil {
			return err
		}
		contact := r.ContactID
		if contact == 0 {
			var err error
			if contact, err = s.addContact(ctx, tx, d, r.Email, r.Language); err != nil {
				return err
			}
		}
		id, err := addRegistration(ctx, tx, d, contact, r)
		if err != nil {
			return err
		}
		if r.ContactID == 0 {
			return queueConfirmationOf(ctx, tx, d, contact, registrationData(id))
		}
		if err := confirmRegistration(ctx, tx, d, r.ThingID, r.Day, id); err != nil {
			return err
		}
		out, err = oneRegistration(ctx, tx, d, id)
		return err
	})
	if err != nil {
		return civic.Registration{}, fmt.Errorf("register for thing %d of %s: %w", r.ThingID, d.Slug, civicError(err))
	}
	return out, nil
}

// canRegister returns civic.Faults unless one can register for an occurrence now, and
// civic.ErrNotFound for a thing that is not public. It locks the occurrence, so that
// nobody else takes a place in it until the transaction has ended.
func canRegister(ctx context.Context, tx pgx.Tx, d *civic.District, thing int64, day civic.Day) error {
	if err := lockOccurrences(ctx, tx, d, thing, day); err != nil {
		return err
	}
	found, err := readThings(ctx, tx, d, []int64{thing})
	if err != nil {
		return err
	}
	t, ok := found[thing]
	if !ok || t.Publication != civic.Published {
		return civic.ErrNotFound
	}
	contents, err := rowsOf(t.Kind).read(ctx, tx, d, []int64{thing})
	if err != nil {
		return err
	}
	return civic.CanRegister(d, civic.Described{Thing: t, Content: contents[thing]}, day, time.Now())
}

// lockOccurrences locks an occurrence of a thing until the transaction has ended, or all
// for the day 0, so that nobody else takes a place meanwhile.
func lockOccurrences(ctx context.Context, tx pgx.Tx, d *civic.District, thing int64, day civic.Day) error {
	_, err := tx.Exec(ctx, `
		select
		from occurrences
		where district_id = @district
		  and thing_id = @thing
		  and (@day::date is null or day = @day)
		order by day
		for update`, pgx.NamedArgs{"district": d.ID, "thing": thing, "day": nullDay(day)})
	if err != nil {
		return fmt.Errorf("lock occurrences: %w", err)
	}
	return nil
}

// addRegistration adds a registration that is not confirmed, or returns the one that the
// contact has, which it changes as long as that is not confirmed either.
func addRegistration(ctx context.Context, tx pgx.Tx, d *civic.District, contact int64, r civic.NewRegistration) (id int64, err error) {
	err = tx.QueryRow(ctx, `
		insert into registrations as present (district_id, thing_id, day, contact_id, name, named, seats, state)
		values (@district, @thing, @day, @contact, @name, @named, @seats, 'unconfirmed')
		on conflict (district_id, thing_id, day, contact_id) where state <> 'cancelled' do update
		set name = case present.state when 'unconfirmed' then excluded.name else present.name end,
		  named = case present.state when 'unconfirmed' then excluded.named else present.named end,
		  seats = case present.state when 'unconfirmed' then excluded.seats else present.seats end
		returning registration_id`, pgx.NamedArgs{
		"district": d.ID, "thing": r.ThingID, "day": r.Day.Time(), "contact": contact, "name": r.Name, "named": r.Named, "seats": r.Seats,
	}).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("add a registration: %w", err)
	}
	return id, nil
}

// confirmRegistration gives a registration that is not confirmed a place, or has it wait
// for one, of which a mail tells. The caller has locked the occurrence.
func confirmRegistration(ctx context.Context, tx pgx.Tx, d *civic.District, thing int64, day civic.Day, id int64) error {
	args := pgx.NamedArgs{"district": d.ID, "thing": thing, "day": day.Time(), "id": id}
	tag, err := tx.Exec(ctx, `
		update registrations
		set state = 'waiting',
		  confirmed_at = clock_timestamp(),
		  told_starts_at = (
		    select starts_at
		    from occurrences
		    where occurrences.district_id = @district
		      and occurrences.thing_id = @thing
		      and occurrences.day = @day
		  )
		where district_id = @district
		  and registration_id = @id
		  and state = 'unconfirmed'`, args)
	if err != nil {
		return fmt.Errorf("confirm a registration: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return nil
	}
	if err := seatWaiting(ctx, tx, d, thing); err != nil {
		return err
	}
	r, err := oneRegistration(ctx, tx, d, id)
	if err != nil || r.State != civic.InLine {
		return err
	}
	var contact int64
	if err := tx.QueryRow(ctx, `
		select contact_id
		from registrations
		where district_id = @district
		  and registration_id = @id`, args).Scan(&contact); err != nil {
		return fmt.Errorf("read who has registered: %w", err)
	}
	return queueMail(ctx, tx, d, civic.Mail{
		Contact: contact, Kind: civic.MailWaiting, Thing: thing, Fact: fmt.Sprint(civic.MailWaiting, " ", id), Data: registrationData(id),
	})
}

// registrationData is what a mail about a registration has besides its thing.
func registrationData(id int64) map[string]string {
	return map[string]string{"registration": strconv.FormatInt(id, 10)}
}

// queueSeating queues the statement that seats those who wait for a thing.
func queueSeating(b *pgx.Batch, d *civic.District, thing int64) {
	b.Queue(seatWaitingSQL, pgx.NamedArgs{
		"district": d.ID, "thing": thing, "kind": string(civic.MailSeated), "job": sendMailArgs{}.Kind(), "attempts": maxMailAttempts, "queue": mailQueue,
	})
}

// seatWaiting seats those who wait for a thing whose occurrences are locked.
func seatWaiting(ctx context.Context, tx pgx.Tx, d *civic.District, thing int64) error {
	var b pgx.Batch
	queueSeating(&b, d, thing)
	if err := tx.SendBatch(ctx, &b).Close(); err != nil {
		return fmt.Errorf("seat those who wait: %w", err)
	}
	return nil
}

// registrationID returns the registration that the token of a mail is about.
func (s *Store) registrationID(d *civic.District, token string) (int64, error) {
	if s.keys != nil {
		if values, ok := s.keys.Verify(registrationPurpose, token); ok && len(values) == 2 && values[0] == int64(d.ID) {
			return values[1], nil
		}
	}
	return 0, fmt.Errorf("the link of a mail: %w", civic.ErrNotFound)
}

// RegistrationToken returns the token of the page of a registration, which only whoever
// has it may know.
func (s *Store) RegistrationToken(d *civic.District, id int64) string {
	return s.keys.Sign(registrationPurpose, int64(d.ID), id)
}

// registrationPath returns the path of the page of a registration.
func (s *Store) registrationPath(d *civic.District, id int64) string {
	return "/d/" + d.Slug + "/registrations/" + s.RegistrationToken(d, id)
}

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

// ConfirmRegistration confirms a registration by the token of a mail, and with it the
// address. To confirm it again changes nothing.
func (s *Store) ConfirmRegistration(ctx context.Context, d *civic.District, token string) (civic.Registration, error) {
	return s.changeRegistration(ctx, d, token, func(tx pgx.Tx, r civic.Registration) error {
		if r.State != civic.NotConfirmed {
			return nil
		}
		if err := canRegister(ctx, tx, d, r.ThingID, r.Day); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			update contacts
			set confirmed_at = coalesce(contacts.confirmed_at, now()),
			  bounced_at = null
			from registrations
			where contacts.district_id = @district
			  and registrations.district_id = @district
			  and registration_id = @id
			  and contacts.contact_id = registrations.contact_id`, pgx.NamedArgs{"district": d.ID, "id": r.ID})
		if err != nil {
			return fmt.Errorf("confirm the address: %w", err)
		}
		return confirmRegistration(ctx, tx, d, r.ThingID, r.Day, r.ID)
	})
}

// CancelRegistration gives up a registration by the token of a mail. Whoever waits for
// the place has it then. To give it up again changes nothing.
func (s *Store) CancelRegistration(ctx context.Context, d *civic.District, token string) (civic.Registration, error) {
	return s.changeRegistration(ctx, d, token, func(tx pgx.Tx, r civic.Registration) error {
		if err := lockOccurrences(ctx, tx, d, r.ThingID, r.Day); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			update registrations
			set state = 'cancelled'
			where district_id = @district
			  and registration_id = @id`, pgx.NamedArgs{"district": d.ID, "id": r.ID})
		if err != nil {
			return fmt.Errorf("give up a registration: %w", err)
		}
		return seatWaiting(ctx, tx, d, r.ThingID)
	})
}

// changeRegistration changes the registration that the token of a mail is about, and
// returns it as it is then.
func (s *Store) changeRegistration(ctx context.Context, d *civic.District, token string, change func(pgx.Tx, civic.Registration) error) (civic.Registration, error) {
	id, err := s.registrationID(d, token)
	if err != nil {
		return civic.Registration{}, err
	}
	var out civic.Registration
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		r, err := oneRegistration(ctx, tx, d, id)
		if err != nil {
			return err
		}
		if err := change(tx, r); err != nil {
			return err
		}
		out, err = oneRegistration(ctx, tx, d, id)
		return err
	})
	if err != nil {
		return out, fmt.Errorf("change a registration of %s: %w", d.Slug, civicError(err))
	}
	return out, nil
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

// SetAttendance records who of those who have registered for a day of a thing came, by
// the ids of their registrations. It returns the error of civic.Can when the actor may
// not change the thing.
func (s *Store) SetAttendance(ctx context.Context, d *civic.District, actor civic.Actor, thing int64, day civic.Day, came []int64) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		found, err := readThings(ctx, tx, d, []int64{thing})
		if err != nil {
			return err
		}
		t, ok := found[thing]
		if !ok {
			return civic.ErrNotFound
		}
		if err := civic.Can(actor, civic.Edit, t, time.Now()); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			update registrations
			set attended = registration_id = any(@came::bigint[])
			where district_id = @district
			  and thing_id = @thing
			  and day = @day
			  and state = 'seated'`, pgx.NamedArgs{"district": d.ID, "thing": thing, "day": day.Time(), "came": came})
		return err //nolint:wrapcheck // said below
	})
	if err != nil {
		return fmt.Errorf("record who came to thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return nil
}

// deleteUnconfirmedRegistrations deletes registrations that nobody has confirmed while
// the link of the mail works.
func (s *Store) deleteUnconfirmedRegistrations(ctx context.Context, d *civic.District) error {
	_, err := s.writePool.Exec(ctx, `
		delete from registrations
		where district_id = @district
		  and state = 'unconfirmed'
		  and created_at < now() - @lifetime::interval`, pgx.NamedArgs{"district": d.ID, "lifetime": confirmLifetime})
	if err != nil {
		return fmt.Errorf("delete registrations that nobody has confirmed: %w", civicError(err))
	}
	return nil
}

// registeredFor returns the things for which a contact has registered, and locks their
// occurrences.
func registeredFor(ctx context.Context, tx pgx.Tx, d *civic.District, contact int64) ([]int64, error) {
	rows, _ := tx.Query(ctx, `
		select distinct thing_id
		from registrations
		where district_id = @district
		  and contact_id = @contact
		order by 1`, pgx.NamedArgs{"district": d.ID, "contact": contact}) // CollectRows returns the error
	things, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("read for what somebody has registered: %w", err)
	}
	for _, thing := range things {
		if err := lockOccurrences(ctx, tx, d, thing, 0); err != nil {
			return nil, err
		}
	}
	return things, nil
}

// TakenSeats returns how many seats of the occurrences of a thing are taken, by their
// days; those without any are missing.
func (s *Store) TakenSeats(ctx context.Context, d *civic.District, thing int64) (map[civic.Day]civic.Taken, error) {
	rows, _ := s.readPool.Query(ctx, `
		select day - date '1970-01-01', coalesce(sum(seats) filter (where state = 'seated'), 0), coalesce(sum(seats) filter (where state = 'waiting'), 0)
		from registrations
		where district_id = @district
		  and thing_id = @thing
		  and state in ('seated', 'waiting')
		group by day`, pgx.NamedArgs{"district": d.ID, "thing": thing}) // ForEachRow returns the error
	taken := map[civic.Day]civic.Taken{}
	var day int32
	var of civic.Taken
	if _, err := pgx.ForEachRow(rows, []any{&day, &of.Seated, &of.Waiting}, func() error { taken[civic.Day(day)] = of; return nil }); err != nil {
		return nil, fmt.Errorf("count the seats of thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return taken, nil
}

// calendarPurpose is what the tokens of the calendars of contacts are signed for: the
// district and the contact.
const calendarPurpose = "calendar"

// CalendarToken returns the token of the calendar of a contact, which only they may know.
func (s *Store) CalendarToken(d *civic.District, contact int64) string {
	return s.keys.Sign(calendarPurpose, int64(d.ID), contact)
}

// ContactCalendar returns what the token of a calendar is of: the public events that the
// contact follows, each with the day 0, and the occurrences for which they have
// registered. It returns civic.ErrNotFound for a token that is not valid.
func (s *Store) ContactCalendar(ctx context.Context, d *civic.District, token string) ([]civic.CalendarChoice, error) {
	var values []int64
	ok := s.keys != nil
	if ok {
		values, ok = s.keys.Verify(calendarPurpose, token)
	}
	if !ok || len(values) != 2 || values[0] != int64(d.ID) {
		return nil, fmt.Errorf("the address of a calendar: %w", civic.ErrNotFound)
	}
	rows, _ := s.readPool.Query(ctx, `
		select thing_id, 0
		from follows
		join things using (district_id, thing_id)
		where district_id = @district
		  and contact_id = @contact
		  and confirmed_at is not null
		  and ended_at is null
		  and kind = any(@kinds)
		  and publication = 'published'
		union
		select thing_id, day - date '1970-01-01'
		from registrations
		join things using (district_id, thing_id)
		where district_id = @district
		  and contact_id = @contact
		  and registrations.state in ('seated', 'waiting')
		  and publication = 'published'
		order by 1, 2`, pgx.NamedArgs{"district": d.ID, "contact": values[1], "kinds": occurringKinds()}) // CollectRows returns the error
	chosen, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c civic.CalendarChoice, err error) {
		return c, row.Scan(&c.ThingID, &c.Day)
	})
	if err != nil {
		return nil, fmt.Errorf("read the calendar of a contact of %s: %w", d.Slug, civicError(err))
	}
	return chosen, nil
}

// occurringKinds returns the names of the kinds of what takes place.
func occurringKinds() (names []string) {
	for _, k := range civic.ThingKinds() {
		if k.Rules().Occurs != nil {
			names = append(names, k.String())
		}
	}
	return names
}

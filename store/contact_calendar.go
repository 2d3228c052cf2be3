package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

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

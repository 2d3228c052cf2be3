package web

import (
	"context"

	"github.com/pinezka/pinezka/civic"
)

// Calendar implements events.Store.
func (s fairStore) Calendar(ctx context.Context, d *civic.District, q civic.CalendarQuery) ([]civic.CalendarEntry, error) {
	return fairly(ctx, s.querying, func() ([]civic.CalendarEntry, error) { return s.store.Calendar(ctx, d, q) })
}

// CalendarThings implements events.Store.
func (s fairStore) CalendarThings(ctx context.Context, d *civic.District, q civic.CalendarQuery, limit int) ([]int64, error) {
	return fairly(ctx, s.querying, func() ([]int64, error) { return s.store.CalendarThings(ctx, d, q, limit) })
}

// Register implements events.Store.
func (s fairStore) Register(ctx context.Context, d *civic.District, r civic.NewRegistration) (civic.Registration, error) {
	return fairly(ctx, s.querying, func() (civic.Registration, error) { return s.store.Register(ctx, d, r) })
}

// RegistrationToken implements events.Store. It needs no connection.
func (s fairStore) RegistrationToken(d *civic.District, id int64) string {
	return s.store.RegistrationToken(d, id)
}

// Registration implements events.Store.
func (s fairStore) Registration(ctx context.Context, d *civic.District, token string) (civic.Registration, error) {
	return fairly(ctx, s.querying, func() (civic.Registration, error) { return s.store.Registration(ctx, d, token) })
}

// ConfirmRegistration implements events.Store.
func (s fairStore) ConfirmRegistration(ctx context.Context, d *civic.District, token string) (civic.Registration, error) {
	return fairly(ctx, s.querying, func() (civic.Registration, error) { return s.store.ConfirmRegistration(ctx, d, token) })
}

// CancelRegistration implements events.Store.
func (s fairStore) CancelRegistration(ctx context.Context, d *civic.District, token string) (civic.Registration, error) {
	return fairly(ctx, s.querying, func() (civic.Registration, error) { return s.store.CancelRegistration(ctx, d, token) })
}

// StopNaming implements events.Store.
func (s fairStore) StopNaming(ctx context.Context, d *civic.District, token string) (civic.Registration, error) {
	return fairly(ctx, s.querying, func() (civic.Registration, error) { return s.store.StopNaming(ctx, d, token) })
}

// NamedAttendees implements events.Store.
func (s fairStore) NamedAttendees(ctx context.Context, d *civic.District, thing int64) (map[civic.Day][]string, error) {
	return fairly(ctx, s.querying, func() (map[civic.Day][]string, error) { return s.store.NamedAttendees(ctx, d, thing) })
}

// TakenSeats implements events.Store.
func (s fairStore) TakenSeats(ctx context.Context, d *civic.District, thing int64) (map[civic.Day]civic.Taken, error) {
	return fairly(ctx, s.querying, func() (map[civic.Day]civic.Taken, error) { return s.store.TakenSeats(ctx, d, thing) })
}

// Registrations implements events.Store.
func (s fairStore) Registrations(ctx context.Context, d *civic.District, thing int64, day civic.Day) ([]civic.Registration, error) {
	return fairly(ctx, s.querying, func() ([]civic.Registration, error) { return s.store.Registrations(ctx, d, thing, day) })
}

// SetAttendance implements events.Store.
func (s fairStore) SetAttendance(ctx context.Context, d *civic.District, actor civic.Actor, thing int64, day civic.Day, came []int64) error {
	return fairlyDo(ctx, s, func() error { return s.store.SetAttendance(ctx, d, actor, thing, day, came) })
}

// ContactCalendar implements events.Store.
func (s fairStore) ContactCalendar(ctx context.Context, d *civic.District, token string) ([]civic.CalendarChoice, error) {
	return fairly(ctx, s.querying, func() ([]civic.CalendarChoice, error) { return s.store.ContactCalendar(ctx, d, token) })
}

// CalendarToken implements contacts.Store. It needs no connection.
func (s fairStore) CalendarToken(d *civic.District, contact int64) string {
	return s.store.CalendarToken(d, contact)
}

// RegistrationsOf implements contacts.Store.
func (s fairStore) RegistrationsOf(ctx context.Context, d *civic.District, contact int64) (all []civic.Registration, paths []string, err error) {
	all, err = fairly(ctx, s.querying, func() (found []civic.Registration, err error) {
		found, paths, err = s.store.RegistrationsOf(ctx, d, contact)
		return found, err
	})
	return all, paths, err
}

package store_test

import (
	"errors"
	"path"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestContactCalendar has in the calendar of a contact that for which they have a place,
// and what they follow, until they give it up; nobody else has the address.
func TestContactCalendar(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	id, day := p.announce(t, p.eventAt(72*time.Hour, 2))
	const anna = "anna@example.org"
	if _, err := p.Register(t.Context(), p.d, civic.NewRegistration{ThingID: id, Day: day, Email: anna, Seats: 1}); err != nil {
		t.Fatal(err)
	}
	p.settle(t)
	token := path.Base(box.received()[0].Links["action"])
	if _, err := p.ConfirmRegistration(t.Context(), p.d, token); err != nil {
		t.Fatal(err)
	}
	var contact int64
	if err := p.conn.QueryRow(t.Context(), "select contact_id from registrations").Scan(&contact); err != nil {
		t.Fatal(err)
	}
	check := func(what string, want ...civic.CalendarChoice) {
		t.Helper()
		got, err := p.ContactCalendar(t.Context(), p.d, p.CalendarToken(p.d, contact))
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", what, err, diff)
		}
	}
	one := civic.CalendarChoice{ThingID: id, Day: day}
	check("registered", one)
	if _, err := p.conn.Exec(t.Context(), "insert into follows (district_id, thing_id, contact_id, cadence, confirmed_at) select district_id, $1, contact_id, 'instant', now() from contacts", id); err != nil {
		t.Fatal(err)
	}
	check("followed, too", civic.CalendarChoice{ThingID: id}, one)
	if _, err := p.CancelRegistration(t.Context(), p.d, token); err != nil {
		t.Fatal(err)
	}
	check("given up", civic.CalendarChoice{ThingID: id})

	elsewhere := *p.d
	elsewhere.ID++
	for what, other := range map[string]string{
		"another purpose": token, "another district": p.CalendarToken(&elsewhere, contact), "nothing": "",
	} {
		if got, err := p.ContactCalendar(t.Context(), p.d, other); !errors.Is(err, civic.ErrNotFound) {
			t.Errorf("a token of %s: %v, %v", what, got, err)
		}
	}
}

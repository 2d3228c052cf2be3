package store_test

import (
	"path"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestNamedAttendees names those who came and agreed to it, once the event has ended, and
// nobody who took that back or was erased.
func TestNamedAttendees(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	id, day := p.announce(t, p.eventAt(20*time.Hour, 0))
	var came []int64
	ids, contacts := map[string]int64{}, map[string]int64{}
	for _, r := range []civic.NewRegistration{{Name: "Wanda", Named: true}, {Name: "Anna", Named: true}, {Name: "Bob"}, {Name: "Celina", Named: true}, {Name: "Darek", Named: true}} {
		contacts[r.Name] = p.contact(t, r.Name+"@example.org")
		r.ThingID, r.Day, r.Seats, r.ContactID = id, day, 1, contacts[r.Name]
		registered, err := p.Register(t.Context(), p.d, r)
		if err != nil {
			t.Fatal(err)
		}
		if ids[r.Name] = registered.ID; r.Name != "Celina" {
			came = append(came, registered.ID)
		}
	}
	if err := p.SetAttendance(t.Context(), p.d, moderator, id, day, came); err != nil {
		t.Fatal(err)
	}
	check := func(what string, want ...string) {
		t.Helper()
		names, err := p.NamedAttendees(t.Context(), p.d, id)
		if diff := cmp.Diff(want, names[day]); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", what, err, diff)
		}
	}
	check("before it has ended")
	if _, err := p.conn.Exec(t.Context(), `update occurrences set starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour' where thing_id = $1`, id); err != nil {
		t.Fatal(err)
	}
	check("once it has ended", "Anna", "Darek", "Wanda")
	token := path.Base(p.RegistrationToken(p.d, ids["Darek"]))
	if r, err := p.StopNaming(t.Context(), p.d, token); err != nil || r.Named || r.State != civic.Seated {
		t.Errorf("not named any more: %+v, %v", r, err)
	}
	check("without one who took it back", "Anna", "Wanda")
	if _, err := p.conn.Exec(t.Context(), `delete from contacts where contact_id = $1`, contacts["Wanda"]); err != nil {
		t.Fatal(err)
	}
	check("without one who was erased", "Anna")
}

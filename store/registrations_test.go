package store_test

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// eventAt returns what an event says that begins in some hours, and lasts for two.
func (p post) eventAt(in time.Duration, capacity int) civic.RecordDraft {
	starts := time.Now().Add(in)
	return civic.RecordDraft{Kind: civic.EventThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": "Picnic"}, "address": {"en": "Square 1"}},
		Words: map[string]string{
			"type": "integration", "starts": p.d.LocalTimeOf(starts).String(), "ends": p.d.LocalTimeOf(starts.Add(2 * time.Hour)).String(),
			"registration": "needed", "capacity": fmt.Sprint(capacity),
		},
	}}
}

// announce adds an event, and returns it with the day of its first occurrence.
func (p post) announce(t testing.TB, e civic.RecordDraft) (id int64, day civic.Day) {
	t.Helper()
	content, err := p.d.AcceptRecord(e)
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Do(t.Context(), p.d, moderator, civic.Command{Action: civic.Submit, Kind: civic.EventThing, Content: content})
	if err != nil {
		t.Fatal(err)
	}
	return out.Changed[0].ID, e.Occurrences()[0].Day
}

// edit changes what an event says.
func (p post) edit(t testing.TB, id int64, change func(*civic.RecordDraft)) {
	t.Helper()
	found, err := p.Thing(t.Context(), p.d, id)
	if err != nil {
		t.Fatal(err)
	}
	says := found.Content.(civic.Record).RecordDraft
	change(&says)
	content, err := p.d.AcceptRecord(says)
	if err != nil {
		t.Fatal(err)
	}
	p.act(t, civic.Command{Action: civic.Edit, Version: found.Version, Content: content}, id)
}

// TestRegistration has places taken, waited for and given up: who waits is seated in
// order, hears of it once, and hears of every change of the time once.
func TestRegistration(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	tokens := map[string]string{}
	check := func(what string, want ...string) {
		t.Helper()
		p.settle(t)
		for _, l := range box.received() {
			if action := l.Links["action"]; strings.Contains(action, "/registrations/") {
				tokens[l.To] = path.Base(action)
			}
		}
		if diff := cmp.Diff(want, box.told()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	id, day := p.announce(t, p.eventAt(72*time.Hour, 2))
	register := func(name string, seats int) civic.Registration {
		t.Helper()
		r, err := p.Register(t.Context(), p.d, civic.NewRegistration{ThingID: id, Day: day, Email: name + "@example.org", Seats: seats, Name: name})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	confirm := func(name string) civic.RegistrationState {
		t.Helper()
		r, err := p.ConfirmRegistration(t.Context(), p.d, tokens[name+"@example.org"])
		if err != nil {
			t.Fatal(err)
		}
		return r.State
	}
	if r := register("anna", 1); r != (civic.Registration{}) {
		t.Errorf("what is known before the address is confirmed: %v", r)
	}
	register("anna", 1) // sent twice
	check("registered", "anna: confirm ", "anna: confirm ")
	if got := confirm("anna"); got != civic.Seated {
		t.Errorf("anna is %s", got)
	}
	confirm("anna") // opened twice
	check("confirmed", "anna: seated Picnic")

	register("bob", 2)
	register("cecil", 1)
	check("two more", "bob: confirm ", "cecil: confirm ")
	if bob, cecil := confirm("bob"), confirm("cecil"); bob != civic.InLine || cecil != civic.InLine {
		t.Errorf("bob is %s, cecil, whom nobody passes over, %s", bob, cecil)
	}
	check("no place", "bob: waiting Picnic", "cecil: waiting Picnic")
	if r, err := p.Registration(t.Context(), p.d, tokens["cecil@example.org"]); err != nil || r.Ahead != 2 {
		t.Errorf("before cecil wait %d: %v", r.Ahead, err)
	}

	for range 2 {
		if r, err := p.CancelRegistration(t.Context(), p.d, tokens["anna@example.org"]); err != nil || r.State != civic.GivenUp {
			t.Errorf("anna is %s: %v", r.State, err)
		}
	}
	check("given up", "bob: seated Picnic")
	p.edit(t, id, func(e *civic.RecordDraft) { e.Words["capacity"] = "3" })
	check("a larger room", "cecil: seated Picnic")

	later := p.d.LocalTimeOf(time.Now().Add(96 * time.Hour))
	p.edit(t, id, func(e *civic.RecordDraft) {
		e.Words["starts"], e.Words["ends"] = later.String(), civic.LocalTime{Day: later.Day + 1, Minute: later.Minute}.String()
	})
	check("moved to another day, on which nobody has registered", "bob: called_off Picnic", "cecil: called_off Picnic")
	if _, err := p.Register(t.Context(), p.d, civic.NewRegistration{ThingID: id, Day: later.Day, Email: "dora@example.org", Seats: 1}); err != nil {
		t.Error(err)
	}
}

func TestRegistrationsAreToldOfChanges(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	check := func(what string, want ...string) {
		t.Helper()
		p.settle(t)
		if diff := cmp.Diff(want, box.told()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	e := p.eventAt(72*time.Hour, 0)
	day := e.Occurrences()[0].Day
	e.Words["every"], e.Words["until"] = "week", (day + 21).String()
	id, _ := p.announce(t, e)
	anna := p.contact(t, "anna@example.org")
	for _, on := range []civic.Day{day, day + 7} {
		r, err := p.Register(t.Context(), p.d, civic.NewRegistration{ThingID: id, Day: on, ContactID: anna, Seats: 1})
		if err != nil || r.State != civic.Seated {
			t.Fatalf("%v: %v", r, err)
		}
	}
	check("two of a series", "anna: seated Picnic", "anna: seated Picnic")
	p.edit(t, id, func(e *civic.RecordDraft) { e.Texts["summary"] = civic.Text{"en": "Bring cake"} })
	check("the same times")
	moved := civic.Values{Words: map[string]string{
		"day": (day + 7).String(), "change": "moved", "starts": civic.LocalTime{Day: day + 8, Minute: 600}.String(), "ends": civic.LocalTime{Day: day + 8, Minute: 660}.String(),
	}}
	p.edit(t, id, func(e *civic.RecordDraft) { e.Rows = map[string][]civic.Values{"occurrences": {moved}} })
	check("one is moved", "anna: rescheduled Picnic")
	p.act(t, civic.Command{Action: civic.Cancel, Reason: "Rain"}, id)
	check("all are called off", "anna: called_off Picnic", "anna: called_off Picnic")
	p.act(t, civic.Command{Action: civic.Resume}, id)
	check("the sun shines", "anna: rescheduled Picnic", "anna: rescheduled Picnic")
	p.act(t, civic.Command{Action: civic.Hide, Reason: "A mistake"}, id)
	check("it is hidden", "anna: called_off Picnic", "anna: called_off Picnic")
	if _, err := p.Register(t.Context(), p.d, civic.NewRegistration{ThingID: id, Day: day, ContactID: anna, Seats: 1}); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("registered for what is hidden: %v", err)
	}
}

// TestPlacesAreNotExceeded has many register, and give up, at once.
func TestPlacesAreNotExceeded(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	const people, places = 24, 7
	id, day := p.announce(t, p.eventAt(72*time.Hour, places))
	contacts := make([]int64, people)
	for i := range contacts {
		contacts[i] = p.contact(t, fmt.Sprintf("r%d@example.org", i))
	}
	all := func(do func(i int) error) {
		t.Helper()
		var group sync.WaitGroup
		for i := range people {
			group.Go(func() {
				if err := do(i); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
	count := func(state civic.RegistrationState) (n int) {
		t.Helper()
		if err := p.conn.QueryRow(t.Context(), `select count(*) from registrations where state = $1`, string(state)).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	all(func(i int) error {
		_, err := p.Register(t.Context(), p.d, civic.NewRegistration{ThingID: id, Day: day, ContactID: contacts[i], Seats: 1})
		return err
	})
	if seated, waiting := count(civic.Seated), count(civic.InLine); seated != places || waiting != people-places {
		t.Errorf("%d are seated, %d wait", seated, waiting)
	}
	paths := make([]string, people)
	for i, contact := range contacts {
		_, found, err := p.RegistrationsOf(t.Context(), p.d, contact)
		if err != nil || len(found) != 1 {
			t.Fatal(found, err)
		}
		paths[i] = found[0]
	}
	all(func(i int) error {
		if i%2 == 0 {
			return nil
		}
		_, err := p.CancelRegistration(t.Context(), p.d, path.Base(paths[i]))
		return err
	})
	if seated, waiting := count(civic.Seated), count(civic.InLine); seated != places || waiting != people/2-places {
		t.Errorf("once half have given up, %d are seated, %d wait", seated, waiting)
	}
	var mails int
	if err := p.conn.QueryRow(t.Context(), `select count(*) from deliveries where kind = 'seated'`).Scan(&mails); err != nil {
		t.Fatal(err)
	}
	var ever int
	if err := p.conn.QueryRow(t.Context(), `select count(*) from registrations where told_starts_at is not null and exists (select from deliveries where kind = 'seated' and data ->> 'registration' = registration_id::text)`).Scan(&ever); err != nil {
		t.Fatal(err)
	}
	if mails != ever || mails < places {
		t.Errorf("%d mails to %d who had a place", mails, ever)
	}
	if err := p.EraseContact(t.Context(), p.d, civic.Actor{Kind: civic.Operator}, firstSeated(t, p), true); err != nil {
		t.Fatal(err)
	}
	if seated := count(civic.Seated); seated != min(places, people/2-1) {
		t.Errorf("once one was erased, %d are seated", seated)
	}
}

func firstSeated(t testing.TB, p post) (contact int64) {
	t.Helper()
	if err := p.conn.QueryRow(t.Context(), `select min(contact_id) from registrations where state = 'seated'`).Scan(&contact); err != nil {
		t.Fatal(err)
	}
	return contact
}

// TestReminders reminds whoever has a place of what begins within a day, once.
func TestReminders(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	anna, bob := p.contact(t, "anna@example.org"), p.contact(t, "bob@example.org")
	soon, day := p.announce(t, p.eventAt(20*time.Hour, 0))
	later, laterDay := p.announce(t, p.eventAt(48*time.Hour, 0))
	off, offDay := p.announce(t, p.eventAt(20*time.Hour, 0))
	for _, r := range []civic.NewRegistration{
		{ThingID: soon, Day: day, ContactID: anna}, {ThingID: soon, Day: day, ContactID: bob}, {ThingID: later, Day: laterDay, ContactID: anna}, {ThingID: off, Day: offDay, ContactID: anna},
	} {
		r.Seats = 1
		if _, err := p.Register(t.Context(), p.d, r); err != nil {
			t.Fatal(err)
		}
	}
	// They have registered long ago, but bob, who has just been told.
	if _, err := p.conn.Exec(t.Context(), `update registrations set confirmed_at = now() - interval '3 days' where contact_id = $1`, anna); err != nil {
		t.Fatal(err)
	}
	p.act(t, civic.Command{Action: civic.Cancel, Reason: "Rain"}, off)
	var box mailbox
	p.run(t, box.deliver)
	reminders := func() (n int) {
		for _, l := range box.received() {
			if l.Kind == civic.MailReminder {
				n++
			}
		}
		return n
	}
	await(t, "a reminder", func() bool { return reminders() > 0 })
	p.settle(t)
	for _, l := range box.received() {
		if l.Kind == civic.MailReminder && (l.To != "anna@example.org" || l.Registration.ThingID != soon || l.Event == nil) {
			t.Errorf("a reminder to %s of %v", l.To, l.Registration)
		}
	}
	if n := reminders(); n != 1 {
		t.Errorf("%d reminders", n)
	}
}

// TestFieldsOfOneRelationStayApart links an event to a programme and to a working group,
// which are the same relation, and changes one of them.
func TestFieldsOfOneRelationStayApart(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	add := func(kind civic.ThingKind) int64 {
		t.Helper()
		content, err := p.d.AcceptRecord(civic.RecordDraft{Kind: kind, Values: civic.Values{
			Texts: map[string]civic.Text{"name": {"en": "Name"}, "about": {"en": "About"}, "criteria": {"en": "All"}, "purpose": {"en": "Purpose"}},
			Words: map[string]string{"places": "10", "meetings": "open", "enrol_from": "2026-01-01", "enrol_until": "2026-02-01"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		out, err := p.Do(t.Context(), p.d, moderator, civic.Command{Action: civic.Submit, Kind: kind, Content: content})
		if err != nil {
			t.Fatal(err)
		}
		return out.Changed[0].ID
	}
	programme, group := add(civic.ProgrammeThing), add(civic.GroupThing)
	event, _ := p.announce(t, p.eventAt(72*time.Hour, 0))
	p.act(t, civic.Command{Action: civic.AddLink, Link: civic.NewLink{Field: "programme", Thing: programme}}, event)
	p.act(t, civic.Command{Action: civic.AddLink, Link: civic.NewLink{Field: "group", Thing: group}}, event)
	found, err := p.Thing(t.Context(), p.d, event)
	if err != nil {
		t.Fatal(err)
	}
	p.act(t, civic.Command{
		Action: civic.Edit, Version: found.Version, Content: found.Content, Links: []civic.FieldLinks{{Field: "group"}, {Field: "programme", Things: []int64{programme}}},
	}, event)
	linked, err := p.Links(t.Context(), p.d, []int64{event})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]civic.Link{{From: event, Relation: civic.PartOf, To: programme}}, linked.Links); diff != "" {
		t.Error(diff)
	}
}

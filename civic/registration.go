package civic

import (
	"slices"
	"strings"
	"time"
)

// RegistrationState is where a registration stands. It is part of the keys of messages.
type RegistrationState string

// The states of a registration.
const (
	NotConfirmed RegistrationState = "unconfirmed" // the mail that asks to confirm it has not been followed
	InLine       RegistrationState = "waiting"     // for a place
	Seated       RegistrationState = "seated"
	GivenUp      RegistrationState = "cancelled" // by whoever had registered
)

// MaxSeats is the number of people for whom one can register.
const MaxSeats = 6

// NewRegistration is what somebody enters to come to an occurrence: a contact who has
// signed in, or somebody with an e-mail address, to which a mail is sent first.
type NewRegistration struct {
	ThingID   int64
	Day       Day    // of the series
	ContactID int64  // 0 for the address
	Email     string // "" for the contact
	Language  string // of mail to the address
	Name      string // by which they want to be called; "" for none
	Named     bool   // whether the minutes and the page may name them, once they were there
	Seats     int    // 1 to MaxSeats
}

// Check returns the registration with clean texts, or its faults, as Faults.
func (r NewRegistration) Check() (NewRegistration, error) {
	var f Faults
	r.Email, r.Name = strings.TrimSpace(r.Email), cleanLine(r.Name)
	if r.ContactID == 0 && r.Email == "" {
		f = append(f, Fault{"email", "missing", "an e-mail address is needed"})
	}
	f = append(f, checkEmail(r.Email)...)
	f = append(f, checkText("name", r.Name, 0, maxPersonName)...)
	if r.Named && r.Name == "" {
		f = append(f, Fault{"name", "missing", "the name by which the page of the event may name you"})
	}
	if r.Seats < 1 || r.Seats > MaxSeats {
		f = append(f, Fault{"seats", "malformed", "a number from 1 to 6"})
	}
	return r, f.Err()
}

// Registration is somebody who comes to an occurrence, or waits for a place.
type Registration struct {
	ID       int64
	ThingID  int64
	Title    string // of the thing
	Day      Day    // of the series
	Starts   time.Time
	Ends     time.Time
	Off      bool // whether the occurrence does not take place; then Starts and Ends can be zero
	Name     string
	Named    bool
	Seats    int
	State    RegistrationState
	Ahead    int   // seats that others wait for before, of one that waits
	Attended *bool // nil while nobody has said
}

// Taken is how many seats of an occurrence are taken, and wanted by those who wait.
type Taken struct{ Seated, Waiting int }

// CanRegister returns Faults unless one can register for the occurrence of an event on a
// day at the time: it is announced, has registration, and is still to come.
func CanRegister(d *District, t Described, day Day, now time.Time) error {
	r, _ := t.Content.(Record)
	all := r.Occurrences()
	if i := slices.IndexFunc(all, func(o Occurrence) bool { return o.Day == day }); i >= 0 {
		return CanRegisterFor(t, all[i], d.Zone(), now)
	}
	return registrationFault("unknown", "it does not take place on this day")
}

// CanRegisterFor returns what CanRegister does of an occurrence of the event.
func CanRegisterFor(t Described, o Occurrence, zone *time.Location, now time.Time) error {
	r, _ := t.Content.(Record)
	switch {
	case t.Kind != EventThing || t.Publication != Published || t.State != "announced" || r.Words["registration"] != "needed":
		return registrationFault("closed", "one cannot register for it")
	case o.Cancelled:
		return registrationFault("unknown", "it does not take place on this day")
	case !o.Starts.In(zone).After(now):
		return registrationFault("past", "it has begun")
	}
	return nil
}

// registrationFault returns Faults of the occurrence for which somebody registers.
func registrationFault(code, detail string) error { return Faults{{"day", code, detail}} }

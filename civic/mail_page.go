package civic

import "time"

// Question is what a moderator has asked the reporter of a thing last, as the link
// of the mail shows it.
type Question struct {
	Title    string // of the thing
	Text     string
	Answered bool // whether the reporter has answered it
}

// Decision is what was decided about a thing, as the link of the mail to whoever it
// concerns shows it.
type Decision struct {
	Title    string // of the thing
	Reason   string
	ReasonIn Text // a template that it is, by language; nil for none
	At       time.Time
	Objected bool // whether that person has objected to it
	Changed  bool // whether the thing is no longer as it was decided
	Late     bool // whether more than ObjectionMonths have passed
}

// ObjectionMonths is how long somebody can object to a decision (article 20 of the
// Digital Services Act).
const ObjectionMonths = 6

// Open reports whether an objection to the decision is possible.
func (d Decision) Open() bool { return !d.Objected && !d.Changed && !d.Late }

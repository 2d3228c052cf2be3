package civic

// Status is the progress of a need. Potentials and organisations make no
// progress: theirs is always Active. The zero value is none.
type Status uint8

// The statuses.
const (
	Reported Status = iota + 1
	UnderDiagnosis
	Diagnosed
	InAction
	Met
	Verified
	PassedOn    // to the body that is responsible, with a reason
	NotPossible // with a reason
	Reopened
	Active // of a potential or an organisation
)

var statusNames = []string{
	Reported: "reported", UnderDiagnosis: "under_diagnosis", Diagnosed: "diagnosed",
	InAction: "in_action", Met: "met", Verified: "verified", PassedOn: "passed_on",
	NotPossible: "not_possible", Reopened: "reopened", Active: "active",
}

// Statuses returns all statuses in the order of a need's progress, Active last.
func Statuses() []Status {
	return []Status{Reported, UnderDiagnosis, Diagnosed, InAction, Met, Verified, PassedOn, NotPossible, Reopened, Active}
}

// ParseStatus returns the status with the lower-case name s, or ErrInvalid.
func ParseStatus(s string) (Status, error) { return parseEnum[Status](statusNames, s, "status") }

// String returns the name that ParseStatus reads.
func (s Status) String() string { return enumName(statusNames, s) }

// MarshalText returns the same text as String.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText sets s as ParseStatus does.
func (s *Status) UnmarshalText(b []byte) (err error) { *s, err = ParseStatus(string(b)); return err }

func progressSteps() []step[Status] {
	staff := staff()
	steps := []step[Status]{
		{Reported, UnderDiagnosis, staff},
		{UnderDiagnosis, Diagnosed, staff},
		{Diagnosed, InAction, staff},
		{InAction, Met, staff},
		{Met, Verified, staff},
		{Met, Reopened, []Role{Resident, Animator, Moderator}},
		{Verified, Reopened, staff},
		{PassedOn, Reopened, staff},
		{NotPossible, Reopened, staff},
		{Reopened, UnderDiagnosis, staff},
	}
	for _, from := range []Status{Reported, UnderDiagnosis, Diagnosed, InAction, Reopened} {
		steps = append(steps, step[Status]{from, PassedOn, staff}, step[Status]{from, NotPossible, staff})
	}
	return steps
}

// Step checks that the role may change the status of a need from s to another.
// It returns ErrConflict when there is no such step, ErrUnauthenticated when
// the role is the zero value, and ErrForbidden when only other roles may make
// the step.
func (s Status) Step(to Status, role Role) error { return checkStep(progressSteps(), s, to, role) }

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

// ProgressSteps returns the lifecycle of a need.
func ProgressSteps() []Step[Status] {
	steps := []Step[Status]{
		{BeginDiagnosis, Reported, UnderDiagnosis},
		{EndDiagnosis, UnderDiagnosis, Diagnosed},
		{BeginAction, Diagnosed, InAction},
		{Meet, InAction, Met},
		{Verify, Met, Verified},
		{Reopen, Met, Reopened},
		{Reopen, Verified, Reopened},
		{Reopen, PassedOn, Reopened},
		{Reopen, NotPossible, Reopened},
		{BeginDiagnosis, Reopened, UnderDiagnosis},
	}
	// A diagnosis or an initiative that is published later says that there was one.
	for _, from := range []Status{Reported, Reopened} {
		steps = append(steps, Step[Status]{EndDiagnosis, from, Diagnosed})
	}
	for _, from := range []Status{Reported, UnderDiagnosis, Reopened} {
		steps = append(steps, Step[Status]{BeginAction, from, InAction})
	}
	for _, from := range []Status{Reported, UnderDiagnosis, Diagnosed, InAction, Reopened} {
		steps = append(steps, Step[Status]{PassOn, from, PassedOn}, Step[Status]{Refuse, from, NotPossible})
	}
	return steps
}

// After returns the status of a need after an action. It returns ErrConflict when
// the action cannot be taken in the status s.
func (s Status) After(action Action) (Status, error) { return next(ProgressSteps(), s, action) }

package civic

import "crypto/rand"

// enrolmentRules returns the rules of enrolments: what somebody says who applies for
// a programme, what was decided about that and why, and the certificate of whoever
// graduates.
func enrolmentRules() KindRules {
	return KindRules{
		Name: "enrolment", Plural: "enrolments", Private: true, Reachable: true,
		Fields: []Field{
			{Name: "name", Type: WordField, Required: true, Hint: true}, // as the certificate has it
			{Name: "motivation", Type: SaidField, Required: true},
			{Name: "answers", Type: SaidField, Required: true, Hint: true}, // to the criteria
			{Name: "named", Type: ChoiceField, Options: []string{"no", "yes"}, Hint: true},
			{Name: "number", Type: WordField, Computed: true}, // of the certificate
			{Name: "graduated_on", Type: DateField, Computed: true},
		},
		Links: []LinkRule{
			{Field: "programme", Relation: PartOf, Kinds: []ThingKind{ProgrammeThing}, Presence: Required, One: true, Judge: judgeEnrolment},
		},
		Initial: "applied",
		Steps: []Step[State]{
			{Select, "applied", "selected"},
			{Select, "reserve", "selected"},
			{Select, "not_selected", "selected"},
			{Reserve, "applied", "reserve"},
			{Decline, "applied", "not_selected"},
			{Decline, "reserve", "not_selected"},
			{Graduate, "selected", "graduated"},
			{Leave, "selected", "left"},
			{Leave, "reserve", "left"},
		},
		Ready: readyEnrolment,
		Roles: map[Action][]Role{
			Submit: {Anybody}, Edit: staff(), Select: staff(), Reserve: staff(), Decline: staff(), Graduate: staff(), Leave: staff(),
		},
	}
}

// judgeEnrolment returns the faults of an enrolment for a programme: a new one for one
// that nobody can enrol for.
func judgeEnrolment(_ RecordDraft, programme Described, isNew bool) Faults {
	if isNew && programme.State != "enrolling" {
		return Faults{{"programme", "closed", "one cannot enrol for it now"}}
	}
	return nil
}

// certificateDigits is how many characters the number of a certificate has: 50 random
// bits, so that nobody finds one by trying.
const certificateDigits = 10

// readyEnrolment returns an enrolment once a step is taken: that of a graduate has the
// day and a number by which anybody can verify the certificate.
func readyEnrolment(_ *District, action Action, today Day, says RecordDraft) (RecordDraft, Faults) {
	if action == Graduate {
		set := map[string]string{"number": rand.Text()[:certificateDigits], "graduated_on": today.String()}
		says.Words = with(with(says.Words, "number", set), "graduated_on", set)
	}
	return says, nil
}

// TakesPlace reports whether an enrolment in a state takes a place of its programme.
func (s State) TakesPlace() bool { return s == "selected" || s == "graduated" }

// Applicant is an enrolment with what was decided about it.
type Applicant struct {
	Described
	AppliedOn Day
	Confirmed bool   // whether their address is
	DecidedOn Day    // 0 for not yet
	Because   string // the reason of the last decision; "" for none
	Attended  []Meeting
}

// Meeting is one of the times at which a session of a programme takes place: the session
// and the day by which the occurrence is known.
type Meeting struct {
	Session int64 `json:"session"`
	Day     Day   `json:"day"`
}

// AttendanceMark says whether somebody has attended a meeting.
type AttendanceMark struct {
	Enrolment int64 `json:"enrolment"`
	Meeting
	Attended bool `json:"attended"`
}

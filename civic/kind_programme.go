package civic

// programmeRules returns the rules of programmes: a series of sessions for which
// people enrol, and are selected by criteria that are stated before.
func programmeRules() KindRules {
	rules := KindRules{
		Name: "programme", Plural: "programmes", Followed: true,
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true},
			{Name: "about", Type: MarkdownField, Required: true},
			{Name: "criteria", Type: MarkdownField, Required: true, Hint: true, Open: []State{"announced"}},
			{Name: "places", Type: NumberField, Required: true},
			{Name: "enrol_from", Type: DateField},
			{Name: "enrol_until", Type: DateField, Required: true, Due: true, Awaiting: []State{"announced", "enrolling"}},
			{Name: "begins", Type: DateField},
			{Name: "ends", Type: DateField, Due: true, Awaiting: []State{"running"}},
			{Name: "attendance_needed", Type: NumberField, Hint: true}, // percent of the sessions
			{Name: "materials", Type: RowsField, Rows: []Field{
				{Name: "name", Type: LineField, Required: true},
				{Name: "address", Type: URLField, Required: true},
			}},
			{Name: "categories", Type: CategoriesField},
		},
		Initial: "announced",
		Steps: []Step[State]{
			{OpenEnrolment, "announced", "enrolling"},
			{Start, "enrolling", "running"},
			{Complete, "running", "finished"},
			{Resume, "cancelled", "announced"},
		},
		Check: checkProgramme,
		Roles: map[Action][]Role{
			Submit: staff(), Edit: staff(), OpenEnrolment: staff(), Start: staff(), Complete: staff(), Cancel: staff(), Resume: staff(), Withdraw: staff(),
			MarkAttendance: staff(),
		},
	}
	for _, from := range []State{"announced", "enrolling", "running"} {
		rules.Steps = append(rules.Steps, Step[State]{Cancel, from, "cancelled"})
	}
	return rules
}

// checkProgramme returns what is wrong with the days and numbers of a programme.
func checkProgramme(_ *District, says RecordDraft) (faults Faults) {
	for _, span := range [][2]string{{"enrol_from", "enrol_until"}, {"begins", "ends"}} {
		if first, last := says.Day(span[0]), says.Day(span[1]); first != 0 && last != 0 && last < first {
			faults = append(faults, Fault{span[1], "order", "it must not end before it begins"})
		}
	}
	if says.Number("places") == 0 {
		faults = append(faults, Fault{"places", "missing", "at least one"})
	}
	if says.Number("attendance_needed") > 100 {
		faults = append(faults, Fault{"attendance_needed", "malformed", "at most 100 percent"})
	}
	return faults
}

// Enrols reports whether one can enrol for a programme that says this, in a state on
// a day.
func (r RecordDraft) Enrols(state State, today Day) bool {
	return state == "enrolling" && today >= r.Day("enrol_from") && today <= r.Day("enrol_until")
}

// SessionsNeeded returns how many of the sessions of a programme that says this a
// graduate has attended.
func (r RecordDraft) SessionsNeeded(sessions int) int {
	return (r.Number("attendance_needed")*sessions + 99) / 100
}

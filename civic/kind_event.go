package civic

// eventRules returns the rules of events: where people meet, once or again and
// again. A debate is an event with a topic, and can have the evidence with which it
// was opened.
func eventRules() KindRules {
	members := append([]Role{Member}, staff()...)
	hosts := append([]Role{Council}, members...)
	return KindRules{
		Name: "event", Plural: "events", Place: Optional, Followed: true,
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true},
			{Name: "type", Type: ChoiceField, Required: true, Filters: true, Options: []string{
				"integration", "debate", "workshop", "meeting", "session", "duty", "walk",
			}},
			{Name: "topic", Type: LineField, Hint: true}, // the question of a debate
			{Name: "summary", Type: MarkdownField},
			{Name: "starts", Type: TimeField, Required: true},
			{Name: "ends", Type: TimeField, Required: true},
			{Name: "every", Type: ChoiceField, Options: eventFrequencies(), Hint: true}, // "" for once
			{Name: "until", Type: DateField, Hint: true},                                // the last day of a series
			{Name: "occurrences", Type: RowsField, Rows: []Field{ // those of a series that differ from it, or of which there is more to say
				{Name: "day", Type: DateField, Required: true}, // of the series
				{Name: "change", Type: ChoiceField, Options: []string{"as_planned", "cancelled", "moved"}},
				{Name: "starts", Type: TimeField}, // of one that is moved
				{Name: "ends", Type: TimeField},
				{Name: "note", Type: LineField},
				{Name: "attendance", Type: NumberField},
				{Name: "minutes", Type: MarkdownField},
			}},
			{Name: "address", Type: LineField},
			{Name: "online", Type: URLField, Hint: true},
			{Name: "area", Type: AreaField},
			{Name: "categories", Type: CategoriesField},
			{Name: "registration", Type: ChoiceField, Options: []string{"none", "needed"}},
			{Name: "capacity", Type: NumberField, Hint: true}, // of each occurrence; "" for any number
			{Name: "accessibility", Type: ChoicesField, Filters: true, Options: []string{"step_free", "induction_loop", "sign_language", "child_care", "interpreting"}},
			{Name: "access_note", Type: TextField},
			{Name: "agenda", Type: MarkdownField},
			{Name: "minutes", Type: MarkdownField},
			{Name: "attendance", Type: NumberField},
			{Name: "weighing", Type: ChoiceField, Options: []string{"dots", "consent"}, Hint: true}, // "" for none
			{Name: "dots", Type: NumberField},
			{Name: "weighing_from", Type: TimeField},
			{Name: "weighing_until", Type: TimeField},
			{Name: "weighing_room", Type: NumberField, Hint: true}, // how many weighed them in the room, by show of hands
			{Name: "question", Type: QueryField},
			{Name: "figures", Type: FrozenField},
		},
		Links: []LinkRule{
			{Field: "about", Relation: DiscussedAt, Incoming: true, Kinds: []ThingKind{PinThing, DiagnosisThing, InitiativeThing, PracticumThing, RecommendationThing}, Begins: true},
			{Field: "organisers", Relation: TakesPart, Incoming: true, Kinds: []ThingKind{OrganisationThing, PinThing}},
			{Field: "uses", Relation: Uses, Kinds: []ThingKind{PinThing, OfferThing}},
			{Field: "programme", Relation: PartOf, Kinds: []ThingKind{ProgrammeThing}, One: true, Begins: true}, // of which it is a session
			{Field: "led_to", Relation: ResultedIn, Kinds: []ThingKind{InitiativeThing, PracticumThing, RecommendationThing, ResolutionThing}},
			{Field: "group", Relation: PartOf, Kinds: []ThingKind{GroupThing}, One: true, Begins: true},
		},
		Initial: "announced",
		Steps: []Step[State]{
			{Hold, "announced", "held"},
			{Cancel, "announced", "cancelled"},
			{Resume, "cancelled", "announced"},
		},
		Check:  checkEvent,
		Occurs: eventOccurrences,
		Awaits: awaitMinutes,
		Fixed:  fixedWeighing,
		Roles: map[Action][]Role{
			Submit: hosts, Edit: members, PostUpdate: hosts, Hold: hosts, Cancel: hosts, Resume: hosts, Withdraw: members,
		},
	}
}

// eventFrequencies returns how often an event can be repeated: daily, weekly, every
// second week, on the same day of each month, and on the same weekday of each month,
// such as the second Tuesday.
func eventFrequencies() []string {
	return []string{"day", "week", "two_weeks", "month_day", "month_weekday"}
}

// The longest an occurrence and a series may be, in days.
const (
	MaxOccurrence = 14
	MaxSeries     = 731
)

// checkEvent returns what is wrong with the times and the place of an event.
func checkEvent(_ *District, says RecordDraft) (faults Faults) {
	starts, _ := says.LocalTime("starts")
	ends, _ := says.LocalTime("ends")
	if fault := checkSpan(starts, ends); fault != "" {
		faults = append(faults, Fault{"ends", fault, "it must end after it starts, at most 14 days later"})
	}
	if says.Point == nil && says.Words["online"] == "" && !says.has(Field{Name: "address", Type: LineField}) {
		faults = append(faults, Fault{"place", "missing", "a place on the map, an address or an address online"})
	}
	if says.Words["type"] == "debate" && !says.has(Field{Name: "topic", Type: LineField}) {
		faults = append(faults, Fault{"topic", "missing", "the question of the debate"})
	}
	return append(append(faults, checkSeries(says, starts)...), checkWeighing(says)...)
}

// checkSpan returns the code of the fault of a time at which something ends, or "".
func checkSpan(starts, ends LocalTime) string {
	switch {
	case ends.floating().Sub(starts.floating()) <= 0:
		return "order"
	case ends.Day > starts.Day+MaxOccurrence:
		return "too_late"
	}
	return ""
}

// checkSeries returns what is wrong with how an event is repeated.
func checkSeries(says RecordDraft, starts LocalTime) (faults Faults) {
	until := says.Day("until")
	switch {
	case says.Words["every"] == "" && until != 0:
		return Faults{{"every", "missing", "how often it is repeated"}}
	case says.Words["every"] == "" && len(says.Rows["occurrences"]) > 0:
		return Faults{{"occurrences", "unknown", "it is not repeated"}}
	case says.Words["every"] == "":
		return nil
	case until == 0:
		return Faults{{"until", "missing", "the last day of the series"}}
	case until < starts.Day:
		return Faults{{"until", "order", "the last day is before the first"}}
	case until > starts.Day+MaxSeries:
		return Faults{{"until", "too_late", "a series can be repeated for two years"}}
	}
	return checkOccurrences(says)
}

// minutesAfter is after how many days the minutes of an event are awaited.
const minutesAfter = 14

// awaitMinutes returns by when minutes are awaited: of a debate, a workshop or a
// meeting, of the first occurrence that has none.
func awaitMinutes(says RecordDraft, state State) Awaited {
	minutes := Field{Name: "minutes", Type: MarkdownField}
	switch says.Words["type"] {
	case "debate", "workshop", "meeting":
	default:
		return Awaited{}
	}
	if state == "cancelled" || says.has(minutes) {
		return Awaited{}
	}
	for _, o := range eventOccurrences(says) {
		if o.Cancelled || o.Row != 0 && says.Rows["occurrences"][o.Row-1].has(minutes) {
			continue
		}
		return Awaited{Day: o.Ends.Day + minutesAfter, Field: minutes.Name}
	}
	return Awaited{}
}

package civic

// initiativeRules returns the rules of initiatives: actions that answer diagnoses
// and needs, use potentials and join organisations.
func initiativeRules() KindRules {
	members := append([]Role{Member}, staff()...)
	rules := KindRules{
		Name: "initiative", Plural: "initiatives", Place: Optional, Followed: true, Outcome: true,
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true},
			{Name: "summary", Type: MarkdownField, Required: true},
			{Name: "area", Type: AreaField},
			{Name: "categories", Type: CategoriesField},
			{Name: "begins", Type: DateField},
			{Name: "ends", Type: DateField, Due: true},
			{Name: "tasks", Type: RowsField, Rows: []Field{
				{Name: "task", Type: LineField, Required: true},
				{Name: "due", Type: DateField, Due: true},
				{Name: "done", Type: ChoiceField, Options: []string{"no", "yes"}, Ends: "yes"},
			}},
			{Name: "outcome", Type: MarkdownField}, // what changed afterwards
		},
		Links: []LinkRule{
			{Field: "answers", Relation: AnswersTo, Kinds: []ThingKind{DiagnosisThing, PinThing, RecommendationThing, ThemeThing}, Begins: true},
			{Field: "uses", Relation: Uses, Kinds: []ThingKind{PinThing, OfferThing, PracticeThing}},
			{Field: "partners", Relation: TakesPart, Incoming: true, Kinds: []ThingKind{OrganisationThing, PinThing}},
		},
		Initial: "idea",
		Steps: []Step[State]{
			{Plan, "idea", "planned"},
			{SeekSupport, "idea", "seeking_support"},
			{SeekSupport, "planned", "seeking_support"},
			{Start, "idea", "running"},
			{Start, "planned", "running"},
			{Start, "seeking_support", "running"},
			{Complete, "running", "done"},
			{Evaluate, "done", "evaluated"},
			{Resume, "abandoned", "planned"},
			{Resume, "done", "running"},
		},
		Awaiting: []State{"idea", "planned", "seeking_support", "running"},
		Roles: map[Action][]Role{
			Submit: {Member, Animator, Council, Moderator}, Edit: members, PostUpdate: append([]Role{Council}, members...),
			Plan: members, SeekSupport: members, Start: members, Complete: members, Evaluate: members, Abandon: members, Resume: members, Withdraw: members,
		},
	}
	for _, from := range []State{"idea", "planned", "seeking_support", "running"} {
		rules.Steps = append(rules.Steps, Step[State]{Abandon, from, "abandoned"})
	}
	return rules
}

// askRules returns the rules of asks: what an initiative needs from others, such as
// a room on Saturday.
func askRules() KindRules {
	rules := exchangeRules("ask", "asks")
	rules.Links = []LinkRule{
		{Field: "for", Relation: PartOf, Kinds: []ThingKind{InitiativeThing, PracticumThing, OrganisationThing}, Presence: Required, Begins: true},
		{Field: "met_by", Relation: Uses, Kinds: []ThingKind{OfferThing}, Shared: true, Tells: MailTakenUp},
	}
	return rules
}

// offerRules returns the rules of offers: what somebody can give.
func offerRules() KindRules {
	rules := exchangeRules("offer", "offers")
	rules.Links = []LinkRule{{Field: "by", Relation: PartOf, Kinds: []ThingKind{OrganisationThing, PinThing}}}
	return rules
}

// exchangeRules returns what asks and offers have in common, so that one matches
// the other.
func exchangeRules(name, plural string) KindRules {
	members := append([]Role{Member}, staff()...)
	return KindRules{
		Name: name, Plural: plural, Place: Optional, Outcome: true,
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true},
			{Name: "what", Type: ChoiceField, Required: true, Options: []string{"room", "people", "tool", "skill", "material", "money", "transport", "other"}},
			{Name: "details", Type: TextField},
			{Name: "categories", Type: CategoriesField},
			{Name: "from", Type: DateField},
			{Name: "until", Type: DateField, Due: true},
		},
		Initial: "open",
		Steps: []Step[State]{
			{Complete, "open", "settled"},
			{Resume, "settled", "open"},
		},
		Awaiting: []State{"open"},
		Roles: map[Action][]Role{
			Submit: members, Edit: members, Complete: members, Resume: members, StillTrue: members, Withdraw: members,
		},
	}
}

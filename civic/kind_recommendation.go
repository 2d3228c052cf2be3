package civic

// recommendationRules returns the rules of recommendations: what the working group
// advises an office to do, its reply, and what came of it.
func recommendationRules() KindRules {
	replies := []Role{Animator, Council, Moderator}
	rules := KindRules{
		Name: "recommendation", Plural: "recommendations", Followed: true,
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true},
			{Name: "addressee", Type: LineField, Required: true},
			{Name: "paragraphs", Type: RowsField, Required: true, Rows: []Field{
				{Name: "text", Type: MarkdownField, Required: true},
				{Name: "reply", Type: ChoiceField, Options: []string{"accepted", "in_part", "rejected"}},
				{Name: "reasons", Type: TextField},
			}},
			{Name: "area", Type: AreaField},
			{Name: "categories", Type: CategoriesField},
			{Name: "deadline", Type: DateField, Due: true},
			{Name: "dissent", Type: RowsField, Rows: []Field{
				{Name: "who", Type: LineField, Required: true},
				{Name: "text", Type: TextField, Required: true},
			}},
			{Name: "steps", Type: RowsField, Rows: []Field{ // of the execution
				{Name: "step", Type: LineField, Required: true},
				{Name: "due", Type: DateField, Due: true},
				{Name: "done", Type: ChoiceField, Options: []string{"no", "yes"}, Ends: "yes"},
			}},
			{Name: "question", Type: WordField},
			{Name: "figures", Type: FrozenField},
		},
		Links: []LinkRule{
			{Field: "answers", Relation: AnswersTo, Kinds: []ThingKind{DiagnosisThing, PinThing}, Begins: true},
			{Field: "led_to", Relation: ResultedIn, Kinds: []ThingKind{InitiativeThing, ResolutionThing}},
		},
		Initial: "draft",
		Steps: []Step[State]{
			{Consult, "draft", "consulted"},
			{Adopt, "draft", "adopted"},
			{Adopt, "consulted", "adopted"},
			{Send, "adopted", "sent"},
			{AcceptReply, "sent", "accepted"},
			{AcceptInPart, "sent", "accepted_in_part"},
			{Reject, "sent", "rejected"},
			{Execute, "accepted", "in_execution"},
			{Execute, "accepted_in_part", "in_execution"},
			{Complete, "in_execution", "done"},
			{Lapse, "sent", "lapsed"},
			{Lapse, "accepted", "lapsed"},
			{Lapse, "accepted_in_part", "lapsed"},
			{Lapse, "in_execution", "lapsed"},
			{Resume, "lapsed", "sent"},
		},
		Awaiting: []State{"sent", "accepted", "accepted_in_part", "in_execution"},
		Roles: map[Action][]Role{
			Submit: staff(), Edit: staff(), Consult: staff(), Adopt: staff(), Send: staff(), Resume: staff(), Withdraw: staff(),
			AcceptReply: replies, AcceptInPart: replies, Reject: replies, Execute: replies, Complete: replies, Lapse: replies,
		},
	}
	return rules
}

// commentRules returns the rules of comments on a paragraph of a thing, which are
// moderated as pins are.
func commentRules() KindRules {
	return KindRules{
		Name: "comment", Plural: "comments",
		Fields: []Field{
			{Name: "text", Type: SaidField, Required: true},
			{Name: "author", Type: WordField},
			{Name: "paragraph", Type: WordField}, // its number, beginning with 1; "" for the whole
			{Name: "answer", Type: TextField},    // of the staff
		},
		Links: []LinkRule{{Field: "on", Relation: PartOf, Kinds: []ThingKind{RecommendationThing, InitiativeThing, DiagnosisThing}, Presence: Required, One: true}},
		Roles: map[Action][]Role{Submit: {Anybody}, Edit: staff()},
	}
}

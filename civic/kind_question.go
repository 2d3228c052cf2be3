package civic

// questionRules returns the rules of questions to a debate, asked beforehand or in the
// room. They are moderated as pins are, and supported as these.
func questionRules() KindRules {
	return KindRules{
		Name: "question", Plural: "questions", Supported: true,
		Fields: []Field{
			{Name: "text", Type: SaidField, Required: true},
			{Name: "author", Type: WordField},
			{Name: "source", Type: ChoiceField, Options: []string{"online", "room"}, Staff: true},
			{Name: "answer", Type: MarkdownField, Staff: true},
		},
		Links: []LinkRule{
			{Field: "on", Relation: CommentOn, Kinds: []ThingKind{EventThing}, Presence: Required, One: true, Judge: judgeQuestion},
		},
		Roles: map[Action][]Role{Submit: {Anybody}, Edit: staff()},
	}
}

// judgeQuestion returns the faults of a question to an event: a new one to one that is no
// debate, or does not take place.
func judgeQuestion(_ RecordDraft, on Described, isNew bool) Faults {
	says, _ := on.Content.(Record)
	if isNew && (says.Words["type"] != "debate" || on.State == "cancelled") {
		return Faults{{"on", "closed", "one cannot ask there"}}
	}
	return nil
}

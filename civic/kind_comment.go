package civic

// commentRules returns the rules of comments on a paragraph of a thing, which are
// moderated as pins are.
func commentRules() KindRules {
	return KindRules{
		Name: "comment", Plural: "comments",
		Fields: []Field{
			{Name: "text", Type: SaidField, Required: true},
			{Name: "author", Type: WordField},
			{Name: "paragraph", Type: WordField}, // its number, beginning with 1; "" for the whole
			{Name: "answer", Type: TextField, Staff: true},
		},
		Links: []LinkRule{{
			Field: "on", Relation: CommentOn, Kinds: []ThingKind{RecommendationThing, InitiativeThing, DiagnosisThing, ThemeThing}, Presence: Required, One: true,
			ForEditors: func(on Thing) bool { return on.Kind == RecommendationThing && on.State == "draft" },
			Judge:      judgeComment,
		}},
		Knows: []Role{Member}, // of the working group that writes what it is on
		Roles: map[Action][]Role{Submit: {Anybody}, Edit: staff()},
	}
}

// judgeComment returns the faults of a comment on a thing: a new one on a
// recommendation that is neither written nor under consultation, or one on a paragraph that does not
// exist.
func judgeComment(says RecordDraft, on Described, isNew bool) (faults Faults) {
	content, _ := on.Content.(Record)
	if isNew && on.Kind == RecommendationThing && on.State != "consulted" && on.State != "draft" {
		faults = append(faults, Fault{"on", "closed", "it is not under consultation"})
	}
	if n := says.Words["paragraph"]; n != "" && (says.Number("paragraph") < 1 || says.Number("paragraph") > len(content.Rows["paragraphs"])) {
		faults = append(faults, Fault{"paragraph", "unknown", "there is no such paragraph"})
	}
	return faults
}

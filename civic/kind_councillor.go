package civic

// councillorRules returns the rules of councillors, who represent a ward.
func councillorRules() KindRules {
	roles := []Role{Council, Moderator, Admin}
	return KindRules{
		Name: "councillor", Plural: "councillors",
		Fields: []Field{
			{Name: "name", Type: WordField, Required: true},
			{Name: "ward", Type: WardField}, // "" for the whole district
			{Name: "role", Type: LineField},
			{Name: "committees", Type: LineField},
			{Name: "hours", Type: TextField},
			{Name: "email", Type: EmailField, Hint: true},
			{Name: "phone", Type: PhoneField, Hint: true},
			{Name: "website", Type: URLField},
			{Name: "from", Type: DateField},
			{Name: "until", Type: DateField},
		},
		Initial: "in_office",
		Steps: []Step[State]{
			{EndTerm, "in_office", "former"},
			{Resume, "former", "in_office"},
		},
		Roles: map[Action][]Role{Submit: roles, Publish: roles, Edit: roles, EndTerm: roles, Resume: roles, Withdraw: roles},
	}
}

// resolutionRules returns the rules of resolutions of the council.
func resolutionRules() KindRules {
	roles := []Role{Council, Moderator, Admin}
	return KindRules{
		Name: "resolution", Plural: "resolutions", Outcome: true,
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true},
			{Name: "number", Type: WordField, Required: true},
			{Name: "adopted_on", Type: DateField, Required: true},
			{Name: "summary", Type: MarkdownField}, // in plain words
			{Name: "areas", Type: AreasField},
			{Name: "categories", Type: CategoriesField},
			{Name: "website", Type: URLField}, // of the official text
		},
		Links: []LinkRule{
			{Field: "answers", Relation: AnswersTo, Kinds: []ThingKind{PinThing, DiagnosisThing, RecommendationThing}},
		},
		Roles: map[Action][]Role{Submit: roles, Publish: roles, Edit: roles, Withdraw: roles},
	}
}

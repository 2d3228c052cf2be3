package civic

// diagnosisRules returns the rules of diagnoses: what an animator has found for an
// area, with the pins that show it.
func diagnosisRules() KindRules {
	return KindRules{
		Name: "diagnosis", Plural: "diagnoses", Followed: true, Outcome: true,
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true},
			{Name: "finding", Type: MarkdownField, Required: true},
			{Name: "limits", Type: MarkdownField}, // what it is not: too little data, other causes
			{Name: "area", Type: AreaField},
			{Name: "categories", Type: CategoriesField},
			{Name: "question", Type: QueryField}, // that the figures answer
			{Name: "figures", Type: FrozenField}, // the evidence as it was
		},
		Links: []LinkRule{
			{Field: "evidence", Relation: EvidenceFor, Incoming: true, Kinds: []ThingKind{PinThing}, Presence: Required, Begins: true},
			{Field: "serves", Relation: Uses, Kinds: []ThingKind{PinThing, OrganisationThing, OfferThing, PracticeThing}},
		},
		Initial: "current",
		Steps: []Step[State]{
			{Close, "current", "closed"},
			{Reopen, "closed", "current"},
		},
		Roles: map[Action][]Role{
			Submit: staff(), Edit: staff(), Close: staff(), Reopen: staff(), Withdraw: staff(),
		},
	}
}

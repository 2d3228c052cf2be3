package civic

// themeRules returns the rules of themes: what several ideas of an event have in common,
// which those who take part weigh, and of which something can come.
func themeRules() KindRules {
	return KindRules{
		Name: "theme", Plural: "themes", Quiet: true,
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true},
			{Name: "summary", Type: MarkdownField},
			{Name: "area", Type: AreaField},
			{Name: "categories", Type: CategoriesField},
			{Name: "room_dots", Type: NumberField, Hint: true}, // in the room, by show of hands
			{Name: "room_agree", Type: NumberField},
			{Name: "room_aside", Type: NumberField},
			{Name: "room_object", Type: NumberField},
		},
		Links: []LinkRule{
			{Field: "at", Relation: PartOf, Kinds: []ThingKind{EventThing}, Presence: Required, One: true},
			{Field: "ideas", Relation: EvidenceFor, Incoming: true, Kinds: []ThingKind{IdeaThing}},
		},
		Roles: map[Action][]Role{Submit: staff(), Edit: staff(), Withdraw: staff()},
	}
}

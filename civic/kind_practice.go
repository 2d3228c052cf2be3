package civic

// practiceRules returns the rules of practices: know-how brought home, which whoever
// writes a diagnosis or begins an initiative is shown, and can name.
func practiceRules() KindRules {
	members := append([]Role{Member}, staff()...)
	return KindRules{
		Name: "practice", Plural: "practices",
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true},
			{Name: "article", Type: MarkdownField, Required: true},
			{Name: "origin", Type: LineField}, // the place that it comes from, such as "Ghent, Belgium"
			{Name: "source", Type: URLField},
			{Name: "cost", Type: ChoiceField, Options: []string{"none", "low", "medium", "high"}, Filters: true},
			{Name: "cost_note", Type: LineField},
			{Name: "needs", Type: TextField},      // what it takes
			{Name: "conditions", Type: TextField}, // where it works
			{Name: "effect", Type: TextField},     // the evidence of what it changed
			{Name: "categories", Type: CategoriesField},
		},
		Roles: map[Action][]Role{
			Submit: members, Edit: members, Publish: {Moderator}, Withdraw: members,
		},
	}
}

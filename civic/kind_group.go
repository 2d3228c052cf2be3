package civic

// groupRules returns the rules of working groups: who writes recommendations, from which
// sectors and for how long. Their accounts are members by grants, as of organisations.
func groupRules() KindRules {
	return KindRules{
		Name: "group", Plural: "groups",
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true},
			{Name: "purpose", Type: MarkdownField, Required: true},
			{Name: "members", Type: RowsField, Rows: []Field{
				{Name: "name", Type: WordField, Required: true},
				{Name: "sector", Type: ChoiceField, Required: true, Options: Sectors()},
				{Name: "from", Type: DateField},
				{Name: "until", Type: DateField},
			}},
			{Name: "meetings", Type: ChoiceField, Options: []string{"open", "closed"}},
			{Name: "area", Type: AreaField},
			{Name: "categories", Type: CategoriesField},
		},
		Initial: "active",
		Steps: []Step[State]{
			{Close, "active", "closed"},
			{Reopen, "closed", "active"},
		},
		Roles: map[Action][]Role{Submit: staff(), Edit: staff(), Close: staff(), Reopen: staff(), Withdraw: staff()},
	}
}

// Sectors returns from where the members of a working group come.
func Sectors() []string {
	return []string{"resident", "organisation", "council", "office", "business", "expert"}
}

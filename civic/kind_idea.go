package civic

// ideaRules returns the rules of ideas: what somebody has said in the room, written on
// paper or sent in, on its own or for an event.
func ideaRules() KindRules {
	return KindRules{
		Name: "idea", Plural: "ideas", Place: Optional, Merges: true, Heard: true, Quiet: true,
		Fields: []Field{
			{Name: "text", Type: SaidField, Required: true},
			{Name: "author", Type: WordField}, // as they want to be named
			{Name: "source", Type: ChoiceField, Options: IdeaSources(), Filters: true, Staff: true},
			{Name: "sheet", Type: WordField, Staff: true}, // the number of the sheet of paper on which it was
			{Name: "area", Type: AreaField},
			{Name: "categories", Type: CategoriesField},
		},
		Links: []LinkRule{
			{Field: "at", Relation: PartOf, Kinds: []ThingKind{EventThing}, One: true, Begins: true},
		},
		Roles: map[Action][]Role{Submit: {Anybody}, Edit: staff(), Withdraw: append([]Role{Reporter}, staff()...)},
	}
}

// IdeaSources returns from where ideas come.
func IdeaSources() []string { return []string{"room", "paper", "online"} }

// OnlineIdea is the source of an idea that somebody has sent in.
const OnlineIdea = "online"

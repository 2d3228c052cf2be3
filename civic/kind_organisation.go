package civic

// organisationRules returns the rules of profiles of organisations. The pin of an
// organisation remains its place on the map, and its members edit the profile.
func organisationRules() KindRules {
	members := append([]Role{Member}, staff()...)
	return KindRules{
		Name: "organisation", Plural: "organisations",
		Fields: []Field{
			{Name: "name", Type: LineField, Required: true},
			{Name: "about", Type: MarkdownField, Required: true},
			{Name: "offers", Type: TextField},
			{Name: "seeks", Type: TextField},
			{Name: "areas", Type: AreasField},
			{Name: "categories", Type: CategoriesField},
			{Name: "website", Type: URLField},
			{Name: "email", Type: EmailField},
			{Name: "phone", Type: PhoneField},
		},
		Links: []LinkRule{
			{Field: "pin", Relation: ProfileOf, Kinds: []ThingKind{PinThing}, PinKind: Organisation, Presence: Required, One: true, Begins: true},
		},
		Initial: "unverified",
		Steps: []Step[State]{
			{Verify, "unverified", "verified"},
			{Unverify, "verified", "unverified"},
		},
		Roles: map[Action][]Role{
			Submit: members, Edit: members, StillTrue: members, Verify: {Moderator}, Unverify: {Moderator}, Withdraw: members,
		},
	}
}

package civic

import (
	"maps"
	"slices"
)

// practicumRules returns the rules of practicums: initiatives of those who take part in
// a programme. They are as all initiatives, but a layer of their own, and whoever has
// submitted one looks after it.
func practicumRules() KindRules {
	rules := initiativeRules()
	rules.Name, rules.Plural = "practicum", "practicums"
	rules.Links = append([]LinkRule{
		{Field: "programme", Relation: PartOf, Kinds: []ThingKind{ProgrammeThing}, Presence: Required, One: true},
	}, slices.Clone(rules.Links)...)
	for i := range rules.Links {
		rules.Links[i].Begins = false // which those begin who take part in a programme
	}
	rules.Roles = maps.Clone(rules.Roles)
	for action, roles := range rules.Roles {
		rules.Roles[action] = append([]Role{Reporter}, roles...)
	}
	rules.Roles[Submit] = []Role{Anybody} // who takes part in the programme, which the store knows
	rules.Roles[AddLink], rules.Roles[RemoveLink] = rules.Roles[Edit], rules.Roles[Edit]
	return rules
}

package kinds_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/kinds"
)

var update = flag.Bool("update", false, "write the contract of the kinds")

// TestContract holds the contract of the kinds against their rules, from which it
// is written.
func TestContract(t *testing.T) {
	const name = "openapi.yaml"
	parsed, err := template.New("").Funcs(template.FuncMap{
		"type": schemaOf, "filter": filterOf, "title": title, "states": statesOf, "still_true": func() civic.Action { return civic.StillTrue },
		"searched": func() string { return list(civic.SearchableKinds()) }, "actions": func() string { return list(actionsOnThings()) },
		"reasons": func() string {
			return list(slices.DeleteFunc(actionsOnThings(), func(a civic.Action) bool { return !a.NeedsReason() }))
		},
	}).ParseFiles("testdata/openapi.yaml.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	var rules []*civic.KindRules
	for _, kind := range kinds.All(kinds.Config{}) {
		rules = append(rules, kind.Kind.Rules())
	}
	var out strings.Builder
	if err := parsed.ExecuteTemplate(&out, "openapi.yaml.tmpl", rules); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(name, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(out.String(), string(got)); diff != "" {
		t.Errorf("%s is not what the rules say; write it with -update:\n%s", name, diff)
	}
}

// schemaOf returns the schema of the values of a field.
func schemaOf(f civic.Field) string {
	switch f.Type {
	case civic.LineField, civic.TextField, civic.MarkdownField:
		return `{$ref: "#/components/schemas/KindText"}`
	case civic.ChoiceField:
		return `{type: string, enum: ["", ` + strings.Join(f.Options, ", ") + `]}`
	case civic.ChoicesField:
		return `{type: array, maxItems: 200, items: {type: string, enum: [` + strings.Join(f.Options, ", ") + `]}}`
	case civic.TimeField:
		return `{type: string, maxLength: 16, description: "A day and a time by the clocks of the district, such as 2026-12-05T18:00, or an empty text"}`
	case civic.NumberField:
		return `{type: string, maxLength: 7, description: "A whole number, such as 30, or an empty text"}`
	case civic.AreasField, civic.CategoriesField:
		return `{type: array, maxItems: 200, items: {type: string, maxLength: 64}, description: Slugs}`
	case civic.DateField:
		return `{type: string, maxLength: 10, description: "A day, such as 2026-11-27, or an empty text"}`
	case civic.AreaField:
		return `{type: string, nullable: true, maxLength: 64, description: Slug of the area in which it is}`
	case civic.WardField:
		return `{type: string, maxLength: 64, description: "Slug of a ward, or an empty text"}`
	case civic.EmailField:
		return `{type: string, maxLength: 120, description: "An e-mail address, or an empty text"}`
	case civic.PhoneField:
		return `{type: string, maxLength: 120, description: "A telephone number, or an empty text"}`
	case civic.TopicField:
		return `{type: string, maxLength: 64, description: "Slug of a topic of advice, or an empty text"}`
	case civic.OutlineField:
		return `{type: string, maxLength: 10000, description: "An area or a line as GeoJSON in a text, or corners, one on a line, as latitude and longitude; or an empty text"}`
	case civic.SaidField:
		return `{type: string, maxLength: 4000}`
	case civic.QueryField:
		return `{type: string, maxLength: 2000, description: "The parameters of a filter of pins, such as kind=need&area=west, and a cell; figures are computed from it"}`
	case civic.FrozenField:
		return `{type: object, nullable: true, additionalProperties: true, description: "Figures as they were, which the program has computed"}`
	default:
		return `{type: string, maxLength: 120}`
	}
}

// filterOf returns the schema of the parameter that filters by a field.
func filterOf(f civic.Field) string {
	switch f.Type {
	case civic.DateField:
		return `{type: string, enum: ["yes"]}`
	case civic.ChoiceField, civic.ChoicesField:
		return `{type: string, enum: [` + strings.Join(f.Options, ", ") + `]}`
	default:
		return `{type: string, maxLength: 120}`
	}
}

// statesOf returns the states of a kind, separated by commas.
func statesOf(rules *civic.KindRules) string {
	var states []string
	add := func(s civic.State) {
		if s != "" && !slices.Contains(states, s.String()) {
			states = append(states, s.String())
		}
	}
	add(rules.Initial)
	for _, s := range rules.Steps {
		add(s.To)
	}
	return strings.Join(states, ", ")
}

// title returns a name with a capital letter.
func title(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// list returns names, separated by commas.
func list[T fmt.Stringer](all []T) string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = one.String()
	}
	return strings.Join(names, ", ")
}

// actionsOnThings returns the actions that can be taken on things through the API:
// those that the lifecycles have, but for what has a page or a route of its own.
func actionsOnThings() []civic.Action {
	elsewhere := []civic.Action{civic.Confirm, civic.KeepOriginal, civic.Report, civic.CloseReport, civic.Object, civic.HearReply, civic.Assign, civic.HandOver}
	return slices.DeleteFunc(civic.Actions(), func(a civic.Action) bool { return !changesThing(a) || slices.Contains(elsewhere, a) })
}

// changesThing reports whether an action can be taken on a thing in some state.
func changesThing(action civic.Action) bool {
	for publication := civic.Unconfirmed; publication <= civic.Withdrawn; publication++ {
		for _, kind := range civic.ThingKinds() {
			for _, s := range append(kind.Rules().Steps, civic.Step[civic.State]{}) {
				if _, err := (civic.Thing{Kind: kind, Publication: publication, State: s.From}).After(action); err == nil {
					return true
				}
			}
		}
	}
	return false
}

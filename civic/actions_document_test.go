package civic_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

var update = flag.Bool("update", false, "write the document of actions")

// TestActionsDocument holds docs/actions.md against the tables of actions, roles and
// lifecycles, from which it is written.
func TestActionsDocument(t *testing.T) {
	const name = "../docs/actions.md"
	want := actionsDocument()
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is not what the tables say; write it with -update (-tables +document):\n%s", name, diff)
	}
}

// actionsDocument returns the document in Markdown.
func actionsDocument() string {
	var b strings.Builder
	b.WriteString("# Actions\n\nWritten by `go test ./civic -run TestActionsDocument -update` from the tables of `civic`, which buttons, API and tests\n" +
		"follow too. Operators at the command line, and the program, may take every action; an animator acts in\n" +
		"their areas, a member on the pin of their organisation and on what it owns. What leads from no state changes none.\n\n" +
		"| action | needs | who is told |\n|---|---|---|\n")
	for _, action := range civic.Actions() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", action, needs(action), toldOf(action))
	}
	b.WriteString("\nWhat an action does to the needs that a thing concerns, where it is a step of theirs:\n\n| on | action | on the needs |\n|---|---|---|\n")
	for _, e := range civic.Effects() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", e.Kind.Plural(), e.Action, e.Then)
	}
	b.WriteString("\n## Publication of things of all kinds\n\n| action | leads from | to |\n|---|---|---|\n")
	writeSteps(&b, civic.PublicationSteps(), nil)
	for _, kind := range civic.ThingKinds() {
		fmt.Fprintf(&b, "\n## What may be done with %s\n\n| action | who may | leads from | to |\n|---|---|---|---|\n", kind.Plural())
		writeSteps(&b, kind.Rules().Steps, func(action civic.Action) string { return whoMay(action, kind) })
	}
	return b.String()
}

// writeSteps writes a row for each action that is in the steps; with who, for each
// that is possible on things of a kind.
func writeSteps[S interface {
	comparable
	fmt.Stringer
}](b *strings.Builder, steps []civic.Step[S], who func(civic.Action) string) {
	for _, action := range civic.Actions() {
		var from, to []string
		for _, s := range steps {
			if s.Action == action {
				from, to = append(from, s.From.String()), append(to, s.To.String())
			}
		}
		switch {
		case who == nil && from != nil:
			fmt.Fprintf(b, "| %s | %s | %s |\n", action, unique(from), unique(to))
		case who != nil && who(action) != "":
			fmt.Fprintf(b, "| %s | %s | %s | %s |\n", action, who(action), unique(from), unique(to))
		}
	}
}

// whoMay returns the roles that may take the action on a thing of the kind, or ""
// when the action is impossible in every state.
func whoMay(action civic.Action, kind civic.ThingKind) string {
	thing := civic.Thing{ID: 1, DistrictID: 1, Kind: kind, Publication: civic.Published, AreaID: 1, ReporterID: 7, OwnerID: 1}
	if !slices.Contains([]civic.Action{civic.Submit, civic.SeeDesk, civic.SeeAudit, civic.GiveRole, civic.WithdrawRole}, action) && !isPossible(action, kind) {
		return ""
	}
	now := time.Unix(0, 0)
	if civic.Can(civic.Actor{}, action, thing, now) == nil {
		return civic.Anybody.String()
	}
	var roles []string
	for _, role := range civic.Roles() {
		actor := civic.Actor{Kind: civic.Account, ID: 1, Grants: []civic.Grant{{DistrictID: 1, Role: role, OrganisationID: 1}}}
		if role == civic.Reporter {
			actor = civic.Actor{Kind: civic.Contact, ID: thing.ReporterID}
		}
		if civic.Can(actor, action, thing, now) == nil {
			roles = append(roles, role.String())
		}
	}
	return strings.Join(roles, ", ")
}

// isPossible reports whether the action can be taken in some state.
func isPossible(action civic.Action, kind civic.ThingKind) bool {
	states := []civic.State{kind.Rules().Initial}
	for _, s := range kind.Rules().Steps {
		states = append(states, s.From, s.To)
	}
	for p := civic.Unconfirmed; p <= civic.Withdrawn; p++ {
		for _, state := range states {
			if _, err := (civic.Thing{Kind: kind, Publication: p, State: state}).After(action); err == nil {
				return true
			}
		}
	}
	return false
}

// needs returns what a command with the action must have.
func needs(action civic.Action) string {
	var all []string
	if action.NeedsReason() {
		all = append(all, "a reason")
	}
	if action.NeedsText() {
		all = append(all, "a text")
	}
	if action.ChangesContent() {
		all = append(all, "the version")
	}
	return strings.Join(all, ", ")
}

// toldOf returns who is told of the action.
func toldOf(action civic.Action) string {
	audience := civic.Audience(0)
	for _, kind := range civic.ThingKinds() {
		notice, _ := action.Notice(kind)
		audience |= notice.Audience
	}
	var all []string
	for _, of := range []struct {
		audience civic.Audience
		name     string
	}{{civic.OwnReporter, "its reporter"}, {civic.Concerned, "whoever is concerned"}, {civic.Selecting, "whoever follows a filter"}, {civic.Responsible, "its adviser"}} {
		if audience&of.audience != 0 {
			all = append(all, of.name)
		}
	}
	return strings.Join(all, ", ")
}

// unique returns the texts, each once, in the order of their first occurrence.
func unique(all []string) string {
	var once []string
	for _, s := range all {
		if !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	return strings.Join(once, ", ")
}

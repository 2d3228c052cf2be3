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
		"their areas, a member on the pin of their organisation. What leads from no state changes none.\n\n" +
		"| action | who may, on a pin | on an office | needs | leads from | to | who is told |\n|---|---|---|---|---|---|---|\n")
	for _, action := range civic.Actions() {
		var from, to []string
		for _, s := range civic.PublicationSteps() {
			if s.Action == action {
				from, to = append(from, s.From.String()), append(to, s.To.String())
			}
		}
		for _, s := range civic.ProgressSteps() {
			if s.Action == action {
				from, to = append(from, s.From.String()), append(to, s.To.String())
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s |\n", action, whoMay(action, civic.PinThing), whoMay(action, civic.OfficeThing),
			needs(action), unique(from), unique(to), toldOf(action))
	}
	return b.String()
}

// whoMay returns the roles that may take the action on a thing of the kind.
func whoMay(action civic.Action, kind civic.ThingKind) string {
	thing := civic.Thing{ID: 1, DistrictID: 1, Kind: kind, Publication: civic.Published, AreaID: 1, ReporterID: 7}
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
	notice, ok := action.Notice()
	if !ok {
		return ""
	}
	var all []string
	for _, of := range []struct {
		audience civic.Audience
		name     string
	}{{civic.OwnReporter, "its reporter"}, {civic.Concerned, "whoever is concerned"}, {civic.Selecting, "whoever follows a filter"}} {
		if notice.Audience&of.audience != 0 {
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

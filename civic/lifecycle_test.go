package civic_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
)

func TestLifecycles(t *testing.T) {
	if to, err := civic.Pending.After(civic.Publish); to != civic.Published || err != nil {
		t.Errorf("a pending pin becomes %s, %v", to, err)
	}
	if to, err := civic.Withdrawn.After(civic.Publish); to != 0 || !errors.Is(err, civic.ErrConflict) {
		t.Errorf("a withdrawn pin becomes %s, %v", to, err)
	}
	if _, err := civic.Reported.After(civic.Meet); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("a need skips statuses: %v", err)
	}
	for _, k := range civic.Kinds() {
		if !k.Allows(k.InitialStatus()) {
			t.Errorf("a new %s starts with a status it cannot have", k)
		}
	}
	for _, state := range []civic.Publication{civic.Pending, civic.Published, civic.Merged, civic.Hidden, civic.Withdrawn} {
		if !reachable(civic.Unconfirmed, civic.PublicationSteps())[state] {
			t.Errorf("no pin becomes %s", state)
		}
	}
	reached := reachable(civic.Reported, civic.ProgressSteps())
	for _, status := range civic.Statuses() {
		if !reached[status] && status != civic.Active {
			t.Errorf("no need becomes %s", status)
		}
	}
}

// TestStepsAreUnambiguous checks that an action leads from a state to one other.
func TestStepsAreUnambiguous(t *testing.T) {
	type start struct {
		action civic.Action
		from   any
	}
	seen := map[start]bool{}
	add := func(s start) {
		if seen[s] {
			t.Errorf("two steps of %+v", s)
		}
		seen[s] = true
	}
	for _, s := range civic.PublicationSteps() {
		add(start{s.Action, s.From})
	}
	for _, kind := range civic.ThingKinds() {
		for _, s := range kind.Rules().Steps {
			add(start{s.Action, [2]string{kind.String(), s.From.String()}})
		}
	}
}

// TestRulesOfKinds checks that the tables of each kind are complete: every state is
// reached, every step has somebody who may take it, fields and links have names of
// their own, and the first field can be a title.
func TestRulesOfKinds(t *testing.T) {
	for _, kind := range civic.ThingKinds() {
		rules := kind.Rules()
		if got, err := civic.ParseThingKind(kind.String()); got != kind || err != nil {
			t.Errorf("%s is read as %s, %v", kind, got, err)
		}
		reached := reachable(rules.Initial, rules.Steps)
		moderator := civic.Actor{Kind: civic.Account, ID: 1, Grants: []civic.Grant{{Role: civic.Moderator, DistrictID: 1}}}
		for _, s := range rules.Steps {
			if kind != civic.PinThing && !reached[s.From] {
				t.Errorf("no %s becomes %s", kind, s.From)
			}
			may := moderator
			if roles, ok := rules.Roles[s.Action]; ok && slices.Equal(roles, []civic.Role{civic.Reporter}) {
				may = civic.Actor{Kind: civic.Contact, ID: 7}
			}
			if err := civic.Can(may, s.Action, civic.Thing{ID: 1, DistrictID: 1, Kind: kind, Publication: civic.Published, ReporterID: 7}, time.Time{}); err != nil {
				t.Errorf("neither a moderator nor the reporter may %s a %s: %v", s.Action, kind, err)
			}
		}
		names := map[string]bool{"place": true, "lon": true, "lat": true, "kind": true, "title": kind == civic.OfficeThing}
		for _, f := range rules.Fields {
			if names[f.Name] && f.Name != "title" {
				t.Errorf("%s has two fields %s", kind, f.Name)
			}
			names[f.Name] = true
			if f.Filters && slices.Contains([]string{"state", "area", "category", "overdue", "after", "lang"}, f.Name) {
				t.Errorf("%s is filtered by %s twice: registers of all kinds have that filter", kind, f.Name)
			}
		}
		for _, l := range rules.Links {
			if names[l.Field] || len(l.Kinds) == 0 {
				t.Errorf("%s has links %q of %v", kind, l.Field, l.Kinds)
			}
			names[l.Field] = true
		}
		if kind == civic.PinThing {
			continue
		}
		if first := rules.Fields[0]; !first.Required || first.Type != civic.LineField && first.Type != civic.WordField && first.Type != civic.SaidField {
			t.Errorf("the first field of a %s is no title", kind)
		}
		for _, action := range []civic.Action{civic.Submit, civic.Edit} {
			if civic.Can(moderator, action, civic.Thing{DistrictID: 1, Kind: kind}, time.Time{}) != nil {
				t.Errorf("no moderator may %s a %s", action, kind)
			}
		}
	}
	for _, e := range civic.Effects() {
		if _, err := (civic.Thing{Kind: e.Kind, Publication: civic.Pending}).After(e.Action); err == nil {
			continue
		}
		if !slices.ContainsFunc(e.Kind.Rules().Steps, func(s civic.Step[civic.State]) bool { return s.Action == e.Action }) {
			t.Errorf("nobody can %s a %s", e.Action, e.Kind)
		}
	}
}

// reachable returns the states that steps lead to.
func reachable[S comparable](from S, steps []civic.Step[S]) map[S]bool {
	reached := map[S]bool{from: true}
	for range steps {
		for _, s := range steps {
			reached[s.To] = reached[s.To] || reached[s.From]
		}
	}
	return reached
}

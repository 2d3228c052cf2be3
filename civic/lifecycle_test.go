package civic_test

import (
	"errors"
	"testing"

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
	for _, s := range civic.ProgressSteps() {
		add(start{s.Action, s.From})
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

package civic_test

import (
	"errors"
	"testing"

	"github.com/pinezka/pinezka/civic"
)

func TestLifecycles(t *testing.T) {
	if err := civic.Pending.Step(civic.Published, civic.Moderator); err != nil {
		t.Error(err)
	}
	if err := civic.Pending.Step(civic.Published, civic.Resident); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("a resident publishes: %v", err)
	}
	if err := civic.Pending.Step(civic.Published, 0); !errors.Is(err, civic.ErrUnauthenticated) {
		t.Errorf("somebody who is not signed in publishes: %v", err)
	}
	if err := civic.Withdrawn.Step(civic.Published, civic.Moderator); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("a withdrawn pin is published: %v", err)
	}
	if err := civic.Reported.Step(civic.Met, civic.Animator); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("a need skips statuses: %v", err)
	}
	for _, k := range civic.Kinds() {
		if !k.Allows(k.InitialStatus()) {
			t.Errorf("a new %s starts with a status it cannot have", k)
		}
	}
	reached := map[civic.Status]bool{civic.Reported: true, civic.Active: true}
	for range civic.Statuses() {
		for from := range reached {
			for _, to := range civic.Statuses() {
				if from.Step(to, civic.Moderator) == nil {
					reached[to] = true
				}
			}
		}
	}
	if len(reached) != len(civic.Statuses()) {
		t.Errorf("only %d of %d statuses can be reached", len(reached), len(civic.Statuses()))
	}
}

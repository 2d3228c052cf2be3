package store_test

import (
	"errors"
	"testing"

	"github.com/pinezka/pinezka/civic"
)

// TestSetModeration checks that an operator alone changes whether the pins of
// residents wait for a moderator, that this is recorded, and that pins which wait
// go on to.
func TestSetModeration(t *testing.T) {
	s, d, _ := open(t)
	add(t, s, d, tree, civic.Pending)
	if err := s.SetModeration(t.Context(), d, moderator, civic.ModerateAfter); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("a moderator: %v", err)
	}
	if err := s.SetModeration(t.Context(), d, civic.Actor{Kind: civic.Operator, Name: "ewa"}, civic.ModerateAfter); err != nil {
		t.Fatal(err)
	}
	if got, err := s.District(t.Context(), d.Slug); err != nil || got.Moderation != civic.ModerateAfter || d.Moderation != civic.ModerateAfter {
		t.Errorf("%s, %v", got.Moderation, err)
	}
	if waiting, err := s.PendingPins(t.Context(), d, 10); err != nil || len(waiting) != 1 {
		t.Errorf("%+v wait, %v", waiting, err)
	}
	entries, err := s.SearchAudit(t.Context(), d, civic.AuditQuery{Action: civic.ChangeSettings, Limit: 10})
	if err != nil || len(entries) != 1 || entries[0].ActorName != "ewa" {
		t.Errorf("%+v, %v", entries, err)
	}
}

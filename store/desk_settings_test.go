package store_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/flags"
)

// TestSetDeskSettings checks that settings are changed by operators alone, that this
// is recorded, that faults change nothing, and that what waits is looked through
// again with the new settings.
func TestSetDeskSettings(t *testing.T) {
	s, d, _ := open(t)
	draft := tree
	draft.Title = "Call 501 234 567"
	add(t, s, d, draft, civic.Pending)
	flagged := func(kind flags.Kind) string {
		t.Helper()
		if _, err := s.FlagWaitingTexts(t.Context()); err != nil {
			t.Fatal(err)
		}
		return queue(t, s, d, moderator, civic.QueueQuery{Queue: civic.Waiting, Flag: int(kind.Bit())})
	}
	if got := flagged(flags.Phone); got != "" {
		t.Errorf("without a country, %q has a telephone number", got)
	}
	operator := civic.Actor{Kind: civic.Operator, Name: "ewa"}
	settings := civic.DeskSettings{TargetDays: 5, FlaggedWords: []string{"call"}, PhoneRegion: "PL", ReplyDays: 14}
	if err := s.SetDeskSettings(t.Context(), d, moderator, settings); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("a moderator: %v", err)
	}
	for _, wrong := range []civic.DeskSettings{{PhoneRegion: "XX"}, {TargetDays: -1}} {
		var faults civic.Faults
		if err := s.SetDeskSettings(t.Context(), d, operator, wrong); !errors.As(err, &faults) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	if err := s.SetDeskSettings(t.Context(), d, operator, settings); err != nil {
		t.Fatal(err)
	}
	if got, err := s.District(t.Context(), d.Slug); err != nil || !cmp.Equal(got.Desk, settings) || !cmp.Equal(d.Desk, settings) {
		t.Errorf("%+v, %v", got.Desk, err)
	}
	if phone, word := flagged(flags.Phone), flagged(flags.Word); phone != draft.Title || word != draft.Title {
		t.Errorf("with the settings, %q has a telephone number, and %q a word", phone, word)
	}
	entries, err := s.SearchAudit(t.Context(), d, civic.AuditQuery{Action: civic.ChangeSettings, Limit: 10})
	if err != nil || len(entries) != 1 || entries[0].ActorName != "ewa" {
		t.Errorf("%+v, %v", entries, err)
	}
}

package store_test

import (
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
)

// TestTodayIdeas checks that an event whose ideas are not grouped needs the staff a week
// after it, until they are.
func TestTodayIdeas(t *testing.T) {
	h := openThreaded(t)
	event := h.submit(civic.EventThing, "Debate") // on 31 January 2026
	at := civic.FieldLinks{Field: "at", Things: []int64{event}}
	idea, theme := h.submit(civic.IdeaThing, "Lindens", at), h.submit(civic.ThemeThing, "Shade", at)
	listed := func(day int) bool {
		t.Helper()
		q := civic.TodayQuery{Section: civic.TodayIdeas, Limit: 5, Now: time.Date(2026, 2, day, 12, 0, 0, 0, time.UTC)}
		today, err := h.Today(t.Context(), h.d, h.moderator, q)
		if err != nil {
			t.Fatal(err)
		}
		return len(today.Lists) == 1 && today.Lists[0].Items[0].ID == event
	}
	if listed(7) || !listed(8) {
		t.Errorf("listed on the 7th %t, on the 8th %t; want false, true", listed(7), listed(8))
	}
	h.act(civic.AddLink, theme, civic.NewLink{Field: "ideas", Thing: idea})
	if listed(8) {
		t.Error("it is listed when all ideas are grouped")
	}
}

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
	listed := func(now time.Time) bool {
		t.Helper()
		q := civic.TodayQuery{Section: civic.TodayIdeas, Limit: 5, Now: now}
		today, err := h.Today(t.Context(), h.d, h.moderator, q)
		if err != nil {
			t.Fatal(err)
		}
		return len(today.Lists) == 1 && today.Lists[0].Items[0].ID == event
	}
	on := func(day int) time.Time { return time.Date(2026, 2, day, 12, 0, 0, 0, time.UTC) }
	if listed(on(7)) || !listed(on(8)) {
		t.Errorf("listed on the 7th %t, on the 8th %t; want false, true", listed(on(7)), listed(on(8)))
	}
	if listed(time.Now().AddDate(0, 0, civic.ForgottenDays+2)) {
		t.Error("it is listed when the idea is older than a year")
	}
	h.act(civic.AddLink, theme, civic.NewLink{Field: "ideas", Thing: idea})
	if listed(on(8)) {
		t.Error("it is listed when all ideas are grouped")
	}
}

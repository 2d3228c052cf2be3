package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestMergeIdeas checks that ideas are merged and taken apart as pins are, and that a
// thing of a kind that cannot be merged is not.
func TestMergeIdeas(t *testing.T) {
	h := openThreaded(t)
	first, second := h.submit(civic.IdeaThing, "Lindens"), h.submit(civic.IdeaThing, "Trees: lindens")
	merge := func(into int64, things ...int64) error {
		_, err := h.Do(t.Context(), h.d, h.moderator, civic.Command{Action: civic.Merge, Things: things, Into: into})
		return err
	}
	if err := merge(first, second); err != nil {
		t.Fatal(err)
	}
	if got := thing(t, h.Store, h.d, second); got.Publication != civic.Merged {
		t.Errorf("%+v", got)
	}
	if into, err := h.MergedInto(t.Context(), h.d, second); err != nil || into != first {
		t.Errorf("it is merged into %d, want %d: %v", into, first, err)
	}
	if entries, err := h.History(t.Context(), h.d, first); err != nil || entries[len(entries)-1].Action != civic.Merge {
		t.Errorf("the history of the one that stays: %+v, %v", entries, err)
	}
	h.act(civic.Undo, second, civic.NewLink{})
	if got := thing(t, h.Store, h.d, second); got.Publication != civic.Published {
		t.Errorf("after undo: %+v", got)
	}
	offices := []int64{h.submit(civic.GroupThing, "Trees"), h.submit(civic.GroupThing, "Benches")}
	if err := merge(offices[0], offices[1]); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("merge working groups: %v", err)
	}
}

// TestGroupTogether checks that two people who group ideas at once lose none of each
// other's moves.
func TestGroupTogether(t *testing.T) {
	h := openThreaded(t)
	event := h.submit(civic.EventThing, "Debate")
	theme := h.submit(civic.ThemeThing, "Shade", civic.FieldLinks{Field: "at", Things: []int64{event}})
	ideas := make([]int64, 10)
	for i := range ideas {
		ideas[i] = h.submit(civic.IdeaThing, fmt.Sprint("Idea ", i), civic.FieldLinks{Field: "at", Things: []int64{event}})
	}
	var all sync.WaitGroup
	for _, idea := range ideas {
		all.Go(func() {
			_, err := h.Do(t.Context(), h.d, h.moderator, civic.Command{Action: civic.AddLink, Things: []int64{theme}, Link: civic.NewLink{Field: "ideas", Thing: idea}})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	linked, err := h.Links(t.Context(), h.d, []int64{theme})
	if err != nil || len(linked.Links) != len(ideas)+1 {
		t.Errorf("%d links, want those of %d ideas and of the event: %v", len(linked.Links), len(ideas), err)
	}
}

// TestIdeaHears checks that whoever proposed an idea, or one that was merged into it,
// hears what came of its theme and how that goes on, and not how it was grouped.
func TestIdeaHears(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	check := func(what string, want ...string) {
		t.Helper()
		p.settle(t)
		if diff := cmp.Diff(want, box.told()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	event := p.submit(t, moderator, civic.EventThing, "Debate", 0)
	p.follow(t, p.contact(t, "follower@example.org"), civic.NewFollow{ThingID: event})
	at := civic.FieldLinks{Field: "at", Things: []int64{event}}
	propose := func(name, idea string) int64 {
		t.Helper()
		return p.submit(t, civic.Actor{Kind: civic.Contact, ID: p.contact(t, name+"@example.org")}, civic.IdeaThing, idea, 0, at)
	}
	lindens, same := propose("anna", "Lindens"), propose("bruno", "Trees")
	check("published", "anna: published Lindens", "bruno: published Trees")
	p.act(t, civic.Command{Action: civic.Merge, Into: lindens}, same)
	check("merged", "bruno: merged Trees")
	theme := p.submit(t, moderator, civic.ThemeThing, "Shade", 0, at)
	p.act(t, civic.Command{Action: civic.AddLink, Link: civic.NewLink{Field: "ideas", Thing: lindens}}, theme)
	check("grouped")
	advice := p.submit(t, moderator, civic.RecommendationThing, "Plant lindens", 0, answers(theme))
	check("recommended", "anna: came_of Lindens", "bruno: came_of Lindens")
	p.act(t, civic.Command{Action: civic.Adopt}, advice)
	p.act(t, civic.Command{Action: civic.Send}, advice)
	check("sent", "anna: moved Plant lindens", "bruno: moved Plant lindens", "follower: moved Plant lindens")
}

package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestNetwork ties organisations by an initiative, as its owner, a partner by its pin
// or its profile and whoever offers what it uses, and by an offer that is taken up
// for what an organisation asks for. What is not public ties nobody.
func TestNetwork(t *testing.T) {
	t.Parallel()
	h := openThreaded(t)
	pin := func(title string) int64 {
		draft := club
		draft.Title = title
		return add(t, h.Store, h.d, draft, civic.Published)
	}
	owner, partner, profiled, provider, asker, hidden := pin("owner"), pin("partner"), pin("profiled"), pin("provider"), pin("asker"), pin("hidden")
	profile := h.submit(civic.OrganisationThing, "Profile", civic.FieldLinks{Field: "pin", Things: []int64{profiled}})
	offer := h.exchange(civic.OfferThing, "Offer", provider, nil)
	initiative := h.exchange(civic.InitiativeThing, "Initiative", owner, nil,
		civic.FieldLinks{Field: "partners", Things: []int64{partner, profile, hidden}}, civic.FieldLinks{Field: "uses", Things: []int64{offer}})
	lent := h.exchange(civic.OfferThing, "Lent", 0, nil, civic.FieldLinks{Field: "by", Things: []int64{profile}})
	own := h.submit(civic.OrganisationThing, "Asker", civic.FieldLinks{Field: "pin", Things: []int64{asker}})
	h.exchange(civic.AskThing, "Ask", 0, nil, civic.FieldLinks{Field: "for", Things: []int64{own}}, civic.FieldLinks{Field: "met_by", Things: []int64{lent}})
	h.act(civic.Hide, hidden, civic.NewLink{})

	ties := func() (all []string) {
		t.Helper()
		n, err := h.Network(t.Context(), h.d)
		if err != nil {
			t.Fatal(err)
		}
		titles := map[int64]string{}
		for _, o := range n.Organisations {
			titles[o.ID] = o.Title
		}
		for _, tie := range n.Ties {
			for _, by := range tie.By {
				all = append(all, fmt.Sprintf("%s – %s: %s", titles[tie.A], titles[tie.B], by.Title))
			}
		}
		return all
	}
	want := []string{
		"asker – profiled: Lent", "owner – partner: Initiative", "owner – profiled: Initiative", "owner – provider: Initiative",
		"partner – profiled: Initiative", "partner – provider: Initiative", "profiled – provider: Initiative",
	}
	if diff := cmp.Diff(want, ties()); diff != "" {
		t.Errorf("ties (-want +got):\n%s", diff)
	}
	profiles := func(want map[int64]int64) {
		t.Helper()
		got, err := h.Profiles(t.Context(), h.d, []int64{owner, profiled, asker})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("profiles (-want +got):\n%s", diff)
		}
	}
	profiles(map[int64]int64{profiled: profile, asker: own})
	h.act(civic.Hide, own, civic.NewLink{})
	profiles(map[int64]int64{profiled: profile})
	h.act(civic.Undo, own, civic.NewLink{})
	h.act(civic.Hide, initiative, civic.NewLink{})
	if diff := cmp.Diff(want[:1], ties()); diff != "" {
		t.Errorf("after the initiative was hidden (-want +got):\n%s", diff)
	}
	n, err := h.Network(t.Context(), h.d)
	if err != nil {
		t.Fatal(err)
	}
	if west, east := n.In(h.d.Areas[0].ID), n.In(h.d.Areas[1].ID); len(west.Ties) != 1 || len(west.Organisations) != 2 || len(east.Ties) != 0 {
		t.Errorf("in the areas: %+v, %+v", west, east)
	}
}

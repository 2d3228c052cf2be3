package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// exchange adds an ask or an offer, of an organisation unless its pin is 0.
func (h threaded) exchange(kind civic.ThingKind, name string, owner int64, change func(*civic.RecordDraft), links ...civic.FieldLinks) int64 {
	h.t.Helper()
	c := h.submission(kind, name, links...)
	draft := c.Content.(civic.Record).RecordDraft
	if change != nil {
		change(&draft)
	}
	content, err := h.d.AcceptRecord(draft)
	if err != nil {
		h.t.Fatal(err)
	}
	c.Content, c.Owner = content, owner
	out, err := h.Do(h.t.Context(), h.d, h.moderator, c)
	if err != nil {
		h.t.Fatal(err)
	}
	return out.Changed[0].ID
}

// titles returns the titles of what fits a thing.
func (h threaded) titles(id int64) (titles []string) {
	h.t.Helper()
	found, err := h.Matches(h.t.Context(), h.d, id)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, m := range found {
		titles = append(titles, m.Other(id).Title)
	}
	return titles
}

// TestMatches matches an ask with offers by all that decides: what, when, where that
// is known of whatever the ask and the offer are of, and that neither is settled,
// hidden or taken up already.
func TestMatches(t *testing.T) {
	t.Parallel()
	h := openThreaded(t)
	hall, far := add(t, h.Store, h.d, club, civic.Published), club
	far.Point = orb.Point{20.04, 50.05}
	tower := add(t, h.Store, h.d, far, civic.Published)
	initiative := h.submit(civic.InitiativeThing, "Dance")
	during := func(from, until string) func(*civic.RecordDraft) {
		return func(d *civic.RecordDraft) { d.Words["from"], d.Words["until"] = from, until }
	}
	at := func(p orb.Point) func(*civic.RecordDraft) {
		return func(d *civic.RecordDraft) { d.Point = &p; during("2026-12-05", "2026-12-05")(d) }
	}
	ask := h.exchange(civic.AskThing, "Ask", 0, at(orb.Point{19.951, 50.05}), civic.FieldLinks{Field: "for", Things: []int64{initiative}})
	of := func(pin int64) civic.FieldLinks { return civic.FieldLinks{Field: "by", Things: []int64{pin}} }

	anywhere := h.exchange(civic.OfferThing, "anywhere", 0, nil)
	near := h.exchange(civic.OfferThing, "by a pin that is near", 0, during("2026-12-01", "2027-01-01"), of(hall))
	h.exchange(civic.OfferThing, "of an organisation that is near", hall, nil)
	h.exchange(civic.OfferThing, "by a pin that is far", 0, nil, of(tower))
	h.exchange(civic.OfferThing, "of an organisation that is far", tower, nil)
	h.exchange(civic.OfferThing, "too late", 0, during("2026-12-06", ""), of(hall))
	h.exchange(civic.OfferThing, "a tool", 0, func(d *civic.RecordDraft) { d.Words["what"] = "tool" }, of(hall))
	profile := h.submit(civic.OrganisationThing, "Profile", civic.FieldLinks{Field: "pin", Things: []int64{hall}})
	h.exchange(civic.OfferThing, "by a profile that is near", 0, at(orb.Point{19.96, 50.05}), of(profile))
	settled := h.exchange(civic.OfferThing, "settled", 0, nil, of(hall))
	h.act(civic.Complete, settled, civic.NewLink{})
	hidden := h.exchange(civic.OfferThing, "hidden", 0, nil, of(hall))
	h.act(civic.Hide, hidden, civic.NewLink{})

	want := []string{"by a pin that is near", "of an organisation that is near", "by a profile that is near", "anywhere"}
	if diff := cmp.Diff(want, h.titles(ask)); diff != "" {
		t.Errorf("offers that fit (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Ask"}, h.titles(near)); diff != "" {
		t.Errorf("asks that an offer fits (-want +got):\n%s", diff)
	}
	h.act(civic.AddLink, ask, civic.NewLink{Field: "met_by", Thing: anywhere})
	if diff := cmp.Diff(want[:3], h.titles(ask)); diff != "" {
		t.Errorf("after one was taken up (-want +got):\n%s", diff)
	}
	h.act(civic.Complete, ask, civic.NewLink{})
	if got := append(h.titles(ask), h.titles(near)...); got != nil {
		t.Errorf("settled, but it fits %q", got)
	}
}

package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pinezka/pinezka/civic"
)

// TestSearchThings finds things of all kinds at once, by words, kind, area and day,
// and nothing that the public may not know of.
func TestSearchThings(t *testing.T) {
	h := openThreaded(t)
	fearful := fear
	fearful.Title = "Lipa w ciemności"
	need, hidden := add(t, h.Store, h.d, tree, civic.Published), add(t, h.Store, h.d, fearful, civic.Published)
	pending := add(t, h.Store, h.d, tree, civic.Pending)
	diagnosis := h.submit(civic.DiagnosisThing, "Lipa usycha", civic.FieldLinks{Field: "evidence", Things: []int64{need, hidden}})
	draft := h.submission(civic.InitiativeThing, "Lipa na nowo", civic.FieldLinks{Field: "answers", Things: []int64{diagnosis}})
	draft.Pending = true
	if _, err := h.Do(t.Context(), h.d, h.moderator, draft); err != nil {
		t.Fatal(err)
	}
	offer := h.submit(civic.OfferThing, "Podlewanie lip")
	for name, test := range map[string]struct {
		q    civic.SearchQuery
		want []int64
	}{
		"all kinds":      {civic.SearchQuery{Words: "lipa"}, []int64{need, diagnosis, offer}},
		"without sign":   {civic.SearchQuery{Words: "LIPY usychaja"}, nil},
		"two words":      {civic.SearchQuery{Words: "usych lip"}, []int64{diagnosis, need}},
		"a kind":         {civic.SearchQuery{Words: "lipa", Kinds: []civic.ThingKind{civic.OfferThing}}, []int64{offer}},
		"no kind of it":  {civic.SearchQuery{Words: "lipa", Kinds: []civic.ThingKind{civic.CouncillorThing}}, nil},
		"an area":        {civic.SearchQuery{Words: "lipa", AreaID: 1}, []int64{need}},
		"another area":   {civic.SearchQuery{Words: "lipa", AreaID: 2}, nil},
		"no words":       {civic.SearchQuery{}, []int64{offer, diagnosis}},
		"words of signs": {civic.SearchQuery{Words: "—!"}, nil},
		"the future":     {civic.SearchQuery{Words: "lipa", From: civic.MaxDay}, nil},
		"the past":       {civic.SearchQuery{Words: "lipa", To: 1}, nil},
		"a limit":        {civic.SearchQuery{Words: "lipa", Limit: 1}, []int64{need}},
	} {
		if test.q.Limit == 0 {
			test.q.Limit = 10
		}
		hits, err := h.SearchThings(t.Context(), h.d, test.q)
		var got []int64
		for _, hit := range hits {
			got = append(got, hit.ID)
		}
		if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got, the need is %d, one that waits %d):\n%s", name, err, need, pending, diff)
		}
	}
	for _, zone := range []string{"Pacific/Pago_Pago", "Pacific/Kiritimati"} { // never of the same day
		d := *h.d
		d.TimeZone = zone
		in := h
		in.d = &d
		began := time.Now()
		offered := in.submit(civic.OfferThing, "Podlewanie klonów")
		hits, err := h.SearchThings(t.Context(), h.d, civic.SearchQuery{Kinds: []civic.ThingKind{civic.OfferThing}, Limit: 10})
		at := slices.IndexFunc(hits, func(hit civic.SearchHit) bool { return hit.ID == offered })
		if err != nil || at < 0 || hits[at].Day < d.DayOf(began) || hits[at].Day > d.DayOf(time.Now()) {
			t.Errorf("in %s, on %s: %v, %+v", zone, d.DayOf(began), err, hits)
		}
	}
	counts, err := h.CountKinds(t.Context(), h.d)
	if diff := cmp.Diff(map[civic.ThingKind]int{civic.DiagnosisThing: 1, civic.OfferThing: 3}, counts); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

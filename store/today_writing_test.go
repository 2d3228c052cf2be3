package store_test

import (
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
)

// TestTodayWriting checks that a member of a working group is reminded of what it writes
// until they have said something about it, and whoever answers comments of those that
// nobody has answered, as long as the text is written.
func TestTodayWriting(t *testing.T) {
	h := openThreaded(t)
	group, other := h.submit(civic.GroupThing, "Trees"), h.submit(civic.GroupThing, "Benches")
	member := func(account, group int64) civic.Actor {
		return civic.Actor{Kind: civic.Account, ID: account, Grants: []civic.Grant{{Role: civic.Member, DistrictID: h.d.ID, OrganisationID: group}}}
	}
	ewa, jan, elsewhere := member(11, group), member(12, group), member(13, other)
	c := h.submission(civic.RecommendationThing, "Plant limes", civic.FieldLinks{Field: "group", Things: []int64{group}})
	c.Owner, c.Pending = group, true
	out, err := h.Do(t.Context(), h.d, ewa, c)
	if err != nil {
		t.Fatal(err)
	}
	id := out.Changed[0].ID
	want := func(what string, section civic.TodaySection, who civic.Actor, listed bool) {
		t.Helper()
		today, err := h.Today(t.Context(), h.d, who, civic.TodayQuery{Section: section, Limit: 5, Now: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(today.Lists) == 1 && today.Lists[0].Total == 1 && today.Lists[0].Items[0].ID == id; got != listed {
			t.Errorf("%s: listed %t, want %t: %+v", what, got, listed, today.Lists)
		}
	}
	want("who has written it", civic.TodayVoices, ewa, false)
	want("another member", civic.TodayVoices, jan, true)
	want("a member of another group", civic.TodayVoices, elsewhere, false)
	want("the staff", civic.TodayVoices, h.moderator, false)
	want("without comments", civic.TodayComments, h.moderator, false)

	comment := h.submission(civic.CommentThing, "How many?", civic.FieldLinks{Field: "on", Things: []int64{id}})
	comment.Owner, comment.Pending = group, true
	if out, err = h.Do(t.Context(), h.d, jan, comment); err != nil {
		t.Fatal(err)
	}
	said := out.Changed[0].ID
	want("who has commented", civic.TodayVoices, jan, false)
	want("a comment without an answer", civic.TodayComments, h.moderator, true)
	want("a member cannot answer it", civic.TodayComments, ewa, false)
	elsewhereStaff := civic.Actor{Kind: civic.Account, ID: 14, Grants: []civic.Grant{{Role: civic.Animator, DistrictID: h.d.ID, AreaID: h.d.Areas[0].ID}}}
	want("the staff of an area", civic.TodayComments, elsewhereStaff, false)
	answer := func(text string) {
		t.Helper()
		if err := h.edit(civic.Edit, said, func(r *civic.RecordDraft) { r.Texts = map[string]civic.Text{"answer": {"en": text}} }); err != nil {
			t.Fatal(err)
		}
	}
	answer("Twelve")
	want("with an answer", civic.TodayComments, h.moderator, false)
	answer("")
	want("the answer is taken back", civic.TodayComments, h.moderator, true)
	h.act(civic.Publish, id, civic.NewLink{})
	h.act(civic.Adopt, id, civic.NewLink{})
	want("once it is adopted", civic.TodayComments, h.moderator, false)
}

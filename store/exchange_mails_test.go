package store_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// member gives an account the rights of a member of an organisation.
func (p post) member(t testing.TB, name string, pin int64) civic.Actor {
	t.Helper()
	given, err := p.GiveRole(t.Context(), p.d, civic.Actor{Kind: civic.Operator}, civic.Gift{
		Email: name + "@example.org", Name: name, Language: "en", Role: civic.Member, Organisation: pin, Reason: "a test",
	})
	if err != nil {
		t.Fatal(err)
	}
	return civic.Actor{Kind: civic.Account, ID: given.AccountID, Grants: []civic.Grant{{Role: civic.Member, DistrictID: p.d.ID, OrganisationID: pin}}}
}

// submit adds an ask, an offer or an initiative of an organisation, in the west.
func (p post) submit(t testing.TB, actor civic.Actor, kind civic.ThingKind, name string, owner int64, links ...civic.FieldLinks) int64 {
	t.Helper()
	draft := civic.RecordDraft{Kind: kind, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": name}, "summary": {"en": name}, "addressee": {"en": "City"}},
		Words: map[string]string{"what": "room", "text": name, "type": "workshop"},
		Rows:  map[string][]civic.Values{"paragraphs": {{Texts: map[string]civic.Text{"text": {"en": name}}}}},
	}}
	if kind == civic.EventThing {
		draft.Words["starts"], draft.Words["ends"] = "2026-12-05T18:00", "2026-12-05T20:00"
	}
	if kind.Rules().Place != civic.Absent {
		draft.Point = &orb.Point{19.951, 50.05}
	}
	content, err := p.d.AcceptRecord(draft)
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Do(t.Context(), p.d, actor, civic.Command{Action: civic.Submit, Kind: kind, Content: content, Owner: owner, Links: links})
	if err != nil {
		t.Fatal(err)
	}
	if out.Changed[0].Publication != civic.Published {
		p.act(t, civic.Command{Action: civic.Publish}, out.Changed[0].ID)
	}
	return out.Changed[0].ID
}

// TestBothSidesAreTold tells the members of two organisations of an ask and an offer
// that fit, and that one is taken up, which whoever follows the area hears once too.
// What is taken up is used by the initiative, and taken back with it.
func TestBothSidesAreTold(t *testing.T) {
	t.Parallel()
	d := district()
	d.Categories = append(d.Categories, civic.Category{Slug: "clubs", Kind: civic.Organisation, Visibility: civic.Exact, Colour: "#112233", Label: civic.Text{"en": "Clubs"}})
	p := openPostOf(t, &d)
	var box mailbox
	p.run(t, box.deliver)
	check := func(what string, want ...string) {
		t.Helper()
		p.settle(t)
		told := box.told()
		told = slices.DeleteFunc(told, func(s string) bool { return strings.Contains(s, ": invitation ") })
		if diff := cmp.Diff(want, told); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	p.follow(t, p.contact(t, "west@example.org"), civic.NewFollow{Filter: civic.Filter{Areas: []string{"west"}}})
	p.follow(t, p.contact(t, "east@example.org"), civic.NewFollow{Filter: civic.Filter{Areas: []string{"east"}}})
	p.follow(t, p.contact(t, "needs@example.org"), civic.NewFollow{Filter: civic.Filter{Kinds: []civic.Kind{civic.Need}}})
	hall, choir := add(t, p.Store, p.d, club, civic.Published), add(t, p.Store, p.d, club, civic.Published)
	caretaker, singer := p.member(t, "caretaker", hall), p.member(t, "singer", choir)
	check("two organisations", "west: published Club", "west: published Club")
	p.contact(t, "caretaker@example.org") // who is told with the account, and not again with the address
	p.contact(t, "singer@example.org")

	initiative := p.submit(t, singer, civic.InitiativeThing, "Sing", choir)
	check("an initiative", "singer: published Sing", "west: published Sing")
	offer := p.submit(t, caretaker, civic.OfferThing, "Hall", hall)
	check("an offer that fits nothing", "caretaker: published Hall")
	ask := p.submit(t, singer, civic.AskThing, "Room", choir, civic.FieldLinks{Field: "for", Things: []int64{initiative}})
	check("an ask", "caretaker: matched Hall", "singer: matched Room")

	link := civic.NewLink{Field: "met_by", Thing: offer}
	uses := func() bool {
		linked, err := p.Links(t.Context(), p.d, []int64{initiative})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range linked.Links {
			if l == (civic.Link{From: initiative, Relation: civic.Uses, To: offer}) {
				return true
			}
		}
		return false
	}
	take := func(c civic.Command) {
		t.Helper()
		c.Things = []int64{ask}
		if _, err := p.Do(t.Context(), p.d, singer, c); err != nil {
			t.Fatal(err)
		}
	}
	p.act(t, civic.Command{Action: civic.AddLink, Link: link}, ask)
	if !uses() {
		t.Error("the initiative does not use what is taken up for it")
	}
	p.act(t, civic.Command{Action: civic.Undo}, ask)
	if uses() {
		t.Error("the initiative still uses what was taken back")
	}
	check("taken back")
	take(civic.Command{Action: civic.AddLink, Link: link})
	check("taken up", "caretaker: taken_up Hall", "west: taken_up Room")
	take(civic.Command{Action: civic.RemoveLink, Link: link})
	take(civic.Command{Action: civic.AddLink, Link: link})
	check("taken up again")

	year := func(years int) {
		t.Helper()
		err := pgx.BeginFunc(t.Context(), p.conn, func(tx pgx.Tx) error {
			if _, err := tx.Exec(t.Context(), `set local session_replication_role = replica`); err != nil {
				return err
			}
			_, err := tx.Exec(t.Context(), `update audit set happened_at = happened_at - make_interval(years => $1, days => 1) where thing_id = $2`, years, offer)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := p.AskStillTrue(t.Context(), p.d); err != nil {
				t.Fatal(err)
			}
		}
	}
	year(0)
	check("the next day")
	year(1)
	check("a year later", "caretaker: still_true Hall")
	year(1)
	check("two years later", "caretaker: still_true Hall")
	if _, err := p.Do(t.Context(), p.d, caretaker, civic.Command{Action: civic.StillTrue, Things: []int64{offer}}); err != nil {
		t.Fatal(err)
	}
	year(0)
	check("confirmed")
}

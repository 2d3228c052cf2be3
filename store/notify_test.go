package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/storetest"
)

// settle waits until all mails are sent.
func (p post) settle(t testing.TB) {
	t.Helper()
	storetest.AwaitMails(t, p.conn)
}

// told returns who has been told what since the last call: "anna: published Ławka".
func (m *mailbox) told() (all []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, l := range m.letters {
		name, _, _ := strings.Cut(l.To, "@")
		all = append(all, fmt.Sprintf("%s: %s %s", name, l.Kind, l.Title))
	}
	m.letters = nil
	slices.Sort(all)
	return all
}

// report adds a pin of somebody whose address is confirmed.
func (p post) report(t testing.TB, name, title, category string, publication civic.Publication) int64 {
	t.Helper()
	var known bool
	address := name + "@example.org"
	err := p.conn.QueryRow(t.Context(), `select exists (select from contacts where email_hash = $1)`, p.keys.SealEmail(address).Hash).Scan(&known)
	if err != nil {
		t.Fatal(err)
	}
	if !known {
		p.contact(t, address)
	}
	return add(t, p.Store, p.d, civic.Draft{Category: category, Title: title, Point: orb.Point{19.95, 50.05}, Email: address}, publication)
}

// act carries out a command of a moderator.
func (p post) act(t testing.TB, c civic.Command, ids ...int64) {
	t.Helper()
	c.Things = ids
	if _, err := p.Do(t.Context(), p.d, moderator, c); err != nil {
		t.Fatal(err)
	}
}

// follow begins a follow of a contact.
func (p post) follow(t testing.TB, contact int64, f civic.NewFollow) {
	t.Helper()
	f.ContactID = contact
	if f.Cadence == 0 {
		f.Cadence = civic.Instant
	}
	if err := p.Follow(t.Context(), p.d, f); err != nil {
		t.Fatal(err)
	}
}

// TestEverybodyConcernedIsToldOnce follows two reports of the same to the end: six
// people are concerned, and each is told each fact once.
func TestEverybodyConcernedIsToldOnce(t *testing.T) {
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
	celina, dawid, ewa := p.contact(t, "celina@example.org"), p.contact(t, "dawid@example.org"), p.contact(t, "ewa@example.org")
	p.follow(t, celina, civic.NewFollow{Filter: civic.Filter{Areas: []string{"west"}, Kinds: []civic.Kind{civic.Need}}})
	p.follow(t, p.contact(t, "east@example.org"), civic.NewFollow{Filter: civic.Filter{Areas: []string{"east"}}})
	p.follow(t, p.contact(t, "daily@example.org"), civic.NewFollow{Cadence: civic.Daily})

	bench := p.report(t, "anna", "Bench", "trees", civic.Pending)
	same := p.report(t, "bruno", "Seat", "trees", civic.Pending)
	check("submitted", "anna: received Bench", "bruno: received Seat")

	p.act(t, civic.Command{Action: civic.Publish}, bench, same)
	p.act(t, civic.Command{Action: civic.Undo}, same)
	p.act(t, civic.Command{Action: civic.Publish}, same)
	check("published", "anna: published Bench", "bruno: published Seat", "celina: published Bench", "celina: published Seat")

	if err := p.Support(t.Context(), p.d, bench, civic.Voice{ContactID: dawid}); err != nil {
		t.Fatal(err)
	}
	p.follow(t, ewa, civic.NewFollow{ThingID: same})
	p.act(t, civic.Command{Action: civic.Merge, Into: bench}, same)
	check("merged", "bruno: merged Seat", "ewa: merged Seat")

	p.act(t, civic.Command{Action: civic.BeginDiagnosis}, bench)
	check("moved on", "anna: moved Bench", "bruno: moved Bench", "celina: moved Bench", "dawid: moved Bench", "ewa: moved Bench")

	p.act(t, civic.Command{Action: civic.PostUpdate, Text: "We were there."}, bench)
	p.act(t, civic.Command{Action: civic.PostUpdate, Text: "We were there again."}, bench)
	check("updates", slices.Sorted(slices.Values(slices.Repeat(
		[]string{"anna: update Bench", "bruno: update Bench", "celina: update Bench", "dawid: update Bench", "ewa: update Bench"}, 2)))...)

	p.act(t, civic.Command{Action: civic.EndDiagnosis}, bench)
	p.act(t, civic.Command{Action: civic.Undo}, bench)
	check("taken back")

	p.act(t, civic.Command{Action: civic.Ask, Text: "Which one?"}, bench)
	check("asked", "anna: asked Bench")

	p.act(t, civic.Command{Action: civic.Hide, Reason: "a test"}, bench)
	check("hidden", "anna: hidden Bench")
	p.act(t, civic.Command{Action: civic.Restore}, bench)
	check("public again", "anna: published Bench")
	p.act(t, civic.Command{Action: civic.Hide, Reason: "a mistake"}, bench)
	p.act(t, civic.Command{Action: civic.Undo}, bench)
	check("hidden by mistake")
}

// TestWhoeverHasSignedInIsTold checks that the reporter of a thing is the contact
// who has signed in, or the one with the address of the account, without an address
// in the thing, and is told of it.
func TestWhoeverHasSignedInIsTold(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	anna, ola := p.contact(t, "anna@example.org"), p.contact(t, "ola@example.org")
	given, err := p.GiveRole(t.Context(), p.d, civic.Actor{Kind: civic.Operator, Name: "root"},
		civic.Gift{Email: "Ola@example.org", Name: "Ola", Role: civic.Council, Reason: "a test"})
	if err != nil {
		t.Fatal(err)
	}
	p.settle(t)
	box.told()
	account := civic.Actor{Kind: civic.Account, ID: given.AccountID, Grants: []civic.Grant{{Role: civic.Council, DistrictID: p.d.ID}}}

	bench := civic.Draft{Category: "trees", Title: "Bench", Point: orb.Point{19.95, 50.05}}
	first, err := p.AddPin(t.Context(), p.d, civic.Actor{Kind: civic.Contact, ID: anna}, accept(t, p.d, bench), civic.Pending)
	if err != nil {
		t.Fatal(err)
	}
	bench.Title = "Seat"
	second, err := p.AddPin(t.Context(), p.d, account, accept(t, p.d, bench), civic.Pending)
	if err != nil {
		t.Fatal(err)
	}
	office, err := p.d.AcceptRecord(office())
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Do(t.Context(), p.d, account, civic.Command{Action: civic.Submit, Kind: civic.OfficeThing, Content: office})
	if err != nil {
		t.Fatal(err)
	}
	third := out.Changed[0].ID
	for id, want := range map[int64]int64{first: anna, second: ola, third: ola} {
		if got := thing(t, p.Store, p.d, id).ReporterID; got != want {
			t.Errorf("the reporter of %d is %d, want %d", id, got, want)
		}
	}
	p.settle(t)
	if diff := cmp.Diff([]string{"anna: received Bench", "ola: received Duty hours", "ola: received Seat"}, box.told()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if found, err := p.ResidentOf(t.Context(), p.d, account); err != nil || found.ID != ola {
		t.Errorf("the contact of the account: %+v, %v", found, err)
	}
	if _, err := p.ResidentOf(t.Context(), p.d, civic.Actor{}); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("the contact of nobody: %v", err)
	}
}

// TestHexOnlyPinsAreToldOfToTheirReporterAlone checks that nobody reads in a mail
// what they may not read on a page, even if they could before.
func TestHexOnlyPinsAreToldOfToTheirReporterAlone(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	celina := p.contact(t, "celina@example.org")
	p.follow(t, celina, civic.NewFollow{})
	fear := p.report(t, "anna", "Fear", "fear", civic.Pending)
	tree := p.report(t, "bruno", "Tree", "trees", civic.Published)
	p.settle(t)
	box.told()
	if err := p.Follow(t.Context(), p.d, civic.NewFollow{ContactID: celina, ThingID: fear, Cadence: civic.Instant}); err == nil {
		t.Error("a thing without a page can be followed")
	}
	if err := p.Support(t.Context(), p.d, fear, civic.Voice{ContactID: celina}); err == nil {
		t.Error("a thing without a page can be supported")
	}
	p.follow(t, celina, civic.NewFollow{ThingID: tree})
	p.act(t, civic.Command{Action: civic.Publish}, fear)
	hexOnly := civic.Draft{Category: "fear", Title: "Tree", Point: orb.Point{19.95, 50.05}}
	p.act(t, civic.Command{Action: civic.Recategorise, Version: 1, Content: accept(t, p.d, hexOnly)}, tree)
	p.act(t, civic.Command{Action: civic.BeginDiagnosis}, fear)
	p.act(t, civic.Command{Action: civic.BeginDiagnosis}, tree)
	p.settle(t)
	if diff := cmp.Diff([]string{"anna: moved Fear", "anna: published Fear", "bruno: moved Tree"}, box.told()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestUnconfirmedAddressIsAskedFirst checks that an address that nobody has
// confirmed gets one mail without any word of a visitor, and no other before it is
// confirmed.
func TestUnconfirmedAddressIsAskedFirst(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	id := add(t, p.Store, p.d, civic.Draft{Category: "trees", Title: "Buy now", Point: orb.Point{19.95, 50.05}, Email: "new@example.org"}, civic.Pending)
	p.settle(t)
	p.act(t, civic.Command{Action: civic.Publish}, id)
	p.settle(t)
	letters := box.received()
	if len(letters) != 1 || letters[0].Kind != civic.MailConfirm || letters[0].Title != "" {
		t.Fatalf("got %+v", letters)
	}
	token := strings.TrimPrefix(letters[0].Links["action"], "/d/test/confirm/")
	if err := p.CheckConfirmation(p.d, token); err != nil {
		t.Fatal(err)
	}
	if _, err := p.ConfirmByMail(t.Context(), p.d, token); err != nil {
		t.Fatal(err)
	}
	box.told()
	p.act(t, civic.Command{Action: civic.BeginDiagnosis}, id)
	p.settle(t)
	if diff := cmp.Diff([]string{"new: moved Buy now"}, box.told()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestUnsubscribe checks that the token of a mail ends what it names, and nothing
// else.
func TestUnsubscribe(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	celina := p.contact(t, "celina@example.org")
	bench, tree := p.report(t, "anna", "Bench", "trees", civic.Published), p.report(t, "anna", "Tree", "trees", civic.Published)
	p.follow(t, celina, civic.NewFollow{ThingID: bench})
	p.follow(t, celina, civic.NewFollow{ThingID: tree})
	p.settle(t)
	box.told()
	p.act(t, civic.Command{Action: civic.PostUpdate, Text: "x"}, bench)
	p.settle(t)
	for _, l := range box.received() {
		token := strings.TrimPrefix(l.OneClick, "/d/test/unsubscribe/")
		end, _, err := p.End(t.Context(), p.d, token)
		if err != nil {
			t.Fatalf("%s: %v", l.To, err)
		}
		for range 2 {
			if err := p.EndFollow(t.Context(), p.d, end); err != nil {
				t.Fatal(err)
			}
		}
	}
	if diff := cmp.Diff([]string{"anna: update Bench", "celina: update Bench"}, box.told()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	p.act(t, civic.Command{Action: civic.PostUpdate, Text: "y"}, bench)
	p.act(t, civic.Command{Action: civic.PostUpdate, Text: "y"}, tree)
	p.act(t, civic.Command{Action: civic.Hide, Reason: "a test"}, bench)
	p.settle(t)
	if diff := cmp.Diff([]string{"anna: hidden Bench", "anna: update Tree", "celina: update Tree"}, box.told()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if _, _, err := p.End(t.Context(), p.d, "forged"); err == nil {
		t.Error("a forged token is accepted")
	}
}

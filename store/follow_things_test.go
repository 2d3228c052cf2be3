package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// diagnose adds a diagnosis that rests on pins.
func (p post) diagnose(t testing.TB, name string, pins ...int64) int64 {
	t.Helper()
	content, err := p.d.AcceptRecord(civic.RecordDraft{Kind: civic.DiagnosisThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": name}, "finding": {"en": name}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Do(t.Context(), p.d, moderator, civic.Command{
		Action: civic.Submit, Kind: civic.DiagnosisThing, Content: content, Links: []civic.FieldLinks{{Field: "evidence", Things: pins}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Changed[0].ID
}

// answers is the field of links of what answers things.
func answers(things ...int64) civic.FieldLinks {
	return civic.FieldLinks{Field: "answers", Things: things}
}

// TestFollowersOfThings follows a diagnosis, an initiative that came of it and a
// recommendation: who follows one is told each step once, what came of it and what
// that leads to, and nobody is told of a step what they are told of a need.
func TestFollowersOfThings(t *testing.T) {
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
	people := map[string]int64{}
	for _, name := range []string{"both", "finding", "garden", "group", "west"} {
		people[name] = p.contact(t, name+"@example.org")
	}
	bench := p.report(t, "anna", "Bench", "trees", civic.Published)
	finding := p.diagnose(t, "Finding", bench)
	other := p.diagnose(t, "Other", bench)
	check("diagnosed", "anna: moved Bench", "anna: published Bench")

	p.follow(t, people["finding"], civic.NewFollow{ThingID: finding})
	p.follow(t, people["finding"], civic.NewFollow{ThingID: other})
	p.follow(t, people["west"], civic.NewFollow{Filter: civic.Filter{Areas: []string{"west"}}})
	garden := p.submit(t, moderator, civic.InitiativeThing, "Garden", 0, answers(finding, other))
	check("an initiative answers two diagnoses", "finding: came_of Finding", "west: published Garden")

	p.follow(t, people["garden"], civic.NewFollow{ThingID: garden})
	p.follow(t, people["both"], civic.NewFollow{ThingID: garden})
	p.follow(t, people["both"], civic.NewFollow{ThingID: bench})
	p.act(t, civic.Command{Action: civic.Plan}, garden)
	check("planned", "both: moved Garden", "garden: moved Garden", "west: moved Garden")
	p.act(t, civic.Command{Action: civic.Start}, garden)
	p.act(t, civic.Command{Action: civic.Undo}, garden)
	check("taken back")
	p.act(t, civic.Command{Action: civic.Start}, garden)
	check("started, so that a need is in action", "anna: moved Bench", "both: moved Bench", "finding: moved Garden", "garden: moved Garden", "west: moved Bench")
	p.act(t, civic.Command{Action: civic.PostUpdate, Text: "We have seeds."}, garden)
	check("an update", "both: update Garden", "garden: update Garden", "west: update Garden")
	p.act(t, civic.Command{Action: civic.Complete}, garden)
	p.act(t, civic.Command{Action: civic.Resume}, garden)
	p.settle(t)
	box.told()
	p.act(t, civic.Command{Action: civic.Complete}, garden)
	check("done again, while the need is met", "both: moved Garden", "finding: moved Garden", "garden: moved Garden", "west: moved Garden")

	p.act(t, civic.Command{Action: civic.Hide, Reason: "a test"}, garden)
	p.act(t, civic.Command{Action: civic.Restore}, garden)
	p.act(t, civic.Command{Action: civic.Hide, Reason: "a test"}, finding)
	p.act(t, civic.Command{Action: civic.Evaluate}, garden)
	check("evaluated", "both: moved Garden", "garden: moved Garden", "west: moved Garden")

	advice := p.recommend(t)
	p.follow(t, people["group"], civic.NewFollow{ThingID: advice})
	p.settle(t)
	box.told()
	link := civic.NewLink{Field: "led_to", Thing: garden}
	p.act(t, civic.Command{Action: civic.AddLink, Link: link}, advice)
	p.act(t, civic.Command{Action: civic.Undo}, advice)
	check("a link that is taken back")
	p.act(t, civic.Command{Action: civic.AddLink, Link: link}, advice)
	p.act(t, civic.Command{Action: civic.RemoveLink, Link: link}, advice)
	p.act(t, civic.Command{Action: civic.AddLink, Link: link}, advice)
	p.settle(t)
	letters := box.received()
	check("a link, twice", "group: came_of Plant trees")
	want := []string{"Garden", "initiative", fmt.Sprint("/d/test/initiatives/", garden)}
	if got := []string{letters[0].Data["other"], letters[0].Data["other_kind"], letters[0].Links["other"]}; !slices.Equal(got, want) {
		t.Errorf("the letter mentions %q, want %q", got, want)
	}
	end, f, err := p.End(t.Context(), p.d, strings.TrimPrefix(letters[0].OneClick, "/d/test/unsubscribe/"))
	if err != nil || f.Kind != civic.RecommendationThing || f.Title != "Plant trees" {
		t.Fatalf("%+v, %v", f, err)
	}
	if err := p.EndFollow(t.Context(), p.d, end); err != nil {
		t.Fatal(err)
	}
	p.act(t, civic.Command{Action: civic.PostUpdate, Text: "x"}, advice)
	check("after the end")
}

// TestActingAccountIsNotTold checks that whoever acts with an account is not told as
// the contact with the same address.
func TestActingAccountIsNotTold(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	ola := p.contact(t, "ola@example.org")
	given, err := p.GiveRole(t.Context(), p.d, civic.Actor{Kind: civic.Operator, Name: "root"}, civic.Gift{
		Email: "Ola@example.org", Name: "Ola", Role: civic.Animator, Reason: "a test",
	})
	if err != nil {
		t.Fatal(err)
	}
	account := civic.Actor{Kind: civic.Account, ID: given.AccountID, Grants: []civic.Grant{{Role: civic.Animator, DistrictID: p.d.ID}}}
	garden := p.submit(t, account, civic.InitiativeThing, "Garden", 0)
	if got := thing(t, p.Store, p.d, garden).ReporterID; got != ola {
		t.Errorf("the reporter is %d, want %d", got, ola)
	}
	p.settle(t)
	box.told()
	if _, err := p.Do(t.Context(), p.d, account, civic.Command{Action: civic.Plan, Things: []int64{garden}}); err != nil {
		t.Fatal(err)
	}
	p.act(t, civic.Command{Action: civic.Start}, garden)
	p.settle(t)
	letters := box.received()
	if diff := cmp.Diff([]string{"ola: moved Garden"}, box.told()); diff != "" || letters[0].Data["status"] != "running" {
		t.Errorf("-want +got:\n%s%+v", diff, letters)
	}
}

// TestSubmitterHearsOfPublication checks that whoever submits what comes of a thing of
// theirs hears that it is public, and nothing else of that.
func TestSubmitterHearsOfPublication(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	p.contact(t, "ola@example.org")
	given, err := p.GiveRole(t.Context(), p.d, civic.Actor{Kind: civic.Operator, Name: "root"}, civic.Gift{
		Email: "ola@example.org", Name: "Ola", Role: civic.Animator, Reason: "a test",
	})
	if err != nil {
		t.Fatal(err)
	}
	account := civic.Actor{Kind: civic.Account, ID: given.AccountID, Grants: []civic.Grant{{Role: civic.Animator, DistrictID: p.d.ID}}}
	garden := p.submit(t, account, civic.InitiativeThing, "Garden", 0)
	content, err := p.d.AcceptRecord(civic.RecordDraft{Kind: civic.AskThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": "Spade"}}, Words: map[string]string{"what": "tool"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Do(t.Context(), p.d, account, civic.Command{
		Action: civic.Submit, Kind: civic.AskThing, Content: content, Pending: true, Links: []civic.FieldLinks{{Field: "for", Things: []int64{garden}}},
	})
	if err != nil || out.Changed[0].Publication != civic.Pending {
		t.Fatalf("%+v, %v", out, err)
	}
	p.settle(t)
	box.told()
	p.act(t, civic.Command{Action: civic.Publish}, out.Changed[0].ID)
	p.settle(t)
	if diff := cmp.Diff([]string{"ola: published Spade"}, box.told()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestWhatCanBeFollowed checks that public things with a lifecycle can be followed.
func TestWhatCanBeFollowed(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	celina := p.contact(t, "celina@example.org")
	public, hidden := p.submit(t, moderator, civic.OfferThing, "Hall", 0), p.submit(t, moderator, civic.OfferThing, "Room", 0)
	p.act(t, civic.Command{Action: civic.Hide, Reason: "a test"}, hidden)
	office, err := p.d.AcceptRecord(office())
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Do(t.Context(), p.d, moderator, civic.Command{Action: civic.Submit, Kind: civic.OfficeThing, Content: office})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[int64]error{public: nil, hidden: civic.ErrNotFound, out.Changed[0].ID: civic.ErrNotFound} {
		err := p.Follow(t.Context(), p.d, civic.NewFollow{ContactID: celina, ThingID: id, Cadence: civic.Instant})
		if !errors.Is(err, want) {
			t.Errorf("%d: %v, want %v", id, err, want)
		}
	}
	p.act(t, civic.Command{Action: civic.Hide, Reason: "a test"}, public)
	all, err := p.Follows(t.Context(), p.d, celina)
	if err != nil || len(all) != 1 || all[0].Kind != 0 || all[0].Title != "" || !all[0].EndedAt.IsZero() {
		t.Errorf("a follow of what is hidden: %+v, %v", all, err)
	}
}

// TestDigestsOfThings checks that digests have news of things of other kinds, of what
// came of them, and none that was told at once as that of a need.
func TestDigestsOfThings(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	stop := p.run(t, box.deliver)
	names := []string{"finding", "garden", "told", "west", "east", "advice"}
	people := map[string]int64{}
	for _, name := range names {
		people[name] = p.contact(t, name+"@example.org")
	}
	bench := p.report(t, "anna", "Bench", "trees", civic.Published)
	finding, advice := p.diagnose(t, "Finding", bench), p.recommend(t)
	existing := p.submit(t, moderator, civic.InitiativeThing, "Existing", 0)
	p.settle(t)
	p.follow(t, people["finding"], civic.NewFollow{ThingID: finding, Cadence: civic.Daily})
	p.follow(t, people["advice"], civic.NewFollow{ThingID: advice, Cadence: civic.Daily})
	for name, area := range map[string]string{"west": "west", "east": "east"} {
		p.follow(t, people[name], civic.NewFollow{Filter: civic.Filter{Areas: []string{area}}, Cadence: civic.Daily})
	}
	garden := p.submit(t, moderator, civic.InitiativeThing, "Garden", 0, answers(finding))
	p.follow(t, people["garden"], civic.NewFollow{ThingID: garden, Cadence: civic.Daily})
	p.follow(t, people["told"], civic.NewFollow{ThingID: garden, Cadence: civic.Daily})
	p.follow(t, people["told"], civic.NewFollow{ThingID: bench})
	p.act(t, civic.Command{Action: civic.Plan}, garden)
	p.settle(t)
	p.act(t, civic.Command{Action: civic.Start}, garden)
	p.act(t, civic.Command{Action: civic.AddLink, Link: civic.NewLink{Field: "led_to", Thing: existing}}, advice)
	p.submit(t, moderator, civic.AskThing, "Spade", 0, civic.FieldLinks{Field: "for", Things: []int64{garden}})
	p.settle(t)
	box.told()
	stop()
	for range 2 {
		if err := p.QueueDigests(t.Context(), p.d, civic.Daily, time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	p.run(t, box.deliver)
	p.settle(t)
	got := map[string][]string{}
	for _, l := range box.received() {
		name, _, _ := strings.Cut(l.To, "@")
		got[name] = items(l)
		for _, i := range l.Items {
			if i.Of == civic.InitiativeThing && !strings.HasPrefix(i.Link, "/d/test/initiatives/") {
				t.Errorf("%s has the link %s", i.Title, i.Link)
			}
		}
		if name == "garden" && (len(l.Follows) != 1 || l.Follows[0].Title != "Garden") {
			t.Errorf("%+v", l.Follows)
		}
	}
	want := map[string][]string{
		"finding": {"moved Garden", "published Garden"},
		"garden":  {"published Spade", "moved Garden"},
		"told":    {"published Spade"},
		"west":    {"moved Garden", "moved Bench", "published Garden"},
		"advice":  {"came_of Existing"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

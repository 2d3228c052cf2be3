package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// withTask returns a change of a draft of an initiative, which is in an area and has a
// task for a day.
func withTask(area string, due civic.Day) func(*civic.RecordDraft) {
	return func(d *civic.RecordDraft) {
		d.Words["area"] = area
		d.Rows["tasks"] = []civic.Values{
			{Texts: map[string]civic.Text{"task": {"en": "Done long ago"}}, Words: map[string]string{"due": "2020-01-01", "done": "yes"}},
			{Texts: map[string]civic.Text{"task": {"en": "Paint"}}, Words: map[string]string{"due": due.String()}},
		}
	}
}

// in returns a change of a draft, which is in an area.
func in(area string) func(*civic.RecordDraft) {
	return func(d *civic.RecordDraft) { d.Words["area"] = area }
}

// TestToday lists for each role what needs it: what it may do something about, in its
// area or of its organisation, and nothing else.
func TestToday(t *testing.T) {
	t.Parallel()
	h := openThreaded(t)
	west, east := tree, tree
	west.Title, west.ReportedOn, east.Title, east.Point = "West", 19000, "East", orb.Point{20.02, 50.05}
	hall := add(t, h.Store, h.d, club, civic.Published)
	add(t, h.Store, h.d, west, civic.Published)
	add(t, h.Store, h.d, east, civic.Published)
	add(t, h.Store, h.d, fear, civic.Published)
	asked, shown := west, west
	asked.Title, asked.Email, asked.ReportedOn, shown.Title = "Asked", "anna@example.org", 19001, "Shown"
	question := add(t, h.Store, h.d, asked, civic.Published)
	evidence := civic.FieldLinks{Field: "evidence", Things: []int64{add(t, h.Store, h.d, shown, civic.Published)}}

	now := time.Date(2027, 3, 1, 23, 30, 0, 0, time.UTC) // which is the next day in the district
	today := h.d.DayOf(now)
	h.exchange(civic.DiagnosisThing, "Unanswered", 0, in("west"), evidence)
	answered := h.exchange(civic.DiagnosisThing, "Answered", 0, in("west"), evidence)
	h.exchange(civic.InitiativeThing, "Own", hall, withTask("east", today+3), civic.FieldLinks{Field: "answers", Things: []int64{answered}})
	joined := h.exchange(civic.InitiativeThing, "Joined", 0, withTask("west", today+civic.TodayDays), civic.FieldLinks{Field: "partners", Things: []int64{hall}})
	h.exchange(civic.InitiativeThing, "Later", hall, withTask("west", today+civic.TodayDays+1))
	h.exchange(civic.InitiativeThing, "Past", 0, withTask("west", today-1))
	h.exchange(civic.OfferThing, "Room", hall, nil)
	h.exchange(civic.AskThing, "Ask", 0, nil, civic.FieldLinks{Field: "for", Things: []int64{joined}})
	sent := h.exchange(civic.RecommendationThing, "Sent", 0, in("west"))
	h.act(civic.Adopt, sent, civic.NewLink{})
	h.act(civic.Send, sent, civic.NewLink{})

	grant := func(g civic.Grant) civic.Actor {
		g.DistrictID = h.d.ID
		return civic.Actor{Kind: civic.Account, ID: 20, Grants: []civic.Grant{g}}
	}
	member := grant(civic.Grant{Role: civic.Member, OrganisationID: hall})
	draft := h.submission(civic.OfferThing, "Draft")
	says, _ := draft.Content.(civic.Record)
	says.Point = &orb.Point{19.95, 50.05}
	content, err := h.d.AcceptRecord(says.RecordDraft)
	if err != nil {
		t.Fatal(err)
	}
	draft.Owner, draft.Content = hall, content
	if _, err := h.Do(t.Context(), h.d, member, draft); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Do(t.Context(), h.d, h.moderator, civic.Command{Action: civic.Ask, Things: []int64{question}, Text: "Which tree?"}); err != nil {
		t.Fatal(err)
	}
	anna, err := h.ContactByEmail(t.Context(), h.d, asked.Email)
	if err != nil {
		t.Fatal(err)
	}

	actors := map[string]civic.Actor{
		"unknown": {}, "contact": {Kind: civic.Contact, ID: anna}, "another contact": {Kind: civic.Contact, ID: anna + 1},
		"member": member, "member elsewhere": grant(civic.Grant{Role: civic.Member, OrganisationID: hall + 1}),
		"former member": grant(civic.Grant{Role: civic.Member, OrganisationID: hall, Until: now}),
		"animator west": grant(civic.Grant{Role: civic.Animator, AreaID: h.d.Areas[0].ID}), "animator east": grant(civic.Grant{Role: civic.Animator, AreaID: h.d.Areas[1].ID}),
		"adviser": grant(civic.Grant{Role: civic.Adviser}), "council": grant(civic.Grant{Role: civic.Council}), "moderator": h.moderator,
		"admin": grant(civic.Grant{Role: civic.Admin}),
	}
	type lists map[string][]string // titles by section
	got := func(actor civic.Actor, q civic.TodayQuery) lists {
		t.Helper()
		found, err := h.Today(t.Context(), h.d, actor, q)
		if err != nil {
			t.Fatal(err)
		}
		all := lists{}
		for _, list := range found.Lists {
			for _, item := range list.Items {
				all[list.Section.String()] = append(all[list.Section.String()], item.Title)
				asked := actor.Kind == civic.Contact
				if !asked && list.Section != civic.TodayDeadlines && !civic.CanKnow(actor, item.Thing, false, q.Now) {
					t.Errorf("%+v may not know %+v", actor, item.Thing)
				}
			}
			if list.Section != civic.TodayNeeds && q.Limit > 1 && q.Skip == 0 && list.Total != len(list.Items) {
				t.Errorf("%s has %d items, of %d", list.Section, len(list.Items), list.Total)
			}
		}
		return all
	}
	for name, want := range map[string]lists{
		"contact": {"questions": {"Asked"}},
		"member":  {"asks": {"Ask"}, "deadlines": {"Own", "Joined"}},
		"animator west": {
			"replies": {"Sent"}, "deadlines": {"Past", "Joined"}, "drafts": {"Draft"}, "needs": {"West", "Asked"}, "diagnoses": {"Unanswered"},
		},
		"animator east": {"deadlines": {"Own"}, "needs": {"East"}},
		"council":       {"replies": {"Sent"}},
		"moderator": {
			"replies": {"Sent"}, "deadlines": {"Past", "Own", "Joined"}, "drafts": {"Draft"}, "needs": {"West", "Asked", "East"}, "diagnoses": {"Unanswered"},
		},
	} {
		if diff := cmp.Diff(want, got(actors[name], civic.TodayQuery{Limit: 10, Now: now})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		delete(actors, name)
	}
	for name, actor := range actors { // who has nothing to do
		if diff := cmp.Diff(lists{}, got(actor, civic.TodayQuery{Limit: 10, Now: now})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}

	second := got(h.moderator, civic.TodayQuery{Section: civic.TodayDeadlines, Skip: 1, Limit: 1, Now: now})
	if diff := cmp.Diff(lists{"deadlines": {"Own"}}, second); diff != "" {
		t.Errorf("the second deadline (-want +got):\n%s", diff)
	}
	later := now.AddDate(0, 0, 800)
	if diff := cmp.Diff(lists{"asks": {"Ask"}, "deadlines": {"Own", "Joined", "Later"}, "confirm": {"Room"}}, got(member, civic.TodayQuery{Limit: 10, Now: later})); diff != "" {
		t.Errorf("the member, later (-want +got):\n%s", diff)
	}

	council := grant(civic.Grant{Role: civic.Council})
	reply := func(r *civic.RecordDraft) {
		r.Rows["paragraphs"][0].Words = map[string]string{"reply": "accepted"}
		r.Rows["steps"] = []civic.Values{{Texts: map[string]civic.Text{"step": {"en": "Plant"}}, Words: map[string]string{"due": (today - 1).String()}}}
	}
	if err := h.edit(civic.AcceptReply, sent, reply); err != nil {
		t.Fatal(err)
	}
	executed, err := h.Today(t.Context(), h.d, council, civic.TodayQuery{Limit: 10, Now: now})
	if err != nil || len(executed.Lists) != 1 || executed.Lists[0].Section != civic.TodayDeadlines || executed.Lists[0].Late != 1 {
		t.Fatalf("of a recommendation that is accepted, the council has to do %+v, %v", executed, err)
	}
	want := civic.Awaited{Day: today - 1, Field: "steps", What: civic.Text{"en": "Plant"}}
	if diff := cmp.Diff(want, executed.Lists[0].Items[0].Awaited); diff != "" {
		t.Errorf("awaited (-want +got):\n%s", diff)
	}
}

// TestUndiagnosed checks that the needs are listed that are counted.
func TestUndiagnosed(t *testing.T) {
	want := []civic.Status{civic.Reported, civic.UnderDiagnosis, civic.Reopened} // as in sql/today_needs.sql
	if diff := cmp.Diff(want, civic.Undiagnosed()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

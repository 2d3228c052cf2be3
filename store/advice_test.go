package store_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// adviceDesk is a district with topics and advisers.
type adviceDesk struct {
	*testing.T
	store                   *store.Store
	d                       *civic.District
	conn                    *pgx.Conn
	anna, deputy, moderator civic.Actor
}

// openAdviceDesk returns a district in which Anna advises about planning.
func openAdviceDesk(t *testing.T) adviceDesk {
	t.Helper()
	p := openPost(t)
	s, d := p.Store, p.d
	a := adviceDesk{T: t, store: s, d: d, conn: p.conn}
	topics := []civic.Topic{{Slug: "planning", Label: civic.Text{"en": "Planning"}, TargetDays: 10}, {Slug: "law", Label: civic.Text{"en": "Law"}, TargetDays: 5}}
	if err := s.SetTopics(t.Context(), d, civic.Actor{Kind: civic.Operator, Name: "root"}, topics); err != nil {
		t.Fatal(err)
	}
	a.anna, a.deputy, a.moderator = a.account("anna@example.org", civic.Adviser), a.account("deputy@example.org", civic.Adviser), a.account("mod@example.org", civic.Moderator)
	a.set(civic.AdviserSettings{AccountID: a.anna.ID, Topics: []string{"planning"}, DeputyID: a.deputy.ID})
	return a
}

// account returns a new account with a role.
func (a adviceDesk) account(email string, role civic.Role) civic.Actor {
	a.Helper()
	given, err := a.store.GiveRole(a.Context(), a.d, civic.Actor{Kind: civic.Operator, Name: "root"}, civic.Gift{Email: email, Name: strings.Split(email, "@")[0], Role: role, Reason: "a test"})
	if err != nil {
		a.Fatal(err)
	}
	return civic.Actor{Kind: civic.Account, ID: given.AccountID, Grants: []civic.Grant{{Role: role, DistrictID: a.d.ID}}}
}

func (a adviceDesk) set(to civic.AdviserSettings) {
	a.Helper()
	if err := a.store.SetAdviser(a.Context(), a.d, a.moderator, to); err != nil {
		a.Fatal(err)
	}
}

// ask submits a request of a resident, and returns it with the actor who
// that is. The address is confirmed unless it is new and confirm is false.
func (a adviceDesk) ask(topic string, confirm bool) (thing int64, asker civic.Actor) {
	a.Helper()
	content, err := a.d.AcceptRecord(civic.RecordDraft{Kind: civic.AdviceThing, Values: civic.Values{Words: map[string]string{
		"question": "May they build on the meadow?", "topic": topic, "wants_publication": "yes",
		"outline": "50.05, 19.95\n50.05, 19.96\n50.06, 19.96\n50.05, 19.95",
	}}, Point: &orb.Point{19.951, 50.051}})
	if err != nil {
		a.Fatal(err)
	}
	out, err := a.store.Do(a.Context(), a.d, civic.Actor{}, civic.Command{Action: civic.Submit, Kind: civic.AdviceThing, Content: content, Email: "resident@example.org"})
	if err != nil {
		a.Fatal(err)
	}
	asker = civic.Actor{Kind: civic.Contact, ID: out.Changed[0].ReporterID}
	if confirm {
		a.confirm(asker.ID)
	}
	return out.Changed[0].ID, asker
}

// confirm confirms the address of a contact by hand, and assigns what waits for that.
func (a adviceDesk) confirm(contact int64) {
	a.Helper()
	if _, err := a.conn.Exec(a.Context(), `update contacts set confirmed_at = now() where contact_id = $1`, contact); err != nil {
		a.Fatal(err)
	}
	if err := a.store.AssignAdvice(a.Context(), a.d); err != nil {
		a.Fatal(err)
	}
}

// adviser returns who has a request, and why.
func (a adviceDesk) adviser(thing int64) (account int64, why civic.AssignmentCause) {
	a.Helper()
	c, err := a.store.AdviceCase(a.Context(), a.d, thing)
	if err != nil {
		a.Fatal(err)
	}
	return c.Adviser, c.Why
}

// do takes an action on a thing.
func (a adviceDesk) do(actor civic.Actor, thing int64, c civic.Command) error {
	c.Things = []int64{thing}
	_, err := a.store.Do(a.Context(), a.d, actor, c)
	return err
}

// must takes actions that succeed.
func (a adviceDesk) must(err error) {
	a.Helper()
	if err != nil {
		a.Fatal(err)
	}
}

// bring takes an action that changes what a request says.
func (a adviceDesk) bring(actor civic.Actor, thing int64, action civic.Action, field, word string) error {
	a.Helper()
	t, err := a.store.Thing(a.Context(), a.d, thing)
	if err != nil {
		a.Fatal(err)
	}
	says := t.Content.(civic.Record).RecordDraft
	says.Words[field] = word
	content, err := a.d.AcceptRecord(says)
	if err != nil {
		a.Fatal(err)
	}
	return a.do(actor, thing, civic.Command{Action: action, Version: t.Version, Content: content})
}

// TestAssignAdvice checks that a request goes to the adviser of its topic once the
// address is confirmed, to the deputy in an absence, moves when one begins, and is
// handed over; each told once, in the record, with the day of the topic.
func TestAssignAdvice(t *testing.T) {
	a := openAdviceDesk(t)
	first, asker := a.ask("planning", false)
	if account, _ := a.adviser(first); account != 0 {
		t.Error("it is assigned before the address is confirmed")
	}
	a.confirm(asker.ID)
	if account, why := a.adviser(first); account != a.anna.ID || why != civic.ByLoad {
		t.Errorf("it is assigned to %d by %q", account, why)
	}
	described, err := a.store.Thing(t.Context(), a.d, first)
	if says := described.Content.(civic.Record); err != nil || says.Day("due") != a.d.DayOf(time.Now())+10 || !strings.HasPrefix(says.Words["outline"], `{"type":"Polygon"`) {
		t.Errorf("%+v, %v", says, err)
	}
	today := a.d.DayOf(time.Now())
	a.set(civic.AdviserSettings{AccountID: a.anna.ID, Topics: []string{"planning"}, DeputyID: a.deputy.ID, AbsentFrom: today})
	if account, why := a.adviser(first); account != a.deputy.ID || why != civic.ByAbsence {
		t.Errorf("in the absence, it is assigned to %d by %q", account, why)
	}
	second, _ := a.ask("planning", true)
	if account, why := a.adviser(second); account != a.deputy.ID || why != civic.ByDeputy {
		t.Errorf("a new one is assigned to %d by %q", account, why)
	}
	nobodys, _ := a.ask("law", true)
	if account, _ := a.adviser(nobodys); account != 0 {
		t.Errorf("one that nobody advises about is assigned to %d", account)
	}
	a.must(a.store.AssignAdvice(t.Context(), a.d)) // again
	if err := a.do(a.deputy, second, civic.Command{Action: civic.HandOver, To: a.anna.ID}); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("hand over without a reason: %v", err)
	}
	if err := a.do(a.deputy, second, civic.Command{Action: civic.HandOver, To: a.moderator.ID, Reason: "x"}); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("hand over to somebody else: %v", err)
	}
	a.must(a.do(a.deputy, nobodys, civic.Command{Action: civic.HandOver, To: a.deputy.ID, Reason: "I know about it"}))
	if account, why := a.adviser(nobodys); account != a.deputy.ID || why != civic.ByHandOver {
		t.Errorf("handed over to %d by %q", account, why)
	}
	var mails, recorded int
	a.must(a.conn.QueryRow(t.Context(), `select count(*) from deliveries where kind = 'assigned'`).Scan(&mails))
	a.must(a.conn.QueryRow(t.Context(), `select count(*) from audit where action in ('assign', 'hand_over')`).Scan(&recorded))
	if mails != 4 || recorded != 5 { // nobody is told of what nobody has
		t.Errorf("%d mails to advisers, %d entries", mails, recorded)
	}
}

// TestSetAdviser checks who may change what of an adviser.
func TestSetAdviser(t *testing.T) {
	a := openAdviceDesk(t)
	own := civic.AdviserSettings{AccountID: a.anna.ID, Topics: []string{"planning"}, AbsentFrom: 30000, AbsentUntil: 30010}
	a.must(a.store.SetAdviser(t.Context(), a.d, a.anna, own))
	topics := own
	topics.Topics = []string{"law", "planning"}
	others := own
	others.AccountID = a.deputy.ID
	for _, refused := range []civic.AdviserSettings{topics, others} {
		if err := a.store.SetAdviser(t.Context(), a.d, a.anna, refused); !errors.Is(err, civic.ErrForbidden) {
			t.Errorf("%+v: %v", refused, err)
		}
	}
	a.set(topics)
	invalid := []civic.AdviserSettings{
		{AccountID: a.anna.ID, Topics: []string{"space"}}, {AccountID: a.anna.ID, DeputyID: a.anna.ID}, {AccountID: a.anna.ID, DeputyID: a.moderator.ID},
		{AccountID: a.anna.ID, AbsentUntil: 30000}, {AccountID: a.anna.ID, AbsentFrom: 30001, AbsentUntil: 30000},
	}
	for _, refused := range invalid {
		if err := a.store.SetAdviser(t.Context(), a.d, a.moderator, refused); !errors.Is(err, civic.ErrInvalid) {
			t.Errorf("%+v: %v", refused, err)
		}
	}
	found, err := a.store.Advisers(t.Context(), a.d)
	want := []civic.AdvisingAccount{
		{AccountID: a.anna.ID, Name: "anna", Topics: []string{"law", "planning"}, AbsentFrom: 30000, AbsentUntil: 30010},
		{AccountID: a.deputy.ID, Name: "deputy", Topics: []string{}},
	}
	if diff := cmp.Diff(want, found); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// TestAdviceCase checks the conversation: who says what, what whoever asked sees of it,
// that advice is no content of the request, and that mails have none of its words.
func TestAdviceCase(t *testing.T) {
	a := openAdviceDesk(t)
	id, asker := a.ask("planning", true)
	a.must(a.do(a.anna, id, civic.Command{Action: civic.Start}))
	a.must(a.do(a.anna, id, civic.Command{Action: civic.Ask, Text: "Which meadow?"}))
	a.must(a.do(asker, id, civic.Command{Action: civic.Answer, Text: "The one by the river."}))
	a.must(a.do(a.anna, id, civic.Command{Action: civic.Note, Text: "He phoned."}))
	a.must(a.do(a.anna, id, civic.Command{Action: civic.Advise, Text: "First draft."}))
	a.must(a.do(a.anna, id, civic.Command{Action: civic.Undo}))
	a.must(a.do(a.anna, id, civic.Command{Action: civic.Advise, Text: "No: the plan forbids it."}))
	for _, refused := range []civic.Action{civic.Publish, civic.Hide, civic.PostUpdate} {
		if err := a.do(a.moderator, id, civic.Command{Action: refused, Reason: "x", Text: map[bool]string{true: "x"}[refused.NeedsText()]}); !errors.Is(err, civic.ErrForbidden) {
			t.Errorf("%s: %v", refused, err)
		}
	}
	if err := a.do(asker, id, civic.Command{Action: civic.Note, Text: "x"}); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("whoever asked notes: %v", err)
	}
	c, err := a.store.AdviceCase(t.Context(), a.d, id)
	a.must(err)
	said := func(c civic.AdviceCase) (all []string) {
		for _, e := range c.Entries {
			if e.Text != "" {
				all = append(all, e.Action.String()+": "+e.Text)
			}
		}
		return all
	}
	want := []string{"ask: Which meadow?", "answer: The one by the river.", "note: He phoned.", "advise: No: the plan forbids it."}
	if diff := cmp.Diff(want, said(c)); diff != "" {
		t.Errorf("the advisers read (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(slices.Delete(want, 2, 3), said(c.ForReporter())); diff != "" {
		t.Errorf("whoever asked reads (-want +got):\n%s", diff)
	}
	described, err := a.store.Thing(t.Context(), a.d, id)
	if says := described.Content.(civic.Record); err != nil || says.Words["question"] != "May they build on the meadow?" || described.State != "answered" || described.Publication != civic.Pending {
		t.Errorf("%+v, %v", described, err)
	}
	if err := a.bring(a.anna, id, civic.Evaluate, "evaluation", "helped"); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("an adviser evaluates: %v", err)
	}
	if err := a.bring(asker, id, civic.Evaluate, "question", "Something else"); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("whoever asked changes the question: %v", err)
	}
	if err := a.bring(a.anna, id, civic.Edit, "wants_publication", "no"); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("an adviser changes the consent: %v", err)
	}
	a.must(a.bring(asker, id, civic.Evaluate, "evaluation", "helped"))
	a.must(a.bring(asker, id, civic.Consent, "wants_publication", "no"))
	if found, err := a.store.ResidentAdvice(t.Context(), a.d, asker.ID); err != nil || len(found) != 1 || found[0].State != "evaluated" {
		t.Errorf("%+v, %v", found, err)
	}
}

// TestAnonymisedAnswers checks that an answer needs consent, waits for a second person, names
// nobody that is not confirmed, and is found by words and by place.
func TestAnonymisedAnswers(t *testing.T) {
	a := openAdviceDesk(t)
	id, asker := a.ask("planning", true)
	a.must(a.do(a.anna, id, civic.Command{Action: civic.Advise, Text: "No."}))
	answer := func(question string, confirmed ...string) (int64, error) {
		centre, _ := civic.ReleasedPlace(orb.Point{19.951, 50.051}, "neighbourhood")
		content, err := a.d.AcceptRecord(civic.RecordDraft{Kind: civic.AnswerThing, Point: &centre, Values: civic.Values{
			Texts: map[string]civic.Text{"question": {"en": question}, "answer": {"en": "The plan says where."}},
			Words: map[string]string{"topic": "planning", "coarseness": "neighbourhood"},
		}})
		a.must(err)
		out, err := a.store.Do(t.Context(), a.d, a.anna, civic.Command{Action: civic.Submit, Kind: civic.AnswerThing, Content: content, Of: id, Confirmed: confirmed})
		if err != nil {
			return 0, err
		}
		return out.Changed[0].ID, nil
	}
	var faults civic.Faults
	if _, err := answer("May Anna Kowalska build near Ławka Główna?"); !errors.As(err, &faults) || len(faults) != 2 || faults[0].Code != "unconfirmed" {
		t.Errorf("an answer that names a person and a place: %v", err)
	}
	a.must(a.bring(asker, id, civic.Consent, "wants_publication", "no"))
	if _, err := answer("May houses be built on a meadow?"); !errors.As(err, &faults) || faults[0].Field != "of" {
		t.Errorf("without consent: %v", err)
	}
	a.must(a.bring(asker, id, civic.Consent, "wants_publication", "yes"))
	public, err := answer("May houses be built on a meadow?")
	a.must(err)
	if got := thing(t, a.store, a.d, public); got.Publication != civic.Pending {
		t.Errorf("it is public at once: %+v", got)
	}
	if err := a.do(a.anna, public, civic.Command{Action: civic.Publish}); !errors.Is(err, civic.ErrOwnWork) || !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("who has written it publishes it: %v", err)
	}
	waits := func(actor civic.Actor) (ids []int64) {
		today, err := a.store.Today(t.Context(), a.d, actor, civic.TodayQuery{Section: civic.TodayDrafts, Limit: 5, Now: time.Now()})
		a.must(err)
		for _, list := range today.Lists {
			for _, item := range list.Items {
				ids = append(ids, item.ID)
			}
		}
		return ids
	}
	if own, others := waits(a.anna), waits(a.deputy); own != nil || !slices.Equal(others, []int64{public}) {
		t.Errorf("it waits for who has written it %v, for others %v", own, others)
	}
	a.must(a.bring(asker, id, civic.Consent, "wants_publication", "no"))
	if err := a.do(a.deputy, public, civic.Command{Action: civic.Publish}); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("publish once the consent is revoked: %v", err)
	}
	a.must(a.bring(asker, id, civic.Consent, "wants_publication", "yes"))
	a.must(a.do(a.deputy, public, civic.Command{Action: civic.Publish}))
	if err := a.bring(asker, id, civic.Consent, "wants_publication", "no"); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("revoke once it is public: %v", err)
	}
	if c, err := a.store.AdviceCase(t.Context(), a.d, id); err != nil || len(c.Answers) != 1 || len(c.ForReporter().Answers) != 1 {
		t.Errorf("%+v, %v", c.Answers, err)
	}
	for _, test := range []struct {
		query civic.AnswerQuery
		want  bool
	}{
		{civic.AnswerQuery{Words: "they want to build houses"}, true},
		{civic.AnswerQuery{Words: "buses"}, false},
		{civic.AnswerQuery{Words: "!"}, false},
		{civic.AnswerQuery{At: &orb.Point{19.953, 50.053}}, true},
		{civic.AnswerQuery{At: &orb.Point{19.953, 50.053}, Words: "meadow"}, true},
		{civic.AnswerQuery{At: &orb.Point{20.04, 50.02}}, false}, // in another area, and far
		{civic.AnswerQuery{}, true},
	} {
		test.query.Limit = 5
		found, err := a.store.FindAnswers(t.Context(), a.d, test.query)
		if got := len(found) == 1 && found[0].ID == public; err != nil || got != test.want {
			t.Errorf("%+v: %d found, %v", test.query, len(found), err)
		}
	}
}

// TestTodayOfAdvisers checks what waits for an adviser and for a moderator.
func TestTodayOfAdvisers(t *testing.T) {
	a := openAdviceDesk(t)
	own, _ := a.ask("planning", true)
	nobodys, _ := a.ask("law", true)
	waits := func(actor civic.Actor, in time.Duration) (ids []int64, late int) {
		today, err := a.store.Today(t.Context(), a.d, actor, civic.TodayQuery{Section: civic.TodayAdvice, Limit: 5, Now: time.Now().Add(in)})
		a.must(err)
		for _, list := range today.Lists {
			late = list.Late
			for _, item := range list.Items {
				ids = append(ids, item.ID)
			}
		}
		return ids, late
	}
	const day = 24 * time.Hour
	for _, test := range []struct {
		name  string
		actor civic.Actor
		in    time.Duration
		want  []int64
		late  int
	}{
		{"the adviser, ten days before", a.anna, 0, nil, 0},
		{"the adviser, three days before", a.anna, 7 * day, []int64{own}, 0},
		{"the adviser, late", a.anna, 12 * day, []int64{own}, 1},
		{"another adviser", a.deputy, 12 * day, nil, 0},
		{"a moderator", a.moderator, 0, []int64{nobodys}, 0},
		{"an animator", animator, 12 * day, nil, 0},
	} {
		if ids, late := waits(test.actor, test.in); !slices.Equal(ids, test.want) || late != test.late {
			t.Errorf("%s: %v, %d late", test.name, ids, late)
		}
	}
}

// TestUnprovedAdvice checks that a request needs an address.
func TestUnprovedAdvice(t *testing.T) {
	a := openAdviceDesk(t)
	content, err := a.d.AcceptRecord(civic.RecordDraft{Kind: civic.AdviceThing, Values: civic.Values{Words: map[string]string{"question": "x"}}})
	a.must(err)
	var faults civic.Faults
	_, err = a.store.Do(context.WithoutCancel(t.Context()), a.d, civic.Actor{}, civic.Command{Action: civic.Submit, Kind: civic.AdviceThing, Content: content})
	if !errors.As(err, &faults) || faults[0].Field != "email" {
		t.Errorf("without an address: %v", err)
	}
}

// TestUnconfirmedAdviceIsErased erases a request that nobody has confirmed once the link
// of the mail has expired, and no other.
func TestUnconfirmedAdviceIsErased(t *testing.T) {
	a := openAdviceDesk(t)
	erase := func(days, want int, request int64, question string) {
		t.Helper()
		n, err := a.store.EraseUnconfirmed(t.Context(), a.d, time.Now().AddDate(0, 0, days))
		if err != nil || n != want {
			t.Errorf("after %d days %d are erased, not %d: %v", days, n, want, err)
		}
		found, err := a.store.Thing(t.Context(), a.d, request)
		if says, _ := found.Content.(civic.Record); err != nil || says.Words["question"] != question {
			t.Errorf("after %d days the question is %q: %v", days, says.Words["question"], err)
		}
	}
	const question = "May they build on the meadow?"
	request, _ := a.ask("planning", false)
	erase(6, 0, request, question)
	erase(8, 1, request, "")
	erase(8, 0, request, "")
	request, _ = a.ask("planning", true)
	erase(8, 0, request, question)
}

package store_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// weighing adds an event whose themes are weighed in a span around now, and returns it
// with two of its themes.
func (h threaded) weighing(kind civic.WeighingKind, from, until time.Duration) (event int64, themes []int64) {
	h.t.Helper()
	event = h.submit(civic.EventThing, "Debate")
	for _, name := range []string{"Shade", "Benches"} {
		themes = append(themes, h.submit(civic.ThemeThing, name, civic.FieldLinks{Field: "at", Things: []int64{event}}))
	}
	if err := h.weigh(event, kind, from, until); err != nil {
		h.t.Fatal(err)
	}
	return event, themes
}

// weigh lets the themes of an event be weighed in a span around now.
func (h threaded) weigh(event int64, kind civic.WeighingKind, from, until time.Duration) error {
	h.t.Helper()
	at := func(after time.Duration) string { return h.d.LocalTimeOf(time.Now().Add(after)).String() }
	draft := h.submission(civic.EventThing, "Debate").Content.(civic.Record).RecordDraft
	for name, word := range map[string]string{"weighing": string(kind), "dots": "3", "weighing_from": at(from), "weighing_until": at(until)} {
		draft.Words[name] = word
	}
	content, err := h.d.AcceptRecord(draft)
	if err != nil {
		h.t.Fatal(err)
	}
	_, err = h.Do(h.t.Context(), h.d, h.moderator, civic.Command{Action: civic.Edit, Things: []int64{event}, Version: thing(h.t, h.Store, h.d, event).Version, Content: content})
	return err
}

// TestVote checks that a voice counts once however often and however much at once it is
// given, that it can be changed, and that a contact takes over what it gave before it
// was known.
func TestVote(t *testing.T) {
	h := openThreaded(t)
	event, themes := h.weighing(civic.WeighByDots, -time.Hour, time.Hour)
	vote := func(v civic.Voice, dots ...int) error {
		b := civic.Ballot{Dots: map[int64]int{}}
		for i, n := range dots {
			b.Dots[themes[i]] = n
		}
		return h.Vote(t.Context(), h.d, event, v, b)
	}
	want := func(what string, voices int, dots ...int) {
		t.Helper()
		got, err := h.CountBallots(t.Context(), h.d, event)
		result := civic.WeighingResult{Voices: voices, Dots: map[int64]int{}, Stances: map[int64]map[civic.Stance]int{}}
		for i, n := range dots {
			if n > 0 {
				result.Dots[themes[i]] = n
			}
		}
		if diff := cmp.Diff(result, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", what, err, diff)
		}
	}
	phone := civic.Voice{Device: "phone"}
	if err := vote(phone); err != nil {
		t.Fatal(err)
	}
	want("a ballot that gives nothing", 1)
	if given, err := h.Ballot(t.Context(), h.d, event, phone); err != nil || given == nil || len(given.Dots) > 0 {
		t.Errorf("a ballot that gives nothing: %+v, %v", given, err)
	}
	if given, err := h.Ballot(t.Context(), h.d, event, civic.Voice{Device: "another"}); err != nil || given != nil {
		t.Errorf("of somebody who has not voted: %+v, %v", given, err)
	}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if err := vote(phone, 3-i%4, i%4); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := vote(phone, 1, 2); err != nil {
		t.Fatal(err)
	}
	want("one voice, again and again", 1, 1, 2)
	if err := vote(phone, 2, 2); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("four dots of three: %v", err)
	}
	contact := addContact(t, h)
	if err := vote(civic.Voice{ContactID: contact, Device: "phone"}, 3); err != nil {
		t.Fatal(err)
	}
	want("the same, signed in", 1, 3)
	if err := vote(civic.Voice{ContactID: contact, Device: "laptop"}, 0, 1); err != nil {
		t.Fatal(err)
	}
	if err := vote(civic.Voice{Device: "tablet"}, 1); err != nil {
		t.Fatal(err)
	}
	want("on another device, and somebody else", 2, 1, 1)
	if given, err := h.Ballot(t.Context(), h.d, event, civic.Voice{Device: "laptop"}); err != nil || given != nil {
		t.Errorf("the ballot of a contact is shown to whoever uses the device later: %+v, %v", given, err)
	}
	given, err := h.Ballot(t.Context(), h.d, event, civic.Voice{ContactID: contact})
	if diff := cmp.Diff(map[int64]int{themes[1]: 1}, given.Dots); err != nil || diff != "" {
		t.Errorf("the ballot of the contact: %v (-want +got):\n%s", err, diff)
	}
	export, err := h.ExportResident(t.Context(), h.d, contact)
	if err != nil || len(export.Ballots) != 1 || export.Ballots[0].Theme != themes[1] {
		t.Errorf("what is held about the contact: %+v, %v", export.Ballots, err)
	}
	if err := vote(civic.Voice{ContactID: contact}); err != nil {
		t.Fatal(err)
	}
	export, err = h.ExportResident(t.Context(), h.d, contact)
	if err != nil || len(export.Ballots) != 1 || export.Ballots[0] != (civic.ExportedBallot{Event: event}) {
		t.Errorf("what is held about a contact who gives nothing: %+v, %v", export.Ballots, err)
	}
	want("the contact takes it back", 2, 1)
}

// addContact adds a confirmed contact of the district, and returns its id.
func addContact(t *testing.T, h threaded) (id int64) {
	t.Helper()
	c := h.submission(civic.IdeaThing, "Lindens")
	c.Email = "anna@example.org"
	out, err := h.Do(t.Context(), h.d, h.moderator, c)
	if err != nil {
		t.Fatal(err)
	}
	err = h.conn.QueryRow(t.Context(), `
		update contacts
		set confirmed_at = now()
		where district_id = $1
		  and contact_id = $2
		returning contact_id`, h.d.ID, thing(t, h.Store, h.d, out.Changed[0].ID).ReporterID).Scan(&id)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestVoteByRules checks that themes are weighed only while that is open, in the way of
// the event, and only those that are public.
func TestVoteByRules(t *testing.T) {
	h := openThreaded(t)
	v := civic.Voice{Device: "phone"}
	for name, span := range map[string][2]time.Duration{"to come": {time.Hour, 2 * time.Hour}, "ended": {-2 * time.Hour, -time.Hour}} {
		event, themes := h.weighing(civic.WeighByDots, span[0], span[1])
		if err := h.Vote(t.Context(), h.d, event, v, civic.Ballot{Dots: map[int64]int{themes[0]: 1}}); !errors.Is(err, civic.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	event, themes := h.weighing(civic.WeighByConsent, -time.Hour, time.Hour)
	agree := func(theme int64) error {
		return h.Vote(t.Context(), h.d, event, v, civic.Ballot{Stances: map[int64]civic.Stance{theme: civic.Agree}})
	}
	if err := agree(themes[0]); err != nil {
		t.Error(err)
	}
	h.act(civic.Hide, themes[1], civic.NewLink{})
	if err := agree(themes[1]); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("a hidden theme: %v", err)
	}
	if err := h.Vote(t.Context(), h.d, themes[0], v, civic.Ballot{}); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("a theme is no event: %v", err)
	}
	c := h.submission(civic.EventThing, "Debate") // without a weighing
	if _, err := h.Do(t.Context(), h.d, h.moderator, civic.Command{Action: civic.Edit, Things: []int64{event}, Version: thing(t, h.Store, h.d, event).Version, Content: c.Content}); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("the rules are changed once it has begun: %v", err)
	}
	got, err := h.CountBallots(t.Context(), h.d, event)
	if diff := cmp.Diff(map[int64]map[civic.Stance]int{themes[0]: {civic.Agree: 1}}, got.Stances); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// TestVoteWaitsForRules checks that a ballot that has waited while the rules of an event
// were changed is judged by the new ones.
func TestVoteWaitsForRules(t *testing.T) {
	h := openThreaded(t)
	event, themes := h.weighing(civic.WeighByDots, -time.Hour, time.Hour)
	edit, err := connect(t, h.conn.Config().ConnString()).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`update things set version = version + 1 where thing_id = $1`,
		`update contents set content = jsonb_set(content, '{words,dots}', '"1"') where thing_id = $1`,
	} {
		if _, err := edit.Exec(t.Context(), statement, event); err != nil {
			t.Fatal(err)
		}
	}
	voted := make(chan error)
	go func() {
		voted <- h.Vote(t.Context(), h.d, event, civic.Voice{Device: "phone"}, civic.Ballot{Dots: map[int64]int{themes[0]: 3}})
	}()
	waitForLock(t, h.conn)
	if err := edit.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-voted; !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("three dots where there is one: %v", err)
	}
}

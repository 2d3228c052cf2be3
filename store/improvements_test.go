package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// asked returns the tokens with which those were asked who have received a mail, by
// their names, and deletes all letters.
func (m *mailbox) asked() map[string]string {
	m.mu.Lock()
	defer m.mu.Unlock()
	tokens := map[string]string{}
	for _, l := range m.letters {
		if l.Kind == civic.MailBetter {
			name, _, _ := strings.Cut(l.To, "@")
			_, tokens[name], _ = strings.Cut(l.Links["action"], "/better/")
		}
	}
	m.letters = nil
	return tokens
}

// TestIsItBetter asks everybody with a voice once whether a need that is met is
// better; the first "no" opens it again, all answers are counted, published from a
// number on, and erased with their contacts.
func TestIsItBetter(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	bench := p.report(t, "anna", "Bench", "trees", civic.Published)
	same := p.report(t, "bruno", "Seat", "trees", civic.Published)
	supporter := func(name string) {
		t.Helper()
		if err := p.Support(t.Context(), p.d, bench, civic.Voice{ContactID: p.contact(t, name+"@example.org")}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 4 {
		supporter(fmt.Sprint("voice", i))
	}
	p.follow(t, p.contact(t, "follower@example.org"), civic.NewFollow{ThingID: bench})
	p.act(t, civic.Command{Action: civic.Merge, Into: bench}, same)
	p.act(t, civic.Command{Action: civic.BeginAction}, bench)
	p.settle(t)
	box.told()

	p.act(t, civic.Command{Action: civic.Meet}, bench)
	p.settle(t)
	letters := box.received()
	tokens := box.asked()
	if len(letters) != 7 || len(tokens) != 6 || tokens["anna"] == "" || tokens["bruno"] == "" || tokens["voice0"] == "" {
		t.Fatalf("%d mails, of which %d ask: %+v", len(letters), len(tokens), tokens)
	}
	waiting := func(name string) string { // the path on which somebody answers what they were asked
		t.Helper()
		contact, err := p.ContactByEmail(t.Context(), p.d, name+"@example.org")
		if err != nil {
			t.Fatal(err)
		}
		actor := civic.Actor{Kind: civic.Contact, ID: contact}
		found, err := p.Today(t.Context(), p.d, actor, civic.TodayQuery{Limit: 5, Now: time.Now()})
		if err != nil || len(found.Lists) == 0 {
			return fmt.Sprint(err)
		}
		return found.Lists[0].Items[0].Answer
	}
	if got, want := waiting("voice0"), "/d/"+p.d.Slug+"/better/"+tokens["voice0"]; got != want {
		t.Errorf("what needs somebody who was asked leads to %q, want %q", got, want)
	}
	answer := func(name string, better bool) {
		t.Helper()
		err := p.AnswerImprovement(t.Context(), p.d, tokens[name], civic.ImprovementAnswer{
			Better: better, Words: "It is " + name, Why: civic.Wording{Text: "Somebody says so.", Template: "not_better", In: civic.Text{"en": "Somebody says so."}},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	check := func(after string, state civic.State, want civic.Improvements) {
		t.Helper()
		got, err := p.Improvements(t.Context(), p.d, bench)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", after, err, diff)
		}
		if now := thing(t, p.Store, p.d, bench).State; now != state {
			t.Errorf("%s: it is %s, want %s", after, now, state)
		}
	}
	answer("anna", true)
	answer("anna", false)
	answer("voice0", true)
	answer("voice1", true)
	check("one changes their mind", "met", civic.Improvements{})
	if answered, open := waiting("voice0"), waiting("voice2"); answered != "<nil>" || !strings.Contains(open, "/better/") {
		t.Errorf("after the answer of one of two, what waits for them leads to %q and %q", answered, open)
	}
	answer("bruno", false)
	check("one says no", "reopened", civic.Improvements{})
	answer("voice2", false)
	answer("voice2", false)
	check("five have answered", "reopened", civic.Improvements{Better: 3, Answers: 5})
	p.settle(t)
	reopened := 0
	for _, l := range box.received() {
		if l.Kind == civic.MailReopened {
			reopened++
		}
	}
	if reopened != 6 {
		t.Errorf("%d are told that it is open again, want all but the one who said so", reopened)
	}
	words, err := p.ImprovementWords(t.Context(), p.d, bench)
	if err != nil || len(words) != 5 || words[0] != "It is anna" {
		t.Errorf("the staff read %q, %v", words, err)
	}
	history, err := p.History(t.Context(), p.d, bench)
	if last := history[len(history)-1]; err != nil || last.Action != civic.Reopen || last.By != civic.Reporter || last.Reason != "Somebody says so." {
		t.Errorf("the record ends with %+v, %v", last, err)
	}
	asked, err := p.MailImprovement(t.Context(), p.d, tokens["voice3"])
	if err != nil || asked.Answered || asked.Title != "Bench" {
		t.Errorf("the last one is asked %+v, %v", asked, err)
	}

	var anna int64
	if err := p.conn.QueryRow(t.Context(), `select reporter_id from things where thing_id = $1`, bench).Scan(&anna); err != nil {
		t.Fatal(err)
	}
	if err := p.EraseContact(t.Context(), p.d, civic.Actor{Kind: civic.Contact, ID: anna}, anna, false); err != nil {
		t.Fatal(err)
	}
	check("one is erased", "reopened", civic.Improvements{})
	if _, err := p.MailImprovement(t.Context(), p.d, tokens["anna"]); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("the link of somebody who was erased: %v", err)
	}
	if _, err := p.MailImprovement(t.Context(), p.d, tokens["bruno"]+"x"); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("a made-up link: %v", err)
	}
}

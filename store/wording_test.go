package store_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestTemplatesAreReadInTheLanguageOfTheReader checks that a reason and an update
// that were chosen from templates are in the mail in the language of its recipient,
// and in the record in all languages; and that one that was changed is as it was
// written.
func TestTemplatesAreReadInTheLanguageOfTheReader(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	var box mailbox
	p.run(t, box.deliver)
	id := p.report(t, "olga", "Lipa", "trees", civic.Published)
	if _, err := p.conn.Exec(t.Context(), `update contacts set language = 'uk'`); err != nil {
		t.Fatal(err)
	}
	update := civic.Wording{Template: "state:reported", In: civic.Text{"pl": "Sprawdzimy.", "uk": "Перевіримо."}}
	reason := civic.Wording{Template: "spam", In: civic.Text{"pl": "To reklama.", "uk": "Це реклама."}}
	p.act(t, civic.Command{Action: civic.PostUpdate, Text: "Sprawdzimy.", Chosen: update}, id)
	p.act(t, civic.Command{Action: civic.PostUpdate, Text: "Sprawdzimy jutro.", Chosen: civic.Wording{Template: update.Template}}, id)
	p.settle(t)
	p.act(t, civic.Command{Action: civic.Hide, Reason: "To reklama.", Chosen: reason}, id)
	p.settle(t)
	var got []string
	for _, l := range box.received() {
		got = append(got, string(l.Kind)+": "+l.Text+l.Reason)
	}
	slices.Sort(got)
	want := []string{"hidden: Це реклама.", "update: Sprawdzimy jutro.", "update: Перевіримо."}
	if diff := cmp.Diff(want, slices.DeleteFunc(got, func(s string) bool { return s[:7] == "publish" })); diff != "" {
		t.Errorf("mails (-want +got):\n%s", diff)
	}
	history, err := p.History(t.Context(), p.d, id)
	if err != nil {
		t.Fatal(err)
	}
	n := len(history)
	if diff := cmp.Diff([]civic.Text{update.In, nil, reason.In}, []civic.Text{history[n-3].TextIn, history[n-2].TextIn, history[n-1].ReasonIn}); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	staff, err := p.StaffHistory(t.Context(), p.d, id, 10)
	if err != nil || staff[n-3].Text != "Sprawdzimy." || staff[n-3].TextIn["uk"] != "Перевіримо." || staff[n-1].ReasonIn["uk"] != "Це реклама." {
		t.Errorf("%+v, %v", staff, err)
	}
	found, err := p.SearchAudit(t.Context(), p.d, civic.AuditQuery{Action: civic.Hide, Limit: 5})
	if err != nil || len(found) != 1 || found[0].Reason != "To reklama." {
		t.Errorf("%+v, %v", found, err)
	}
}

// TestUpdateTemplates checks that the templates of a district are those for the
// state and the category of a thing, or for any, and are replaced as a whole, by
// operators alone, which is recorded.
func TestUpdateTemplates(t *testing.T) {
	s, d, _ := open(t)
	text := civic.Text{d.Languages[0]: "The lamp has been ordered."}
	all := []civic.UpdateTemplate{
		{Key: "lamp", Status: "in_action", Category: "trees", Text: text}, {Key: "any", Text: text},
		{Key: "state", Status: "in_action", Text: text}, {Key: "category", Category: "help", Text: text},
	}
	operator := civic.Actor{Kind: civic.Operator, Name: "ewa"}
	if err := s.SetUpdateTemplates(t.Context(), d, moderator, all); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("a moderator: %v", err)
	}
	if err := s.SetUpdateTemplates(t.Context(), d, operator, all); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		status   civic.Status
		category string
		want     []civic.UpdateTemplate
	}{
		{civic.InAction, "trees", all[:3]},
		{civic.Reported, "trees", all[1:2]},
		{civic.Active, "help", []civic.UpdateTemplate{all[1], all[3]}},
	} {
		c, _ := d.Category(test.category)
		got, err := s.UpdateTemplates(t.Context(), d, test.status, c.ID)
		if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
			t.Errorf("%s of %s: %v (-want +got):\n%s", test.status, test.category, err, diff)
		}
	}
	if err := s.SetUpdateTemplates(t.Context(), d, operator, []civic.UpdateTemplate{{Key: "x"}}); err == nil {
		t.Error("a template without a text")
	}
	if err := s.SetUpdateTemplates(t.Context(), d, operator, nil); err != nil {
		t.Fatal(err)
	}
	if got, err := s.UpdateTemplates(t.Context(), d, civic.InAction, 1); err != nil || len(got) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	entries, err := s.SearchAudit(t.Context(), d, civic.AuditQuery{Action: civic.ChangeSettings, Limit: 10})
	if err != nil || len(entries) != 2 || entries[0].ActorName != "ewa" {
		t.Errorf("%+v, %v", entries, err)
	}
}

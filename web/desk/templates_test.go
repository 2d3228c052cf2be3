package desk_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestTemplates checks that a reason and a public update that are chosen from
// templates, without JavaScript, are read by everybody in their language, and one
// that was changed as it was written; and that the desk offers the templates of the
// district for the state and the category of a thing.
func TestTemplates(t *testing.T) {
	m := openMailbox(t)
	m.report(t, civic.Published)
	if _, err := m.conn.Exec(t.Context(), `update contacts set language = 'uk'`); err != nil {
		t.Fatal(err)
	}
	own := []civic.UpdateTemplate{
		{Key: "tree", Status: "reported", Category: "trees", Text: civic.Text{"pl": "Ogrodnik przyjdzie.", "uk": "Садівник прийде."}},
		{Key: "other", Status: "met", Text: civic.Text{"pl": "Nie tutaj."}},
	}
	if err := m.Store.SetUpdateTemplates(t.Context(), m.d, civic.Actor{Kind: civic.Operator, Name: "ewa"}, own); err != nil {
		t.Fatal(err)
	}
	page := m.get(t, m.anna, m.thing(0))
	webtest.Contains(t, page, `<option value="tree" data-text="Ogrodnik przyjdzie.">`, `<option value="state:reported"`, `<option value="spam" data-text="`)
	if strings.Contains(page, "Nie tutaj.") {
		t.Error("the template of another state is offered")
	}
	for _, pairs := range [][]string{
		{"do", "post_update", "template", "tree", "text", ""},
		{"do", "post_update", "template", "state:reported", "text", "Moje słowa."},
	} {
		if status, _, body := m.post(t, m.anna, m.thing(0), pairs...); status != http.StatusSeeOther {
			t.Fatalf("%s: status %d: %.500s", pairs, status, body)
		}
	}
	resp, public := m.Do(t, "GET", "/d/trial/pins/1", "", "Accept-Language", "uk")
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("status %d", resp.StatusCode)
	}
	webtest.Contains(t, public, "Садівник прийде.", "Moje słowa.")
	webtest.Contains(t, m.get(t, m.jan, m.thing(0)), "Ogrodnik przyjdzie.", "Moje słowa.")
	if status, _, _ := m.post(t, m.anna, m.thing(0), "do", "hide", "version", "1", "template", "spam"); status != http.StatusSeeOther {
		t.Fatalf("status %d", status)
	}
	hidden := m.mails(t)["olga hidden"]
	if !strings.HasPrefix(hidden.Reason, "Це реклама") {
		t.Errorf("the reason: %q", hidden.Reason)
	}
	webtest.Contains(t, m.get(t, nil, hidden.Links["object"]), "This is")
}

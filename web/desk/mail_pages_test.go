package desk_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// mailbox is a moderated site whose mails are kept.
type mailbox struct {
	*moderated
	box  *webtest.Mailbox
	conn *pgx.Conn
}

func openMailbox(t *testing.T) *mailbox {
	t.Helper()
	m := open(t)
	return &mailbox{m, m.OpenMailbox(t), m.Connect(t)}
}

// report adds a pin, "Dąb", of a reporter whose address is confirmed.
func (m *mailbox) report(t *testing.T, state civic.Publication) {
	t.Helper()
	pin, err := m.d.Accept(civic.Draft{Category: "trees", Title: "Dąb", Point: [2]float64{19.94, 50.03}, ReportedOn: 20000, Email: "olga@example.org"}, civic.MaxDay)
	if err != nil {
		t.Fatal(err)
	}
	id, err := m.Store.AddPin(t.Context(), m.d, civic.Actor{}, pin, state)
	if err != nil {
		t.Fatal(err)
	}
	m.ids = append(m.ids, id)
	m.confirmAll(t)
	m.mails(t)
}

// confirmAll confirms all addresses.
func (m *mailbox) confirmAll(t *testing.T) {
	t.Helper()
	if _, err := m.conn.Exec(t.Context(), `update contacts set confirmed_at = now()`); err != nil {
		t.Fatal(err)
	}
}

// mails returns the mails since the last call by addressee and kind.
func (m *mailbox) mails(t *testing.T) map[string]civic.Letter {
	t.Helper()
	found := map[string]civic.Letter{}
	for _, l := range m.box.Mails(t) {
		name, _, _ := strings.Cut(l.To, "@")
		found[name+" "+string(l.Kind)] = l
	}
	return found
}

// entries returns the number of entries of the audit with an action.
func (m *mailbox) entries(t *testing.T, a civic.Action) (n int) {
	t.Helper()
	if err := m.conn.QueryRow(t.Context(), `select count(*) from audit where action = $1`, a.String()).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestAnswerByTheLinkOfAMail follows a question from the desk to the mail and its
// answer back to the desk. Opening the link changes nothing and signs nobody in, and
// an answer that is sent twice is stored once.
func TestAnswerByTheLinkOfAMail(t *testing.T) {
	m := openMailbox(t)
	m.report(t, civic.Pending)
	m.post(t, m.anna, m.thing(0), "do", "ask", "text", "Który dąb?")
	path := m.mails(t)["olga asked"].Links["action"]
	if !strings.HasPrefix(path, "/d/trial/answer/") {
		t.Fatalf("the link is %q", path)
	}
	for range 3 {
		resp, page := m.Do(t, "GET", path, "", "Accept-Language", "en")
		if resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != "no-store" || resp.Header.Get("X-Robots-Tag") != "noindex" || resp.Header.Get("Set-Cookie") != "" {
			t.Fatalf("status %d, %v", resp.StatusCode, resp.Header)
		}
		webtest.Contains(t, page, "Który dąb?", "Dąb", "<textarea")
	}
	if status, _, page := m.post(t, nil, path, "text", " "); status != http.StatusUnprocessableEntity || !strings.Contains(page, `aria-invalid="true"`) {
		t.Errorf("an empty answer: status %d", status)
	}
	if n := m.entries(t, civic.Answer); n != 0 {
		t.Errorf("%d answers before one was sent", n)
	}
	for range 2 {
		if status, location, _ := m.post(t, nil, path, "text", "Ten przy szkole"); status != http.StatusSeeOther || location != path {
			t.Fatalf("status %d, %s", status, location)
		}
	}
	if n := m.entries(t, civic.Answer); n != 1 {
		t.Errorf("%d answers", n)
	}
	page := m.get(t, nil, path)
	webtest.Contains(t, page, "Your answer has been sent.")
	if strings.Contains(page, "<textarea") || strings.Contains(page, "Ten przy szkole") {
		t.Error("the link still asks, or shows the answer")
	}
	webtest.Contains(t, m.get(t, m.anna, "/d/trial/desk?queue=answers"), ">Dąb<")
	webtest.Contains(t, m.get(t, m.anna, m.thing(0)), "Ten przy szkole")

	m.post(t, m.anna, m.thing(0), "do", "ask", "text", "Który z dwóch?")
	webtest.Contains(t, m.get(t, nil, path), "Który z dwóch?", "<textarea")
	for _, other := range []string{path + "x", strings.Replace(path, "/answer/", "/object/", 1), "/d/trial/unsubscribe" + strings.TrimPrefix(path, "/d/trial/answer")} {
		if resp, _ := m.Do(t, "GET", other, ""); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", other, resp.StatusCode)
		}
	}
	if _, err := m.conn.Exec(t.Context(), `delete from contacts`); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := m.post(t, nil, path, "text", "x"); status != http.StatusNotFound {
		t.Errorf("after an erasure: status %d", status)
	}
}

// TestObjectByTheLinkOfAMail follows an objection of a reporter to a second person,
// whose decision the reporter is told.
func TestObjectByTheLinkOfAMail(t *testing.T) {
	m := openMailbox(t)
	m.report(t, civic.Published)
	m.post(t, m.anna, m.thing(0), "do", "hide", "version", "1", "reason", "Obraża kogoś.")
	path := m.mails(t)["olga hidden"].Links["object"]
	if !strings.HasPrefix(path, "/d/trial/object/") {
		t.Fatalf("the link is %q", path)
	}
	webtest.Contains(t, m.get(t, nil, path), "Obraża kogoś.", "<textarea")
	if status, _, _ := m.post(t, nil, path, "text", ""); status != http.StatusUnprocessableEntity {
		t.Errorf("an empty objection: status %d", status)
	}
	for range 2 {
		if status, _, _ := m.post(t, nil, path, "text", "Nikogo"); status != http.StatusSeeOther {
			t.Fatalf("status %d", status)
		}
	}
	if n := m.entries(t, civic.Object); n != 1 {
		t.Errorf("%d objections", n)
	}
	webtest.Contains(t, m.get(t, nil, path), "Your objection has been sent.")
	if mails := m.mails(t); mails["olga objection_received"].Title != "Dąb" || len(mails) != 1 {
		t.Errorf("mails: %+v", mails)
	}
	webtest.Contains(t, m.get(t, m.anna, m.thing(0)), "Nikogo", "Somebody else than whoever dec")
	page := m.get(t, m.jan, m.thing(0))
	webtest.Contains(t, page, `value="close_report"`)
	if status, _, _ := m.post(t, m.jan, m.thing(0), "do", "close_report", "report", m.openReport(t), "reason", "Jednak tak."); status != http.StatusSeeOther {
		t.Fatalf("status %d", status)
	}
	closed := m.mails(t)["olga report_closed"]
	if closed.Reason != "Jednak tak." || closed.Data["result"] != "objection_dismissed" || closed.Links["object"] != "" {
		t.Errorf("the mail about the objection: %+v", closed)
	}
}

// openReport returns the id of the only report that is open.
func (m *mailbox) openReport(t *testing.T) string {
	t.Helper()
	var id int64
	if err := m.conn.QueryRow(t.Context(), `select report_id from reports where closed_at is null`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(id)
}

// TestReporterOfATextIsToldWhatBecameOfIt checks that whoever reports a text is told
// that the report has arrived, the decision and its reason, and can object to it
// before a second person, all without confirming the address, and without the words
// of visitors; and that a decision which is taken back is not told of.
func TestReporterOfATextIsToldWhatBecameOfIt(t *testing.T) {
	m := openMailbox(t)
	m.report(t, civic.Published)
	report := fmt.Sprintf("/d/trial/pins/%d/report", m.ids[0])
	if status, _, _ := m.post(t, nil, report, "text", "To o mnie", "ground", "insult", "email", "zofia@example.org"); status != http.StatusSeeOther {
		t.Fatalf("status %d", status)
	}
	if mails := m.mails(t); len(mails) != 1 || mails["zofia report_received"].Links["thing"] == "" || mails["zofia report_received"].Title != "" {
		t.Errorf("mails: %+v", mails)
	}
	id := m.openReport(t)
	m.post(t, m.anna, m.thing(0), "do", "hide", "version", "1", "reason", "Pomyłka")
	m.post(t, m.anna, m.thing(0), "do", "undo")
	if mails := m.mails(t); len(mails) != 0 || m.openReport(t) != id {
		t.Errorf("mails about what was taken back: %+v", mails)
	}
	m.post(t, m.anna, m.thing(0), "do", "close_report", "report", id, "reason", "Nie wskazuje osoby.")
	closed := m.mails(t)["zofia report_closed"]
	if closed.Reason != "Nie wskazuje osoby." || closed.Data["result"] != "kept" || closed.Title != "" {
		t.Fatalf("the mail: %+v", closed)
	}
	path := closed.Links["object"]
	webtest.Contains(t, m.get(t, nil, path), "Nie wskazuje osoby.", "<textarea")
	for range 2 {
		if status, _, _ := m.post(t, nil, path, "text", "Wskazuje"); status != http.StatusSeeOther {
			t.Fatalf("status %d", status)
		}
	}
	webtest.Contains(t, m.get(t, m.anna, m.thing(0)), "Wskazuje", "Somebody else than whoever dec")
	if status, _, _ := m.post(t, m.anna, m.thing(0), "do", "close_report", "report", m.openReport(t), "reason", "x"); status != http.StatusForbidden {
		t.Errorf("the objection to one's own decision: status %d", status)
	}
	m.post(t, m.jan, m.thing(0), "do", "hide", "version", "3", "reason", "Racja")
	mails := m.mails(t)
	if mails["zofia report_closed"].Data["result"] != "objection_upheld" || mails["olga hidden"].Reason != "Racja" {
		t.Errorf("mails: %+v", mails)
	}
	if resp, _ := m.Do(t, "POST", "/d/trial/object/forged", "text=x", webtest.Form(nil)...); resp.StatusCode != http.StatusNotFound {
		t.Errorf("a forged token: status %d", resp.StatusCode)
	}
}

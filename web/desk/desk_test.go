package desk_test

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/xuri/excelize/v2"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// moderated is a site with pins that wait, and the headers of two moderators.
type moderated struct {
	*webtest.Site
	d         *civic.District
	anna, jan []string // headers of sessions
	ids       []int64
}

func open(t *testing.T, titles ...string) *moderated {
	t.Helper()
	s := webtest.OpenWith(t, webtest.District(civic.ModerateBefore), nil)
	m := &moderated{Site: s}
	m.anna, m.jan = s.SignIn(t, "anna@example.org", civic.Moderator, ""), s.SignIn(t, "jan@example.org", civic.Moderator, "")
	d := s.Live.Districts()[0].District
	m.d = &d
	for i, title := range titles {
		pin, err := d.Accept(civic.Draft{Category: "trees", Title: title, Body: "Tel. 501 234 567", Point: orb.Point{19.94, 50.03 + float64(i)*0.0001}, ReportedOn: 20000}, civic.MaxDay)
		if err != nil {
			t.Fatal(err)
		}
		id, err := s.Store.AddPin(t.Context(), &d, civic.Actor{}, pin, civic.Pending)
		if err != nil {
			t.Fatal(err)
		}
		m.ids = append(m.ids, id)
	}
	return m
}

// get returns a page of the desk.
func (m *moderated) get(t *testing.T, who []string, path string) string {
	t.Helper()
	_, body := m.Want(t, http.StatusOK, "GET", path, "", append([]string{"Accept-Language", "en"}, who...)...)
	return body
}

// thing returns the path of a thing at the desk.
func (m *moderated) thing(i int) string { return fmt.Sprintf("/d/trial/desk/%d", m.ids[i]) }

// post sends a form with pairs of names and values, and returns the status, where
// it leads, and the page.
func (m *moderated) post(t *testing.T, who []string, path string, pairs ...string) (status int, location, body string) {
	t.Helper()
	resp, body := m.Do(t, "POST", path, webtest.Values(pairs...), append([]string{"Accept-Language", "en"}, webtest.Form(who)...)...)
	return resp.StatusCode, resp.Header.Get("Location"), body
}

// TestQueueAndThing checks that the desk shows what waits, with flags marked,
// likely duplicates, history and the forms that civic offers.
func TestQueueAndThing(t *testing.T) {
	m := open(t, "Dziura w chodniku", "Dziura w chodniku przy szkole")
	webtest.Contains(t, m.get(t, m.anna, "/d/trial/desk"), "Dziura w chodniku przy szkole", "2</strong>", "phone number", `value="publish"`)
	page := m.get(t, m.anna, m.thing(0))
	webtest.Contains(t, page, `<mark class="flag">501 234 567<span class="flag-tag">phone number</span></mark>`, "% similar",
		`value="hide"`, `value="redact"`, `value="merge"`, `data-key="p"`, "Submitted", `rel="next"`, "<pinezka-place ", `id="place-name"`, `id="lat" name="lat"`)
	for _, action := range []string{`value="restore"`, `value="begin_diagnosis"`, `value="post_update"`, `value="report"`} {
		if strings.Contains(page, action) {
			t.Errorf("a pending need offers %s", action)
		}
	}
	webtest.Contains(t, m.get(t, m.jan, m.thing(0)), "anna is looking at this now")
}

// TestPresence checks that a script learns who else looks at a thing, by name, and
// that and by whom it was changed; that whoever leaves is not shown; and that asking
// does not extend a session.
func TestPresence(t *testing.T) {
	m := open(t, "A")
	ask := func(who []string, pairs ...string) string {
		t.Helper()
		status, _, body := m.post(t, who, m.thing(0)+"/presence", pairs...)
		if status != http.StatusOK {
			t.Fatalf("status %d: %s", status, body)
		}
		return strings.TrimSpace(body)
	}
	const nobody = `{"others":[],"changed":""}`
	if got := ask(m.anna, "version", "1"); got != nobody {
		t.Errorf("alone: %s", got)
	}
	if got, want := ask(m.jan, "version", "1"), `{"others":["anna is looking at this now, too."],"changed":""}`; got != want {
		t.Errorf("with another: %s", got)
	}
	ask(m.anna, "leave", "yes")
	if got := ask(m.jan, "version", "1"); got != nobody {
		t.Errorf("after she has left: %s", got)
	}
	if status, _, _ := m.post(t, m.anna, m.thing(0), "do", "edit", "version", "1", "title", "B", "body", ""); status != http.StatusSeeOther {
		t.Fatalf("edit: status %d", status)
	}
	if got, want := ask(m.jan, "version", "1"), `{"others":[],"changed":"This has changed meanwhile. Changed by: anna."}`; got != want {
		t.Errorf("after she has changed it: %s", got)
	}

	conn := m.Connect(t)
	lastUsed := func() (at time.Time) {
		t.Helper()
		if err := conn.QueryRow(t.Context(), `select min(last_used_at) from sessions`).Scan(&at); err != nil {
			t.Fatal(err)
		}
		return at
	}
	if _, err := conn.Exec(t.Context(), `update sessions set last_used_at = now() - interval '10 minutes'`); err != nil {
		t.Fatal(err)
	}
	before := lastUsed()
	ask(m.anna, "version", "2")
	ask(m.jan, "version", "2")
	if after := lastUsed(); !after.Equal(before) {
		t.Errorf("a session that was used at %s is taken to be used at %s", before, after)
	}
}

// TestNearby checks that what is near a thing is in a list and on the map, with the
// same numbers, and that likely duplicates are marked.
func TestNearby(t *testing.T) {
	m := open(t, "Dziura w chodniku", "Dziura w chodniku przy szkole")
	other, err := m.d.Accept(civic.Draft{Category: "help", Title: "Sąsiedzka pomoc", Point: orb.Point{19.94, 50.0304}, ReportedOn: 20000}, civic.MaxDay)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Store.AddPin(t.Context(), m.d, civic.Actor{}, other, civic.Published); err != nil {
		t.Fatal(err)
	}
	page := html.UnescapeString(m.get(t, m.anna, m.thing(0)))
	webtest.Contains(t, page, `data-near-link="1">Dziura w chodniku przy szkole</a>`, `data-near-link="2">Sąsiedzka pomoc</a>`, "11 m away",
		`"waiting":true,"likely":true`, `"number":2,"lon":19.94,"lat":50.0304,"waiting":false,"likely":false`)
	if n := strings.Count(page, `<strong class="tag">probably the same`); n != 1 {
		t.Errorf("%d pins are marked as likely duplicates, want 1", n)
	}
}

// TestActions takes each action by its form: the next thing opens with what was
// done and its undo.
func TestActions(t *testing.T) {
	m := open(t, "A", "B", "C", "D", "E")
	status, location, body := m.post(t, m.anna, m.thing(0), "do", "publish", "version", "1")
	if status != http.StatusSeeOther || !strings.HasPrefix(location, m.thing(1)+"?done=publish") {
		t.Fatalf("publish: status %d, %s: %.300s", status, location, body)
	}
	webtest.Contains(t, m.get(t, m.anna, location), "Published.", `value="undo"`)
	if status, location, _ = m.post(t, m.anna, m.thing(0), "do", "undo"); status != http.StatusSeeOther {
		t.Errorf("undo: status %d", status)
	}
	webtest.Contains(t, m.get(t, m.anna, location), "Undone.", `>Waiting</strong>`)

	if status, _, body = m.post(t, m.anna, m.thing(1), "do", "hide", "version", "1", "reason", ""); status != http.StatusUnprocessableEntity {
		t.Errorf("hide without a reason: status %d", status)
	}
	webtest.Contains(t, body, "Enter a reason")
	if status, _, _ = m.post(t, m.anna, m.thing(1), "do", "hide", "version", "1", "template", "insult"); status != http.StatusSeeOther {
		t.Errorf("hide with a template: status %d", status)
	}
	webtest.Contains(t, m.get(t, m.anna, m.thing(1)), "It insults somebody.", `value="restore"`)

	span := regexp.MustCompile(`name="span" value="([^"]+)"`).FindStringSubmatch(m.get(t, m.anna, m.thing(2)))
	if status, _, _ = m.post(t, m.anna, m.thing(2), "do", "redact", "version", "1", "span", span[1]); status != http.StatusSeeOther {
		t.Errorf("redact: status %d", status)
	}
	if page := m.get(t, m.anna, m.thing(2)); strings.Contains(page, "501 234 567") || !strings.Contains(page, "Tel. […]") {
		t.Error("the telephone number is still there")
	}
	if status, _, _ = m.post(t, m.anna, m.thing(3), "do", "edit", "version", "1", "title", "Dąb", "body", "Nowy"); status != http.StatusSeeOther {
		t.Errorf("edit: status %d", status)
	}
	webtest.Contains(t, m.get(t, m.anna, m.thing(3)), "Dąb", "<del>D", "<ins>")
	for _, pairs := range [][]string{
		{"do", "move", "version", "2", "lon", "19,96", "lat", "50.04"},
		{"do", "recategorise", "version", "3", "category", "help"},
		{"do", "note", "text", "Sprawdzić w terenie"},
		{"do", "ask", "text", "Który dąb?"},
		{"do", "merge", "version", "4", "into", fmt.Sprint(m.ids[4])},
	} {
		if status, _, body := m.post(t, m.anna, m.thing(3), pairs...); status != http.StatusSeeOther {
			t.Errorf("%v: status %d: %s", pairs, status, regexp.MustCompile(`(?s)fault-note.*?</div>`).FindString(body))
		}
	}
	webtest.Contains(t, m.get(t, m.anna, m.thing(3)), "Który dąb?", "Sprawdzić w terenie", `>Merged</strong>`)
}

// TestManyAtOnce checks that an action on chosen things changes all or none.
func TestManyAtOnce(t *testing.T) {
	m := open(t, "A", "B", "C")
	status, location, _ := m.post(t, m.anna, "/d/trial/desk", "do", "publish", "thing", fmt.Sprint(m.ids[0]), "thing", fmt.Sprint(m.ids[1]))
	if status != http.StatusSeeOther {
		t.Fatalf("status %d", status)
	}
	webtest.Contains(t, m.get(t, m.anna, location), "2 are published.", ">C<")
	if status, _, body := m.post(t, m.anna, "/d/trial/desk", "do", "publish"); status != http.StatusUnprocessableEntity {
		t.Errorf("nothing chosen: status %d", status)
	} else {
		webtest.Contains(t, body, "Choose at least one")
	}
}

// TestCollision checks that of two moderators one wins, and the other loses
// nothing that was typed.
func TestCollision(t *testing.T) {
	m := open(t, "A")
	if status, _, _ := m.post(t, m.anna, m.thing(0), "do", "edit", "version", "1", "title", "Od Anny", "body", "x"); status != http.StatusSeeOther {
		t.Fatalf("status %d", status)
	}
	status, _, body := m.post(t, m.jan, m.thing(0), "do", "edit", "version", "1", "title", "Od Jana", "body", "y")
	if status != http.StatusConflict {
		t.Errorf("status %d", status)
	}
	webtest.Contains(t, body, "Somebody else has changed this", `value="Od Jana"`, "<ins>Anny", `name="version" value="2"`)
	if status, _, _ = m.post(t, m.jan, m.thing(0), "do", "undo"); status != http.StatusConflict {
		t.Errorf("undo what another has done: status %d", status)
	}
}

// TestAnimatorSeesTheirArea checks that the desk of an animator of an area has
// that area alone.
func TestAnimatorSeesTheirArea(t *testing.T) {
	m := open(t, "A")
	west, east := m.SignIn(t, "w@example.org", civic.Animator, "west"), m.SignIn(t, "e@example.org", civic.Animator, "east")
	webtest.Contains(t, m.get(t, west, "/d/trial/desk"), ">A<")
	if page := m.get(t, east, "/d/trial/desk"); strings.Contains(page, ">A<") {
		t.Error("another area is shown")
	}
	if resp, _ := m.Do(t, "GET", m.thing(0), "", east...); resp.StatusCode != http.StatusNotFound && resp.StatusCode != http.StatusForbidden {
		t.Errorf("a thing of another area: status %d", resp.StatusCode)
	}
	if status, _, _ := m.post(t, east, m.thing(0), "do", "publish", "version", "1"); status != http.StatusNotFound && status != http.StatusForbidden {
		t.Errorf("publish in another area: status %d", status)
	}
}

// TestTodayOfEachRole checks that the first page has what needs its reader: of a
// moderator what is late, of an animator their area, of an admin mails that could
// not be delivered, roles that end soon, and the settings.
func TestTodayOfEachRole(t *testing.T) {
	m := open(t, "A", "B", "C")
	conn := m.Connect(t)
	if _, err := conn.Exec(t.Context(), `update pins set created_at = now() - interval '30 days' where pin_id <> $1`, m.ids[0]); err != nil {
		t.Fatal(err)
	}
	west, admin := m.SignIn(t, "w@example.org", civic.Animator, "west"), m.SignIn(t, "ewa@example.org", civic.Admin, "")
	_, err := m.Store.GiveRole(t.Context(), m.d, civic.Actor{Kind: civic.Operator, Name: "root"},
		civic.Gift{Email: "olga@example.org", Name: "Olga", Role: civic.Animator, Area: "east", Until: time.Now().Add(48 * time.Hour), Reason: "a test"})
	if err != nil {
		t.Fatal(err)
	}
	page := m.get(t, m.anna, "/d/trial/desk")
	webtest.Contains(t, page, `<strong>2</strong> <span>are late`, `<strong>3</strong> <span>wait`)
	if strings.Contains(page, "For the administrator") {
		t.Error("a moderator sees what is for admins")
	}
	late := m.get(t, m.anna, "/d/trial/desk?queue=overdue")
	webtest.Contains(t, late, ">B<", ">C<")
	if strings.Contains(late, ">A<") {
		t.Error("what is not late is listed as late")
	}
	webtest.Contains(t, m.get(t, west, "/d/trial/desk"), "You see only: <strong>West</strong>")
	page = m.get(t, admin, "/d/trial/desk")
	webtest.Contains(t, page, "For the administrator", "role ends within 14 days", "Olga – Animator", "you can only look", "pinezka district settings", "<dd>PL</dd>")
	if strings.Contains(page, "could not be delivered") {
		t.Error("a mail is listed that has not failed")
	}
	_, err = conn.Exec(t.Context(), `
		update river_job
		set state = 'discarded',
		  finalized_at = now()
		where kind = 'send_mail'
		  and id = (select min(id) from river_job where kind = 'send_mail' and (args ->> 'district')::int = $1)`, m.d.ID)
	if err != nil {
		t.Fatal(err)
	}
	webtest.Contains(t, m.get(t, admin, "/d/trial/desk"), `<strong>1</strong> message that could not be delivered`)
}

// TestUnknownFilters checks that a condition that there is not is a bad request.
func TestUnknownFilters(t *testing.T) {
	m := open(t)
	for _, query := range []string{"queue=x", "area=x", "category=x", "flag=x", "after=x", "after=1-0"} {
		if resp, _ := m.Do(t, "GET", "/d/trial/desk?"+query, "", m.anna...); resp.StatusCode != http.StatusBadRequest && resp.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d", query, resp.StatusCode)
		}
	}
}

// TestAuditPage checks that admins find what was done by each condition, and that
// the files have the same, without formulas.
func TestAuditPage(t *testing.T) {
	m := open(t, "A", "B")
	m.post(t, m.anna, m.thing(0), "do", "hide", "version", "1", "reason", "=1+1")
	m.post(t, m.jan, m.thing(1), "do", "publish", "version", "1")
	admin := m.SignIn(t, "ewa@example.org", civic.Admin, "")
	const path = "/d/trial/desk/audit"
	webtest.Contains(t, m.get(t, admin, path), `<strong>Hidden</strong> <span class="audit-who">anna<`, `<strong>Published</strong> <span class="audit-who">jan<`)
	for _, query := range []string{"?action=hide", "?actor=ann", fmt.Sprintf("?thing=%d", m.ids[0])} {
		if page := m.get(t, admin, path+query); !strings.Contains(page, "<strong>Hidden<") || strings.Contains(page, ">jan<") {
			t.Errorf("%s: not that alone", query)
		}
	}
	webtest.Contains(t, m.get(t, admin, path+"?until=2000-01-01"), "No action matches")
	webtest.Contains(t, m.get(t, admin, path+".csv?action=hide"), "\ufeffEntry,Day,Time,Who,Action,Number,Import,State before,State after,Reason\r\n", ",anna,Hidden,1,,Waiting,Hidden,'=1+1\r\n")
	book, err := excelize.OpenReader(strings.NewReader(m.get(t, admin, path+".xlsx?action=hide")))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for cell, want := range map[string]string{"A1": "Entry", "D2": "anna", "E2": "Hidden", "J2": "=1+1", "A3": ""} {
		if got, err := book.GetCellValue("Data", cell); err != nil || got != want {
			t.Errorf("%s of the sheet is %q, want %q; %v", cell, got, want, err)
		}
	}
	webtest.Contains(t, m.get(t, admin, path+".jsonl?action=hide"), `"name":"anna","action":"hide","thing":1,"before":"pending","after":"hidden","reason":"=1+1"`)
	if resp, _ := m.Do(t, "GET", path, "", m.anna...); resp.StatusCode != http.StatusForbidden {
		t.Errorf("a moderator: status %d", resp.StatusCode)
	}
	if resp, _ := m.Do(t, "GET", path+"?thing=x", "", admin...); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("a malformed number: status %d", resp.StatusCode)
	}
}

package academy_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

const home = "/d/trial"

// printer is a program that makes no PDF, and says of what it should.
type printer struct{ page string }

func (p *printer) PDF(_ context.Context, html []byte) ([]byte, error) {
	p.page = string(html)
	return nil, errors.New("no program")
}

// school is a site with somebody of the staff and a programme that is open.
type school struct {
	*webtest.Site
	t         *testing.T
	moderator []string
	programme string // path
	printer   *printer
}

func openSchool(t *testing.T) school {
	s := school{t: t, printer: new(printer)}
	s.Site = webtest.OpenConfig(t, web.Config{Writes: 100, WriteBurst: 100, Mails: 1, PDF: s.printer}, webtest.District(civic.ModerateAfter), nil)
	s.moderator = append([]string{"Accept-Language", "pl"}, s.SignIn(t, "ola@example.org", civic.Moderator, "")...)
	s.programme = s.send(home+"/programmes/new", url.Values{
		"name.pl": {"Akademia Dobrego Dialogu"}, "about.pl": {"Jak działać"}, "criteria.pl": {"Pomysł **dla dzielnicy**"}, "places": {"1"},
		"enrol_until": {"2100-01-31"}, "attendance_needed": {"100"}, "materials.1.name.pl": {"Scenariusz"}, "materials.1.address": {"https://example.org/a?b=1&c"},
	}, s.moderator)
	s.press(s.programme, "open_enrolment")
	return s
}

// send sends a form, which is to lead to a page, and returns its path.
func (s school) send(path string, q url.Values, header []string) string {
	s.t.Helper()
	if strings.HasSuffix(path, "/new") {
		q.Set("key", string(civic.NewRequestKey()))
	}
	resp, body := s.Do(s.t, "POST", path, q.Encode(), webtest.Form(header)...)
	if resp.StatusCode != http.StatusSeeOther {
		s.t.Fatalf("%s: %d\n%s", path, resp.StatusCode, body)
	}
	path, _, _ = strings.Cut(resp.Header.Get("Location"), "?")
	return path
}

var versions = regexp.MustCompile(`name="version" value="(\d+)"`)

// press presses a button of the page of a thing.
func (s school) press(path, action string) {
	s.t.Helper()
	version := versions.FindStringSubmatch(s.page(path, s.moderator))
	if version == nil {
		s.t.Fatalf("%s has no button", path)
	}
	s.send(path+"/actions", url.Values{"action": {action}, "version": {version[1]}, "reason": {"tak"}}, s.moderator)
}

// page returns a page that there is.
func (s school) page(path string, header []string) string {
	s.t.Helper()
	resp, body := s.Do(s.t, "GET", path, "", header...)
	if resp.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %d", path, resp.StatusCode)
	}
	return body
}

func idOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// enrol enrols somebody who has signed in, and returns the path of the enrolment.
func (s school) enrol(header []string, name, named string) string {
	s.t.Helper()
	return s.send(home+"/enrolments/new", url.Values{
		"link.programme": {idOf(s.programme)}, "name": {name}, "motivation": {"Bo warto"}, "answers": {"Mam pomysł na skwer"}, "named": {named},
	}, header)
}

// resident returns the header of somebody whose address is confirmed.
func (s school) resident(email string) []string {
	s.t.Helper()
	_, person := s.Report(s.t, civic.Draft{Category: "trees", Title: "Lipa", ReportedOn: 20000, Email: email, Point: orb.Point{19.93, 50.03}})
	return append([]string{"Accept-Language", "pl"}, s.Begin(s.t, person)...)
}

// TestSelection checks that somebody enrols with an address and can be selected once it
// is confirmed, with a reason that only they are told, and not beyond the places.
func TestSelection(t *testing.T) {
	s := openSchool(t)
	mailbox := s.OpenMailbox(t)
	pl := []string{"Accept-Language", "pl"}
	if body := s.page(s.programme, pl); !strings.Contains(body, "/enrolments/new?programme="+idOf(s.programme)) || !strings.Contains(body, "Jest 1 miejsce") {
		t.Errorf("one cannot enrol:\n%s", body)
	}
	form := url.Values{"link.programme": {idOf(s.programme)}, "name": {"Jan Nowak"}, "motivation": {"Bo tak"}, "answers": {"Mam pomysł"}, "key": {string(civic.NewRequestKey())}}
	if resp, body := s.Do(t, "POST", home+"/enrolments/new", form.Encode(), webtest.Form(pl)...); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `id="fault-field-email"`) {
		t.Errorf("without an address: %d\n%s", resp.StatusCode, body)
	}
	form.Set("email", "jan@example.org")
	resp, _ := s.Do(t, "POST", home+"/enrolments/new", form.Encode(), webtest.Form(pl)...)
	if to := resp.Header.Get("Location"); to != s.programme+"?done=enrolments#enrol" {
		t.Fatalf("after enrolling: %d to %q", resp.StatusCode, to)
	}
	if body := s.page(s.programme+"?done=enrolments", pl); !strings.Contains(body, "Zgłoszenie dotarło") || strings.Contains(body, "Jan Nowak") {
		t.Error("the page of the programme does not thank, or names who has enrolled")
	}
	header := s.resident("anna@example.org")
	anna := s.enrol(header, "Anna Kot", "no")
	if body := s.page(anna, header); !strings.Contains(body, "Czeka na decyzję") || !strings.Contains(s.page(s.programme, header), anna) {
		t.Errorf("she does not see her enrolment:\n%s", body)
	}
	if resp, _ := s.Do(t, "GET", anna, "", s.resident("ewa@example.org")...); resp.StatusCode != http.StatusNotFound {
		t.Errorf("others see it: %d", resp.StatusCode)
	}
	if resp, _ := s.Do(t, "GET", anna, "", pl...); resp.StatusCode != http.StatusSeeOther || !strings.HasPrefix(resp.Header.Get("Location"), "/sign-in?") {
		t.Errorf("who has not signed in sees it: %d", resp.StatusCode)
	}
	mailbox.Mails(t)
	if body := s.page(s.programme, pl); !strings.Contains(body, `<a href="https://example.org/a?b=1&amp;c" rel="nofollow noopener">`) {
		t.Errorf("the address of the materials is no link:\n%s", body)
	}

	selection := s.programme + "/selection"
	body := s.page(selection, s.moderator)
	if !strings.Contains(body, "<strong>dla dzielnicy</strong>") || !strings.Contains(body, "Mam pomysł na skwer") || !strings.Contains(body, "Zajęte miejsca: 0 z 1. Na decyzję czekają 2 zgłoszenia.") {
		t.Errorf("the selection:\n%s", body)
	}
	if strings.Count(body, `value="select"`) != 1 || strings.Count(body, "Adres nie jest potwierdzony") != 1 {
		t.Error("somebody whose address is not confirmed can be selected")
	}
	jan := regexp.MustCompile(`id="enrolment-(\d+)"`).FindStringSubmatch(body)[1] // who was the first
	decision := url.Values{"enrolment": {jan}, "version": {"1"}, "action": {"select"}, "reason": {"Tak"}}
	if resp, body := s.Do(t, "POST", selection, decision.Encode(), webtest.Form(s.moderator)...); resp.StatusCode != http.StatusConflict || !strings.Contains(body, "Adres nie jest potwierdzony") {
		t.Errorf("somebody whose address is not confirmed is selected: %d", resp.StatusCode)
	}
	for _, id := range []string{"", "x", idOf(anna) + "x", idOf(s.programme)} {
		decision.Set("enrolment", id)
		if resp, _ := s.Do(t, "POST", selection, decision.Encode(), webtest.Form(s.moderator)...); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("the enrolment %q: %d", id, resp.StatusCode)
		}
	}
	decision = url.Values{"enrolment": {idOf(anna)}, "version": {"1"}, "action": {"select"}}
	if resp, body := s.Do(t, "POST", selection, decision.Encode(), webtest.Form(s.moderator)...); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `id="fault-reason-`+idOf(anna)) {
		t.Errorf("without a reason: %d", resp.StatusCode)
	}
	decision.Set("reason", "Jasny pomysł na skwer.")
	s.send(selection, decision, s.moderator)
	if body := s.page(anna, header); !strings.Contains(body, "Jasny pomysł na skwer.") || !strings.Contains(body, "Przyjęte") {
		t.Errorf("she is not told:\n%s", body)
	}
	letters := mailbox.Mails(t)
	if len(letters) != 1 || letters[0].To != "anna@example.org" || letters[0].Title != "Akademia Dobrego Dialogu" || letters[0].Reason != "Jasny pomysł na skwer." || letters[0].Links["thing"] != anna {
		t.Errorf("the letters are %+v", letters)
	}
	ewa := s.enrol(s.resident("ola2@example.org"), "Ola Lis", "yes")
	decision = url.Values{"enrolment": {idOf(ewa)}, "version": {"1"}, "action": {"select"}, "reason": {"Też dobrze"}}
	if resp, body := s.Do(t, "POST", selection, decision.Encode(), webtest.Form(s.moderator)...); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "Wszystkie miejsca są zajęte.") {
		t.Errorf("beyond the places: %d", resp.StatusCode)
	}
	if body := s.page(s.programme, s.moderator); strings.Contains(body, "Anna Kot") || strings.Contains(body, "Ola Lis") {
		t.Error("the page of the programme names who has enrolled")
	}
}

// TestCertificate follows a graduate from the attendance to the certificate, which
// nobody else sees, and which anybody can verify who knows its number.
func TestCertificate(t *testing.T) {
	s := openSchool(t)
	header := s.resident("anna@example.org")
	anna := s.enrol(header, "Anna Kot", "yes")
	session := s.send(home+"/events/new", url.Values{
		"name.pl": {"Pierwsze spotkanie"}, "type": {"session"}, "starts": {"2026-12-05T17:00"}, "ends": {"2026-12-05T19:30"}, "address.pl": {"Rynek 1"},
		"link.programme": {idOf(s.programme)},
	}, s.moderator)
	if body := s.page(s.programme, header); !strings.Contains(body, "sobota, 5 grudnia 2026, 17:00") || !strings.Contains(body, "co najmniej 1 spotkaniu") {
		t.Errorf("the page of the programme has no session:\n%s", body)
	}
	s.press(anna, "select")
	resp, body := s.Do(t, "POST", anna+"/actions", url.Values{"action": {"graduate"}, "version": {"2"}}.Encode(), webtest.Form(s.moderator)...)
	if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "Obecności jest za mało") {
		t.Errorf("without the attendance: %d", resp.StatusCode)
	}
	mark, column := idOf(anna)+".0", idOf(session)+".2026-12-05"
	if body := s.page(s.programme+"/attendance", s.moderator); !strings.Contains(body, `name="mark" value="`+mark+`">`) || !strings.Contains(body, `name="column" value="`+column+`">`) {
		t.Errorf("the attendance:\n%s", body)
	}
	s.send(s.programme+"/attendance", url.Values{"column": {column}, "mark": {mark}}, s.moderator)
	if body := s.page(s.programme+"/attendance?done=yes", s.moderator); !strings.Contains(body, `value="`+mark+`" checked>`) {
		t.Errorf("it is not marked:\n%s", body)
	}
	if resp, _ := s.Do(t, "GET", anna+"/certificate", "", header...); resp.StatusCode != http.StatusNotFound {
		t.Errorf("a certificate before: %d", resp.StatusCode)
	}
	s.press(anna, "graduate")
	body = s.page(anna+"/certificate", header)
	link := regexp.MustCompile(home + `/certificates/[A-Z2-7]{10}`).FindString(body)
	if link == "" || !strings.Contains(body, "Anna Kot") || !strings.Contains(body, "1 spotkanie (2,5 godz.)") || !strings.Contains(body, "Pierwsze spotkanie") {
		t.Fatalf("the certificate:\n%s", body)
	}
	for who, of := range map[string][]string{"nobody": nil, "another resident": s.resident("ewa@example.org")} {
		if resp, _ := s.Do(t, "GET", anna+"/certificate", "", of...); resp.StatusCode == http.StatusOK {
			t.Errorf("%s sees the certificate", who)
		}
	}
	if resp, _ := s.Do(t, "GET", anna+"/certificate.pdf", "", header...); resp.StatusCode != http.StatusInternalServerError || !strings.Contains(s.printer.page, "Anna Kot") || !strings.Contains(s.printer.page, "<html lang=\"pl\">") {
		t.Errorf("the page of the PDF, %d:\n%s", resp.StatusCode, s.printer.page)
	}
	if body := s.page(s.programme, nil); !strings.Contains(body, "Anna Kot") {
		t.Error("who agreed is not named")
	}

	pl := []string{"Accept-Language", "pl"}
	if body := s.page(link, pl); !strings.Contains(body, "jest ważne") || strings.Contains(body, "Anna") {
		t.Errorf("to verify it:\n%s", body)
	}
	for name, want := range map[string]string{"  anna KOT ": "Tak, to zaświadczenie", "Anna Lis": "Nie, na tym zaświadczeniu", "–": "Nie, na tym zaświadczeniu"} {
		if _, body := s.Do(t, "POST", link, url.Values{"name": {name}}.Encode(), webtest.Form(pl)...); !strings.Contains(body, want) {
			t.Errorf("%q is not answered by %q", name, want)
		}
	}
	limited := false
	for range 10 {
		resp, _ := s.Do(t, "POST", link, url.Values{"name": {"Ewa Kot"}}.Encode(), webtest.Form(pl)...)
		limited = limited || resp.StatusCode == http.StatusTooManyRequests
	}
	if !limited {
		t.Error("names can be tried without limit")
	}
	if resp, _ := s.Do(t, "GET", home+"/certificates/AAAAAAAAAA", "", pl...); resp.StatusCode != http.StatusNotFound {
		t.Errorf("a certificate that there is not: %d", resp.StatusCode)
	}
}

// TestPracticum checks that who takes part in a programme begins an initiative from
// their enrolment, which the programme shows and the map has in a layer of its own.
func TestPracticum(t *testing.T) {
	s := openSchool(t)
	header := s.resident("anna@example.org")
	anna := s.enrol(header, "Anna Kot", "no")
	begin := home + "/practicums/new?programme=" + idOf(s.programme)
	if strings.Contains(s.page(anna, header), begin) {
		t.Error("she is offered to begin before she is selected")
	}
	form := url.Values{
		"name.pl": {"Lipy na rynku"}, "summary.pl": {"Sadzimy"}, "link.programme": {idOf(s.programme)},
		"lon": {"19.93"}, "lat": {"50.03"}, "key": {string(civic.NewRequestKey())},
	}
	if resp, body := s.Do(t, "POST", home+"/practicums/new", form.Encode(), webtest.Form(header)...); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "tylko ktoś, kto bierze w nim udział") {
		t.Errorf("not selected: %d\n%s", resp.StatusCode, body)
	}
	s.press(anna, "select")
	if !strings.Contains(s.page(anna, header), begin) {
		t.Error("she is not offered to begin one")
	}
	practicum := s.send(home+"/practicums/new", form, header)
	if body := s.page(practicum, header); !strings.Contains(body, practicum+"/edit") {
		t.Error("she cannot edit it")
	}
	if body := s.page(practicum+"/edit", header); !strings.Contains(body, "Lipy na rynku") {
		t.Errorf("the form does not show it:\n%s", body)
	}
	if resp, _ := s.Do(t, "GET", practicum+"/edit", "", s.resident("ewa@example.org")...); resp.StatusCode != http.StatusForbidden {
		t.Errorf("another resident edits it: %d", resp.StatusCode)
	}
	lists, _, _ := strings.Cut(s.page(s.programme, nil), `id="thread-heading"`)
	if strings.Count(lists, `<a href="`+practicum+`">Lipy na rynku</a>`) != 1 {
		t.Errorf("the programme does not show it once:\n%s", lists)
	}
	if body := s.page("/api/v1/districts/trial/practicums?bbox=19.9,50,20,50.1", nil); !strings.Contains(body, "Lipy na rynku") {
		t.Errorf("the layer has not: %s", body)
	}
}

// field matches a hidden field of a form, or a checkbox that is set.
var field = regexp.MustCompile(`name="(column|was|mark)" value="([^"]+)"( checked)?>`)

// TestAttendanceOfTwo checks that two people of the staff who have opened the attendance at
// the same time do not undo what the other one marks, and that the days of a course are
// attended one by one.
func TestAttendanceOfTwo(t *testing.T) {
	s := openSchool(t)
	header := s.resident("anna@example.org")
	anna := s.enrol(header, "Anna Kot", "no")
	s.press(anna, "select")
	s.send(home+"/events/new", url.Values{
		"name.pl": {"Kurs"}, "type": {"session"}, "starts": {"2026-12-05T17:00"}, "ends": {"2026-12-05T19:00"}, "address.pl": {"Rynek 1"},
		"every": {"week"}, "until": {"2026-12-19"}, "link.programme": {idOf(s.programme)},
	}, s.moderator)
	path := s.programme + "/attendance"
	open := func() url.Values {
		t.Helper()
		q := url.Values{}
		for _, found := range field.FindAllStringSubmatch(s.page(path, s.moderator), -1) {
			if found[1] != "mark" || found[3] != "" {
				q.Add(found[1], found[2])
			}
		}
		return q
	}
	want := func(what string, marks ...string) {
		t.Helper()
		if got := open()["mark"]; !slices.Equal(got, marks) {
			t.Errorf("%s: %v are marked, want %v", what, got, marks)
		}
	}
	week := func(n int) string { return fmt.Sprintf("%s.%d", idOf(anna), n) }
	first, second := open(), open()
	if len(first["column"]) != 3 {
		t.Fatalf("the columns are %v, want three weeks", first["column"])
	}
	first.Add("mark", week(0))
	s.send(path, first, s.moderator)
	second.Add("mark", week(2))
	s.send(path, second, s.moderator)
	want("of different days", week(0), week(2))
	first, second = open(), open()
	first.Set("mark", week(2)) // not the first week
	s.send(path, first, s.moderator)
	second.Add("mark", week(1))
	s.send(path, second, s.moderator)
	want("one takes back, the other adds", week(1), week(2))
	if body := s.page(anna, header); !strings.Contains(body, "2 z 3") {
		t.Errorf("her enrolment does not say how often she was there:\n%s", body)
	}
	if body := s.page(s.programme, header); strings.Count(body, "?day=2026-12-") != 3 {
		t.Errorf("the programme does not have the days of the course:\n%s", body)
	}
	for name, q := range map[string]url.Values{
		"no column": {"mark": {week(0)}}, "no number": {"column": {"x"}}, "a month": {"column": {"1.2026-12"}}, "no mark": {"column": first["column"], "mark": {"x.0"}},
	} {
		if resp, _ := s.Do(t, "POST", path, q.Encode(), webtest.Form(s.moderator)...); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", name, resp.StatusCode)
		}
	}
}

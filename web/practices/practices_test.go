package practices_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

const home = "/d/trial"

// send sends a form, which is to lead to a page, and returns its path.
func send(t *testing.T, s *webtest.Site, path string, q url.Values, header []string) string {
	t.Helper()
	if strings.HasSuffix(path, "/new") {
		q.Set("key", string(civic.NewRequestKey()))
	}
	resp, body := s.Do(t, "POST", path, q.Encode(), webtest.Form(header)...)
	if resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s: %d\n%s", path, resp.StatusCode, body)
	}
	path, _, _ = strings.Cut(resp.Header.Get("Location"), "?")
	return path
}

// add adds a practice for a category, or for none.
func add(t *testing.T, s *webtest.Site, header []string, title, category string) string {
	t.Helper()
	q := url.Values{"name.pl": {title}, "article.pl": {"Tak to robią gdzie indziej."}, "cost": {"low"}}
	if category != "" {
		q.Set("categories", category)
	}
	return send(t, s, home+"/practices/new", q, header)
}

// idOf returns the number of a thing, of the path of its page.
func idOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// offered matches a practice that a page proposes.
var offered = regexp.MustCompile(`<a href="/d/trial/practices/\d+">([^<]+)</a> <span class="thing-of">([^<]+)</span> <button`)

func offersOn(body string) (all []string) {
	for _, match := range offered.FindAllStringSubmatch(body, -1) {
		all = append(all, match[1]+": "+match[2])
	}
	return all
}

// TestProposals checks which practices are proposed to whoever writes a diagnosis or
// an initiative, in which order and why, that the button links one, and that the page
// of the practice says then where it is used: what is public alone.
func TestProposals(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	moderator := append([]string{"Accept-Language", "pl"}, s.SignIn(t, "ola@example.org", civic.Moderator, "")...)
	add(t, s, moderator, "Szkółka drzew", "help")
	forTrees := add(t, s, moderator, "Zielone przystanki", "trees")
	add(t, s, moderator, "Drzewo dla sąsiada", "trees")
	add(t, s, moderator, "Głośne czytanie", "help")
	diagnosis := send(t, s, home+"/diagnoses/new", url.Values{"name.pl": {"Sadzimy drzewa"}, "finding.pl": {"Schną"}, "link.evidence": {"1"}}, moderator)

	_, body := s.Do(t, "GET", diagnosis, "", moderator...)
	want := []string{
		"Drzewo dla sąsiada: dla kategorii: Drzewa; wspólne słowo: Drzewo",
		"Zielone przystanki: dla kategorii: Drzewa",
		"Szkółka drzew: wspólne słowo: drzew",
	}
	if got := offersOn(body); !slices.Equal(got, want) {
		t.Errorf("to the diagnosis %q are proposed, want %q", got, want)
	}
	if _, body := s.Do(t, "GET", diagnosis, ""); len(offersOn(body)) > 0 {
		t.Error("the public is shown proposals")
	}
	for _, form := range []string{diagnosis + "/edit", home + "/initiatives/new?answers=" + idOf(diagnosis), home + "/initiatives/new?answers=1"} {
		if _, body := s.Do(t, "GET", form, "", moderator...); !strings.Contains(body, "Zielone przystanki <span class=\"thing-of\">Dobra praktyka, "+idOf(forTrees)) {
			t.Errorf("%s does not propose it", form)
		}
	}

	send(t, s, diagnosis+"/actions", url.Values{"action": {"link"}, "field": {"serves"}, "other": {idOf(forTrees)}, "version": {"1"}}, moderator)
	hidden := send(t, s, home+"/initiatives/new", url.Values{"name.pl": {"Szkic"}, "summary.pl": {"Jeszcze nie"}, "link.uses": {idOf(forTrees)}, "pending": {"yes"}}, moderator)
	initiative := send(t, s, home+"/initiatives/new", url.Values{"name.pl": {"Przystanek"}, "summary.pl": {"Lipa przy wiacie"}, "link.uses": {idOf(forTrees)}}, moderator)
	for _, header := range [][]string{{"Accept-Language", "pl"}, moderator} {
		_, body := s.Do(t, "GET", forTrees, "", header...)
		used := fmt.Sprintf(`<li><a href="%s">Przystanek</a> <span class="thing-of">Inicjatywa · Pomysł</span></li><li><a href="%s">Sadzimy drzewa</a> <span class="thing-of">Diagnoza · Aktualna</span></li>`, initiative, diagnosis)
		if !strings.Contains(body, used) {
			t.Errorf("the page of the practice does not say where it is used:\n%s", body)
		}
		section, _, _ := strings.Cut(body[strings.Index(body, `id="uses-heading"`):], "</section>")
		if strings.Contains(section, idOf(hidden)+`"`) {
			t.Error("it names an initiative that is not public")
		}
		begins := strings.Contains(section, "/initiatives/new?uses="+idOf(forTrees))
		if signedIn := len(header) > 2; begins != signedIn {
			t.Errorf("signed in %t: an initiative can be begun %t", signedIn, begins)
		}
	}
	if _, body := s.Do(t, "GET", diagnosis, "", moderator...); len(offersOn(body)) != 2 {
		t.Errorf("what is linked is proposed again: %q", offersOn(body))
	}
}

// TestRegister checks who may publish a practice, and the filters of the register.
func TestRegister(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	moderator := append([]string{"Accept-Language", "pl"}, s.SignIn(t, "ola@example.org", civic.Moderator, "")...)
	animator := append([]string{"Accept-Language", "pl"}, s.SignIn(t, "jan@example.org", civic.Animator, "")...)
	written := add(t, s, animator, "Ławki na wynos", "trees")
	if resp, _ := s.Do(t, "GET", written, ""); resp.StatusCode != http.StatusNotFound {
		t.Errorf("what an animator has written is public: %d", resp.StatusCode)
	}
	send(t, s, written+"/actions", url.Values{"action": {"publish"}, "version": {"1"}}, moderator)
	for query, found := range map[string]bool{"": true, "?cost=low": true, "?cost=high": false, "?category=trees": true, "?category=help": false} {
		if _, body := s.Do(t, "GET", home+"/practices"+query, ""); strings.Contains(body, written) != found {
			t.Errorf("%s finds it: want %t", query, found)
		}
	}
}

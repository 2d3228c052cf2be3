package groups_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

var pl = []string{"Accept-Language", "pl"}

// invite gives somebody the role of a member of a working group, and returns the header
// of their session.
func invite(t *testing.T, s *webtest.Site, group int64, name string) []string {
	t.Helper()
	v, _ := s.Live.District("trial")
	given, err := s.Store.GiveRole(t.Context(), &v.District, civic.Actor{Kind: civic.Operator, Name: "root"}, civic.Gift{
		Email: strings.ToLower(name) + "@example.org", Name: name, Role: civic.Member, Organisation: group, Reason: "a test",
	})
	if err != nil {
		t.Fatal(err)
	}
	return s.Begin(t, civic.Person{Kind: civic.Account, ID: given.AccountID})
}

// TestGroupWrites follows a recommendation of a working group: its members write it
// together and comment on paragraphs, one dissents, which nobody else changes, and
// whoever looks after the group sees whom to ask.
func TestGroupWrites(t *testing.T) {
	s := webtest.Open(t, civic.ModerateBefore)
	group := s.Add(t, civic.RecordDraft{Kind: civic.GroupThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Zespół zieleni"}, "purpose": {"pl": "Pisze rekomendacje."}},
		Rows: map[string][]civic.Values{"members": {
			{Words: map[string]string{"name": "Ewa Kot", "sector": "resident", "from": "2026-01-01"}},
			{Words: map[string]string{"name": "Jan Lis", "sector": "office", "until": "2020-01-01"}},
		}},
	}}).ID
	ewa, jan, ola := invite(t, s, group, "Ewa"), invite(t, s, group, "Jan"), invite(t, s, group, "Ola")
	elsewhere := invite(t, s, s.Add(t, civic.RecordDraft{Kind: civic.GroupThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Inny zespół"}, "purpose": {"pl": "Co innego."}},
	}}).ID, "Adam")
	moderator := append(pl, s.SignIn(t, "anna@example.org", civic.Moderator, "")...)
	json := func(header []string) []string { return append([]string{"Content-Type", "application/json"}, header...) }

	body := fmt.Sprintf(`{"name":{"pl":"Drzewa"},"addressee":{"pl":"Miasto"},"paragraphs":[{"text":{"pl":"Posadzić lipy."}}],"group":[%d]}`, group)
	resp, _ := s.Want(t, http.StatusCreated, "POST", "/api/v1/districts/trial/recommendations", body, json(ewa)...)
	api := resp.Header.Get("Location")
	id := api[strings.LastIndex(api, "/")+1:]
	path := "/d/trial/recommendations/" + id
	s.Want(t, http.StatusNotFound, "GET", path, "")
	s.Want(t, http.StatusNotFound, "GET", path, "", elsewhere...)
	_, page := s.Want(t, http.StatusOK, "GET", path, "", append(pl, jan...)...)
	webtest.Contains(t, page, "Ten tekst pisze zespół", "Skomentuj akapit 1", "Podpisz zdanie odrębne", path+"/edit")
	version := func() string {
		_, got := s.Want(t, http.StatusOK, "GET", api, "", moderator...)
		return regexp.MustCompile(`"version":(\d+)`).FindStringSubmatch(got)[1]
	}
	put := func(status int, header []string, dissent string) {
		t.Helper()
		s.Want(t, status, "PUT", api, strings.Replace(body[:len(body)-1], "lipy", "lipy i dęby", 1)+dissent+"}", append([]string{"If-Match", version()}, json(header)...)...)
	}
	put(http.StatusNotFound, elsewhere, "")
	put(http.StatusOK, jan, "")

	comment := func(header []string, on, text string) (status int) {
		resp, _ := s.Do(t, "POST", "/d/trial/comments/new", webtest.Values("key", string(civic.NewRequestKey()), "link.on", on, "paragraph", "1", "text", text, "owner", strconv.FormatInt(group, 10), "pending", "yes"), webtest.Form(header)...)
		return resp.StatusCode
	}
	if got := comment(jan, id, "Ile lip?"); got != http.StatusSeeOther {
		t.Errorf("a member comments on a draft: %d", got)
	}
	if got := comment(elsewhere, id, "Nic"); got != http.StatusUnprocessableEntity {
		t.Errorf("a member of another group comments on a draft: %d", got)
	}
	_, page = s.Want(t, http.StatusOK, "GET", path, "", append(pl, ewa...)...)
	webtest.Contains(t, page, "Ile lip?", "tylko dla zespołu")

	_, page = s.Want(t, http.StatusOK, "GET", fmt.Sprintf("/d/trial/groups/%d", group), "", moderator...)
	webtest.Contains(t, page, "Kogo zapytać", "<li>Ola</li>", "!<li>Jan</li>", "mieszkańcy", "kadencja minęła", path)
	_, page = s.Want(t, http.StatusOK, "GET", fmt.Sprintf("/d/trial/groups/%d", group), "", append(pl, ola...)...)
	webtest.Contains(t, page, "!Kogo zapytać", "Ewa Kot", path)

	s.Want(t, http.StatusSeeOther, "POST", path+"/actions", webtest.Values("action", "dissent", "version", version(), "text", "Wolę krzewy."), webtest.Form(ola)...)
	_, page = s.Want(t, http.StatusOK, "GET", path, "", moderator...)
	webtest.Contains(t, page, "Wolę krzewy.", "Ola</footer>", "!Kogo zapytać")
	put(http.StatusUnprocessableEntity, moderator, `,"dissent":[{"who":{"pl":"Ola"},"text":{"pl":"Wolę lipy."}}]`)
	put(http.StatusUnprocessableEntity, jan, `,"dissent":[]`)
	put(http.StatusOK, jan, `,"dissent":[{"who":{"pl":"Ola"},"text":{"pl":"Wolę krzewy."}}]`)

	act := func(action string) {
		t.Helper()
		s.Want(t, http.StatusSeeOther, "POST", path+"/actions", webtest.Values("action", action, "version", version()), webtest.Form(moderator)...)
	}
	act("publish")
	if _, page = s.Want(t, http.StatusOK, "GET", path, "", pl...); strings.Contains(page, "Ile lip?") {
		t.Error("what members say about a draft is public")
	}
	act("adopt")
	act("send")
	s.Want(t, http.StatusForbidden, "PUT", api, body, append([]string{"If-Match", version()}, json(ewa)...)...)
	_, page = s.Want(t, http.StatusOK, "GET", fmt.Sprintf("/d/trial/groups/%d", group), "", pl...)
	webtest.Contains(t, page, "Wysłana", "!Kogo zapytać")
	if lists, _, _ := strings.Cut(page, `id="thread-heading"`); strings.Count(lists, `href="`+path+`"`) != 1 {
		t.Errorf("the lists do not have the recommendation once:\n%s", lists)
	}
}

package recommendations_test

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

const register = "/d/trial/recommendations"

// site is a district with people who look after its recommendations.
type site struct {
	*webtest.Site
	t         *testing.T
	moderator []string
}

func open(t *testing.T, m civic.Moderation) site {
	s := webtest.Open(t, m)
	return site{s, t, s.SignIn(t, "anna@example.org", civic.Moderator, "")}
}

// recommend adds a recommendation of two paragraphs to an addressee through the API,
// and returns its id.
func (s site) recommend(addressee string) int64 {
	s.t.Helper()
	body := fmt.Sprintf(`{"name":{"pl":"Drzewa"},"addressee":{"pl":%q},"area":"west","paragraphs":[{"text":{"pl":"Posadzić **drzewa**."}},{"text":{"pl":"Podlewać je."}}],
		"dissent":[{"who":{"pl":"Ewa Kot"},"text":{"pl":"Wolę krzewy."}}]}`, addressee)
	resp, _ := s.Want(s.t, http.StatusCreated, "POST", "/api/v1/districts/trial/recommendations", body, append([]string{"Content-Type", "application/json"}, s.moderator...)...)
	location := resp.Header.Get("Location")
	id, err := strconv.ParseInt(location[strings.LastIndex(location, "/")+1:], 10, 64)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// version returns the version of a recommendation.
func (s site) version(id int64) string {
	s.t.Helper()
	_, body := s.Want(s.t, http.StatusOK, "GET", fmt.Sprintf("/api/v1/districts/trial/recommendations/%d", id), "", s.moderator...)
	return regexp.MustCompile(`"version":(\d+)`).FindStringSubmatch(body)[1]
}

// act takes actions through the API.
func (s site) act(id int64, actions ...string) {
	s.t.Helper()
	for _, action := range actions {
		header := append([]string{"Content-Type", "application/json", "If-Match", s.version(id)}, s.moderator...)
		s.Want(s.t, http.StatusOK, "POST", fmt.Sprintf("/api/v1/districts/trial/things/%d/actions", id), fmt.Sprintf(`{"action":%q,"reason":"bo tak"}`, action), header...)
	}
}

// pathOf returns the path of a recommendation.
func pathOf(id int64) string { return fmt.Sprintf("%s/%d", register, id) }

// day returns the day that is some days after today in the district.
func (s site) day(after int) string {
	v, _ := s.Live.District("trial")
	return (v.District.DayOf(time.Now()) + civic.Day(after)).String()
}

// TestComments checks that anybody can comment on a paragraph while the public is
// consulted, that a moderator reads the comment first, and that its address leads to
// the paragraph.
func TestComments(t *testing.T) {
	s := open(t, civic.ModerateBefore)
	id := s.recommend("Miasto")
	pl := []string{"Accept-Language", "pl"}
	_, body := s.Want(s.t, http.StatusOK, "GET", pathOf(id), "", pl...)
	webtest.Contains(s.t, body, `id="p2"`, `href="#p2"`, "<strong>drzewa</strong>", "Ewa Kot", "!Skomentuj akapit")
	comment := func(paragraph, text string, more ...string) (*http.Response, string) {
		values := append([]string{"key", string(civic.NewRequestKey()), "link.on", strconv.FormatInt(id, 10), "paragraph", paragraph, "text", text}, more...)
		return s.Do(t, "POST", "/d/trial/comments/new", webtest.Values(values...), webtest.Form(pl)...)
	}
	if resp, body := comment("1", "Za późno"); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a comment on a draft: %d\n%s", resp.StatusCode, body)
	}
	s.act(id, "consult")
	_, body = s.Want(s.t, http.StatusOK, "GET", pathOf(id), "", pl...)
	webtest.Contains(s.t, body, "Skomentuj akapit 2", "Skomentuj całość", `name="email"`)
	if resp, body := comment("3", "Nie ma takiego"); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "fault-field-paragraph") {
		t.Errorf("a comment on a paragraph that does not exist: %d\n%s", resp.StatusCode, body)
	}
	if resp, body := comment("2", ""); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "fault-field-text") {
		t.Errorf("an empty comment: %d\n%s", resp.StatusCode, body)
	}
	if resp, body := comment("2", "x", "email", "nobody"); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "fault-field-email") {
		t.Errorf("an address that is none: %d\n%s", resp.StatusCode, body)
	}
	resp, body := comment("2", "Raczej <dęby>", "author", "Jan", "email", "jan@example.org")
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != pathOf(id)+"?done=comments#p2" {
		t.Fatalf("%d, %s\n%s", resp.StatusCode, resp.Header.Get("Location"), body)
	}
	_, body = s.Want(s.t, http.StatusOK, "GET", pathOf(id)+"?done=comments", "", pl...)
	webtest.Contains(s.t, body, "Komentarz dotarł", "!dęby")
	_, body = s.Want(s.t, http.StatusOK, "GET", "/d/trial/desk", "", s.moderator...)
	waiting := regexp.MustCompile(`/d/trial/comments/\d+`).FindString(body)
	if waiting == "" {
		t.Fatalf("the desk does not list it:\n%s", body)
	}
	s.Want(s.t, http.StatusNotFound, "GET", waiting, "")
	s.Want(s.t, http.StatusSeeOther, "POST", waiting+"/actions", webtest.Values("action", "publish", "version", "1"), webtest.Form(s.moderator)...)
	_, body = s.Want(s.t, http.StatusOK, "GET", pathOf(id), "", pl...)
	second := body[strings.Index(body, `id="p2"`):]
	webtest.Contains(s.t, second, "Raczej &lt;dęby&gt;", "Jan", "1 komentarz", waiting+"/report", "!jan@example.org", "!odpowiedz lub ukryj")
	if resp, _ := s.Want(s.t, http.StatusSeeOther, "GET", waiting, ""); resp.Header.Get("Location") != pathOf(id)+"#comment-"+waiting[strings.LastIndex(waiting, "/")+1:] {
		t.Errorf("its address leads to %s", resp.Header.Get("Location"))
	}
	s.act(id, "adopt")
	edit := webtest.Values("version", "2", "text", "Raczej <dęby>", "author", "Jan", "paragraph", "2", "link.on", strconv.FormatInt(id, 10), "answer.pl", "Będą dęby.")
	s.Want(s.t, http.StatusSeeOther, "POST", waiting+"/edit", edit, webtest.Form(s.moderator)...)
	_, body = s.Want(s.t, http.StatusOK, "GET", pathOf(id), "", pl...)
	webtest.Contains(s.t, body, "Będą dęby.", "!Skomentuj akapit")
}

// TestUnmoderatedComments checks that comments are public at once where pins are.
func TestUnmoderatedComments(t *testing.T) {
	s := open(t, civic.ModerateAfter)
	id := s.recommend("Miasto")
	s.act(id, "consult")
	s.Want(s.t, http.StatusSeeOther, "POST", "/d/trial/comments/new", webtest.Values("key", string(civic.NewRequestKey()), "link.on", strconv.FormatInt(id, 10), "text", "Popieram"), webtest.Form(nil)...)
	if _, body := s.Want(s.t, http.StatusOK, "GET", pathOf(id), ""); !strings.Contains(body, "Popieram") {
		t.Errorf("it is not shown:\n%s", body)
	}
}

// TestAdoptedText checks that neither the form nor the API changes what was adopted,
// and that the form need not repeat it.
func TestAdoptedText(t *testing.T) {
	s := open(t, civic.ModerateBefore)
	id := s.recommend("Miasto")
	s.act(id, "adopt", "send")
	header := append([]string{"Content-Type", "application/json", "If-Match", s.version(id)}, s.moderator...)
	_, body := s.Want(s.t, http.StatusUnprocessableEntity, "PUT", fmt.Sprintf("/api/v1/districts/trial/recommendations/%d", id),
		`{"name":{"pl":"Drzewa"},"addressee":{"pl":"Miasto"},"paragraphs":[{"text":{"pl":"Wyciąć drzewa."}},{"text":{"pl":"Podlewać je."}}]}`, header...)
	webtest.Contains(s.t, body, `"paragraphs.1.text"`)
	_, body = s.Want(s.t, http.StatusOK, "GET", pathOf(id)+"/edit", "", s.moderator...)
	webtest.Contains(s.t, body, "Posadzić", `name="paragraphs.2.reply"`, "!paragraphs.1.text", "!dissent", `name="steps.1.step.pl"`)
	s.Want(s.t, http.StatusSeeOther, "POST", pathOf(id)+"/edit", webtest.Values("version", s.version(id), "paragraphs.1.reply", "accepted", "paragraphs.2.reply", "", "steps.1.step.pl", "Przetarg"), webtest.Form(s.moderator)...)
	_, body = s.Want(s.t, http.StatusOK, "GET", pathOf(id), "", "Accept-Language", "pl")
	webtest.Contains(s.t, body, "<strong>drzewa</strong>", "Przetarg", "Ewa Kot", "30 dni po wysłaniu")
}

// TestReplyThroughAPI checks that the council records the reply to the whole and to
// each paragraph with one request, which changes nothing when something is wrong in it.
func TestReplyThroughAPI(t *testing.T) {
	s := open(t, civic.ModerateAfter)
	doc := s.Contract(t)
	council := append(s.SignIn(t, "rada@example.org", civic.Council, ""), "Content-Type", "application/json")
	id := s.recommend("Zarząd Zieleni")
	s.act(id, "adopt", "send")
	version := s.version(id)
	act := func(status int, body string) {
		t.Helper()
		resp, got := s.Want(t, status, "POST", fmt.Sprintf("/api/v1/districts/trial/things/%d/actions", id), body, append([]string{"If-Match", version}, council...)...)
		s.CheckContract(t, doc, "/api/v1/districts/{district}/things/{id}/actions", resp, got)
	}
	const replies = `[{"reply":"accepted"},{"reply":"rejected","reasons":{"pl":"Brak wody"}}]`
	for _, wrong := range []string{
		`{"action":"accept_in_part","reason":"x","content":{"paragraphs":[{"reply":"accepted"},{"reply":"rejected"}]}}`,
		`{"action":"accept_in_part","reason":"x","content":{"paragraphs":[{"reply":"accepted"}]}}`,
		`{"action":"accept_in_part","reason":"x","content":{"paragraphs":[{"reply":"accepted","text":{"pl":"Co innego"}},{"reply":"accepted"}]}}`,
		`{"action":"accept_in_part","reason":"x","content":{"paragraphs":` + replies + `,"replied_on":"2026-01-01"}}`,
		`{"action":"accept_in_part","reason":"x","content":{"paragraphs":` + replies + `,"colour":"green"}}`,
		`{"action":"accept_reply","content":{"paragraphs":` + replies + `}}`,
		`{"action":"note","text":"x","content":{"paragraphs":` + replies + `}}`,
		`{"action":"accept_in_part","reason":"x"}`,
	} {
		act(http.StatusUnprocessableEntity, wrong)
	}
	act(http.StatusBadRequest, `{"action":"accept_in_part","reason":"x","content":{"paragraphs":7}}`)
	if got := s.version(id); got != version {
		t.Fatalf("version %s after refusals, want %s", got, version)
	}
	act(http.StatusOK, `{"action":"accept_in_part","reason":"Nie na wszystko są pieniądze","content":{"paragraphs":`+replies+`}}`)
	_, body := s.Want(t, http.StatusOK, "GET", fmt.Sprintf("/api/v1/districts/trial/recommendations/%d", id), "")
	webtest.Contains(t, body, `"state":"accepted_in_part"`, `"outcome":"in_part"`, `"reply":"accepted"`, "Brak wody", "Podlewać je.", "Wolę krzewy.")
	_, body = s.Want(t, http.StatusOK, "GET", pathOf(id), "")
	webtest.Contains(t, body, "Brak wody", "Nie na wszystko są pieniądze")
	act(http.StatusPreconditionFailed, `{"action":"lapse","reason":"x"}`)

	version = s.version(id) // the council may not edit with a step
	for _, content := range []string{`{"steps":[{"step":{"pl":"Przetarg"}}]}`, `{"area":"east"}`, `{"categories":["trees"]}`, `{"paragraphs":` + replies + `,"steps":[{"step":{"pl":"Przetarg"}}]}`} {
		act(http.StatusForbidden, `{"action":"execute","content":`+content+`}`)
	}
	act(http.StatusOK, `{"action":"execute"}`)
}

// TestReply checks that the council records a reply paragraph by paragraph with one
// form, which shows what is missing at its field, and changes nothing until it is
// complete.
func TestReply(t *testing.T) {
	s := open(t, civic.ModerateBefore)
	council := s.SignIn(t, "rada@example.org", civic.Council, "")
	id := s.recommend("Miasto")
	s.act(id, "adopt")
	s.Want(s.t, http.StatusConflict, "GET", pathOf(id)+"/reply", "", council...)
	s.act(id, "send")
	_, body := s.Want(s.t, http.StatusOK, "GET", pathOf(id), "", council...)
	webtest.Contains(s.t, body, pathOf(id)+"/reply", `!value="accept_reply"`)
	s.Want(s.t, http.StatusBadRequest, "POST", pathOf(id)+"/actions", webtest.Values("action", "accept_reply", "version", "3"), webtest.Form(council)...)
	s.Want(s.t, http.StatusOK, "GET", pathOf(id)+"/reply", "", council...)
	post := func(status int, values ...string) string {
		t.Helper()
		_, body := s.Want(s.t, status, "POST", pathOf(id)+"/reply", webtest.Values(append([]string{"version", s.version(id)}, values...)...), webtest.Form(append(council, "Accept-Language", "pl"))...)
		return body
	}
	body = post(http.StatusUnprocessableEntity, "reply.1", "accepted", "reply.2", "rejected", "outcome", "in_part", "reason", "Nie na wszystko są pieniądze")
	webtest.Contains(s.t, body, "fault-reasons-2", "!fault-reply-1", "Nie na wszystko są pieniądze", `<option value="rejected" selected>`)
	body = post(http.StatusUnprocessableEntity, "reply.1", "accepted", "outcome", "accepted")
	webtest.Contains(s.t, body, "fault-reply-2")
	body = post(http.StatusUnprocessableEntity, "reply.1", "accepted", "reply.2", "accepted")
	webtest.Contains(s.t, body, "fault-outcome")
	body = post(http.StatusUnprocessableEntity, "reply.1", "accepted", "reply.2", "rejected", "reasons.2", "Brak wody", "outcome", "accepted")
	webtest.Contains(s.t, body, "mówi co innego")
	body = post(http.StatusUnprocessableEntity, "reply.1", "accepted", "reply.2", "rejected", "reasons.2", "Brak wody", "outcome", "in_part")
	webtest.Contains(s.t, body, "fault-reason")
	s.Want(s.t, http.StatusPreconditionFailed, "POST", pathOf(id)+"/reply", webtest.Values("version", "1", "reply.1", "accepted", "reply.2", "accepted", "outcome", "accepted"), webtest.Form(council)...)
	post(http.StatusSeeOther, "reply.1", "accepted", "reply.2", "rejected", "reasons.2", "Brak wody", "outcome", "in_part", "reason", "Nie na wszystko są pieniądze")
	_, body = s.Want(s.t, http.StatusOK, "GET", pathOf(id), "", "Accept-Language", "pl")
	webtest.Contains(s.t, body, "Brak wody", "Nie na wszystko są pieniądze", "po 0 dniach: przyjęto w części", "!Odpowiedzi oczekujemy")
	s.Want(s.t, http.StatusConflict, "GET", pathOf(id)+"/reply", "", council...)
}

// TestNumbers checks that every number above the register is that of the list to
// which it leads, and that the file has the same.
func TestNumbers(t *testing.T) {
	s := open(t, civic.ModerateBefore)
	if _, body := s.Want(s.t, http.StatusOK, "GET", register, ""); strings.Contains(body, "thing-summary") {
		t.Error("there are numbers of nothing")
	}
	draft, late, rejected, lapsed := s.recommend("Miasto"), s.recommend("Miasto"), s.recommend("ZDMK & ZZM"), s.recommend("ZDMK & ZZM")
	_ = draft
	for _, id := range []int64{late, rejected, lapsed} {
		s.act(id, "adopt", "send")
	}
	s.act(lapsed, "lapse")
	s.Want(s.t, http.StatusSeeOther, "POST", pathOf(rejected)+"/reply", webtest.Values("version", s.version(rejected), "reply.1", "rejected", "reasons.1", "x", "reply.2", "rejected", "reasons.2", "x", "outcome", "rejected", "reason", "x"), webtest.Form(s.moderator)...)
	conn := s.Connect(t)
	if _, err := conn.Exec(t.Context(), `
		update contents
		set due_on = $2::text::date, content = jsonb_set(content, '{words,deadline}', to_jsonb($2::text))
		where thing_id = $1`, late, s.day(-9)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `
		update contents
		set content = jsonb_set(content, '{words,sent_on}', to_jsonb(((content #>> '{words,replied_on}')::date - 12)::text))
		where thing_id = $1`, rejected); err != nil {
		t.Fatal(err)
	}
	_, body := s.Want(s.t, http.StatusOK, "GET", register, "", "Accept-Language", "pl")
	webtest.Contains(s.t, body, "Wysłano 3 rekomendacje. Odpowiedziano na 1.", "Na odpowiedź czekano 12 dni.", "1 jest po terminie")
	links := regexp.MustCompile(`<td><a href="([^"]+)">(\d+)</a></td>`).FindAllStringSubmatch(body, -1)
	if len(links) < 20 {
		t.Fatalf("%d numbers lead to a list:\n%s", len(links), body)
	}
	for _, l := range links {
		path := html.UnescapeString(l[1])
		_, list := s.Want(s.t, http.StatusOK, "GET", path, "")
		if got := strconv.Itoa(strings.Count(list, `<li class="thing">`)); got != l[2] {
			t.Errorf("%s lists %s, not %s", path, got, l[2])
		}
	}
	_, body = s.Want(s.t, http.StatusOK, "GET", pathOf(late), "", "Accept-Language", "pl")
	webtest.Contains(s.t, body, "Termin minął 9 dni temu")
	s.Want(s.t, http.StatusSeeOther, "POST", pathOf(late)+"/reply", webtest.Values("version", s.version(late), "reply.1", "accepted", "reply.2", "accepted", "outcome", "accepted"), webtest.Form(s.moderator)...)
	_, body = s.Want(s.t, http.StatusOK, "GET", register, "", "Accept-Language", "pl")
	webtest.Contains(s.t, body, "w ciągu 6 dni, a połowa wszystkich między 3 a 9 dniem")
	_, file := s.Want(s.t, http.StatusOK, "GET", register+"/numbers.csv", "", "Accept-Language", "en")
	webtest.Contains(s.t, file, "ZDMK & ZZM", "Past the deadline", "12.0")
	s.Want(s.t, http.StatusOK, "GET", register+"/numbers.xlsx", "")
}

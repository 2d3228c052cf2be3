package recommendations_test

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
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

// want makes a request, and returns the response and its body, which must have the
// status.
func (s site) want(status int, method, path, body string, header ...string) (*http.Response, string) {
	s.t.Helper()
	resp, got := s.Do(s.t, method, path, body, header...)
	if resp.StatusCode != status {
		s.t.Fatalf("%s %s: %d, want %d\n%s", method, path, resp.StatusCode, status, got)
	}
	return resp, got
}

// recommend adds a recommendation of two paragraphs to an addressee through the API,
// and returns its id.
func (s site) recommend(addressee string) int64 {
	s.t.Helper()
	body := fmt.Sprintf(`{"name":{"pl":"Drzewa"},"addressee":{"pl":%q},"area":"west","paragraphs":[{"text":{"pl":"Posadzić **drzewa**."}},{"text":{"pl":"Podlewać je."}}],
		"dissent":[{"who":{"pl":"Ewa Kot"},"text":{"pl":"Wolę krzewy."}}]}`, addressee)
	resp, _ := s.want(http.StatusCreated, "POST", "/api/v1/districts/trial/recommendations", body, append([]string{"Content-Type", "application/json"}, s.moderator...)...)
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
	_, body := s.want(http.StatusOK, "GET", fmt.Sprintf("/api/v1/districts/trial/recommendations/%d", id), "", s.moderator...)
	return regexp.MustCompile(`"version":(\d+)`).FindStringSubmatch(body)[1]
}

// act takes actions through the API.
func (s site) act(id int64, actions ...string) {
	s.t.Helper()
	for _, action := range actions {
		header := append([]string{"Content-Type", "application/json", "If-Match", s.version(id)}, s.moderator...)
		s.want(http.StatusOK, "POST", fmt.Sprintf("/api/v1/districts/trial/things/%d/actions", id), fmt.Sprintf(`{"action":%q,"reason":"bo tak"}`, action), header...)
	}
}

func form(values ...string) string {
	q := url.Values{}
	for i := 0; i < len(values); i += 2 {
		q.Set(values[i], values[i+1])
	}
	return q.Encode()
}

// pathOf returns the path of a recommendation.
func pathOf(id int64) string { return fmt.Sprintf("%s/%d", register, id) }

// day returns the day that is some days after today in the district.
func (s site) day(after int) string {
	v, _ := s.Live.District("trial")
	return (v.District.DayOf(time.Now()) + civic.Day(after)).String()
}

// contains checks that a text has parts, and not those that begin with "!".
func (s site) contains(what, text string, parts ...string) {
	s.t.Helper()
	for _, part := range parts {
		if without, not := strings.CutPrefix(part, "!"); not == strings.Contains(text, strings.TrimPrefix(part, "!")) {
			s.t.Errorf("%s: %q, wanted %t\n%s", what, without, !not, text)
		}
	}
}

// TestComments checks that anybody can comment on a paragraph while the public is
// consulted, that a moderator reads the comment first, and that its address leads to
// the paragraph.
func TestComments(t *testing.T) {
	s := open(t, civic.ModerateBefore)
	id := s.recommend("Miasto")
	pl := []string{"Accept-Language", "pl"}
	_, body := s.want(http.StatusOK, "GET", pathOf(id), "", pl...)
	s.contains("a draft", body, `id="p2"`, `href="#p2"`, "<strong>drzewa</strong>", "Ewa Kot", "!Skomentuj akapit")
	comment := func(paragraph, text string, more ...string) (*http.Response, string) {
		values := append([]string{"key", string(civic.NewRequestKey()), "link.on", strconv.FormatInt(id, 10), "paragraph", paragraph, "text", text}, more...)
		return s.Do(t, "POST", "/d/trial/comments/new", form(values...), webtest.Form(pl)...)
	}
	if resp, body := comment("1", "Za późno"); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a comment on a draft: %d\n%s", resp.StatusCode, body)
	}
	s.act(id, "consult")
	_, body = s.want(http.StatusOK, "GET", pathOf(id), "", pl...)
	s.contains("consulted", body, "Skomentuj akapit 2", "Skomentuj całość", `name="email"`)
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
	_, body = s.want(http.StatusOK, "GET", pathOf(id)+"?done=comments", "", pl...)
	s.contains("before a moderator has read it", body, "Komentarz dotarł", "!dęby")
	_, body = s.want(http.StatusOK, "GET", "/d/trial/desk", "", s.moderator...)
	waiting := regexp.MustCompile(`/d/trial/comments/\d+`).FindString(body)
	if waiting == "" {
		t.Fatalf("the desk does not list it:\n%s", body)
	}
	s.want(http.StatusNotFound, "GET", waiting, "")
	s.want(http.StatusSeeOther, "POST", waiting+"/actions", form("action", "publish", "version", "1"), webtest.Form(s.moderator)...)
	_, body = s.want(http.StatusOK, "GET", pathOf(id), "", pl...)
	second := body[strings.Index(body, `id="p2"`):]
	s.contains("published", second, "Raczej &lt;dęby&gt;", "Jan", "1 komentarz", waiting+"/report", "!jan@example.org", "!odpowiedz lub ukryj")
	if resp, _ := s.want(http.StatusSeeOther, "GET", waiting, ""); resp.Header.Get("Location") != pathOf(id)+"#comment-"+waiting[strings.LastIndex(waiting, "/")+1:] {
		t.Errorf("its address leads to %s", resp.Header.Get("Location"))
	}
	s.act(id, "adopt")
	edit := form("version", "2", "text", "Raczej <dęby>", "author", "Jan", "paragraph", "2", "link.on", strconv.FormatInt(id, 10), "answer.pl", "Będą dęby.")
	s.want(http.StatusSeeOther, "POST", waiting+"/edit", edit, webtest.Form(s.moderator)...)
	_, body = s.want(http.StatusOK, "GET", pathOf(id), "", pl...)
	s.contains("answered", body, "Będą dęby.", "!Skomentuj akapit")
}

// TestUnmoderatedComments checks that comments are public at once where pins are.
func TestUnmoderatedComments(t *testing.T) {
	s := open(t, civic.ModerateAfter)
	id := s.recommend("Miasto")
	s.act(id, "consult")
	s.want(http.StatusSeeOther, "POST", "/d/trial/comments/new", form("key", string(civic.NewRequestKey()), "link.on", strconv.FormatInt(id, 10), "text", "Popieram"), webtest.Form(nil)...)
	if _, body := s.want(http.StatusOK, "GET", pathOf(id), ""); !strings.Contains(body, "Popieram") {
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
	_, body := s.want(http.StatusUnprocessableEntity, "PUT", fmt.Sprintf("/api/v1/districts/trial/recommendations/%d", id),
		`{"name":{"pl":"Drzewa"},"addressee":{"pl":"Miasto"},"paragraphs":[{"text":{"pl":"Wyciąć drzewa."}},{"text":{"pl":"Podlewać je."}}]}`, header...)
	s.contains("another text through the API", body, `"paragraphs.1.text"`)
	_, body = s.want(http.StatusOK, "GET", pathOf(id)+"/edit", "", s.moderator...)
	s.contains("the form", body, "Posadzić", `name="paragraphs.2.reply"`, "!paragraphs.1.text", "!dissent", `name="steps.1.step.pl"`)
	s.want(http.StatusSeeOther, "POST", pathOf(id)+"/edit", form("version", s.version(id), "paragraphs.1.reply", "accepted", "paragraphs.2.reply", "", "steps.1.step.pl", "Przetarg"), webtest.Form(s.moderator)...)
	_, body = s.want(http.StatusOK, "GET", pathOf(id), "", "Accept-Language", "pl")
	s.contains("afterwards", body, "<strong>drzewa</strong>", "Przetarg", "Ewa Kot", "30 dni po wysłaniu")
}

// TestReply checks that the council records a reply paragraph by paragraph with one
// form, which shows what is missing at its field, and changes nothing until it is
// complete.
func TestReply(t *testing.T) {
	s := open(t, civic.ModerateBefore)
	council := s.SignIn(t, "rada@example.org", civic.Council, "")
	id := s.recommend("Miasto")
	s.act(id, "adopt")
	s.want(http.StatusConflict, "GET", pathOf(id)+"/reply", "", council...)
	s.act(id, "send")
	_, body := s.want(http.StatusOK, "GET", pathOf(id), "", council...)
	s.contains("to the council", body, pathOf(id)+"/reply", `!value="accept_reply"`)
	s.want(http.StatusBadRequest, "POST", pathOf(id)+"/actions", form("action", "accept_reply", "version", "3"), webtest.Form(council)...)
	s.want(http.StatusOK, "GET", pathOf(id)+"/reply", "", council...)
	post := func(status int, values ...string) string {
		t.Helper()
		_, body := s.want(status, "POST", pathOf(id)+"/reply", form(append([]string{"version", s.version(id)}, values...)...), webtest.Form(append(council, "Accept-Language", "pl"))...)
		return body
	}
	body = post(http.StatusUnprocessableEntity, "reply.1", "accepted", "reply.2", "rejected", "outcome", "in_part", "reason", "Nie na wszystko są pieniądze")
	s.contains("without reasons", body, "fault-reasons-2", "!fault-reply-1", "Nie na wszystko są pieniądze", `<option value="rejected" selected>`)
	body = post(http.StatusUnprocessableEntity, "reply.1", "accepted", "outcome", "accepted")
	s.contains("without a reply", body, "fault-reply-2")
	body = post(http.StatusUnprocessableEntity, "reply.1", "accepted", "reply.2", "accepted")
	s.contains("without an outcome", body, "fault-outcome")
	body = post(http.StatusUnprocessableEntity, "reply.1", "accepted", "reply.2", "rejected", "reasons.2", "Brak wody", "outcome", "accepted")
	s.contains("that contradicts itself", body, "mówi co innego")
	body = post(http.StatusUnprocessableEntity, "reply.1", "accepted", "reply.2", "rejected", "reasons.2", "Brak wody", "outcome", "in_part")
	s.contains("without a reason for the whole", body, "fault-reason")
	s.want(http.StatusPreconditionFailed, "POST", pathOf(id)+"/reply", form("version", "1", "reply.1", "accepted", "reply.2", "accepted", "outcome", "accepted"), webtest.Form(council)...)
	post(http.StatusSeeOther, "reply.1", "accepted", "reply.2", "rejected", "reasons.2", "Brak wody", "outcome", "in_part", "reason", "Nie na wszystko są pieniądze")
	_, body = s.want(http.StatusOK, "GET", pathOf(id), "", "Accept-Language", "pl")
	s.contains("replied", body, "Brak wody", "Nie na wszystko są pieniądze", "po 0 dniach: przyjęto w części", "!Odpowiedzi oczekujemy")
	s.want(http.StatusConflict, "GET", pathOf(id)+"/reply", "", council...)
}

// TestNumbers checks that every number above the register is that of the list to
// which it leads, and that the file has the same.
func TestNumbers(t *testing.T) {
	s := open(t, civic.ModerateBefore)
	if _, body := s.want(http.StatusOK, "GET", register, ""); strings.Contains(body, "thing-summary") {
		t.Error("there are numbers of nothing")
	}
	draft, late, rejected, lapsed := s.recommend("Miasto"), s.recommend("Miasto"), s.recommend("ZDMK & ZZM"), s.recommend("ZDMK & ZZM")
	_ = draft
	for _, id := range []int64{late, rejected, lapsed} {
		s.act(id, "adopt", "send")
	}
	s.act(lapsed, "lapse")
	s.want(http.StatusSeeOther, "POST", pathOf(rejected)+"/reply", form("version", s.version(rejected), "reply.1", "rejected", "reasons.1", "x", "reply.2", "rejected", "reasons.2", "x", "outcome", "rejected", "reason", "x"), webtest.Form(s.moderator)...)
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
	_, body := s.want(http.StatusOK, "GET", register, "", "Accept-Language", "pl")
	s.contains("the sentences", body, "Wysłano 3 rekomendacje. Odpowiedziano na 1.", "Na odpowiedź czekano 12 dni.", "1 jest po terminie")
	links := regexp.MustCompile(`<td><a href="([^"]+)">(\d+)</a></td>`).FindAllStringSubmatch(body, -1)
	if len(links) < 20 {
		t.Fatalf("%d numbers lead to a list:\n%s", len(links), body)
	}
	for _, l := range links {
		path := html.UnescapeString(l[1])
		_, list := s.want(http.StatusOK, "GET", path, "")
		if got := strconv.Itoa(strings.Count(list, `<li class="thing">`)); got != l[2] {
			t.Errorf("%s lists %s, not %s", path, got, l[2])
		}
	}
	_, body = s.want(http.StatusOK, "GET", pathOf(late), "", "Accept-Language", "pl")
	s.contains("past the deadline", body, "Termin minął 9 dni temu")
	s.want(http.StatusSeeOther, "POST", pathOf(late)+"/reply", form("version", s.version(late), "reply.1", "accepted", "reply.2", "accepted", "outcome", "accepted"), webtest.Form(s.moderator)...)
	_, body = s.want(http.StatusOK, "GET", register, "", "Accept-Language", "pl")
	s.contains("two replies", body, "w ciągu 6 dni, a połowa wszystkich między 3 a 9 dniem")
	_, file := s.want(http.StatusOK, "GET", register+"/numbers.csv", "", "Accept-Language", "en")
	s.contains("the file", file, "ZDMK & ZZM", "Past the deadline", "12.0")
	s.want(http.StatusOK, "GET", register+"/numbers.xlsx", "")
}

package weighing_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// site is a district with an event whose themes are weighed in a span around now.
type site struct {
	*webtest.Site
	t      *testing.T
	path   string
	themes []int64
	phone  []string // the header of a browser that remembers its device
	key    string   // of the form, if it is sent again; "" for a new one each time
}

func open(t *testing.T, kind civic.WeighingKind) *site {
	s := &site{Site: webtest.OpenConfig(t, web.Config{Writes: 100, WriteBurst: 100}, webtest.District(civic.ModerateBefore), nil), t: t}
	at := func(after time.Duration) string { return s.clock(after) }
	event := s.Add(t, civic.RecordDraft{Kind: civic.EventThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Debata"}, "topic": {"pl": "Gdzie cień?"}, "address": {"pl": "Rynek 1"}},
		Words: map[string]string{
			"type": "debate", "starts": "2026-12-05T18:00", "ends": "2026-12-05T20:00",
			"weighing": string(kind), "dots": "3", "weighing_from": at(time.Hour), "weighing_until": at(2 * time.Hour), "weighing_room": "12",
		},
	}})
	s.path = fmt.Sprintf("/d/trial/events/%d/weighing", event.ID)
	for _, name := range []string{"Cień", "Ławki"} {
		theme := s.Add(t, civic.RecordDraft{Kind: civic.ThemeThing, Values: civic.Values{
			Texts: map[string]civic.Text{"name": {"pl": name}}, Words: map[string]string{"room_dots": "7"},
		}}, civic.FieldLinks{Field: "at", Things: []int64{event.ID}})
		s.themes = append(s.themes, theme.ID)
	}
	s.set("weighing_from", -time.Hour)
	return s
}

// clock returns what the clocks of the district show after a time.
func (s *site) clock(after time.Duration) string {
	v, _ := s.Live.District("trial")
	return v.District.LocalTimeOf(time.Now().Add(after)).String()
}

// vote sends a form of pairs of a field, without the number of the theme, and a value.
func (s *site) vote(status int, pairs ...string) string {
	s.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		name, theme, _ := strings.Cut(pairs[i], ".")
		pairs[i] = fmt.Sprintf("%s.%d", name, s.themes[int(theme[0]-'0')])
	}
	if s.key == "" {
		s.key = string(civic.NewRequestKey())
		defer func() { s.key = "" }()
	}
	pairs = append(pairs, "key", s.key)
	resp, body := s.Want(s.t, status, "POST", s.path, webtest.Values(pairs...), webtest.Form(append([]string{"Accept-Language", "pl"}, s.phone...))...)
	for _, c := range resp.Cookies() {
		s.phone = []string{"Cookie", c.Name + "=" + c.Value}
	}
	return body
}

// page returns the page as the browser sees it.
func (s *site) page() string {
	s.t.Helper()
	_, body := s.Want(s.t, http.StatusOK, "GET", s.path, "", append([]string{"Accept-Language", "pl"}, s.phone...)...)
	return body
}

// end lets the weighing end.
func (s *site) end() { s.set("weighing_until", -time.Minute) }

// set sets a time of the weighing, as if it had been set before.
func (s *site) set(field string, after time.Duration) {
	s.t.Helper()
	_, err := s.Connect(s.t).Exec(s.t.Context(), `
		update contents
		set content = jsonb_set(content, array['words', $2::text], to_jsonb($1::text))
		where content #>> '{words,weighing}' <> ''`, s.clock(after), field)
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestDots checks that dots are given without script, changed until the end and shown
// after it alone, beside those in the room.
func TestDots(t *testing.T) {
	s := open(t, civic.WeighByDots)
	webtest.Contains(t, s.page(), "Każdy ma 3 punkty", "Wynik pokażemy wszystkim po zakończeniu", "Cień", "Wyślij", "!Wynik<", "!na sali")
	webtest.Contains(t, s.vote(http.StatusUnprocessableEntity, "dots.0", "2", "dots.1", "2"), "Masz 3 punkty. Daj mniej.", `href="#dots"`, `value="2"`)
	s.vote(http.StatusSeeOther, "dots.0", "")
	webtest.Contains(t, s.page(), "Wyślij ponownie", "nie wskazujesz żadnego tematu")
	s.vote(http.StatusSeeOther, "dots.0", "3")
	webtest.Contains(t, s.page(), `value="3"`, "Wyślij ponownie")
	s.vote(http.StatusSeeOther, "dots.0", "1", "dots.1", "2")
	s.end()
	body := s.page()
	webtest.Contains(t, body, "wzięła udział 1 osoba", "wzięło udział 12 osób", "i 7 na sali", "!Twój głos")
	if strings.Index(body, "Ławki") > strings.Index(body, "Cień") {
		t.Error("the theme with the most dots is not the first")
	}
	s.vote(http.StatusConflict, "dots.0", "1")
}

// TestConsent checks that an objection needs a reason, which a moderator reads first.
func TestConsent(t *testing.T) {
	s := open(t, civic.WeighByConsent)
	webtest.Contains(t, s.vote(http.StatusUnprocessableEntity, "stance.0", "agree", "stance.1", "object"), "Sprzeciw wymaga uzasadnienia", fmt.Sprintf(`href="#reason-%d"`, s.themes[1]))
	s.key = string(civic.NewRequestKey())
	for range 2 { // sent twice, added once
		s.vote(http.StatusSeeOther, "stance.0", "agree", "stance.1", "object", "reason.1", "Ławki zajmą chodnik")
	}
	s.key = ""
	s.vote(http.StatusSeeOther, "stance.0", "aside", "stance.1", "object") // with the reason of before
	s.end()
	webtest.Contains(t, s.page(), "Sprzeciwiam się", "!zajmą chodnik")
	moderator := s.SignIn(t, "anna@example.org", civic.Moderator, "")
	_, body := s.Want(t, http.StatusOK, "GET", "/d/trial/comments", "", moderator...)
	comment := regexp.MustCompile(`/d/trial/comments/\d+`).FindString(body)
	s.Want(t, http.StatusSeeOther, "POST", comment+"/actions", webtest.Values("action", "publish", "version", "1"), webtest.Form(moderator)...)
	webtest.Contains(t, s.page(), "Ławki zajmą chodnik")
}

// TestThemesStayWhileWeighed checks that no form and no request changes the themes once
// somebody has weighed them, and that each says why.
func TestThemesStayWhileWeighed(t *testing.T) {
	s := open(t, civic.WeighByDots)
	staff := append(s.SignIn(t, "anna@example.org", civic.Moderator, ""), "Accept-Language", "pl")
	const why = "Ktoś już ważył tematy tego wydarzenia."
	grouping := strings.Replace(s.path, "/weighing", "/grouping", 1)
	_, body := s.Want(t, http.StatusOK, "GET", grouping, "", staff...)
	webtest.Contains(t, body, "!"+why, `name="name"`)
	s.vote(http.StatusSeeOther, "dots.0", "1")
	_, body = s.Want(t, http.StatusOK, "GET", grouping, "", staff...)
	webtest.Contains(t, body, why, `!name="name"`)
	_, body = s.Want(t, http.StatusUnprocessableEntity, "POST", grouping, webtest.Values("name", "Woda", "key", string(civic.NewRequestKey())), webtest.Form(staff)...)
	webtest.Contains(t, body, why)
	event := strings.Split(s.path, "/")[4]
	_, body = s.Want(t, http.StatusUnprocessableEntity, "POST", "/d/trial/themes/new", webtest.Values("name.pl", "Woda", "link.at", event, "key", string(civic.NewRequestKey())), webtest.Form(staff)...)
	webtest.Contains(t, body, why)
	theme := fmt.Sprintf("/d/trial/themes/%d", s.themes[0])
	_, body = s.Want(t, http.StatusUnprocessableEntity, "POST", theme+"/actions", webtest.Values("action", "withdraw", "version", "1"), webtest.Form(staff)...)
	webtest.Contains(t, body, why)
	_, body = s.Want(t, http.StatusUnprocessableEntity, "POST", "/api/v1/districts/trial/themes", `{"name": {"pl": "Woda"}, "at": [`+event+`]}`, append(staff, "Content-Type", "application/json")...)
	s.problem(body, "at", "weighed")
	if themes := s.weighing().Themes; len(themes) != 2 {
		t.Errorf("%d themes, want 2", len(themes))
	}
}

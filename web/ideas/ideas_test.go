package ideas_test

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

// site is a district with a debate, and with people who look after it.
type site struct {
	*webtest.Site
	t        *testing.T
	event    civic.Thing
	animator []string // of the area of the debate
}

func open(t *testing.T) site {
	s := webtest.Open(t, civic.ModerateBefore)
	return site{s, t, s.Add(t, debate()), s.SignIn(t, "anna@example.org", civic.Animator, "west")}
}

// debate returns a draft of a debate in the area "west".
func debate() civic.RecordDraft {
	return civic.RecordDraft{Kind: civic.EventThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Debata o cieniu"}, "topic": {"pl": "Gdzie posadzić drzewa?"}, "address": {"pl": "Rynek 1"}},
		Words: map[string]string{"type": "debate", "starts": "2026-12-05T18:00", "ends": "2026-12-05T20:00", "area": "west"},
	}}
}

// path returns the path of a page of the debate.
func (s site) path(end string) string { return fmt.Sprintf("/d/trial/events/%d%s", s.event.ID, end) }

// idea adds an idea for the debate.
func (s site) idea(text string) civic.Thing {
	s.t.Helper()
	return s.Add(s.t, civic.RecordDraft{Kind: civic.IdeaThing, Values: civic.Values{Words: map[string]string{"text": text, "area": "west"}}},
		civic.FieldLinks{Field: "at", Things: []int64{s.event.ID}})
}

// theme adds a theme of the debate.
func (s site) theme(name string) civic.Thing {
	s.t.Helper()
	return s.Add(s.t, civic.RecordDraft{Kind: civic.ThemeThing, Values: civic.Values{Texts: map[string]civic.Text{"name": {"pl": name}}, Words: map[string]string{"area": "west"}}},
		civic.FieldLinks{Field: "at", Things: []int64{s.event.ID}})
}

var pl = []string{"Accept-Language", "pl"}

// TestEntry checks that ideas are typed in one after another: that the source stays, the
// sheet counts on, a place is found by its name, and that what is wrong is said at its
// field.
func TestEntry(t *testing.T) {
	s := open(t)
	path := s.path("/ideas/enter")
	header := append(pl, s.animator...)
	_, body := s.Want(t, http.StatusOK, "GET", s.path(""), "", header...)
	webtest.Contains(t, body, path, s.path("/grouping"))
	_, body = s.Want(t, http.StatusOK, "GET", s.path(""), "", pl...)
	webtest.Contains(t, body, "!"+path, fmt.Sprintf("/d/trial/ideas/new?at=%d", s.event.ID))
	enter := func(status int, pairs ...string) (*http.Response, string) {
		t.Helper()
		values := append([]string{"key", string(civic.NewRequestKey())}, pairs...)
		return s.Want(t, status, "POST", path, webtest.Values(values...), webtest.Form(header)...)
	}
	resp, _ := enter(http.StatusSeeOther, "text", "Lipy na rynku", "source", "paper", "sheet", "A-09", "place", "Rynek")
	if got := resp.Header.Get("Location"); got != path+"?sheet=A-10&source=paper#text" {
		t.Errorf("it leads to %s", got)
	}
	_, body = s.Want(t, http.StatusOK, "GET", path+"?sheet=A-10&source=paper", "", header...)
	webtest.Contains(t, body, `value="A-10"`, `value="paper" selected`, "Lipy na rynku", "kartka A-09", "ma miejsce", "1 pomysł z tego")
	_, body = enter(http.StatusUnprocessableEntity, "text", "", "source", "room")
	webtest.Contains(t, body, `href="#text"`)
	_, body = enter(http.StatusUnprocessableEntity, "text", "Ławki", "source", "room", "place", "Nibylandia")
	webtest.Contains(t, body, `href="#place"`, `value="Ławki"`)
	enter(http.StatusUnprocessableEntity, "text", "Ławki", "source", "room", "lon", "x", "lat", "50.03")
	enter(http.StatusSeeOther, "text", "Ławki", "source", "room", "lon", "19,93", "lat", "50,03")
	_, body = s.Want(t, http.StatusOK, "GET", path, "", header...)
	webtest.Contains(t, body, "2 pomysły z tego", "powiedziany na sali")

	elsewhere := s.SignIn(t, "ola@example.org", civic.Animator, "east")
	s.Want(t, http.StatusForbidden, "GET", path, "", elsewhere...)
	s.Want(t, http.StatusForbidden, "POST", path, webtest.Values("key", string(civic.NewRequestKey()), "text", "x"), webtest.Form(elsewhere)...)
}

// TestSentIn checks that anybody can send in an idea, which is moderated, and that they
// are not asked for what the staff enters.
func TestSentIn(t *testing.T) {
	s := open(t)
	_, body := s.Want(t, http.StatusOK, "GET", fmt.Sprintf("/d/trial/ideas/new?at=%d", s.event.ID), "", pl...)
	webtest.Contains(t, body, "Debata o cieniu", `name="email"`, `!name="sheet"`, `!name="source"`)
	_, body = s.Want(t, http.StatusOK, "GET", "/d/trial/ideas/new", "", s.animator...)
	webtest.Contains(t, body, `name="sheet"`, `name="source"`)
	form := webtest.Values("key", string(civic.NewRequestKey()), "text", "Fontanna", "sheet", "1", "source", "paper", "link.at", strconv.FormatInt(s.event.ID, 10), "email", "jan@example.org")
	s.Want(t, http.StatusSeeOther, "POST", "/d/trial/ideas/new", form, webtest.Form(nil)...)
	_, body = s.Want(t, http.StatusOK, "GET", "/d/trial/ideas", "", s.animator...)
	webtest.Contains(t, body, "Fontanna", "przysłany przez internet")
	_, body = s.Want(t, http.StatusOK, "GET", "/api/v1/districts/trial/ideas", "", s.animator...)
	webtest.Contains(t, body, `"source":"online"`, `"area":"west"`, `!"sheet":"1"`)
	if _, body = s.Want(t, http.StatusOK, "GET", "/d/trial/ideas", ""); strings.Contains(body, "Fontanna") {
		t.Error("it is public before a moderator has seen it")
	}
}

// TestGrouping checks that ideas are moved between themes with forms alone, that a move
// can be taken back, and that two people who move different ideas lose none.
func TestGrouping(t *testing.T) {
	s := open(t)
	lindens, benches := s.idea("Lipy"), s.idea("Ławki")
	shade := s.theme("Cień")
	path := s.path("/grouping")
	header := append(pl, s.animator...)
	post := func(status int, pairs ...string) string {
		t.Helper()
		resp, _ := s.Want(t, status, "POST", path, webtest.Values(pairs...), webtest.Form(header)...)
		return resp.Header.Get("Location")
	}
	// in returns the part of the page that shows a theme, by its name.
	in := func(name string) string {
		t.Helper()
		_, body := s.Want(t, http.StatusOK, "GET", path, "", header...)
		for _, column := range strings.Split(body, "<section")[1:] {
			if strings.Contains(column[:strings.Index(column, "</h2>")], name) {
				return column
			}
		}
		t.Fatalf("there is no theme %s:\n%s", name, body)
		return ""
	}
	webtest.Contains(t, in("Jeszcze bez tematu: 2"), "Lipy", "Ławki")
	id := func(thing civic.Thing) string { return strconv.FormatInt(thing.ID, 10) }
	moved := post(http.StatusSeeOther, "idea", id(lindens), "from", "0", "to", id(shade))
	post(http.StatusSeeOther, "idea", id(benches), "from", "0", "to", id(shade))
	webtest.Contains(t, in("Cień"), "Lipy", "Ławki", "2 pomysły")
	key := string(civic.NewRequestKey())
	for range 2 { // sent twice, added once
		post(http.StatusSeeOther, "key", key, "name", "Miejsca do siedzenia", "idea", id(benches), "from", id(shade))
	}
	_, board := s.Want(t, http.StatusOK, "GET", path, "", header...)
	if n := strings.Count(board, "data-theme="); n != 3 { // two themes, and what is in none
		t.Errorf("the board has %d columns", n)
	}
	webtest.Contains(t, in("Miejsca do siedzenia"), "Ławki", "!Lipy")
	webtest.Contains(t, in("Cień"), "Lipy", "!Ławki")
	_, body := s.Want(t, http.StatusOK, "GET", moved, "", header...)
	webtest.Contains(t, body, "Przeniesiono: Lipy", "Cofnij")
	post(http.StatusSeeOther, "idea", id(lindens), "from", id(shade), "to", "0")
	webtest.Contains(t, in("Jeszcze bez tematu: 1"), "Lipy", "!Ławki")
	post(http.StatusSeeOther, "idea", id(lindens), "from", "0", "to", id(shade))
	post(http.StatusUnprocessableEntity, "key", string(civic.NewRequestKey()), "name", "")
	post(http.StatusUnprocessableEntity, "idea", id(shade), "from", "0", "to", id(shade))
	post(http.StatusBadRequest, "idea", "x", "from", "0", "to", id(shade))
	if _, body := s.Want(t, http.StatusOK, "GET", fmt.Sprintf("/d/trial/themes/%d", shade.ID), "", pl...); !strings.Contains(body, "Lipy") {
		t.Errorf("the theme does not show its ideas:\n%s", body)
	}
	s.Want(t, http.StatusForbidden, "GET", path, "", s.SignIn(t, "ola@example.org", civic.Animator, "east")...)
}

// TestMerge checks that an idea can be merged into another one for the same event, and
// that its address leads there.
func TestMerge(t *testing.T) {
	s := open(t)
	first, second := s.idea("Lipy"), s.idea("Drzewa: lipy")
	path := func(thing civic.Thing) string { return fmt.Sprintf("/d/trial/ideas/%d", thing.ID) }
	moderator := append(pl, s.SignIn(t, "ewa@example.org", civic.Moderator, "")...)
	_, body := s.Want(t, http.StatusOK, "GET", path(second), "", moderator...)
	webtest.Contains(t, body, path(second)+"/merge", "To samo, co inny pomysł")
	_, body = s.Want(t, http.StatusOK, "GET", path(second)+"/merge", "", moderator...)
	version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(body)[1]
	s.Want(t, http.StatusUnprocessableEntity, "POST", path(second)+"/merge", webtest.Values("version", version), webtest.Form(moderator)...)
	s.Want(t, http.StatusConflict, "POST", path(second)+"/merge", webtest.Values("version", version, "into", strconv.FormatInt(s.event.ID, 10)), webtest.Form(moderator)...)
	resp, _ := s.Want(t, http.StatusSeeOther, "POST", path(second)+"/merge", webtest.Values("version", version, "into", strconv.FormatInt(first.ID, 10)), webtest.Form(moderator)...)
	_, body = s.Want(t, http.StatusOK, "GET", resp.Header.Get("Location"), "", moderator...)
	webtest.Contains(t, body, "Cofnij")
	resp, _ = s.Want(t, http.StatusSeeOther, "GET", path(second), "")
	if got := resp.Header.Get("Location"); got != path(first) {
		t.Errorf("it leads to %s", got)
	}
	_, body = s.Want(t, http.StatusOK, "GET", path(first), "", pl...)
	webtest.Contains(t, body, "Połączono")
	again := regexp.MustCompile(`name="version" value="(\d+)"`)
	_, body = s.Want(t, http.StatusOK, "GET", path(second)+"?done=merge", "", moderator...)
	s.Want(t, http.StatusSeeOther, "POST", path(second)+"/actions", webtest.Values("action", "undo", "version", again.FindStringSubmatch(body)[1]), webtest.Form(moderator)...)
	s.Want(t, http.StatusOK, "GET", path(second), "")
}

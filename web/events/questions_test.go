package events_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// debate returns what a debate says that begins in some days.
func debate(d *civic.District, days int) civic.RecordDraft {
	says, _ := picnic(d, days, 0)
	says.Words = map[string]string{"type": "debate", "starts": says.Words["starts"], "ends": says.Words["ends"]}
	says.Texts["topic"] = civic.Text{"pl": "Czy zamknąć ulicę dla samochodów?"}
	return says
}

// TestQuestions asks a question to a debate, publishes, supports and answers it.
func TestQuestions(t *testing.T) {
	s := webtest.OpenConfig(t, web.Config{Writes: 100}, webtest.District(civic.ModerateBefore), nil)
	v, _ := s.Live.District("trial")
	event := s.Add(t, debate(&v.District, 3))
	page := fmt.Sprintf("/d/trial/events/%d", event.ID)
	send := webtest.Form(nil)
	_, body := s.Want(t, http.StatusOK, "GET", page, "")
	webtest.Contains(t, body, `action="/d/trial/questions/new"`, "Jeszcze nie ma pytań")
	ask := webtest.Values("key", string(civic.NewRequestKey()), "link.on", fmt.Sprint(event.ID), "text", "Kto <zapłaci>?", "author", "Anna")
	s.Want(t, http.StatusSeeOther, "POST", "/d/trial/questions/new", ask, send...)
	s.Want(t, http.StatusSeeOther, "POST", "/d/trial/questions/new", ask, send...)
	if _, body = s.Want(t, http.StatusOK, "GET", page, ""); strings.Contains(body, "zapłaci") {
		t.Error("a question that waits is public")
	}

	moderator := s.SignIn(t, "moderator@example.org", civic.Moderator, "")
	_, body = s.Want(t, http.StatusOK, "GET", page, "", moderator...)
	found := regexp.MustCompile(`id="question-(\d+)"`).FindAllStringSubmatch(body, -1)
	if len(found) != 1 || !strings.Contains(body, "Kto &lt;zapłaci&gt;?") {
		t.Fatalf("questions that the moderator sees: %v", found)
	}
	question := "/d/trial/questions/" + found[0][1]
	s.Want(t, http.StatusNotFound, "POST", question+"/support", "do=support", send...)
	s.Want(t, http.StatusOK, "POST", "/api/v1/districts/trial/things/"+found[0][1]+"/actions", `{"action":"publish"}`, append([]string{"Content-Type", "application/json", "If-Match", `"1"`}, moderator...)...)
	resp, _ := s.Want(t, http.StatusSeeOther, "GET", question, "")
	if got := resp.Header.Get("Location"); !strings.HasPrefix(got, page) {
		t.Errorf("a question leads to %s, not to its debate", got)
	}
	resp, _ = s.Want(t, http.StatusSeeOther, "POST", question+"/support", "do=support", send...)
	cookie, _, _ := strings.Cut(resp.Header.Get("Set-Cookie"), ";")
	again := append([]string{"Cookie", cookie}, send...)
	s.Want(t, http.StatusSeeOther, "POST", question+"/support", "do=support", again...)
	_, body = s.Want(t, http.StatusOK, "GET", page, "", "Cookie", cookie)
	webtest.Contains(t, body, "1 osoba też chce", `value="withdraw"`)
	s.Want(t, http.StatusSeeOther, "POST", question+"/support", "do=withdraw", again...)
	_, body = s.Want(t, http.StatusOK, "GET", page, "")
	webtest.Contains(t, body, "0 osób też chce", `value="support"`)

	walk, _ := picnic(&v.District, 3, 0)
	other := s.Add(t, walk)
	ask = webtest.Values("key", string(civic.NewRequestKey()), "link.on", fmt.Sprint(other.ID), "text", "Kto zapłaci?")
	s.Want(t, http.StatusUnprocessableEntity, "POST", "/d/trial/questions/new", ask, send...)
}

// TestNothingCameOfIt says so once thirty days have passed since a debate, unless
// something has come of it.
func TestNothingCameOfIt(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	v, _ := s.Live.District("trial")
	const nothing = "Jeszcze nic z tego nie wynikło"
	for days, want := range map[int]bool{-29: false, -30: true} {
		event := s.Add(t, debate(&v.District, days))
		page := fmt.Sprintf("/d/trial/events/%d", event.ID)
		_, body := s.Want(t, http.StatusOK, "GET", page, "")
		if strings.Contains(body, nothing) != want {
			t.Errorf("%d days after: nothing came of it is said: %t", -days, !want)
		}
		if strings.Contains(body, `action="/d/trial/questions/new"`) {
			t.Errorf("%d days after, one can ask", -days)
		}
		if !want {
			continue
		}
		theme := s.Add(t, civic.RecordDraft{Kind: civic.ThemeThing, Values: civic.Values{Texts: map[string]civic.Text{"name": {"pl": "Cień"}}}},
			civic.FieldLinks{Field: "at", Things: []int64{event.ID}})
		if _, body := s.Want(t, http.StatusOK, "GET", page, ""); !strings.Contains(body, nothing) {
			t.Error("a theme is all that came of it, and that nothing did is not said")
		}
		s.Add(t, civic.RecordDraft{Kind: civic.InitiativeThing, Values: civic.Values{Texts: map[string]civic.Text{"name": {"pl": "Cień"}, "summary": {"pl": "Lipy"}}}},
			civic.FieldLinks{Field: "answers", Things: []int64{theme.ID}})
		if _, body := s.Want(t, http.StatusOK, "GET", page, ""); strings.Contains(body, nothing) {
			t.Error("something came of it, and nothing is said")
		}
	}
}

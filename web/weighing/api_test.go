package weighing_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// ask makes a request of the API as the browser of the site, checks that the response is
// as the contract has it, and returns its body.
func (s *site) ask(status int, method, end, body string, header ...string) string {
	s.t.Helper()
	header = append(header, s.phone...)
	if body != "" {
		header = append(header, "Content-Type", "application/json")
	}
	resp, got := s.Want(s.t, status, method, strings.Replace(s.path, "/d/", "/api/v1/districts/", 1)+end, body, header...)
	s.CheckContract(s.t, s.Contract(s.t), "/api/v1/districts/{district}/events/{id}/weighing"+end, resp, got)
	for _, c := range resp.Cookies() {
		s.phone = []string{"Cookie", c.Name + "=" + c.Value}
	}
	return got
}

// give sends a ballot: with THEME0 and THEME1 as the numbers of the themes.
func (s *site) give(status int, choices string, header ...string) string {
	s.t.Helper()
	choices = strings.NewReplacer("THEME0", fmt.Sprint(s.themes[0]), "THEME1", fmt.Sprint(s.themes[1])).Replace(choices)
	return s.ask(status, "PUT", "/ballot", `{"choices": [`+choices+`]}`, header...)
}

// problem checks that a body is a problem with the code in a field.
func (s *site) problem(body, field, code string) {
	s.t.Helper()
	var p struct {
		Errors []struct{ Field, Code, Detail string }
	}
	if err := json.Unmarshal([]byte(body), &p); err != nil || len(p.Errors) != 1 || p.Errors[0].Field != field || p.Errors[0].Code != code || p.Errors[0].Detail == "" {
		s.t.Errorf("the problem is not %s of %s: %v %s", code, field, err, body)
	}
}

// weighed is a weighing as the API has it.
type weighed struct {
	Phase  string
	Dots   *int
	Themes []struct {
		ID     int64
		Result []struct {
			Of     string
			Online int
			Room   *int
		}
		Reasons []struct{ Text string }
	}
	TookPart *struct{ Online, Room int } `json:"took_part"`
}

// weighing returns the weighing as the API has it.
func (s *site) weighing() (w weighed) {
	s.t.Helper()
	if err := json.Unmarshal([]byte(s.ask(http.StatusOK, "GET", "", "")), &w); err != nil {
		s.t.Fatal(err)
	}
	return w
}

// TestDotsByAPI checks that dots are given and changed through the API by the rules of the
// page, with which it shares the voice, and that the result is there after the end alone.
func TestDotsByAPI(t *testing.T) {
	s := open(t, civic.WeighByDots)
	if w := s.weighing(); w.Phase != "open" || *w.Dots != 3 || len(w.Themes) != 2 || w.Themes[0].Result != nil || w.TookPart != nil {
		t.Errorf("while it is open: %+v", w)
	}
	want := func(body, given string) {
		t.Helper()
		given = strings.NewReplacer("THEME0", fmt.Sprint(s.themes[0]), "THEME1", fmt.Sprint(s.themes[1])).Replace(given)
		if diff := cmp.Diff(given+"\n", body); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	want(s.ask(http.StatusOK, "GET", "/ballot", ""), `{"given":false,"choices":[]}`)
	s.problem(s.give(http.StatusUnprocessableEntity, `{"theme": THEME0, "dots": 2}, {"theme": THEME1, "dots": 2}`), "dots", "too_many")
	s.problem(s.give(http.StatusUnprocessableEntity, `{"theme": 999, "dots": 1}`), "dots", "unknown")
	s.problem(s.give(http.StatusUnprocessableEntity, `{"theme": THEME0, "stance": "agree"}`), "stances", "unknown")
	s.problem(s.give(http.StatusUnprocessableEntity, `{"theme": THEME0}`), "choices", "missing")
	s.problem(s.give(http.StatusUnprocessableEntity, `{"theme": THEME0, "dots": 1}, {"theme": THEME0, "dots": 1}`), "choices", "repeated")
	s.give(http.StatusBadRequest, `{"theme": THEME0, "dots": -1}`)
	if s.phone != nil {
		t.Errorf("a browser whose ballot was refused is remembered: %v", s.phone)
	}
	want(s.give(http.StatusOK, ``), `{"given":true,"choices":[]}`)
	want(s.give(http.StatusOK, `{"theme": THEME0, "dots": 3}, {"theme": THEME1, "dots": 0}`), `{"given":true,"choices":[{"theme":THEME0,"dots":3}]}`)
	s.vote(http.StatusSeeOther, "dots.0", "1", "dots.1", "2") // on the page, in its place
	want(s.ask(http.StatusOK, "GET", "/ballot", ""), `{"given":true,"choices":[{"theme":THEME0,"dots":1},{"theme":THEME1,"dots":2}]}`)
	first := s.phone
	s.phone = nil // another browser
	want(s.ask(http.StatusOK, "GET", "/ballot", ""), `{"given":false,"choices":[]}`)
	s.give(http.StatusOK, ``)
	s.phone = first
	s.end()
	w := s.weighing()
	if w.Phase != "ended" || w.TookPart.Online != 2 || w.TookPart.Room != 12 || w.Themes[0].Result[0].Online != 1 || w.Themes[1].Result[0].Online != 2 || *w.Themes[1].Result[0].Room != 7 {
		t.Errorf("the result: %+v", w)
	}
	s.problem(s.give(http.StatusConflict, `{"theme": THEME0, "dots": 1}`), "ballot", "closed")
	want(s.ask(http.StatusOK, "GET", "/ballot", ""), `{"given":true,"choices":[{"theme":THEME0,"dots":1},{"theme":THEME1,"dots":2}]}`)
}

// TestConsentByAPI checks that an objection needs a reason, which is added once for a key.
func TestConsentByAPI(t *testing.T) {
	s := open(t, civic.WeighByConsent)
	s.problem(s.give(http.StatusUnprocessableEntity, `{"theme": THEME0, "dots": 1}`), "dots", "unknown")
	reason := fmt.Sprintf("reason-%d", s.themes[1])
	s.problem(s.give(http.StatusUnprocessableEntity, `{"theme": THEME1, "stance": "object"}`), reason, "missing")
	s.problem(s.give(http.StatusUnprocessableEntity, `{"theme": THEME1, "stance": "object", "reason": "`+strings.Repeat("a", 4001)+`"}`), reason, "too_long")
	if got := s.ask(http.StatusOK, "GET", "/ballot", ""); !strings.Contains(got, `"given":false`) {
		t.Errorf("an objection whose reason is refused is counted: %s", got)
	}
	key := string(civic.NewRequestKey())
	for range 2 {
		s.give(http.StatusOK, `{"theme": THEME0, "stance": "agree"}, {"theme": THEME1, "stance": "object", "reason": "Ławki zajmą chodnik"}`, "Idempotency-Key", key)
	}
	s.give(http.StatusOK, `{"theme": THEME1, "stance": "object"}`)
	var comments int
	if err := s.Connect(t).QueryRow(t.Context(), `select count(*) from things where kind = 'comment'`).Scan(&comments); err != nil || comments != 1 {
		t.Errorf("%d comments, want 1: %v", comments, err)
	}
	s.end()
	w := s.weighing()
	if w.Dots != nil || w.TookPart.Online != 1 || len(w.Themes[1].Result) != 3 || w.Themes[1].Result[2].Of != "object" || w.Themes[1].Result[2].Online != 1 {
		t.Errorf("the result: %+v", w)
	}
	if len(w.Themes[1].Reasons) > 0 {
		t.Errorf("a reason is shown before a moderator has read it: %+v", w.Themes[1].Reasons)
	}
}

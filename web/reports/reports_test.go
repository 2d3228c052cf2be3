package reports_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// site is a site with a published pin, a pin that is only counted and an office,
// and the headers of a moderator.
type site struct {
	*webtest.Site
	d                   *civic.District
	pin, secret, office int64
	anna                []string
}

func open(t *testing.T) *site {
	t.Helper()
	s := webtest.OpenConfig(t, web.Config{Writes: 6, WriteBurst: 6}, webtest.District(civic.ModerateBefore), nil)
	d := s.Live.Districts()[0].District
	out := &site{Site: s, d: &d, anna: append(s.SignIn(t, "anna@example.org", civic.Moderator, ""), "Accept-Language", "en")}
	hexOnly := ""
	for _, c := range d.Categories {
		if c.Visibility == civic.HexOnly {
			hexOnly = c.Slug
		}
	}
	for category, id := range map[string]*int64{"trees": &out.pin, hexOnly: &out.secret} {
		pin, err := d.Accept(civic.Draft{Category: category, Title: "Lipa", Point: orb.Point{19.94, 50.03}, ReportedOn: 20000}, civic.MaxDay)
		if err != nil {
			t.Fatal(err)
		}
		if *id, err = s.Store.AddPin(t.Context(), &d, civic.Actor{}, pin, civic.Published); err != nil {
			t.Fatal(err)
		}
	}
	out.office = s.Add(t, webtest.Office("Dyżur", "", orb.Point{19.94, 50.03})).ID
	return out
}

// get returns a page in English.
func (s *site) get(t *testing.T, path string, header ...string) string {
	t.Helper()
	_, body := s.Want(t, http.StatusOK, "GET", path, "", append(header, "Accept-Language", "en")...)
	return body
}

// post sends a form with pairs of names and values.
func (s *site) post(t *testing.T, header []string, path string, pairs ...string) (*http.Response, string) {
	t.Helper()
	return s.Do(t, "POST", path, webtest.Values(pairs...), append([]string{"Accept-Language", "en"}, webtest.Form(header)...)...)
}

var reportID = regexp.MustCompile(`name="report" value="(\d+)"`)

// TestReportsOfEveryKind checks that anybody can report a published thing of each
// kind without JavaScript, from its page, and that it is closed at the desk with a
// reason, from where a link leads back.
func TestReportsOfEveryKind(t *testing.T) {
	s := open(t)
	for kind, id := range map[civic.ThingKind]int64{civic.PinThing: s.pin, civic.OfficeThing: s.office} {
		page := fmt.Sprintf("/d/trial/%s/%d", kind.Plural(), id)
		path := page + "/report"
		webtest.Contains(t, s.get(t, page), `href="`+path+`"`)
		webtest.Contains(t, s.get(t, path), "Report this text", "good faith", `name="key"`)
		resp, body := s.post(t, nil, path, "text", "To o mnie", "email", "x")
		if resp.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("an incomplete report: status %d", resp.StatusCode)
		}
		webtest.Contains(t, body, "Choose what is wrong.", "This is not an e-mail address.", "To o mnie")
		resp, _ = s.post(t, nil, path, "text", "To o mnie", "ground", "personal_data", "erasure", "yes", "name", "Jan", "email", "jan@example.org")
		if resp.StatusCode != http.StatusSeeOther {
			t.Fatalf("a report: status %d", resp.StatusCode)
		}
		webtest.Contains(t, s.get(t, resp.Header.Get("Location")), "Thank you.")
		desk := fmt.Sprintf("/d/trial/desk/%d", id)
		webtest.Contains(t, s.get(t, "/d/trial/desk?queue=reports", s.anna...), desk)
		body = s.get(t, desk+"?queue=reports", s.anna...)
		webtest.Contains(t, body, "Request for erasure", "To o mnie", `value="close_report"`, `href="`+page+`"`)
		if strings.Contains(body, `value="merge"`) != (kind == civic.PinThing) {
			t.Errorf("what the desk offers for a %s", kind)
		}
		if resp, body := s.post(t, s.anna, desk, "do", "close_report", "report", reportID.FindStringSubmatch(body)[1], "reason", "nie wskazuje osoby"); resp.StatusCode != http.StatusSeeOther {
			t.Errorf("close: status %d: %s", resp.StatusCode, body)
		}
		webtest.Contains(t, s.get(t, desk, s.anna...), "nie wskazuje osoby", "Nothing was done")
	}
}

// TestNothingElseCanBeReported checks that nobody learns from the form or the API
// whether there is a thing that the public must not know of.
func TestNothingElseCanBeReported(t *testing.T) {
	s := open(t)
	for _, id := range []int64{s.secret, 999} {
		if resp, _ := s.Do(t, "GET", fmt.Sprintf("/d/trial/pins/%d/report", id), ""); resp.StatusCode != http.StatusNotFound {
			t.Errorf("the form of %d: status %d", id, resp.StatusCode)
		}
		if resp, body := s.Do(t, "POST", fmt.Sprintf("/api/v1/districts/trial/things/%d/reports", id), `{"ground": "spam", "text": "x"}`, "Content-Type", "application/json"); resp.StatusCode != http.StatusNotFound {
			t.Errorf("through the API of %d: status %d: %s", id, resp.StatusCode, body)
		}
	}
	if resp, _ := s.Do(t, "GET", fmt.Sprintf("/d/trial/pins/%d/report", s.office), ""); resp.StatusCode != http.StatusNotFound {
		t.Errorf("an office as a pin: status %d", resp.StatusCode)
	}
}

// TestFormSentTwice checks that a form that is sent twice reports once, and that
// other words with its key are shown again, to be sent with a new one.
func TestFormSentTwice(t *testing.T) {
	s := open(t)
	path, key := fmt.Sprintf("/d/trial/pins/%d/report", s.pin), string(civic.NewRequestKey())
	for range 2 {
		if resp, body := s.post(t, nil, path, "key", key, "text", "reklama", "ground", "spam"); resp.StatusCode != http.StatusSeeOther {
			t.Fatalf("status %d: %s", resp.StatusCode, body)
		}
	}
	resp, body := s.post(t, nil, path, "key", key, "text", "co innego", "ground", "spam")
	if resp.StatusCode != http.StatusUnprocessableEntity || strings.Contains(body, key) {
		t.Errorf("status %d", resp.StatusCode)
	}
	webtest.Contains(t, body, "co innego", "This form has been sent with other words.", `id="field-key"`)
	if on, err := s.Store.ReportsOn(t.Context(), s.d, s.pin); err != nil || len(on) != 1 {
		t.Errorf("%d reports, %v", len(on), err)
	}
	if resp, _ := s.post(t, nil, path, "key", "x", "text", "reklama", "ground", "spam"); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("a malformed key: status %d", resp.StatusCode)
	}
}

// TestReportsThroughAPI checks that the API stores a report once for each key, as
// the contract says, and that a problem names each field at fault.
func TestReportsThroughAPI(t *testing.T) {
	s := open(t)
	doc := s.Contract(t)
	const pattern = "/api/v1/districts/{district}/things/{id}/reports"
	path := fmt.Sprintf("/api/v1/districts/trial/things/%d/reports", s.office)
	key := string(civic.NewRequestKey())
	var bodies []string
	for _, test := range []struct {
		body, key string
		status    int
		fields    []string
	}{
		{`{"ground": "illegal", "text": "art. 1", "email": "jan@example.org"}`, key, 201, nil},
		{`{"ground": "illegal", "text": "art. 1", "email": "jan@example.org"}`, key, 201, nil},
		{`{"ground": "illegal", "text": "art. 2", "email": "jan@example.org"}`, key, 422, nil},
		{`{"ground": "illegal", "text": " ", "email": "jan", "name": "` + strings.Repeat("x", 101) + `"}`, "", 422, []string{"text", "email", "name"}},
		{`{"ground": "eaten", "text": "x"}`, "", 400, []string{"ground"}},
		{`{"ground": "spam", "text": "x", "kind": "objection"}`, "", 400, []string{"kind"}},
	} {
		header := []string{"Content-Type", "application/json"}
		if test.key != "" {
			header = append(header, "Idempotency-Key", test.key)
		}
		resp, body := s.Do(t, "POST", path, test.body, header...)
		s.CheckContract(t, doc, pattern, resp, body)
		if resp.StatusCode != test.status {
			t.Errorf("%s: status %d, want %d: %s", test.body, resp.StatusCode, test.status, body)
		}
		for _, field := range test.fields {
			if !strings.Contains(body, `"field":"`+field+`"`) {
				t.Errorf("%s: the problem does not name %s: %s", test.body, field, body)
			}
		}
		bodies = append(bodies, body)
	}
	if bodies[0] != bodies[1] || !strings.Contains(bodies[0], fmt.Sprintf(`"href":"/d/trial/offices/%d"`, s.office)) {
		t.Errorf("%s and %s", bodies[0], bodies[1])
	}
	if on, err := s.Store.ReportsOn(t.Context(), s.d, s.office); err != nil || len(on) != 1 || on[0].Ground != civic.Illegal || !on[0].HasContact {
		t.Errorf("%+v, %v", on, err)
	}
	if resp, _ := s.Do(t, "POST", path, `{"ground": "spam", "text": "x"}`, "Content-Type", "application/json"); resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the seventh report at once: status %d", resp.StatusCode)
	}
}

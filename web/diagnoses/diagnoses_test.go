package diagnoses_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

const page = "/d/trial/diagnoses"

// form returns the form of a diagnosis on needs, with a key.
func form(title string, evidence ...int64) url.Values {
	q := url.Values{"key": {string(civic.NewRequestKey())}, "name.pl": {title}, "finding.pl": {"Trzeba coś zrobić"}}
	for _, id := range evidence {
		q.Add("link.evidence", fmt.Sprint(id))
	}
	return q
}

// send sends a form, which is to lead to a page, and returns its path.
func send(t *testing.T, s *webtest.Site, path string, q url.Values, header []string) string {
	t.Helper()
	resp, body := s.Do(t, "POST", path, q.Encode(), webtest.Form(header)...)
	if resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s: %d\n%s", path, resp.StatusCode, body)
	}
	path, _, _ = strings.Cut(resp.Header.Get("Location"), "?")
	return path
}

// TestHexOnlyEvidence goes through the form and the API with a diagnosis that rests
// on a pin that is only counted: the place that it names keeps it from the public
// until that is confirmed, and what answers it can have no place.
func TestHexOnlyEvidence(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	moderator := s.SignIn(t, "ola@example.org", civic.Moderator, "")
	inJSON := append([]string{"Content-Type", "application/json"}, moderator...)
	var hidden int64
	err := s.Connect(t).QueryRow(t.Context(), `select min(pin_id) from pins where visibility = 'hex'`).Scan(&hidden)
	if err != nil {
		t.Fatal(err)
	}
	diagnosis := send(t, s, page+"/new", form("Strach na Rynku", 1, hidden), moderator)
	if resp, _ := s.Do(t, "GET", diagnosis, ""); resp.StatusCode != http.StatusNotFound {
		t.Errorf("before it is confirmed: %d", resp.StatusCode)
	}
	publish := url.Values{"action": {"publish"}, "version": {"1"}}
	resp, body := s.Do(t, "POST", diagnosis+"/actions", publish.Encode(), webtest.Form(moderator)...)
	if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `name="confirmed" value="Rynku"`) {
		t.Fatalf("publish without a confirmation: %d\n%s", resp.StatusCode, body)
	}
	id := strings.TrimPrefix(diagnosis, page+"/")
	actions := "/api/v1/districts/trial/things/" + id + "/actions"
	if resp, body := s.Do(t, "POST", actions, `{"action": "publish"}`, append(inJSON, "If-Match", `"1"`)...); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "Rynku") {
		t.Errorf("through the API: %d\n%s", resp.StatusCode, body)
	}
	publish.Set("confirmed", "Rynku")
	send(t, s, diagnosis+"/actions", publish, moderator)
	if resp, body := s.Do(t, "GET", diagnosis, ""); resp.StatusCode != http.StatusOK || strings.Contains(body, fmt.Sprintf("/pins/%d\"", hidden)) {
		t.Errorf("to the public: %d\n%s", resp.StatusCode, body)
	}

	draft := map[string]any{"name": map[string]string{"pl": "Patrol"}, "summary": map[string]string{"pl": "Wieczorem"}, "answers": []json.Number{json.Number(id)}, "lon": 19.95, "lat": 50.03}
	initiative, err := json.Marshal(draft)
	if err != nil {
		t.Fatal(err)
	}
	if resp, body := s.Do(t, "POST", "/api/v1/districts/trial/initiatives", string(initiative), inJSON...); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "hex_only") {
		t.Errorf("an initiative with a place: %d\n%s", resp.StatusCode, body)
	}
	asked := url.Values{"key": {string(civic.NewRequestKey())}, "name.pl": {"Patrol"}, "summary.pl": {"Wieczorem"}, "link.answers": {id}, "lon": {"19.95"}, "lat": {"50.03"}}
	if resp, body := s.Do(t, "POST", "/d/trial/initiatives/new", asked.Encode(), webtest.Form(moderator)...); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `id="fault-place"`) {
		t.Errorf("an initiative with a place, in the form: %d\n%s", resp.StatusCode, body)
	}
	asked.Del("lon")
	asked.Del("lat")
	send(t, s, "/d/trial/initiatives/new", asked, moderator)
}

// TestReportersHearOnce checks that a diagnosis sends each reporter of its needs one
// mail, those of merged duplicates too, and that each sees it in the thread of the
// need.
func TestReportersHearOnce(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	moderator := s.SignIn(t, "ola@example.org", civic.Moderator, "")
	mailbox := s.OpenMailbox(t)
	lamp := func(email string) int64 {
		id, _ := s.Report(t, civic.Draft{Category: "trees", Title: "Sucha lipa", Point: orb.Point{19.93, 50.03}, ReportedOn: 20000, Email: email})
		return id
	}
	first, duplicate, other := lamp("anna@example.org"), lamp("jan@example.org"), lamp("ewa@example.org")
	d, err := s.Store.District(t.Context(), "trial")
	if err != nil {
		t.Fatal(err)
	}
	staff := civic.Actor{Kind: civic.Account, ID: 1, Grants: []civic.Grant{{Role: civic.Moderator, DistrictID: d.ID}}}
	if _, err := s.Store.Do(t.Context(), &d, staff, civic.Command{Action: civic.Merge, Things: []int64{duplicate}, Into: first}); err != nil {
		t.Fatal(err)
	}
	mailbox.Mails(t)
	diagnosis := send(t, s, page+"/new", form("Drzewa schną", first, other), moderator)
	got := map[string]int{}
	for _, letter := range mailbox.Mails(t) {
		got[letter.To]++
	}
	for _, address := range []string{"anna@example.org", "jan@example.org", "ewa@example.org"} {
		if got[address] != 1 {
			t.Errorf("%s has %d mails", address, got[address])
		}
	}
	if len(got) != 3 {
		t.Errorf("mails to %v", got)
	}
	if _, body := s.Do(t, "GET", fmt.Sprintf("/d/trial/pins/%d", first), ""); !strings.Contains(body, diagnosis+`"`) {
		t.Errorf("the page of the need does not show it:\n%s", body)
	}
}

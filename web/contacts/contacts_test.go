package contacts_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

const (
	anna = "Anna.Nowak@example.org"
	jan  = "jan@example.org"
)

// site is a server with the pins of two residents.
type site struct {
	*webtest.Site
	contacts map[string]int64 // by address
}

// open starts a server with two public pins of Anna, of which one is hex-only, and
// one of Jan.
func open(t *testing.T) site {
	t.Helper()
	s := site{webtest.OpenConfig(t, web.Config{Writes: 1000, WriteBurst: 1000}, webtest.District(civic.ModerateAfter), nil), map[string]int64{}}
	for _, pin := range []struct{ category, title, email string }{{"trees", "Lipa przy studni", anna}, {"fear", "Ciemne przejście", anna}, {"trees", "Klon Jana", jan}} {
		body, err := json.Marshal(map[string]any{"category": pin.category, "title": pin.title, "lon": 19.92, "lat": 50.02, "email": pin.email})
		if err != nil {
			t.Fatal(err)
		}
		resp, text := s.Do(t, "POST", "/api/v1/districts/trial/pins", string(body), "Content-Type", "application/json", "Accept-Language", "uk")
		if resp.StatusCode != http.StatusCreated {
			t.Fatalf("add a pin: status %d: %s", resp.StatusCode, text)
		}
	}
	conn := s.Connect(t)
	for n, email := range []string{anna, jan} {
		var id int64
		err := conn.QueryRow(t.Context(), `select contact_id from contacts order by contact_id limit 1 offset $1`, n).Scan(&id)
		if err != nil {
			t.Fatal(err)
		}
		s.contacts[email] = id
	}
	return s
}

// as returns a function that sends requests of a person who has signed in.
func (s site) as(t *testing.T, p civic.Person) func(method, path string, form url.Values) (*http.Response, string) {
	t.Helper()
	header := append(s.Begin(t, p), "Accept-Language", "en")
	return func(method, path string, form url.Values) (*http.Response, string) {
		t.Helper()
		if method == http.MethodPost {
			return s.Do(t, method, path, form.Encode(), webtest.Form(header)...)
		}
		return s.Do(t, method, path, "", header...)
	}
}

// contact returns the contact with the id of the only district.
func contact(id int64) civic.Person {
	return civic.Person{Kind: civic.Contact, DistrictID: 1, ID: id}
}

func TestPersonalPageIsForTheResidentAlone(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, path := range []string{"/d/trial/me", "/d/trial/me/export"} {
		resp, body := s.Do(t, "GET", path, "")
		if want := "/sign-in?next=" + url.QueryEscape(path); resp.Header.Get("Location") != want || strings.Contains(body, "Lipa") {
			t.Errorf("GET %s by nobody: status %d to %s, want %s", path, resp.StatusCode, resp.Header.Get("Location"), want)
		}
		resp, body = s.as(t, contact(999_999))("GET", path, nil) // who was erased
		if resp.StatusCode != http.StatusSeeOther || strings.Contains(body, "Lipa") {
			t.Errorf("GET %s by an unknown contact: status %d", path, resp.StatusCode)
		}
	}
	resp, body := s.as(t, contact(s.contacts[anna]))("GET", "/d/trial/me", nil)
	if resp.StatusCode != http.StatusOK || !strings.Contains(resp.Header.Get("Cache-Control"), "no-store") {
		t.Errorf("status %d, Cache-Control %q", resp.StatusCode, resp.Header.Get("Cache-Control"))
	}
	for _, part := range []string{anna, "Lipa przy studni", "Ciemne przejście", "others see no page of it", `value="uk" lang="uk" selected`, `value="instant" selected`} {
		if !strings.Contains(body, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	if strings.Contains(body, "Klon Jana") || strings.Contains(body, jan) {
		t.Error("the page has the pin of somebody else")
	}
}

// TestFollowsOnThePersonalPage checks that what somebody begins to follow with one
// press is on the page to which that leads, can be changed and ended there, and is in
// the export.
func TestFollowsOnThePersonalPage(t *testing.T) {
	t.Parallel()
	s := open(t)
	send := s.as(t, contact(s.contacts[anna]))
	if _, body := send("GET", "/d/trial/me", nil); !strings.Contains(body, "You do not follow anything yet") {
		t.Error("the page does not say that nothing is followed")
	}
	resp, _ := send("POST", "/d/trial/follow?area=west", url.Values{"cadence": {"weekly"}})
	page := resp.Header.Get("Location")
	_, body := send("GET", page, nil)
	for _, part := range []string{"West", `value="weekly" selected`, `name="do" value="end"`} {
		if !strings.Contains(body, part) {
			t.Errorf("%s lacks %q", page, part)
		}
	}
	match := regexp.MustCompile(`action="(/d/trial/me/follows/\d+)"`).FindStringSubmatch(body)
	if match == nil {
		t.Fatal("there is no form to change it")
	}
	if resp, _ := s.as(t, contact(s.contacts[jan]))("POST", match[1], url.Values{"do": {"end"}}); resp.StatusCode != http.StatusNotFound {
		t.Errorf("somebody else ends it: status %d", resp.StatusCode)
	}
	if resp, body := send("POST", match[1], url.Values{"cadence": {"daily"}}); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d: %s", resp.StatusCode, body)
	}
	if _, body := send("GET", page, nil); !strings.Contains(body, `value="daily" selected`) {
		t.Error("the cadence has not changed")
	}
	send("POST", match[1], url.Values{"do": {"end"}})
	if _, body := send("GET", page, nil); strings.Contains(body, match[1]) {
		t.Error("it has not ended")
	}
	var all civic.ResidentExport
	_, body = send("GET", "/d/trial/me/export", nil)
	if err := json.Unmarshal([]byte(body), &all); err != nil {
		t.Fatal(err)
	}
	if len(all.Follows) != 1 || all.Follows[0].Filter != "area=west" || all.Follows[0].Cadence != "daily" || all.Follows[0].EndedAt == nil {
		t.Errorf("the export has the follows %+v", all.Follows)
	}
}

func TestSaveSettings(t *testing.T) {
	t.Parallel()
	s := open(t)
	send := s.as(t, contact(s.contacts[anna]))
	resp, _ := send("POST", "/d/trial/me", url.Values{"do": {"save"}, "language": {"pl"}, "cadence": {"weekly"}})
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/d/trial/me?saved=yes" {
		t.Errorf("status %d, to %s", resp.StatusCode, resp.Header.Get("Location"))
	}
	_, body := send("GET", "/d/trial/me?saved=yes", nil)
	for _, part := range []string{"Saved.", `value="pl" lang="pl" selected`, `value="weekly" selected`} {
		if !strings.Contains(body, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	if resp, _ := send("POST", "/d/trial/me", url.Values{"do": {"save"}, "language": {"xx"}, "cadence": {"weekly"}}); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("another language: status %d, want 400", resp.StatusCode)
	}
}

func TestExportAll(t *testing.T) {
	t.Parallel()
	s := open(t)
	resp, body := s.as(t, contact(s.contacts[anna]))("GET", "/d/trial/me/export", nil)
	if got := resp.Header.Get("Content-Disposition"); got != `attachment; filename="pinezka-trial-me.json"` {
		t.Errorf("Content-Disposition: %s", got)
	}
	var all civic.ResidentExport
	if err := json.Unmarshal([]byte(body), &all); err != nil {
		t.Fatal(err)
	}
	if all.Contact.Email != anna || len(all.Pins) != 2 || all.Pins[0].Lon != 19.92 || len(all.Actions) != 2 {
		t.Errorf("the export is %+v", all)
	}
}

func TestEraseMe(t *testing.T) {
	t.Parallel()
	s := open(t)
	send := s.as(t, contact(s.contacts[anna]))
	resp, body := send("POST", "/d/trial/me", url.Values{"do": {"erase"}, "texts": {"erase"}})
	if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "Nothing has been erased") {
		t.Errorf("without the box: status %d", resp.StatusCode)
	}
	resp, body = send("POST", "/d/trial/me", url.Values{"do": {"erase"}, "texts": {"erase"}, "sure": {"yes"}})
	if resp.StatusCode != http.StatusOK || !strings.Contains(body, "Your data has been erased") {
		t.Errorf("status %d", resp.StatusCode)
	}
	if resp, _ := send("GET", "/d/trial/me", nil); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("the page afterwards: status %d", resp.StatusCode)
	}
	s.WaitForPins(t, 1)
	if _, body := s.as(t, contact(s.contacts[jan]))("GET", "/d/trial/me", nil); !strings.Contains(body, "Klon Jana") {
		t.Error("the pin of somebody else was erased")
	}
}

package kinds_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

const api = "/api/v1/districts/trial/offices"

// TestStaffAddsAndEditsOffice goes through the forms: what the council adds waits
// for a moderator, whose changes nobody overwrites unknowingly.
func TestStaffAddsAndEditsOffice(t *testing.T) {
	s := webtest.Open(t, civic.ModerateBefore)
	council, moderator := s.SignIn(t, "rada@example.org", civic.Council, ""), s.SignIn(t, "anna@example.org", civic.Moderator, "")
	const path = "/d/trial/offices"
	if resp, body := s.Do(t, "GET", path, "", "Accept-Language", "pl"); resp.StatusCode != http.StatusOK || !strings.Contains(body, "Jeszcze żadnych nie ma") || strings.Contains(body, path+"/new") {
		t.Fatalf("the empty list: %d\n%s", resp.StatusCode, body)
	}
	if resp, _ := s.Do(t, "POST", path+"/new", webtest.Values("name.pl", "x"), webtest.Form(nil)...); resp.StatusCode == http.StatusOK || resp.StatusCode == http.StatusSeeOther && !strings.Contains(resp.Header.Get("Location"), "sign-in") {
		t.Errorf("somebody unknown adds an office: %d", resp.StatusCode)
	}
	key := string(civic.NewRequestKey())
	faulty := webtest.Values("name.pl", "", "hours.pl", "poniedziałek 16–18", "lon", "19.95", "lat", "51", "key", key)
	resp, body := s.Do(t, "POST", path+"/new", faulty, webtest.Form(council)...)
	if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "poniedziałek 16–18") || !strings.Contains(body, `id="fault-field-name"`) || !strings.Contains(body, `id="fault-place"`) {
		t.Fatalf("with faults: %d\n%s", resp.StatusCode, body)
	}
	_, body = s.Do(t, "POST", path+"/new", webtest.Values("name.pl", "x", "lon", "19.95", "lat", "5O.03", "key", key), webtest.Form(council)...)
	if !strings.Contains(body, `id="fault-place"`) || !strings.Contains(body, `value="5O.03"`) || !strings.Contains(body, `value="19.95"`) {
		t.Errorf("a coordinate with a typing error:\n%s", body)
	}
	right := webtest.Values("name.pl", "Dyżur <radnej>", "hours.pl", "poniedziałek 16–18", "lon", "19,95", "lat", "50.03", "key", key)
	var pages []string
	for range 2 { // a second click
		resp, _ = s.Do(t, "POST", path+"/new", right, webtest.Form(council)...)
		pages = append(pages, resp.Header.Get("Location"))
	}
	if resp.StatusCode != http.StatusSeeOther || pages[0] != pages[1] {
		t.Fatalf("%d, %q", resp.StatusCode, pages)
	}
	page, _, _ := strings.Cut(pages[0], "?")
	if resp, _ := s.Do(t, "GET", page, ""); resp.StatusCode != http.StatusNotFound {
		t.Errorf("before it is public: %d", resp.StatusCode)
	}
	if resp, body := s.Do(t, "GET", page, "", moderator...); resp.StatusCode != http.StatusOK || !strings.Contains(body, "Dyżur &lt;radnej&gt;") || !strings.Contains(body, `value="publish"`) {
		t.Fatalf("to a moderator: %d\n%s", resp.StatusCode, body)
	}
	if resp, body := s.Do(t, "POST", page+"/actions", webtest.Values("action", "hide", "version", "1"), webtest.Form(moderator)...); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("hide without a reason: %d\n%s", resp.StatusCode, body)
	}
	if resp, _ := s.Do(t, "POST", page+"/actions", webtest.Values("action", "publish", "version", "1"), webtest.Form(moderator)...); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("publish: %d", resp.StatusCode)
	}
	for i, hours := range []string{"wtorek", "środa"} {
		resp, body := s.Do(t, "POST", page+"/edit", webtest.Values("name.pl", "Dyżur", "hours.pl", hours, "lon", "19.95", "lat", "50.03", "version", "2"), webtest.Form(moderator)...)
		if want := []int{303, 412}[i]; resp.StatusCode != want || i == 1 && (!strings.Contains(body, "wtorek") || !strings.Contains(body, "środa") || !strings.Contains(body, `value="3"`)) {
			t.Errorf("edit: %d, want %d\n%s", resp.StatusCode, want, body)
		}
	}
	if resp, body := s.Do(t, "GET", page, "", "Accept-Language", "uk"); resp.StatusCode != http.StatusOK || !strings.Contains(body, `lang="pl">wtorek`) || strings.Contains(body, "/edit") {
		t.Errorf("to the public: %d\n%s", resp.StatusCode, body)
	}
}

// TestLanguagesOfTheForm checks which languages of the form are open: the default
// one, that of the page, and those in which something is written, so that the form
// is short and hides no fault.
func TestLanguagesOfTheForm(t *testing.T) {
	s := webtest.Open(t, civic.ModerateBefore)
	council := s.SignIn(t, "rada@example.org", civic.Council, "")
	for _, test := range []struct{ lang, written, want string }{
		{"pl", "name.pl", "en- uk-"},
		{"uk", "name.pl", "en- uk"},
		{"pl", "hours.en", "en uk-"},
	} {
		values := webtest.Values(test.written, strings.Repeat("x", civic.MaxBody+1), "key", string(civic.NewRequestKey()))
		resp, body := s.Do(t, "POST", "/d/trial/offices/new", values, webtest.Form(append(council, "Accept-Language", test.lang))...)
		if resp.StatusCode != http.StatusUnprocessableEntity || strings.Count(body, `id="field-name"`) != 1 {
			t.Errorf("%v: status %d\n%s", test, resp.StatusCode, body)
		}
		var got []string
		for _, l := range regexp.MustCompile(`<details class="thing-language"( open)?><summary><span lang="(..)">`).FindAllStringSubmatch(body, -1) {
			if l[1] == "" {
				l[2] += "-" // folded
			}
			got = append(got, l[2])
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("page in %s, %s written: %q, want %q", test.lang, test.written, got, test.want)
		}
	}
}

// TestOfficesThroughAPI checks the same through the API.
func TestOfficesThroughAPI(t *testing.T) {
	s := webtest.Open(t, civic.ModerateBefore)
	moderator := append(s.SignIn(t, "anna@example.org", civic.Moderator, ""), "Content-Type", "application/json")
	const office = `{"name": {"pl": "Dyżur"}, "lon": 19.95, "lat": 50.03}`
	if resp, body := s.Do(t, "POST", api, office, "Content-Type", "application/json"); resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("somebody unknown: %d\n%s", resp.StatusCode, body)
	}
	resp, body := s.Do(t, "POST", api, office, moderator...)
	if resp.StatusCode != http.StatusCreated || !strings.Contains(body, `"version":1`) || !strings.Contains(body, `"area":"west"`) {
		t.Fatalf("%d\n%s", resp.StatusCode, body)
	}
	one := resp.Header.Get("Location")
	actions := strings.Replace(one, "offices", "things", 1) + "/actions"
	if resp, body := s.Do(t, "POST", api, `{"name": {"pl": ""}, "lon": 1, "lat": 1}`, moderator...); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `"field":"place"`) {
		t.Errorf("with faults: %d\n%s", resp.StatusCode, body)
	}
	for _, test := range []struct {
		method, path, body, version string
		want                        int
	}{
		{"PUT", one, office, "", 400},
		{"PUT", one, office, `"7"`, 412},
		{"PUT", one, office, `"1"`, 200},
		{"POST", actions, `{"action": "hide"}`, "2", 422},
		{"POST", actions, `{"action": "hide", "reason": "it has moved"}`, "2", 200},
		{"POST", actions, `{"action": "undo"}`, "3", 200},
		{"POST", actions, `{"action": "eat"}`, "3", 400},
	} {
		header := moderator
		if test.version != "" {
			header = append(header[:len(header):len(header)], "If-Match", test.version)
		}
		if resp, body := s.Do(t, test.method, test.path, test.body, header...); resp.StatusCode != test.want {
			t.Errorf("%s %s %s %s: %d, want %d\n%s", test.method, test.path, test.body, test.version, resp.StatusCode, test.want, body)
		}
	}
	if resp, body := s.Do(t, "GET", api, ""); resp.StatusCode != http.StatusOK || strings.Count(body, `"type":"Feature"`) != 1 {
		t.Errorf("%d\n%s", resp.StatusCode, body)
	}
	if resp, _ := s.Do(t, "GET", fmt.Sprintf("%s/%d", api, 1), ""); resp.StatusCode != http.StatusNotFound { // a pin
		t.Errorf("a pin as an office: %d", resp.StatusCode)
	}
}

// TestFilesOfOffices checks that the files of a register have what the page has,
// and nothing that waits, in the language of the reader.
func TestFilesOfOffices(t *testing.T) {
	s := webtest.Open(t, civic.ModerateBefore)
	moderator, council := s.SignIn(t, "anna@example.org", civic.Moderator, ""), s.SignIn(t, "rada@example.org", civic.Council, "")
	for i, who := range [][]string{moderator, council} {
		body := fmt.Sprintf(`{"name":{"pl":"=Dyżur %d"},"hours":{"pl":"wtorek"},"lon":19.95,"lat":50.03}`, i)
		if resp, got := s.Do(t, "POST", api, body, append([]string{"Content-Type", "application/json"}, who...)...); resp.StatusCode != http.StatusCreated {
			t.Fatalf("%d: %s", resp.StatusCode, got)
		}
	}
	const path = "/d/trial/offices"
	_, csv := s.Do(t, "GET", path+".csv", "", "Accept-Language", "pl")
	if !strings.Contains(csv, "'=Dyżur 0") || strings.Contains(csv, "Dyżur 1") || !strings.Contains(csv, "Godziny") || !strings.Contains(csv, "19,95") {
		t.Errorf("the table:\n%s", csv)
	}
	if resp, _ := s.Do(t, "GET", path+".xlsx", ""); resp.StatusCode != http.StatusOK || !strings.Contains(resp.Header.Get("Content-Disposition"), "trial-offices-") {
		t.Errorf("the workbook: %d, %s", resp.StatusCode, resp.Header.Get("Content-Disposition"))
	}
	if _, file := s.Do(t, "GET", path+".geojson", "", moderator...); strings.Count(file, `"Feature"`) != 1 || !strings.Contains(file, `"numberReturned":1`) {
		t.Errorf("the features:\n%s", file)
	}
	if _, file := s.Do(t, "GET", path+".csv?area=east", ""); strings.Contains(file, "Dyżur") {
		t.Errorf("of another area:\n%s", file)
	}
}

// TestOfficesOnTheMap checks that the list of the API has those of a box, and those with
// some ids, as the map asks for them.
func TestOfficesOnTheMap(t *testing.T) {
	s := webtest.Open(t, civic.ModerateBefore)
	moderator := append(s.SignIn(t, "anna@example.org", civic.Moderator, ""), "Content-Type", "application/json")
	var ids []string
	for _, lon := range []float64{19.91, 19.95, 19.98} {
		resp, body := s.Do(t, "POST", api, fmt.Sprintf(`{"name": {"pl": "Dyżur"}, "lon": %f, "lat": 50.03}`, lon), moderator...)
		if resp.StatusCode != http.StatusCreated {
			t.Fatalf("%d: %s", resp.StatusCode, body)
		}
		location := resp.Header.Get("Location")
		ids = append(ids, location[strings.LastIndex(location, "/")+1:])
	}
	for query, want := range map[string][]string{
		"?bbox=19.9,50,19.96,50.1":                         {ids[1], ids[0]},
		"?bbox=19.96,50,19.9,50.1":                         {ids[2]}, // around the other side of Earth
		"?bbox=19.96,50,19.97,50.1":                        nil,
		"?ids=" + ids[2]:                                   {ids[2]},
		"?ids=" + ids[0] + "," + ids[2] + ",1":             {ids[2], ids[0]},
		"?ids=" + ids[0] + "&bbox=19.96,50,19.99,50.1":     nil,
		"?ids=" + strings.Join([]string{ids[1], "x"}, ","): {"400"},
	} {
		resp, body := s.Do(t, "GET", api+query, "")
		var got []string
		for _, m := range regexp.MustCompile(`"type":"Feature","id":(\d+)`).FindAllStringSubmatch(body, -1) {
			got = append(got, m[1])
		}
		if resp.StatusCode != http.StatusOK {
			got = []string{fmt.Sprint(resp.StatusCode)}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v\n%s", query, got, want, body)
		}
	}
}

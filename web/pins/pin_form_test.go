package pins_test

import (
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/webtest"
)

const formType = "application/x-www-form-urlencoded"

// post sends the form of the trial district in English.
func post(t *testing.T, s *webtest.Site, form url.Values) (*http.Response, string) {
	t.Helper()
	return s.Do(t, "POST", "/d/trial/add?lang=en", form.Encode(), "Content-Type", formType)
}

// tree returns a valid form of the last step.
func tree() url.Values {
	return url.Values{"step": {"3"}, "do": {"next"}, "lon": {"19,9321"}, "lat": {" 50.0311 "}, "category": {"trees"}, "title": {"Lipa"}, "key": {string(civic.NewRequestKey())}}
}

// TestModeratedPinIsPending checks that a pin is not shown before a moderator
// has published it.
func TestModeratedPinIsPending(t *testing.T) {
	s := webtest.Open(t, civic.ModerateBefore)
	form := tree()
	form.Set("title", "Czeka")
	for range 2 {
		resp, _ := post(t, s, form)
		if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/d/trial/add?added=yes" {
			t.Fatalf("status %d, to %s", resp.StatusCode, resp.Header.Get("Location"))
		}
	}
	if _, list := s.Do(t, "GET", "/d/trial", ""); strings.Contains(list, "Czeka") {
		t.Error("a pin is shown before a moderator has published it")
	}
	if resp, body := s.Do(t, "GET", "/d/trial/add?added=yes&lang=en", ""); resp.StatusCode != http.StatusOK || !strings.Contains(body, "Thank you!") || strings.Contains(body, "Czeka") {
		t.Errorf("the thanks: status %d", resp.StatusCode)
	}
}

// TestFormKeepsInput checks that a form with faults keeps what was entered, and
// that a form that another site submits is refused.
func TestFormKeepsInput(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	form := tree()
	for name, value := range map[string]string{"title": strings.Repeat("długo ", 40), "body": "Treść \"zostaje\" <tu>", "email": "to nie adres", "place": "Rynek"} {
		form.Set(name, value)
	}
	resp, body := post(t, s, form)
	if resp.StatusCode != http.StatusUnprocessableEntity || resp.Header.Get("Cache-Control") != "private, no-cache" || resp.Header.Get("Referrer-Policy") != "strict-origin" {
		t.Fatalf("status %d", resp.StatusCode)
	}
	for _, want := range []string{"19,9321", "50.0311", "długo długo", "Treść &#34;zostaje&#34; &lt;tu&gt;", "to nie adres", `value="Rynek"`, form.Get("key")} {
		if !strings.Contains(body, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	resp, _ = s.Do(t, "POST", "/d/trial/add", form.Encode(), "Content-Type", formType, "Sec-Fetch-Site", "cross-site")
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site: status %d", resp.StatusCode)
	}
}

// TestFormFaults checks to which step faults lead, that its title names the step
// and the first fault, and that the messages are in the order of the form.
func TestFormFaults(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const chosen, words = "lon=19.9321&lat=50.0311", "lon=19.9321&lat=50.0311&category=trees"
	tests := []struct {
		form, title string
		fields      []string
	}{
		{"step=1&do=next", "Error: Choose a place. – Step 1 of 3: Where", []string{"place"}},
		{"step=1&do=next&lon=x&lat=50", "Error: Enter the coordinates as numbers, for example 50.0446 and 19.9493. – Step 1 of 3: Where", []string{"place"}},
		{"step=1&do=next&lon=1&lat=1", "Error: This place is outside the district. Choose a place within it. – Step 1 of 3: Where", []string{"place"}},
		{"step=1&do=next&" + chosen, "Step 2 of 3: What", nil},
		{"step=1&at=19.9321,50.0311+Rynek", "Step 2 of 3: What", nil},
		{"step=2&do=next&" + chosen, "Error: Choose what you would like to mark, and then a category. – Step 2 of 3: What", []string{"category"}},
		{"step=2&do=next&kind=need&" + chosen, "Error: Choose a category. – Step 2 of 3: What", []string{"category"}},
		{"step=2&do=next&category=cats&" + chosen, "Error: This category no longer exists. Choose another one. – Step 2 of 3: What", []string{"category"}},
		{"step=2&do=next&category=trees", "Error: Choose a place. – Step 1 of 3: Where", []string{"place"}},
		{"step=2&do=back", "Step 1 of 3: Where", nil},
		{"step=2&do=next&" + words, "Step 3 of 3: Description", nil},
		{"step=3&do=back&" + chosen, "Step 2 of 3: What", nil},
		{"step=3&do=next&" + words + "&body=%1b&email=x", "Error: Write at least one sentence. – Step 3 of 3: Description", []string{"title", "body", "email"}},
		{"step=3&do=next&" + words + "&title=%E2%80%8B", "Error: This sentence has only characters that cannot be seen. Write at least one sentence. – Step 3 of 3: Description", []string{"title"}},
		{"step=3&do=next&lon=1&lat=1", "Error: This place is outside the district. Choose a place within it. – Step 1 of 3: Where", []string{"place"}},
		{"title=x&category=trees", "Error: Choose a place. – Step 1 of 3: Where", []string{"place"}},
	}
	link := regexp.MustCompile(`<li><a href="#field-(\w+)">`)
	for _, test := range tests {
		resp, body := s.Do(t, "POST", "/d/trial/add?lang=en", test.form, "Content-Type", formType)
		title, _, _ := strings.Cut(body[strings.Index(body, "<title>")+len("<title>"):], "</title>")
		var fields []string
		for _, found := range link.FindAllStringSubmatch(body, -1) {
			fields = append(fields, found[1])
		}
		status := http.StatusOK
		if test.fields != nil {
			status = http.StatusUnprocessableEntity
		}
		if resp.StatusCode != status || html.UnescapeString(title) != test.title+" – Add a pin – Trial" {
			t.Errorf("%s: status %d, %q", test.form, resp.StatusCode, title)
		}
		if diff := cmp.Diff(test.fields, fields); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", test.form, diff)
		}
		for _, field := range fields {
			if !strings.Contains(body, `id="field-`+field+`"`) {
				t.Errorf("%s: the page has no field %s", test.form, field)
			}
		}
		if values, _ := url.ParseQuery(test.form); values.Get("lon") != "" && !strings.Contains(body, `value="`+values.Get("lon")+`"`) {
			t.Errorf("%s: the place is lost", test.form)
		}
	}
	for _, form := range []string{"step=0", "step=4", "step=x", "do=fly", "key=short", "title=a&title=b", "title=%zz"} {
		if resp, _ := s.Do(t, "POST", "/d/trial/add", form, "Content-Type", formType); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: status %d", form, resp.StatusCode)
		}
	}
	for _, words := range []string{"\x00", "\xff", strings.Repeat("a", 201), "%", "'"} {
		if resp, body := post(t, s, url.Values{"step": {"1"}, "do": {"search"}, "place": {words}}); resp.StatusCode != http.StatusOK || !strings.Contains(body, "could not find this place") {
			t.Errorf("a search for %q: status %d", words, resp.StatusCode)
		}
	}
	for words, outside := range map[string]bool{"Rynek": false, "Przedmiescie": true} {
		if _, body := post(t, s, url.Values{"step": {"1"}, "do": {"search"}, "place": {words}}); strings.Contains(body, "outside the district</span>") != outside || !strings.Contains(body, "We found 1 place") {
			t.Errorf("a search for %s does not say whether that is outside", words)
		}
	}
}

// TestFormSaysHowPinIsShown checks that the last step tells the resident when
// others will not see the exact place, or not the pin.
func TestFormSaysHowPinIsShown(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const hex, blurred = "your pin will not be published", "only an approximate place"
	for category, want := range map[string][2]bool{"trees": {}, "help": {false, true}, "fear": {true, false}} {
		_, body := post(t, s, url.Values{"step": {"2"}, "lon": {"19.9321"}, "lat": {"50.0311"}, "category": {category}})
		if got := [2]bool{strings.Contains(body, hex), strings.Contains(body, blurred)}; got != want {
			t.Errorf("%s: notes %v, want %v", category, got, want)
		}
	}
	if _, body := s.Do(t, "GET", "/d/trial/add?category=fear", ""); !strings.Contains(body, `name="category" value="fear"`) {
		t.Error("the category of a link is not chosen")
	}
}

// TestExampleOfDistrict checks that the examples of what to enter are of the
// district, and that the form accepts them.
func TestExampleOfDistrict(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	_, body := s.Do(t, "GET", "/d/trial/add?lang=en", "")
	d := webtest.District(civic.ModerateAfter)
	middle := geo.Centre(d.Areas[0].Boundary)
	lat, lon := strconv.FormatFloat(middle.Lat(), 'f', 4, 64), strconv.FormatFloat(middle.Lon(), 'f', 4, 64)
	for _, want := range []string{`placeholder="for example West"`, "For example, " + lat + " and " + lon + "."} {
		if !strings.Contains(body, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	for _, form := range []url.Values{{"step": {"1"}, "lat": {lat}, "lon": {lon}}, {"step": {"1"}, "do": {"search"}, "place": {"West"}}} {
		if resp, body := post(t, s, form); resp.StatusCode != http.StatusOK || strings.Contains(body, "aria-invalid") {
			t.Errorf("%s: status %d", form, resp.StatusCode)
		}
	}
}

// browser submits forms as a browser without script does, and records what is in
// addresses and in the access log of a proxy.
type browser struct {
	*testing.T
	server  *httptest.Server
	address string
	page    string
	logged  []string // request lines, Referer and Location
}

// newBrowser returns a browser of a site behind a proxy that logs.
func newBrowser(t *testing.T, s *webtest.Site) *browser {
	b := &browser{T: t}
	var mu sync.Mutex
	b.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Config.Handler.ServeHTTP(w, r)
		mu.Lock()
		defer mu.Unlock()
		b.logged = append(b.logged, r.Method+" "+r.RequestURI, r.Referer(), w.Header().Get("Location"))
	}))
	t.Cleanup(b.server.Close)
	return b
}

// open opens an address, by POST if there is a form, and follows redirects.
func (b *browser) open(address string, form url.Values) int {
	b.Helper()
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	req, err := http.NewRequestWithContext(b.Context(), method, b.server.URL+address, strings.NewReader(form.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Content-Type", formType)
	if b.address != "" {
		req.Header.Set("Referer", b.server.URL+b.address) // more than the policy of the form allows
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	var page strings.Builder
	if err := resp.Write(&page); err != nil {
		b.Fatal(err)
	}
	b.page, b.address = page.String(), resp.Request.URL.RequestURI()
	return resp.StatusCode
}

var (
	formElement = regexp.MustCompile(`(?s)<form [^>]*method="post" action="([^"]*)".*?</form>`)
	control     = regexp.MustCompile(`(?s)<(?:input|button|textarea) [^>]*name="(\w+)"[^>]*>(?:([^<]*)</textarea>)?`)
	valueOf     = regexp.MustCompile(` value="([^"]*)"`)
	formID      = regexp.MustCompile(`^<form [^>]*id="([^"]*)"`)
)

// press fills in a form of the page and presses one of its buttons, and returns
// the status of the response. Fields that are not filled in keep their values.
func (b *browser) press(name, button string, fields map[string]string) int {
	b.Helper()
	for _, form := range formElement.FindAllStringSubmatch(b.page, -1) {
		values, found := url.Values{}, false
		controls := control.FindAllStringSubmatch(form[0], -1)
		if id := formID.FindStringSubmatch(form[0]); id != nil {
			for _, c := range control.FindAllStringSubmatch(b.page, -1) {
				if strings.Contains(c[0], ` form="`+id[1]+`"`) { // outside the form
					controls = append(controls, c)
				}
			}
		}
		for _, c := range controls {
			value := html.UnescapeString(c[2])
			if v := valueOf.FindStringSubmatch(c[0]); v != nil {
				value = html.UnescapeString(v[1])
			}
			isButton := strings.HasPrefix(c[0], "<button")
			switch {
			case isButton && c[1] == name && strings.Contains(value, button):
				values.Set(c[1], value)
				found = true
			case isButton, strings.HasSuffix(c[0], " disabled>"), strings.Contains(c[0], `type="radio"`) && !strings.Contains(c[0], " checked") && fields[c[1]] != value:
			default:
				values.Set(c[1], value)
			}
		}
		for field := range maps.Keys(fields) {
			if !values.Has(field) {
				found = false
			}
		}
		if !found {
			continue
		}
		for field, value := range fields {
			values.Set(field, value)
		}
		return b.open(form[1], values)
	}
	b.Fatalf("no form has a button %s=%s and the fields %v", name, button, fields)
	return 0
}

// TestNothingPersonalInAddresses walks through the form without script, in every
// step, with faults, the place search, and back, for a pin that has a public page
// and one that has none, and checks that nothing of what was entered is in an
// address, in Referer or in Location.
func TestNothingPersonalInAddresses(t *testing.T) {
	for _, moderation := range []civic.Moderation{civic.ModerateBefore, civic.ModerateAfter} {
		for _, category := range []string{"trees", "fear"} {
			s := webtest.Open(t, moderation)
			b := newBrowser(t, s)
			want := func(status, got int) {
				t.Helper()
				if got != status {
					t.Errorf("%s: status %d, want %d", category, got, status)
				}
			}
			want(200, b.open("/d/trial/add?lang=en", nil))
			want(422, b.press("do", "next", map[string]string{"lon": "19.77123", "lat": "50.02123"}))
			want(200, b.press("do", "search", map[string]string{"place": "zmyślonaulica"}))
			want(200, b.press("do", "search", map[string]string{"place": "ryn"}))
			want(200, b.press("at", "Rynek", nil))
			want(200, b.press("do", "back", nil))
			want(200, b.press("do", "next", map[string]string{"lon": "19.95123", "lat": "50.03123"}))
			want(422, b.press("do", "next", nil))
			want(200, b.press("do", "next", map[string]string{"category": category}))
			want(422, b.press("do", "next", map[string]string{"body": "Ciemnobrama", "email": "sekretna"}))
			want(200, b.press("do", "back", map[string]string{"title": "Tajnytytuł"}))
			want(200, b.press("do", "next", nil))
			if !strings.Contains(b.page, "Tajnytytuł") || !strings.Contains(b.page, "Ciemnobrama") || !strings.Contains(b.page, "19.95123") {
				t.Error("a step back loses what was entered")
			}
			want(200, b.press("do", "next", map[string]string{"email": "sekretna@example.org"}))
			if hasPage := category == "fear" || moderation == civic.ModerateAfter; strings.Contains(b.page, "Tajnytytuł") != hasPage {
				t.Errorf("%s leads to %s", category, b.address)
			}
			b.server.Close() // after the last entry of the log
			for _, entry := range b.logged {
				entry, err := url.QueryUnescape(entry)
				if err != nil {
					t.Fatal(err)
				}
				for _, typed := range []string{"19.", "50.", "ryn", "Ryn", "zmyślona", category, "Tajny", "Ciemno", "sekretna", "key"} {
					if strings.Contains(entry, typed) {
						t.Errorf("%q discloses %q", entry, typed)
					}
				}
			}
			if n := len(b.logged) / 3; n != 14 {
				t.Errorf("%d requests are logged, want 14", n)
			}
		}
	}
}

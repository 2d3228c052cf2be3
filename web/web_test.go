package web_test

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func box(west, south, east, north float64) orb.MultiPolygon {
	return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToPolygon()}
}

func district(slug string, m civic.Moderation) civic.District {
	return civic.District{
		Slug: slug, Name: civic.Text{"pl": "Próba <b>", "en": "Trial"}, Languages: []string{"pl", "en", "uk"}, TimeZone: "Europe/Warsaw", Moderation: m,
		Boundary: box(19.9, 50.0, 20.0, 50.06),
		Areas: []civic.Area{
			{Slug: "west", Name: civic.Text{"pl": "Zachód", "en": "West"}, Boundary: box(19.9, 50.0, 19.95, 50.06), Residents: 1200},
			{Slug: "east", Name: civic.Text{"pl": "Wschód", "en": "East"}, Boundary: box(19.95, 50.0, 19.99, 50.06)},
		},
		Categories: []civic.Category{
			{Slug: "trees", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336633", Label: civic.Text{"pl": "Drzewa", "en": "Trees"}},
			{Slug: "help", Kind: civic.Potential, Visibility: civic.Blurred, Colour: "#663333", Label: civic.Text{"pl": "Pomoc"}},
			{Slug: "fear", Kind: civic.Need, Visibility: civic.HexOnly, Colour: "#333366", Label: civic.Text{"pl": "Strach"}},
		},
		Places: []civic.Place{{Name: "Rynek", Point: orb.Point{19.95, 50.03}}},
	}
}

// site is a running server on a fresh database with 90 pins.
type site struct {
	*httptest.Server
	live     *tiles.Live
	database string // its URL
}

func open(t *testing.T, slug string, m civic.Moderation) *site {
	t.Helper()
	database := storetest.URL(t)
	s, err := store.Open(t.Context(), store.Config{URL: database})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	d := district(slug, m)
	err = s.LoadDistrict(t.Context(), &d, func() iter.Seq2[civic.NewPin, error] {
		return func(yield func(civic.NewPin, error) bool) {
			for i := range 90 {
				pin, err := d.Accept(civic.Draft{
					Category: d.Categories[i%3].Slug, Title: fmt.Sprintf("Pinezka numer %d", i), Body: "Opis & <i>treść</i>.",
					Point:      orb.Point{19.901 + float64(i)*0.001, 50.001 + float64(i*37%59)*0.001},
					ReportedOn: civic.Day(20000 + i*5), Email: "ktos@example.org",
				})
				if !yield(pin, err) {
					return
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	live := tiles.New(tiles.Config{Source: s, Poll: 20 * time.Millisecond})
	server, err := web.New(web.Config{Live: live, Record: s, Writes: 5})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); live.Run(ctx) }()
	h := httptest.NewServer(server.Handler())
	t.Cleanup(func() { h.Close(); stop(); <-done })
	out := &site{h, live, database}
	out.until(t, 90)
	return out
}

// until the live index has n pins.
func (s *site) until(t *testing.T, n int) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		if all := s.live.Districts(); len(all) == 1 && all[0].Len() == n {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the index does not reach %d pins: %+v", n, s.live.State())
		}
	}
}

// call the server without following redirects.
func (s *site) call(t *testing.T, method, path, body string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(b)
}

// promises is the contract that the server itself serves.
func (s *site) promises(t *testing.T) *openapi3.T {
	t.Helper()
	_, body := s.call(t, "GET", "/openapi.yaml", "")
	doc, err := openapi3.NewLoader().LoadFromData([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// hold an answer against the contract.
func hold(t *testing.T, doc *openapi3.T, pattern string, resp *http.Response, body string) {
	t.Helper()
	item := doc.Paths.Value(pattern)
	if item == nil {
		t.Fatalf("the contract lacks %s", pattern)
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{
			Request: resp.Request,
			Route:   &routers.Route{Spec: doc, Path: pattern, PathItem: item, Method: resp.Request.Method, Operation: item.GetOperation(resp.Request.Method)},
		},
		Status: resp.StatusCode, Header: resp.Header, Body: io.NopCloser(strings.NewReader(body)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	}
	if strings.HasSuffix(pattern, ".mvt") && resp.StatusCode == http.StatusOK {
		input.Options.ExcludeResponseBody = true
	}
	if err := openapi3filter.ValidateResponse(t.Context(), input); err != nil {
		t.Errorf("%s %s answers outside the contract: %v\n%.300s", resp.Request.Method, resp.Request.URL, err, body)
	}
}

func TestEveryAnswerHoldsToTheContract(t *testing.T) {
	s := open(t, "trial", civic.ModerateAfter)
	doc := s.promises(t)
	const d = "/api/v1/districts/{district}"
	filter := "kind=need&kind=potential&category=trees&status=reported&status=active&area=west&area=east&from=2024-01&to=2027-12-31"
	called := map[string]bool{}
	for _, test := range []struct {
		pattern, query string
		status         int
		names          string // parameter that a problem names
	}{
		{"/api/v1/districts", "", 200, ""},
		{"/api/v1/districts", "x=1", 400, "x"},
		{d, "", 200, ""},
		{d + "/areas", "", 200, ""},
		{d + "/categories", "", 200, ""},
		{d + "/places", "q=ryn", 200, ""},
		{d + "/places", "", 400, "q"},
		{d + "/pins", "", 200, ""},
		{d + "/pins", filter + "&limit=3&q=pinezka&bbox=19.9,50,19.95,50.06", 200, ""},
		{d + "/pins", "bbox=1,2,3", 400, "bbox"},
		{d + "/pins", "bbox=20,50,19,51", 400, "bbox"},
		{d + "/pins", "bbox=NaN,50,19,51", 400, "bbox"},
		{d + "/pins", "bbox=1,2,3,400", 400, "bbox"},
		{d + "/pins", "limit=0", 400, "limit"},
		{d + "/pins", "limit=x", 400, "limit"},
		{d + "/pins", "after=nowhere", 400, "after"},
		{d + "/pins", "kind=cat", 400, "kind"},
		{d + "/pins", "status=lost", 400, "status"},
		{d + "/pins", "category=cats", 400, "category"},
		{d + "/pins", "area=north", 400, "area"},
		{d + "/pins", "from=March", 400, "from"},
		{d + "/pins", "from=2025-05&to=2025-04", 400, "to"},
		{d + "/pins/{id}", "", 200, ""},
		{d + "/hexes", filter + "&res=10", 200, ""},
		{d + "/hexes", "area=west&res=8", 200, ""},
		{d + "/hexes", "res=16", 400, "res"},
		{d + "/hexes", "res=nine", 400, "res"},
		{d + "/hexes", "h3=891e2e686cbffff", 400, "h3"},
		{d + "/stats", filter, 200, ""},
		{"/tiles/{district}/{layer}.json", filter + "&res=9", 200, ""},
		{"/tiles/{district}/{layer}.json", "zoom=3", 400, "zoom"},
		{"/tiles/{district}/{layer}/{z}/{x}/{y}.mvt", filter + "&res=9", 200, ""},
		{"/tiles/{district}/{layer}/{z}/{x}/{y}.mvt", "res=3", 400, "res"},
		{"/tiles/{district}/{layer}/{z}/{x}/{y}.mvt", "res=10", 200, ""},
		{"/tiles/{district}/{layer}/{z}/{x}/{y}.mvt", "res=11", 400, "res"},
		{"/tiles/{district}/{layer}/{z}/{x}/{y}.mvt", "colour=red", 400, "colour"},
		{"/tiles/{district}/{layer}/{z}/{x}/{y}.mvt", "from=2024-01&from=2024-02", 400, "from"},
	} {
		path := strings.NewReplacer("{district}", "trial", "{id}", "1", "{layer}", "hexes", "{z}", "12", "{x}", "2275", "{y}", "1389").Replace(test.pattern)
		resp, body := s.call(t, "GET", path+"?"+test.query, "")
		if resp.StatusCode != test.status {
			t.Errorf("%s?%s: status %d, want %d: %.300s", path, test.query, resp.StatusCode, test.status, body)
			continue
		}
		hold(t, doc, test.pattern, resp, body)
		called["GET "+test.pattern] = true
		if test.names != "" {
			var p struct{ Errors []struct{ Parameter string } }
			if err := json.Unmarshal([]byte(body), &p); err != nil || len(p.Errors) != 1 || p.Errors[0].Parameter != test.names {
				t.Errorf("%s?%s: the problem does not name %s: %s", path, test.query, test.names, body)
			}
		}
	}
	for path, status := range map[string]int{
		"/api/v1/districts/nowhere": 404, "/api/v1/districts/NO": 400, "/api/v1/districts/trial/pins/999999": 404,
		"/api/v1/districts/trial/pins/0": 400, "/api/v1/districts/trial/cats": 404, "/tiles/trial/cats/1/1/1.mvt": 400,
		"/tiles/trial/pins/3/8/0.mvt": 400, "/tiles/trial/pins/21/0/0.mvt": 400, "/tiles/trial/pins/3/0/-1.mvt": 400, "/tiles/nowhere/pins.json": 404,
	} {
		resp, body := s.call(t, "GET", path, "")
		if resp.StatusCode != status || resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: status %d (%s), want a problem %d: %s", path, resp.StatusCode, resp.Header.Get("Content-Type"), status, body)
		}
	}
	called["GET "+d+"/changes"] = true // endless: TestChangesAreTold
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			if method == "GET" && !called["GET "+path] {
				t.Errorf("%s %s is promised but not tried here", method, path)
			}
		}
	}
}

func TestPagesOfPinsHoldEachOnce(t *testing.T) {
	s := open(t, "trial", civic.ModerateAfter)
	seen := map[int]bool{}
	next := "/api/v1/districts/trial/pins?limit=17&kind=need"
	for next != "" {
		_, body := s.call(t, "GET", next, "")
		var page struct {
			Features []struct {
				ID         int
				Geometry   *struct{ Coordinates []float64 }
				Properties struct{ Category string }
			}
			Links []struct{ Rel, Href string }
		}
		if err := json.Unmarshal([]byte(body), &page); err != nil {
			t.Fatal(err)
		}
		for _, f := range page.Features {
			if seen[f.ID] {
				t.Errorf("pin %d is on two pages", f.ID)
			}
			seen[f.ID] = true
			if (f.Geometry == nil) != (f.Properties.Category == "fear") {
				t.Errorf("pin %d of %s has the geometry %v", f.ID, f.Properties.Category, f.Geometry)
			}
		}
		next = ""
		for _, link := range page.Links {
			if link.Rel == "next" {
				next = strings.TrimPrefix(link.Href, s.URL)
			}
		}
	}
	if len(seen) != 60 {
		t.Errorf("pages hold %d needs, want 60", len(seen))
	}
}

func TestAddedPinShowsWithinASecond(t *testing.T) {
	s := open(t, "trial", civic.ModerateAfter)
	doc := s.promises(t)
	const pattern = "/api/v1/districts/{district}/pins"
	resp, body := s.call(t, "POST", "/api/v1/districts/trial/pins",
		`{"category":"trees","title":"Nowe drzewo","lon":19.9321,"lat":50.0311,"email":"tajny@example.org"}`, "Content-Type", "application/json")
	if resp.StatusCode != http.StatusCreated {
		t.Fatalf("status %d: %s", resp.StatusCode, body)
	}
	hold(t, doc, pattern, resp, body)
	added := time.Now()
	s.until(t, 91)
	if late := time.Since(added); late > time.Second {
		t.Errorf("the index took %s", late)
	}
	_, list := s.call(t, "GET", "/d/trial", "")
	if !strings.Contains(list, "Nowe drzewo") {
		t.Error("the list lacks the new pin")
	}
	for _, path := range []string{resp.Header.Get("Location"), "/d/trial", "/api/v1/districts/trial/pins"} {
		if _, body := s.call(t, "GET", path, ""); strings.Contains(body, "example.org") {
			t.Errorf("%s gives an address away", path)
		}
	}
	for name, body := range map[string]string{
		"not JSON": "{", "no title": `{"category":"trees","lon":19.93,"lat":50.03}`, "a word for a number": `{"category":"trees","title":"x","lon":"19.93","lat":50.03}`,
		"another field": `{"category":"trees","title":"x","lon":19.93,"lat":50.03,"admin":true}`,
	} {
		if resp, answer := s.call(t, "POST", "/api/v1/districts/trial/pins", body, "Content-Type", "application/json"); resp.StatusCode != http.StatusBadRequest && resp.StatusCode != http.StatusTooManyRequests {
			t.Errorf("%s: status %d: %s", name, resp.StatusCode, answer)
		}
	}
	resp, body = s.call(t, "POST", "/api/v1/districts/trial/pins", `{"category":"trees","title":"x","lon":19.93,"lat":50.03}`, "Content-Type", "application/json")
	if resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Retry-After") == "" {
		t.Errorf("the sixth pin in a minute: status %d: %s", resp.StatusCode, body)
	}
	hold(t, doc, pattern, resp, body)
}

func TestModeratedPinWaits(t *testing.T) {
	s := open(t, "trial", civic.ModerateBefore)
	form := url.Values{"lon": {"19,9321"}, "lat": {" 50.0311 "}, "category": {"trees"}, "title": {"Czeka"}}
	resp, _ := s.call(t, "POST", "/d/trial/add", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/d/trial/add?step=4" {
		t.Fatalf("status %d, to %s", resp.StatusCode, resp.Header.Get("Location"))
	}
	if _, list := s.call(t, "GET", "/d/trial", ""); strings.Contains(list, "Czeka") {
		t.Error("a pin is shown before a moderator has seen it")
	}
}

func TestFaultyFormKeepsWhatWasTyped(t *testing.T) {
	s := open(t, "trial", civic.ModerateAfter)
	form := url.Values{"lon": {"19.9321"}, "lat": {"50.0311"}, "category": {"trees"}, "title": {strings.Repeat("długo ", 40)}, "body": {"Treść \"zostaje\" <tu>"}, "email": {"to nie adres"}}
	resp, body := s.call(t, "POST", "/d/trial/add", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	if resp.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", resp.StatusCode)
	}
	for _, want := range []string{"19.9321", "50.0311", "długo długo", "Treść &#34;zostaje&#34; &lt;tu&gt;", "to nie adres"} {
		if !strings.Contains(body, want) {
			t.Errorf("the form has lost %q", want)
		}
	}
	for _, lost := range []url.Values{{"step": {"2"}}, {"step": {"2"}, "lon": {"1"}, "lat": {"1"}}, {"step": {"3"}, "lon": {"19.9321"}, "lat": {"50.0311"}, "category": {"cats"}}} {
		if resp, _ := s.call(t, "GET", "/d/trial/add?"+lost.Encode(), ""); resp.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%v: status %d", lost, resp.StatusCode)
		}
	}
	resp, _ = s.call(t, "POST", "/d/trial/add", form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site")
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site: status %d", resp.StatusCode)
	}
}

func TestPagesInEachLanguage(t *testing.T) {
	s := open(t, "trial", civic.ModerateAfter)
	key := regexp.MustCompile(`>\s*[a-z]+(\.[a-z_0-9]+)+\s*<|\{[a-z]+\}`)
	for _, path := range []string{"/", "/d/trial", "/d/trial?kind=need&from=2024-12&q=pinezka", "/d/trial?kind=need&area=west&status=met", "/d/trial?kind=cat",
		"/d/trial/pins/1", "/d/trial/pins/3", "/d/trial/add", "/d/trial/add?place=rynek", "/d/trial/add?place=nigdzie", "/d/trial/add?step=2&lon=19.93&lat=50.03",
		"/d/trial/add?step=3&lon=19.93&lat=50.03&category=trees", "/d/trial/add?step=4", "/d/nowhere", "/nowhere"} {
		bodies := map[string]bool{}
		for _, lang := range []string{"pl", "en", "uk"} {
			resp, body := s.call(t, "GET", path, "", "Accept-Language", lang+";q=0.9, de;q=0.5")
			if resp.Header.Get("Content-Language") != lang || !strings.Contains(body, `lang="`+lang+`"`) {
				t.Errorf("%s: in %q, want %s", path, resp.Header.Get("Content-Language"), lang)
			}
			if resp.StatusCode >= 500 {
				t.Errorf("%s in %s: status %d", path, lang, resp.StatusCode)
			}
			text := regexp.MustCompile(`data-[a-z]+="[^"]*"`).ReplaceAllString(body, "")
			if found := key.FindString(text); found != "" {
				t.Errorf("%s in %s shows a key or a gap: %s", path, lang, found)
			}
			if strings.Contains(body, "Próba <b>") || strings.Contains(body, "<i>treść") {
				t.Errorf("%s: a text is not escaped", path)
			}
			bodies[body] = true
		}
		if len(bodies) != 3 {
			t.Errorf("%s is the same in two languages", path)
		}
	}
	resp, _ := s.call(t, "GET", "/d/trial?lang=uk", "")
	cookie := resp.Header.Get("Set-Cookie")
	resp, _ = s.call(t, "GET", "/d/trial", "", "Cookie", cookie)
	if resp.Header.Get("Content-Language") != "uk" {
		t.Error("the chosen language is forgotten")
	}
	if resp, _ := s.call(t, "GET", "/d/trial", "", "Accept-Language", "de"); resp.Header.Get("Content-Language") != "pl" {
		t.Error("the default is not Polish")
	}
}

func TestCaching(t *testing.T) {
	s := open(t, "trial", civic.ModerateAfter)
	const path = "/tiles/trial/pins/11/1137/694.mvt"
	tags := map[string]string{}
	for _, coding := range []string{"identity", "gzip", "zstd"} {
		resp, body := s.call(t, "GET", path, "", "Accept-Encoding", coding)
		h := resp.Header
		tag := h.Get("ETag")
		if resp.StatusCode != http.StatusOK || len(body) < 500 || !strings.HasPrefix(tag, `"`) || tags[tag] != "" {
			t.Errorf("%s: status %d, %d bytes, tag %s", coding, resp.StatusCode, len(body), tag)
		}
		tags[tag] = coding
		if got := cmp.Or(h.Get("Content-Encoding"), "identity"); got != coding {
			t.Errorf("asked for %s, got %s", coding, got)
		}
		if h.Get("Vary") != "Accept-Encoding" || !strings.Contains(h.Get("Cache-Control"), "stale-while-revalidate") || h.Get("Content-Length") != strconv.Itoa(len(body)) {
			t.Errorf("%s: %v", coding, h)
		}
		again, rest := s.call(t, "GET", path, "", "Accept-Encoding", coding, "If-None-Match", tag)
		if again.StatusCode != http.StatusNotModified || rest != "" || again.Header.Get("ETag") != tag {
			t.Errorf("%s again: status %d, %d bytes", coding, again.StatusCode, len(rest))
		}
		head, rest := s.call(t, "HEAD", path, "", "Accept-Encoding", coding)
		if head.StatusCode != http.StatusOK || rest != "" || head.Header.Get("ETag") != tag || head.Header.Get("Content-Length") != h.Get("Content-Length") {
			t.Errorf("HEAD of %s: status %d, %v", coding, head.StatusCode, head.Header)
		}
	}
	for accept, want := range map[string]string{"zstd;Q=0, gzip": "gzip", "zstd;q=0.0, gzip;q=0": "", "br": "", "": ""} {
		if resp, _ := s.call(t, "GET", path, "", "Accept-Encoding", accept); resp.Header.Get("Content-Encoding") != want {
			t.Errorf("%q accepts %q, got %q", accept, want, resp.Header.Get("Content-Encoding"))
		}
	}
}

func TestChangesAreTold(t *testing.T) {
	s := open(t, "trial", civic.ModerateAfter)
	req, err := http.NewRequestWithContext(t.Context(), "GET", s.URL+"/api/v1/districts/trial/changes", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("status %d, %s", resp.StatusCode, kind)
	}
	lines := bufio.NewScanner(resp.Body)
	if !lines.Scan() || lines.Text() != "retry: 3000" {
		t.Fatalf("the stream begins with %q", lines.Text())
	}
	added := time.Now()
	if resp, body := s.call(t, "POST", "/api/v1/districts/trial/pins", `{"category":"trees","title":"Nowe","lon":19.9321,"lat":50.0311}`, "Content-Type", "application/json"); resp.StatusCode != http.StatusCreated {
		t.Fatalf("status %d: %s", resp.StatusCode, body)
	}
	cell, err := geo.CellAt(orb.Point{19.9321, 50.0311})
	if err != nil {
		t.Fatal(err)
	}
	want := `data: {"cells":["` + cell.Parent(8).String() + `"]}`
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "data:") {
			if lines.Text() != want {
				t.Errorf("got %s, want %s", lines.Text(), want)
			}
			if late := time.Since(added); late > 2*time.Second {
				t.Errorf("told after %s", late)
			}
			return
		}
	}
	t.Fatalf("the stream ends: %v", lines.Err())
}

// TestChangesSince: a client that comes with the id of its page, or of an event,
// is told what has changed since; with one of another process, that anything may
// have.
func TestChangesSince(t *testing.T) {
	s := open(t, "trial", civic.ModerateAfter)
	_, page := s.call(t, "GET", "/d/trial", "")
	_, rest, found := strings.Cut(page, "/changes?since=")
	since, _, _ := strings.Cut(rest, "&#34;")
	if !found || since == "" {
		t.Fatal("the page names no version")
	}
	if resp, body := s.call(t, "POST", "/api/v1/districts/trial/pins", `{"category":"trees","title":"Nowe","lon":19.9321,"lat":50.0311}`, "Content-Type", "application/json"); resp.StatusCode != http.StatusCreated {
		t.Fatalf("status %d: %s", resp.StatusCode, body)
	}
	s.until(t, 91)
	cell, err := geo.CellAt(orb.Point{19.9321, 50.0311})
	if err != nil {
		t.Fatal(err)
	}
	cells := `{"cells":["` + cell.Parent(8).String() + `"]}`
	_, number, _ := strings.Cut(since, "-")
	for name, test := range map[string]struct{ query, header, want string }{
		"of the page":         {"?since=" + since, "", cells},
		"of the last event":   {"?since=no-such", since, cells},
		"of another process":  {"?since=OTHER-" + number, "", `{"all":true}`},
		"before this one":     {"?since=" + number, "", `{"all":true}`},
		"that has never been": {"?since=" + since + "zzzz", "", `{"all":true}`},
	} {
		ctx, leave := context.WithTimeout(t.Context(), 10*time.Second)
		req, err := http.NewRequestWithContext(ctx, "GET", s.URL+"/api/v1/districts/trial/changes"+test.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		if test.header != "" {
			req.Header.Set("Last-Event-ID", test.header)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for lines := bufio.NewScanner(resp.Body); got == "" && lines.Scan(); {
			got, _ = strings.CutPrefix(lines.Text(), "data: ")
			if got == lines.Text() {
				got = ""
			}
		}
		if got != test.want {
			t.Errorf("an id %s: told %q, want %q", name, got, test.want)
		}
		resp.Body.Close()
		leave()
	}
}

// TestBasemapByRange: a .pmtiles file is served piece by piece, and only it.
func TestBasemapByRange(t *testing.T) {
	file := filepath.Join(t.TempDir(), "base.pmtiles")
	if err := os.WriteFile(file, []byte("PMTiles0123456789"), 0o600); err != nil {
		t.Fatal(err)
	}
	live := tiles.New(tiles.Config{Source: single{}})
	server, err := web.New(web.Config{Live: live, Record: nothing{}, Basemap: file})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/basemap.pmtiles", nil)
	r.Header.Set("Range", "bytes=7-9")
	server.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusPartialContent || w.Body.String() != "012" || w.Header().Get("ETag") == "" {
		t.Errorf("status %d: %q", w.Code, w.Body)
	}
	if server, err = web.New(web.Config{Live: live, Record: nothing{}, Basemap: "https://tiles.example.org/style.json"}); err != nil {
		t.Fatal(err)
	}
	w = httptest.NewRecorder()
	server.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/basemap.pmtiles", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("without a file: status %d", w.Code)
	}
}

package council_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

const (
	district = "/d/trial"
	api      = "/api/v1/districts/trial"
)

func box(west, east float64) orb.MultiPolygon {
	return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, 50.0}, Max: orb.Point{east, 50.06}}.ToPolygon()}
}

// addWards gives the district two wards from a day on, of which the second begins at
// a longitude, and waits until the server has them.
func addWards(t *testing.T, s *webtest.Site, border float64, from civic.Day) {
	t.Helper()
	v, _ := s.Live.District("trial")
	d := v.District
	wards := []civic.Ward{
		{Slug: "okreg-1", Number: "1", Name: civic.Text{"pl": "Okręg 1", "en": "Ward 1"}, Boundary: box(19.9, border)},
		{Slug: "okreg-2", Number: "2", Name: civic.Text{"pl": "Okręg <2>"}, Boundary: box(border, 20)},
	}
	if _, err := s.Store.ReplaceWards(t.Context(), &d, civic.Actor{Kind: civic.System}, wards, from); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		v, _ := s.Live.District("trial")
		if len(v.District.Wards) == len(d.Wards) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server has %d wards, want %d", len(v.District.Wards), len(d.Wards))
		}
	}
}

type represents struct {
	Ward    *struct{ Slug string }
	Area    *struct{ Slug string }
	Offices []struct {
		Texts    map[string]map[string]string
		Distance int
	}
}

// TestRepresents asks who represents places: through the API and on the page, for
// wards that change tomorrow.
func TestRepresents(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const pattern = "/api/v1/districts/{district}/represents"
	var got represents
	s.GetJSON(t, pattern, api+"/represents?lon=19.96&lat=50.03", &got)
	if got.Ward != nil || got.Area == nil || got.Area.Slug != "east" || len(got.Offices) != 0 {
		t.Errorf("without wards and offices: %+v", got)
	}
	v, _ := s.Live.District("trial")
	today := v.District.DayOf(time.Now())
	addWards(t, s, 19.98, today-1000)
	addWards(t, s, 19.92, today+3) // later than this test runs
	for i, lon := range []float64{19.91, 19.961, 19.99, 19.97} {
		s.Add(t, webtest.Office("Dyżur "+string(rune('A'+i)), "wtorek 16–18", orb.Point{lon, 50.03}))
	}
	for at, want := range map[string][2]string{
		"lon=19.96&lat=50.03": {"okreg-1", "east"}, "lon=19.985&lat=50.03": {"okreg-2", "east"}, "lon=19.995&lat=50.03": {"okreg-2", ""}, "lon=19.98&lat=50.03": {"okreg-1", "east"},
	} {
		got = represents{}
		s.GetJSON(t, pattern, api+"/represents?"+at, &got)
		area := ""
		if got.Area != nil {
			area = got.Area.Slug
		}
		if got.Ward == nil || got.Ward.Slug != want[0] || area != want[1] {
			t.Errorf("%s: %+v, %q, want %v", at, got.Ward, area, want)
		}
	}
	got = represents{}
	s.GetJSON(t, pattern, api+"/represents?lon=19.96&lat=50.03", &got)
	var order string
	for _, o := range got.Offices {
		order += o.Texts["name"]["pl"] + " "
	}
	if order != "Dyżur B Dyżur D Dyżur C " || got.Offices[0].Distance != 72 {
		t.Errorf("the nearest offices are %s, the first after %d m", order, got.Offices[0].Distance)
	}

	resp, body := s.Do(t, "GET", district+"/represents?lon=19.96&lat=50.03", "", "Accept-Language", "pl")
	for _, part := range []string{"To miejsce należy do okręgu „Okręg 1” w dzielnicy Próba &lt;b&gt;, okolica Wschód.", `href="/d/trial/wards/okreg-1"`, "70 m stąd", "wtorek 16–18", `href="/d/trial/add#at=19.960000,50.030000"`} {
		if !strings.Contains(body, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	if resp.Header.Get("Cache-Control") != "no-store" || resp.Header.Get("Referrer-Policy") != "strict-origin" {
		t.Errorf("the page may be kept or told of: %v", resp.Header)
	}
	if _, body := s.Do(t, "GET", district+"/represents?lon=19.96&lat=51", "", "Accept-Language", "pl"); !strings.Contains(body, "poza dzielnicą") || strings.Contains(body, "okręgu") {
		t.Errorf("outside:\n%s", body)
	}
	if resp, _ := s.Do(t, "GET", district+"/represents?lon=19.96", ""); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("half a place: %d", resp.StatusCode)
	}
}

// TestChoosePlace chooses a place without a script: by a search, and by coordinates.
func TestChoosePlace(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	path := district + "/represents"
	post := func(values ...string) (*http.Response, string) {
		return s.Do(t, "POST", path, webtest.Values(values...), webtest.Form([]string{"Accept-Language", "pl"})...)
	}
	if _, body := s.Do(t, "GET", path, "", "Accept-Language", "pl"); !strings.Contains(body, "Wybierz miejsce: zobaczysz") {
		t.Errorf("without a place:\n%s", body)
	}
	_, body := post("do", "search", "place", "rynek")
	if !strings.Contains(body, `name="at" value="19.950000,50.030000"`) || !strings.Contains(body, `value="rynek"`) {
		t.Errorf("the search:\n%s", body)
	}
	for _, words := range []string{"", "zmyślonaulica", "a\x00b", strings.Repeat("a", 201)} {
		if resp, body := post("do", "search", "place", words); resp.StatusCode != http.StatusOK || strings.Contains(body, `name="at"`) {
			t.Errorf("the search for %.10q: %d", words, resp.StatusCode)
		}
	}
	for _, values := range [][]string{{"at", "19.950000,50.030000"}, {"lon", "19,95", "lat", "50.0300001"}} {
		if resp, _ := post(values...); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != path+"?lon=19.95000&lat=50.03000" {
			t.Errorf("%v: %d, %s", values, resp.StatusCode, resp.Header.Get("Location"))
		}
	}
	for _, values := range [][]string{{}, {"lon", "x", "lat", "50"}, {"lon", "200", "lat", "50"}, {"at", "19.95"}} {
		if resp, body := post(values...); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `id="fault-place"`) {
			t.Errorf("%v: %d", values, resp.StatusCode)
		}
	}
}

// TestWards looks at the wards as GeoJSON and on their pages.
func TestWards(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	addWards(t, s, 19.95, 19000)
	s.Add(t, webtest.Office("Dyżur", "wtorek 16–18", orb.Point{19.91, 50.03}))
	var got struct {
		Features []struct {
			ID         string
			Properties struct {
				ValidFrom string `json:"valid_from"`
			}
		}
	}
	s.GetJSON(t, "/api/v1/districts/{district}/wards", api+"/wards", &got)
	if len(got.Features) != 2 || got.Features[0].ID != "okreg-1" || got.Features[0].Properties.ValidFrom != "2022-01-08" {
		t.Errorf("%+v", got)
	}
	for path, parts := range map[string][]string{
		"/council":       {">Okręg 1</a>", ">Okręg &lt;2&gt;</a>", "Dyżur", "Rada jeszcze niczego tu nie napisała"},
		"/wards/okreg-1": {"<h1>Okręg 1</h1>", "8 stycznia 2022", ">Dyżur</a>", `href="/d/trial/wards/okreg-2"`},
		"/wards/okreg-2": {"<h1>Okręg &lt;2&gt;</h1>", "W tym okręgu nie ma dyżurów"},
	} {
		if resp, body := s.Do(t, "GET", district+path, "", "Accept-Language", "pl"); resp.StatusCode != http.StatusOK || !containsAll(body, parts) {
			t.Errorf("%s: %d\n%s", path, resp.StatusCode, body)
		}
	}
	if resp, _ := s.Do(t, "GET", district+"/wards/okreg-3", ""); resp.StatusCode != http.StatusNotFound {
		t.Errorf("a ward that does not exist: %d", resp.StatusCode)
	}
}

func containsAll(body string, parts []string) bool {
	for _, part := range parts {
		if !strings.Contains(body, part) {
			return false
		}
	}
	return true
}

// TestStaffEditsPages goes through the forms: what two people write at once is not
// lost, and neither is what one writes on a page that the other removes.
func TestStaffEditsPages(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	first, second := s.SignIn(t, "rada@example.org", civic.Council, ""), s.SignIn(t, "anna@example.org", civic.Moderator, "")
	send := func(who []string, path string, values ...string) (*http.Response, string) {
		return s.Do(t, "POST", district+"/council/"+path, webtest.Values(values...), webtest.Form(who)...)
	}
	if _, body := s.Do(t, "GET", district+"/council", "", first...); !strings.Contains(body, district+"/council/new") {
		t.Error("the council is not offered to add a page")
	}
	resp, body := send(first, "new", "title.pl", "", "body.pl", "Treść zostaje")
	if resp.StatusCode != http.StatusUnprocessableEntity || !containsAll(body, []string{`id="fault-title"`, ">Treść zostaje</textarea>"}) {
		t.Errorf("without a title: %d\n%s", resp.StatusCode, body)
	}
	resp, _ = send(first, "new", "title.pl", "Co może rada", "body.pl", "# Rada\n\n*Opinie* <script>x()</script> [mapa](/d/trial)", "title.uk", "Що може рада", "body.uk", "Висновки")
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != district+"/council/co-moze-rada" {
		t.Fatalf("a new page: %d, %s", resp.StatusCode, resp.Header.Get("Location"))
	}
	if resp, body := send(first, "new", "title.pl", "Co może rada?", "body.pl", "x"); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `id="fault-title"`) {
		t.Errorf("a second page of the same address: %d", resp.StatusCode)
	}
	if resp, _ := send(first, "new", "title.pl", "New", "body.pl", "x"); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a page of the address of the form: %d", resp.StatusCode)
	}
	_, body = s.Do(t, "GET", district+"/council/co-moze-rada", "", "Accept-Language", "pl")
	if !containsAll(body, []string{"<h1>Co może rada</h1>", "<h2>Rada</h2>", "<em>Opinie</em> &lt;script&gt;", `<a href="/d/trial" rel="nofollow noopener">mapa</a>`}) || strings.Contains(body, "/edit") {
		t.Errorf("the page:\n%s", body)
	}
	if _, body := s.Do(t, "GET", district+"/council/co-moze-rada", "", "Accept-Language", "uk"); !strings.Contains(body, "Висновки") {
		t.Errorf("the page in Ukrainian:\n%s", body)
	}

	edit := func(who []string, version, text string) (*http.Response, string) {
		return send(who, "co-moze-rada/edit", "version", version, "title.pl", "Co może rada", "body.pl", text)
	}
	if resp, _ := edit(second, "1", "Tekst **Anny**"); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("the first edit: %d", resp.StatusCode)
	}
	resp, body = edit(first, "1", "Tekst rady")
	if resp.StatusCode != http.StatusPreconditionFailed || !containsAll(body, []string{"Tekst <strong>Anny</strong>", ">Tekst rady</textarea>", `name="version" value="2"`}) {
		t.Fatalf("the second edit of the same version: %d\n%s", resp.StatusCode, body)
	}
	if resp, _ := edit(first, "2", "Tekst obu"); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("the second edit, saved again: %d", resp.StatusCode)
	}
	if resp, _ := send(second, "co-moze-rada/edit", "version", "3", "do", "remove"); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("the removal: %d", resp.StatusCode)
	}
	if resp, _ := s.Do(t, "GET", district+"/council/co-moze-rada", ""); resp.StatusCode != http.StatusNotFound {
		t.Errorf("the removed page: %d", resp.StatusCode)
	}
	resp, body = edit(first, "3", "Pisane w tym czasie")
	if resp.StatusCode != http.StatusPreconditionFailed || !containsAll(body, []string{">Pisane w tym czasie</textarea>", `name="version" value="0"`}) {
		t.Fatalf("an edit of a removed page: %d\n%s", resp.StatusCode, body)
	}
	if resp, _ := edit(first, "0", "Pisane w tym czasie"); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("the removed page, saved again: %d", resp.StatusCode)
	}
}

// TestRepresentatives asks who represents a place and what the council has decided
// about it, and looks for the same on the pages of the ward and of the council.
func TestRepresentatives(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	v, _ := s.Live.District("trial")
	addWards(t, s, 19.98, v.District.DayOf(time.Now())-1000)
	for _, words := range []map[string]string{
		{"name": "Anna <Pierwsza>", "ward": "okreg-1", "email": "anna@example.org", "phone": "+48 12 000-00-01", "website": "https://example.org/anna"},
		{"name": "Jan Drugi", "ward": "okreg-2"},
		{"name": "Ewa Wszędzie"},
		{"name": "Piotr Dawny", "ward": "okreg-1", "until": "2020-01-31"},
	} {
		s.Add(t, civic.RecordDraft{Kind: civic.CouncillorThing, Values: civic.Values{Words: words, Texts: map[string]civic.Text{"role": {"pl": "Rola"}}}})
	}
	for i, areas := range [][]string{{"east"}, {"west"}, nil} {
		var answers []civic.FieldLinks
		if areas == nil {
			answers = []civic.FieldLinks{{Field: "answers", Things: []int64{1}}}
		}
		number := string(rune('A' + i))
		s.Add(t, civic.RecordDraft{Kind: civic.ResolutionThing, Values: civic.Values{
			Words: map[string]string{"number": number, "adopted_on": "2026-01-0" + string(rune('1'+i))}, Texts: map[string]civic.Text{"name": {"pl": "Uchwała " + number}},
			Lists: map[string][]string{"areas": areas},
		}}, answers...)
	}
	var got struct {
		Councillors []struct {
			Name  string
			Ward  *string
			Email string
			Role  map[string]string
		}
		Resolutions []struct {
			Number string
			Need   *struct {
				ID       int64
				Distance int
			}
		}
	}
	var pin struct {
		Geometry struct{ Coordinates orb.Point }
	}
	s.GetJSON(t, "/api/v1/districts/{district}/pins/{id}", api+"/pins/1", &pin)
	at := fmt.Sprintf("lon=%f&lat=%f", pin.Geometry.Coordinates.Lon(), pin.Geometry.Coordinates.Lat())
	s.GetJSON(t, "/api/v1/districts/{district}/represents", api+"/represents?"+at, &got)
	if c := got.Councillors; len(c) != 2 || c[0].Name != "Anna <Pierwsza>" || *c[0].Ward != "okreg-1" || c[0].Email != "anna@example.org" || c[0].Role["pl"] != "Rola" || c[1].Name != "Ewa Wszędzie" || c[1].Ward != nil {
		t.Errorf("councillors: %+v", c)
	}
	if r := got.Resolutions; len(r) != 2 || r[0].Number != "C" || r[0].Need == nil || r[0].Need.ID != 1 || r[0].Need.Distance != 0 || r[1].Need != nil {
		t.Errorf("resolutions: %+v", r)
	}
	contact := []string{`href="mailto:anna@example.org"`, `href="tel:&#43;48120000001"`, `href="https://example.org/anna"`, "Anna &lt;Pierwsza&gt;", "Reprezentuje całą dzielnicę"}
	for path, want := range map[string][]string{
		"/represents?" + at: append(contact, "Uchwała C", `href="/d/trial/pins/1"`, "Uchwała C, podjęta"),
		"/wards/okreg-1":    contact,
		"/council":          append(contact, "Jan Drugi", "/d/trial/wards/okreg-2", district+"/resolutions"),
	} {
		resp, body := s.Do(t, "GET", district+path, "", "Accept-Language", "pl")
		if resp.StatusCode != http.StatusOK || !containsAll(body, want) || strings.Contains(body, "Dawny") {
			t.Errorf("%s: %d, without some of %q, or with a former one\n%s", path, resp.StatusCode, want, body)
		}
		if path != "/council" && strings.Contains(body, "Jan Drugi") {
			t.Errorf("%s has the councillor of another ward", path)
		}
	}
	council := s.SignIn(t, "rada@example.org", civic.Council, "")
	if _, body := s.Do(t, "GET", district+"/wards/okreg-1", "", council...); !strings.Contains(body, "/councillors/new?ward=okreg-1") {
		t.Error("the council is not offered to add a councillor to the ward")
	}
	_, body := s.Do(t, "GET", district+"/councillors/new?ward=okreg-1", "", council...)
	if !containsAll(body, []string{`<option value="okreg-1" selected>`, `id="hint-field-email"`, `aria-describedby="hint-field-email"`}) {
		t.Errorf("the form of a councillor:\n%s", body)
	}
}

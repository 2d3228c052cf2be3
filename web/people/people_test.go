package people_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// post sends the form of the page.
func post(t *testing.T, s *webtest.Site, header []string, values url.Values) (*http.Response, string) {
	t.Helper()
	return s.Do(t, "POST", "/d/trial/people", values.Encode(), webtest.Form(append(header, "Accept-Language", "en"))...)
}

// TestGiveAndWithdraw checks that an admin gives a role, which the person then
// has, and withdraws it, which ends it with the next request of the session that
// the person has; and that a repeated click changes nothing more.
func TestGiveAndWithdraw(t *testing.T) {
	s := webtest.OpenConfig(t, web.Config{}, webtest.District(civic.ModerateAfter), nil)
	anna := s.SignIn(t, "anna@example.org", civic.Admin, "")
	ben := s.SignIn(t, "ben@example.org", civic.Council, "")
	gift := url.Values{
		"do": {"give"}, "email": {"BEN@example.org"}, "name": {"Benedykt"}, "language": {"uk"}, "role": {"admin"}, "area": {""}, "until": {"2149-06-05"}, "reason": {"deputy"},
	}
	if resp, _ := s.Do(t, "GET", "/d/trial/people", "", ben...); resp.StatusCode != http.StatusForbidden {
		t.Errorf("the council sees the page: status %d", resp.StatusCode)
	}
	if resp, page := post(t, s, anna, gift); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/d/trial/people?done=given" {
		t.Fatalf("status %d: %s", resp.StatusCode, page)
	}
	resp, page := s.Do(t, "GET", "/d/trial/people?lang=en", "", ben...)
	if resp.StatusCode != http.StatusOK || !strings.Contains(page, "ben@example.org") || strings.Contains(page, "Benedykt") || !strings.Contains(page, "until 5 June 2149") {
		t.Errorf("status %d: %s", resp.StatusCode, page)
	}
	token := regexp.MustCompile(`session=[A-Z2-7]+`).FindString(strings.Join(resp.Header.Values("Set-Cookie"), " "))
	if token == "" || token == ben[1] {
		t.Errorf("the token is not replaced after the rights have changed: %v", resp.Header)
	}
	if resp, page := post(t, s, anna, gift); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "has this role already") || !strings.Contains(page, `value="deputy"`) {
		t.Errorf("status %d: %s", resp.StatusCode, page)
	}
	grants := regexp.MustCompile(`name="grant" value="(\d+)"`).FindAllStringSubmatch(page, -1)
	if len(grants) != 3 {
		t.Fatalf("%d roles: %s", len(grants), page)
	}
	admin := grants[2][1] // of ben; that of the council came first
	withdraw := url.Values{"do": {"withdraw"}, "grant": {admin}, "reason": {""}}
	if resp, page := post(t, s, anna, withdraw); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "Enter a reason") {
		t.Errorf("status %d: %s", resp.StatusCode, page)
	}
	withdraw.Set("reason", "back from leave")
	if resp, _ := post(t, s, anna, withdraw); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d", resp.StatusCode)
	}
	if resp, _ := s.Do(t, "GET", "/d/trial/people", "", "Cookie", token); resp.StatusCode != http.StatusForbidden {
		t.Errorf("a withdrawn role lasts: status %d", resp.StatusCode)
	}
	if resp, page := post(t, s, anna, withdraw); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "already ended") {
		t.Errorf("status %d: %s", resp.StatusCode, page)
	}
	if _, page := s.Do(t, "GET", "/d/trial/people?lang=en", "", anna...); !strings.Contains(page, "Roles that have ended") {
		t.Errorf("%s", page)
	}
	withdraw.Set("grant", grants[0][1])
	if resp, page := post(t, s, anna, withdraw); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "last administrator") {
		t.Errorf("status %d: %s", resp.StatusCode, page)
	}
	withdraw.Set("grant", "999")
	if resp, _ := post(t, s, anna, withdraw); resp.StatusCode != http.StatusNotFound {
		t.Errorf("status %d", resp.StatusCode)
	}
}

// TestFaultsOfRole checks that the form names every fault, and keeps what was
// entered.
func TestFaultsOfRole(t *testing.T) {
	s := webtest.OpenConfig(t, web.Config{}, webtest.District(civic.ModerateAfter), nil)
	anna := s.SignIn(t, "anna@example.org", civic.Admin, "")
	for _, test := range []struct {
		values url.Values
		want   []string
	}{
		{url.Values{}, []string{"Enter the e-mail address", "Enter the name", "Choose a role", "Enter a reason"}},
		{url.Values{"email": {"ben"}, "name": {"<Ben>"}, "role": {"reporter"}, "area": {"west"}}, []string{"not an e-mail address", "Choose a role", "Only an animator", `value="&lt;Ben&gt;"`}},
		{url.Values{"until": {"soon"}}, []string{"Enter a date"}},
		{url.Values{"until": {"2001-01-01"}, "area": {"north"}}, []string{"is over already", "no such area"}},
	} {
		test.values.Set("do", "give")
		resp, page := post(t, s, anna, test.values)
		for _, text := range test.want {
			if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, text) {
				t.Errorf("%v: status %d, no %q", test.values, resp.StatusCode, text)
			}
		}
		if strings.Contains(page, "fault.role") {
			t.Errorf("%v: a text is missing: %s", test.values, page)
		}
	}
	for _, bad := range []url.Values{{}, {"do": {"x"}}, {"do": {"withdraw"}, "grant": {"x"}}} {
		if resp, _ := post(t, s, anna, bad); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%v: status %d", bad, resp.StatusCode)
		}
	}
}

// TestMemberHasOrganisation checks that an admin chooses the organisation of a
// member by its name, and reads it beside the role, and that the invitation names
// it.
func TestMemberHasOrganisation(t *testing.T) {
	district := webtest.District(civic.ModerateAfter)
	district.Categories = append(district.Categories, civic.Category{
		Slug: "ngo", Kind: civic.Organisation, Visibility: civic.Exact, Colour: "#336666", Label: civic.Text{"pl": "Organizacje"},
	})
	s := webtest.OpenConfig(t, web.Config{}, district, nil)
	ids := map[string]string{}
	for _, title := range []string{"Świetlica", "Łąka", "Dom Sąsiedzki"} {
		id, _ := s.Report(t, civic.Draft{Category: "ngo", Title: title, Point: [2]float64{19.93, 50.03}, ReportedOn: 20000, Email: "x@example.org"})
		ids[title] = strconv.FormatInt(id, 10)
	}
	box := s.OpenMailbox(t)
	anna := s.SignIn(t, "anna@example.org", civic.Admin, "")
	_, page := s.Do(t, "GET", "/d/trial/people", "", anna...)
	var names []string
	for _, found := range regexp.MustCompile(`<option value="(\d+)">([^<]+)`).FindAllStringSubmatch(page, -1) {
		if ids[found[2]] != found[1] {
			t.Errorf("%s has the id %s", found[2], found[1])
		}
		names = append(names, found[2])
	}
	if diff := cmp.Diff([]string{"Dom Sąsiedzki", "Łąka", "Świetlica"}, names); diff != "" {
		t.Errorf("the organisations (-want +got):\n%s", diff)
	}
	gift := url.Values{"do": {"give"}, "email": {"ben@example.org"}, "name": {"Ben"}, "language": {"pl"}, "role": {"member"}, "reason": {"runs it"}}
	for _, test := range []struct{ role, organisation, want string }{
		{"member", "", "Choose the organisation"},
		{"member", "999", "no such organisation"},
		{"council", ids["Łąka"], "Only a member"},
	} {
		gift.Set("role", test.role)
		gift.Set("organisation", test.organisation)
		if resp, page := post(t, s, anna, gift); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, test.want) {
			t.Errorf("%v: status %d, no %q", test, resp.StatusCode, test.want)
		}
	}
	for _, title := range []string{"Łąka", "Świetlica"} {
		gift.Set("role", "member")
		gift.Set("organisation", ids[title])
		if resp, page := post(t, s, anna, gift); resp.StatusCode != http.StatusSeeOther {
			t.Fatalf("status %d: %s", resp.StatusCode, page)
		}
		if _, page := s.Do(t, "GET", "/d/trial/people?lang=en", "", anna...); !strings.Contains(page, "Member of an organisation or a working group, "+title) {
			t.Errorf("%s", page)
		}
		mails := box.Mails(t)
		if !slices.ContainsFunc(mails, func(l civic.Letter) bool {
			return l.To == "ben@example.org" && l.Kind == civic.MailInvitation && l.Title == title && l.Links["thing"] == "/d/trial/pins/"+ids[title]
		}) {
			t.Errorf("no invitation to a member of %s: %+v", title, mails)
		}
	}
}

// TestNothingTypedIsLostWithTheSession checks that a form which is sent when the
// session has ended is shown with everything that was entered, to be sent again
// after signing in, and that it then does what it was to do.
func TestNothingTypedIsLostWithTheSession(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	gift := url.Values{
		"do": {"give"}, "email": {"ben@example.org"}, "name": {"Ben <Lis>"}, "language": {"pl"}, "role": {"council"}, "reason": {"zna się na \"tym\"\noraz tamtym"},
	}
	resp, page := post(t, s, nil, gift)
	if resp.StatusCode != http.StatusUnauthorized || !strings.Contains(page, `action="/d/trial/people"`) || !strings.Contains(page, "Send it again") {
		t.Fatalf("status %d: %s", resp.StatusCode, page)
	}
	_, form, _ := strings.Cut(page, `class="sent-again"`)
	again := url.Values{}
	for _, found := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`).FindAllStringSubmatch(form, -1) {
		again.Add(found[1], html.UnescapeString(found[2]))
	}
	if diff := cmp.Diff(gift, again); diff != "" {
		t.Errorf("what is sent again (-want +got):\n%s", diff)
	}
	anna := s.SignIn(t, "anna@example.org", civic.Admin, "")
	if resp, page := post(t, s, anna, again); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("sent again: status %d: %s", resp.StatusCode, page)
	}
	if resp, page := s.Do(t, "POST", "/d/trial/people", gift.Encode(), append(webtest.Form(nil), "Sec-Fetch-Site", "cross-site")...); resp.StatusCode == http.StatusUnauthorized || strings.Contains(page, "sent-again") {
		t.Errorf("a form of another site: status %d: %s", resp.StatusCode, page)
	}
}

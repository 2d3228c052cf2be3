package accounts_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestOwnAccount checks that somebody changes their name and language, sees their
// roles with their ends, takes along what is held about them, and closes the
// account, but not as the last admin of a district.
func TestOwnAccount(t *testing.T) {
	s := webtest.OpenConfig(t, web.Config{Writes: 1e5}, webtest.District(civic.ModerateAfter), nil)
	anna := append(s.SignIn(t, "anna@example.org", civic.Admin, ""), "Accept-Language", "en")
	send := func(form string) (*http.Response, string) {
		t.Helper()
		return s.Do(t, http.MethodPost, "/account", form, webtest.Form(anna)...)
	}
	for _, test := range []struct {
		form   string
		status int
		want   string
	}{
		{"do=save&name=+&language=en", 422, "Enter a name"},
		{"do=save&name=%3CAnna%3E&language=xx", 422, "&lt;Anna&gt;"},
		{"do=save&name=Anna+Maria&language=uk", 303, ""},
		{"do=fly", 400, ""},
		{"do=close", 422, "Tick that you are sure"},
		{"do=close&sure=yes", 422, "the last administrator"},
	} {
		resp, page := send(test.form)
		if resp.StatusCode != test.status || !strings.Contains(page, test.want) || strings.Contains(page, "account.fault") {
			t.Errorf("%s: status %d: %s", test.form, resp.StatusCode, page)
		}
	}
	// A day later in Warsaw than in UTC.
	if _, err := s.Connect(t).Exec(t.Context(), `update sessions set created_at = '2025-01-31 23:30Z'`); err != nil {
		t.Fatal(err)
	}
	_, page := s.Do(t, http.MethodGet, "/account?lang=en", "", anna...)
	for _, want := range []string{"1 February 2025", "<h1>Anna Maria</h1>", "anna@example.org", "Administrator", "since ", `value="uk" lang="uk" selected`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s: %s", want, page)
		}
	}
	if resp, file := s.Do(t, http.MethodGet, "/account/export", "", anna...); resp.Header.Get("Content-Disposition") == "" || !strings.Contains(file, `"admin"`) || strings.Contains(file, strings.TrimPrefix(anna[1], "session=")) {
		t.Errorf("the export: %v %s", resp.Header, file)
	}

	ben := s.SignIn(t, "ben@example.org", civic.Admin, "")
	resp, page := send("do=close&sure=yes")
	if resp.StatusCode != http.StatusOK || !strings.Contains(page, "Your account is closed") || strings.Contains(page, "/sign-out") || !strings.Contains(resp.Header.Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("close: status %d, %v: %s", resp.StatusCode, resp.Header, page)
	}
	if resp, _ := s.Do(t, http.MethodGet, "/account", "", anna...); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("the session lasts: status %d", resp.StatusCode)
	}
	if _, page := s.Do(t, http.MethodGet, "/d/trial/desk/audit?lang=en&action=withdraw_role", "", ben...); !strings.Contains(page, "a closed account") || strings.Contains(page, "Anna") {
		t.Errorf("the record: %s", page)
	}
}

// TestAccountOfContact checks that a resident finds the sessions on the page of the
// account, the way to the personal page, and nothing that only accounts have.
func TestAccountOfContact(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	_, person := s.Report(t, civic.Draft{Category: "trees", Title: "Lipa", Point: [2]float64{19.93, 50.03}, ReportedOn: 20000, Email: "anna@example.org"})
	anna := s.Begin(t, person)
	if resp, page := s.Do(t, http.MethodGet, "/account?lang=en", "", anna...); resp.StatusCode != http.StatusOK || !strings.Contains(page, `href="/d/trial/me"`) || strings.Contains(page, `value="close"`) {
		t.Errorf("status %d: %s", resp.StatusCode, page)
	}
	for _, form := range []string{"do=save&name=x&language=en", "do=close&sure=yes"} {
		if resp, _ := s.Do(t, http.MethodPost, "/account", form, webtest.Form(anna)...); resp.StatusCode != http.StatusForbidden {
			t.Errorf("%s: status %d", form, resp.StatusCode)
		}
	}
}

package accounts_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/accounts"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// browser is a client that keeps its cookies.
type browser struct {
	*testing.T
	site    *webtest.Site
	cookies map[string]string
}

func newBrowser(t *testing.T, s *webtest.Site) *browser { return &browser{t, s, map[string]string{}} }

// do sends a request, by POST if it has a form.
func (b *browser) do(path string, form ...string) (*http.Response, string) {
	b.Helper()
	var pairs []string
	for name, value := range b.cookies {
		pairs = append(pairs, name+"="+value)
	}
	header := []string{"Cookie", strings.Join(pairs, "; "), "Accept-Language", "en", "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
	method, body := http.MethodGet, ""
	if len(form) > 0 {
		values := url.Values{}
		for i := 0; i+1 < len(form); i += 2 {
			values.Set(form[i], form[i+1])
		}
		method, body, header = http.MethodPost, values.Encode(), webtest.Form(header)
	}
	resp, page := b.site.Do(b.T, method, path, body, header...)
	for _, c := range resp.Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
			continue
		}
		b.cookies[c.Name] = c.Value
	}
	return resp, page
}

// open starts a server with an account of anna@example.org.
func open(t *testing.T) *webtest.Site {
	t.Helper()
	s := webtest.OpenConfig(t, web.Config{Writes: 1000}, webtest.District(civic.ModerateAfter), nil)
	s.SignIn(t, "anna@example.org", civic.Council, "")
	return s
}

// mail returns what the newest mail that was asked for contains.
func mail(t *testing.T, s *webtest.Site) (made civic.SignInSecrets) {
	t.Helper()
	if _, err := s.Store.QueueSignIns(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := pgx.BeginFunc(t.Context(), s.Connect(t), func(tx pgx.Tx) (err error) {
		var request int64
		if err := tx.QueryRow(t.Context(), `select max(request_id) from sign_in_requests`).Scan(&request); err != nil {
			return err
		}
		made, err = s.Store.NewSignInLink(t.Context(), tx, request)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// name returns the name in the header of the page of the account, or "".
func (b *browser) name() string {
	b.Helper()
	resp, page := b.do("/account")
	if resp.StatusCode != http.StatusOK {
		return ""
	}
	return regexp.MustCompile(`<h1>(.*)</h1>`).FindStringSubmatch(page)[1]
}

// TestLinkWorksInEveryBrowser checks that the link of a mail signs in the browser
// that asked, or another one, once and by a press alone, and leads back to the page
// that asked for it.
func TestLinkWorksInEveryBrowser(t *testing.T) {
	s := open(t)
	for _, other := range []bool{false, true} {
		asking := newBrowser(t, s)
		resp, _ := asking.do("/account")
		location := resp.Header.Get("Location")
		if resp.StatusCode != http.StatusSeeOther || location != "/sign-in?next=%2Faccount" {
			t.Fatalf("status %d, %q", resp.StatusCode, location)
		}
		if resp, _ := asking.do("/sign-in", "email", "Anna@Example.org", "next", "/d/trial?kind=need"); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/sign-in/code" {
			t.Fatalf("status %d, %q", resp.StatusCode, resp.Header.Get("Location"))
		}
		link := "/sign-in/" + string(mail(t, s).Token)
		opening := asking
		if other {
			opening = newBrowser(t, s)
		}
		for range 3 { // as programs do that check mail
			resp, page := opening.do(link)
			if resp.StatusCode != http.StatusOK || !strings.Contains(page, "as anna") || opening.name() != "" {
				t.Fatalf("status %d: %s", resp.StatusCode, page)
			}
			h := resp.Header
			if h.Get("Cache-Control") != "no-store" || h.Get("Referrer-Policy") != "strict-origin" || h.Get("X-Robots-Tag") != "noindex" || strings.Contains(page, "next=") {
				t.Errorf("%v", h)
			}
		}
		if resp, _ := opening.do(link, "x", ""); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/d/trial?kind=need" {
			t.Errorf("status %d, %q", resp.StatusCode, resp.Header.Get("Location"))
		}
		if got := opening.name(); got != "anna" {
			t.Errorf("signed in as %q", got)
		}
		if other && asking.name() != "" {
			t.Error("the browser that asked is signed in by the link in another one")
		}
		if resp, page := newBrowser(t, s).do(link, "x", ""); resp.StatusCode != http.StatusNotFound || !strings.Contains(page, "no longer works") {
			t.Errorf("a link is used twice: status %d", resp.StatusCode)
		}
	}
}

// TestCodeWorksInTheAskingBrowser checks that the code of a mail, typed with or
// without spaces, signs in the browser that asked, and no other.
func TestCodeWorksInTheAskingBrowser(t *testing.T) {
	s := open(t)
	asking, other := newBrowser(t, s), newBrowser(t, s)
	asking.do("/sign-in", "email", "anna@example.org")
	other.do("/sign-in", "email", "nobody@example.org")
	if _, err := s.Store.QueueSignIns(t.Context()); err != nil {
		t.Fatal(err)
	}
	code := mail(t, s).Code.String()
	for _, wrong := range []struct {
		*browser
		code string
	}{{other, code}, {newBrowser(t, s), code}, {asking, "0000 000"}, {asking, ""}} {
		if resp, page := wrong.do("/sign-in/code", "code", wrong.code); resp.StatusCode != http.StatusUnprocessableEntity || wrong.name() != "" {
			t.Errorf("status %d: %s", resp.StatusCode, page)
		}
	}
	if resp, _ := asking.do("/sign-in/code", "code", " "+code); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/account" || asking.name() != "anna" {
		t.Errorf("status %d, %q", resp.StatusCode, resp.Header.Get("Location"))
	}
}

// TestEqualAnswers checks that nobody learns from a response whether an address is
// known: neither from asking for a mail nor from typing a code.
func TestEqualAnswers(t *testing.T) {
	s := open(t)
	random := regexp.MustCompile(`asking=[A-Z2-7]{26}`)
	answers := map[string]string{}
	for _, address := range []string{"anna@example.org", "nobody@example.org"} {
		b, all := newBrowser(t, s), ""
		for _, send := range [][]string{{"/sign-in", "email", address}, {"/sign-in/code"}, {"/sign-in/code", "code", "1234 5678"}, {"/sign-in/code", "code", "1234 5678"}} {
			resp, page := b.do(send[0], send[1:]...)
			resp.Header.Del("Date")
			var header strings.Builder
			if err := resp.Header.Write(&header); err != nil {
				t.Fatal(err)
			}
			all += resp.Status + random.ReplaceAllString(header.String(), "asking") + page
			if _, err := s.Store.QueueSignIns(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		answers[address] = all
	}
	if answers["anna@example.org"] != answers["nobody@example.org"] {
		t.Errorf("a known address:\n%s\nan unknown one:\n%s", answers["anna@example.org"], answers["nobody@example.org"])
	}
}

// TestMailsAreLimited checks that one client cannot ask for any number of mails.
func TestMailsAreLimited(t *testing.T) {
	s := open(t)
	b := newBrowser(t, s)
	statuses := map[int]int{}
	for range 25 {
		resp, page := b.do("/sign-in", "email", "nobody@example.org")
		statuses[resp.StatusCode]++
		if resp.StatusCode == http.StatusTooManyRequests && !strings.Contains(page, "Too many e-mails") {
			t.Errorf("%s", page)
		}
	}
	if statuses[http.StatusSeeOther] < 20 || statuses[http.StatusTooManyRequests] == 0 {
		t.Errorf("%v", statuses)
	}
	if resp, page := b.do("/sign-in", "email", "nobody"); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "not an e-mail address") {
		t.Errorf("status %d", resp.StatusCode)
	}
}

// TestReturnPath checks that signing in leads to no other site.
func TestReturnPath(t *testing.T) {
	s := open(t)
	for _, next := range []string{"//example.org", `/\example.org`, "https://example.org/", "/%2f/example.org/..//", "/sign-in?next=/", "/\t/example.org", "javascript:alert(1)", "/sign-out"} {
		b := newBrowser(t, s)
		b.do("/sign-in", "email", "anna@example.org", "next", next)
		resp, _ := b.do("/sign-in/code", "code", string(mail(t, s).Code))
		if got := resp.Header.Get("Location"); got != "/account" && got != next || strings.HasPrefix(got, "//") || strings.Contains(got, `\`) || strings.Contains(got, "://") {
			t.Errorf("%q leads to %q", next, got)
		}
		if err := s.Store.DeleteExpiredSignIns(t.Context()); err != nil {
			t.Fatal(err)
		}
		forget(t, s)
	}
}

// forget makes it so long ago that mails were asked for that more may be sent.
func forget(t *testing.T, s *webtest.Site) {
	t.Helper()
	if _, err := s.Connect(t).Exec(t.Context(), `delete from sign_in_requests`); err != nil {
		t.Fatal(err)
	}
}

// TestSessionCookie checks the attributes of the cookie of a session, with and
// without HTTPS, and that the token is a new one at each sign-in.
func TestSessionCookie(t *testing.T) {
	for base, want := range map[string]string{
		"":                         "session=T; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax",
		"https://mapa.example.org": "__Host-session=T; Path=/; Max-Age=86400; HttpOnly; Secure; SameSite=Lax",
	} {
		s := webtest.OpenConfig(t, web.Config{BaseURL: base}, webtest.District(civic.ModerateAfter), nil)
		s.SignIn(t, "anna@example.org", civic.Council, "")
		tokens := map[string]bool{}
		b := newBrowser(t, s)
		for range 2 {
			b.do("/sign-in", "email", "anna@example.org")
			resp, _ := b.do("/sign-in/"+string(mail(t, s).Token), "x", "")
			cookie := resp.Header.Get("Set-Cookie")
			token := regexp.MustCompile(`=([A-Z2-7]+);`).FindStringSubmatch(cookie)
			if len(token) < 2 || strings.Replace(cookie, token[1], "T", 1) != want {
				t.Errorf("%q, want %q", cookie, want)
				continue
			}
			tokens[token[1]] = true
		}
		if len(tokens) != 2 {
			t.Errorf("%d tokens of two sessions", len(tokens))
		}
	}
}

// TestSessionsAreEnded checks that somebody sees where they are signed in, and
// ends a session from another device, all others, and their own.
func TestSessionsAreEnded(t *testing.T) {
	s := open(t)
	signIn := func() *browser {
		b := newBrowser(t, s)
		b.do("/sign-in", "email", "anna@example.org")
		b.do("/sign-in/"+string(mail(t, s).Token), "x", "")
		return b
	}
	phone, desk, library := signIn(), signIn(), signIn()
	_, page := desk.do("/account")
	ids := regexp.MustCompile(`name="end" value="(\d+)"`).FindAllStringSubmatch(page, -1)
	if len(ids) != 3 || strings.Count(page, "Firefox, Linux") < 4 || strings.Count(page, "this browser") != 1 || !strings.Contains(page, "Sign out everywhere else") {
		t.Fatalf("%d sessions: %s", len(ids), page)
	}
	desk.do("/account", "end", ids[0][1]) // the newest
	if phone.name() != "anna" || desk.name() != "anna" || library.name() != "" {
		t.Errorf("%q, %q, %q are signed in", phone.name(), desk.name(), library.name())
	}
	phone.do("/account", "end", "others")
	if phone.name() != "anna" || desk.name() != "" {
		t.Errorf("%q, %q are signed in", phone.name(), desk.name())
	}
	if resp, _ := phone.do("/sign-out", "x", ""); resp.StatusCode != http.StatusSeeOther || len(phone.cookies) > 0 || phone.name() != "" {
		t.Errorf("status %d, %v", resp.StatusCode, phone.cookies)
	}
}

// TestDevice checks that a device is told by its browser and system alone.
func TestDevice(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                               "Firefox, Linux",
		"Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36":                "Chrome, Android",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E Safari/604.1": "Safari, iPhone",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0":        "Edge, Windows",
		"curl/8.5.0": "", "": "",
	} {
		if got := accounts.Device(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}

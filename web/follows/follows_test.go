package follows_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// site is a site with a pin of each category.
type site struct {
	*webtest.Site
	conn *pgx.Conn
}

func open(t *testing.T) *site {
	t.Helper()
	var drafts []civic.Draft
	for i, category := range []string{"trees", "help", "fear"} {
		drafts = append(drafts, civic.Draft{Category: category, Title: "Pinezka " + category, Point: [2]float64{19.93, 50.03}, ReportedOn: civic.Day(20000 + i)})
	}
	s := webtest.OpenConfig(t, web.Config{Writes: 1000, WriteBurst: 1000, Mails: 1000}, webtest.District(civic.ModerateAfter), drafts)
	return &site{s, s.Connect(t)}
}

// id returns the id of a pin with a public page.
func (s *site) id(t *testing.T, category string) int64 {
	t.Helper()
	var id int64
	err := s.conn.QueryRow(t.Context(), `select pin_id from pins join categories using (district_id, category_id) where slug = $1`, category).Scan(&id)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// post sends a form of a browser with cookies.
func (s *site) post(t *testing.T, path, form string, cookies ...string) (*http.Response, string) {
	t.Helper()
	return s.Do(t, "POST", path, form, append(webtest.Form(nil), "Cookie", strings.Join(cookies, "; "))...)
}

// TestSupport checks that a browser can say "mine too" once and take it back,
// without a script and without a cookie before, and that what is only counted, and
// what is no pin, has no voices.
func TestSupport(t *testing.T) {
	s := open(t)
	path := fmt.Sprintf("/d/trial/pins/%d", s.id(t, "trees"))
	if _, page := s.Do(t, "GET", path+"?lang=pl", ""); !strings.Contains(page, "Mnie też to dotyczy") || !strings.Contains(page, "Nikt inny jeszcze") {
		t.Errorf("no button: %s", page)
	}
	resp, _ := s.post(t, path+"/support", "")
	cookies := resp.Header["Set-Cookie"]
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != path+"#support" || len(cookies) != 1 || !strings.Contains(cookies[0], "HttpOnly") {
		t.Fatalf("status %d, %v", resp.StatusCode, resp.Header)
	}
	device, _, _ := strings.Cut(cookies[0], ";")
	if resp, _ := s.post(t, path+"/support", "", device); resp.StatusCode != http.StatusSeeOther || resp.Header["Set-Cookie"] != nil {
		t.Errorf("again: status %d, %v", resp.StatusCode, resp.Header)
	}
	for range 2 {
		s.post(t, path+"/support", "")
	}
	if _, page := s.Do(t, "GET", path+"?lang=pl", "", "Cookie", device); !strings.Contains(page, "Razem 3 głosy.") || !strings.Contains(page, "Cofnij") {
		t.Errorf("three have supported it: %s", page)
	}
	for range 2 {
		s.post(t, path+"/support", "do=withdraw", device)
	}
	if _, page := s.Do(t, "GET", path+"?lang=pl", "", "Cookie", device); !strings.Contains(page, "Tak samo uważają jeszcze 2 osoby.") {
		t.Errorf("one has taken it back: %s", page)
	}
	office := s.Add(t, webtest.Office("Dyżur", "", [2]float64{19.93, 50.03})).ID
	for _, path := range []string{fmt.Sprintf("/d/trial/pins/%d/support", s.id(t, "fear")), fmt.Sprintf("/d/trial/pins/%d/support", office), "/d/trial/pins/99999999/support", "/d/trial/pins/x/support"} {
		if resp, _ := s.post(t, path, "", device); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, resp.StatusCode)
		}
	}
	if resp, _ := s.Do(t, "POST", path+"/support", "", "Origin", "https://other.example", "Content-Type", "application/x-www-form-urlencoded"); resp.StatusCode != http.StatusForbidden {
		t.Errorf("from another site: status %d", resp.StatusCode)
	}
	var stored string
	if err := s.conn.QueryRow(t.Context(), `select string_agg(encode(device_hash, 'escape'), '') from supports`).Scan(&stored); err != nil || strings.Contains(stored, strings.TrimPrefix(device, "device=")) {
		t.Errorf("the cookie is stored: %v", err)
	}
}

// TestFollow follows an area from the link of its list to the mail that tells of a
// new pin, and ends it with one click of a mail program.
func TestFollow(t *testing.T) {
	s := open(t)
	box := s.OpenMailbox(t)
	_, list := s.Do(t, "GET", "/d/trial?area=west&q=Pinezka", "")
	link := regexp.MustCompile(`href="(/d/trial/follow\?[^"]*)"`).FindStringSubmatch(list)
	if link == nil {
		t.Fatalf("the list has no link: %s", list)
	}
	path := strings.ReplaceAll(link[1], "&amp;", "&")
	if resp, page := s.Do(t, "GET", path+"&lang=pl", ""); resp.StatusCode != http.StatusOK || !strings.Contains(page, "Zachód") || !strings.Contains(page, "nie są tu brane pod uwagę") {
		t.Errorf("%s: status %d: %s", path, resp.StatusCode, page)
	}
	path = "/d/trial/follow?area=west"
	if resp, page := s.post(t, path, "cadence=instant&email=x"); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, `aria-invalid="true"`) {
		t.Errorf("status %d for no address", resp.StatusCode)
	}
	_, first := s.post(t, path, "cadence=instant&email=Celina%40example.org")
	_, second := s.post(t, path, "cadence=instant&email=celina%40EXAMPLE.org")
	if first != second || !strings.Contains(first, "href=") {
		t.Errorf("the response depends on whether the address is known:\n%s\n%s", first, second)
	}
	mails := box.Mails(t)
	if len(mails) != 2 || mails[0].Kind != civic.MailConfirm || !strings.EqualFold(mails[0].To, "celina@example.org") {
		t.Fatalf("mails: %+v", mails)
	}
	confirm := mails[0].Links["action"]
	for range 3 { // a program that checks links
		if resp, _ := s.Do(t, "GET", confirm, ""); resp.StatusCode != http.StatusOK {
			t.Fatalf("status %d", resp.StatusCode)
		}
	}
	var confirmed bool
	if err := s.conn.QueryRow(t.Context(), `select exists (select from follows where confirmed_at is not null)`).Scan(&confirmed); err != nil || confirmed {
		t.Errorf("opening a link confirms: %v", err)
	}
	if resp, page := s.post(t, confirm+"?lang=pl", ""); resp.StatusCode != http.StatusOK || !strings.Contains(page, "Zachód") {
		t.Errorf("status %d: %s", resp.StatusCode, page)
	}
	if resp, body := s.Do(t, "POST", "/api/v1/districts/trial/pins", `{"category":"trees","title":"Nowe drzewo","lon":19.93,"lat":50.03}`, "Content-Type", "application/json"); resp.StatusCode != http.StatusCreated {
		t.Fatalf("status %d: %s", resp.StatusCode, body)
	}
	s.Do(t, "POST", "/api/v1/districts/trial/pins", `{"category":"trees","title":"Na wschodzie","lon":19.97,"lat":50.03}`, "Content-Type", "application/json")
	s.Do(t, "POST", "/api/v1/districts/trial/pins", `{"category":"fear","title":"Strach","lon":19.93,"lat":50.03}`, "Content-Type", "application/json")
	mails = box.Mails(t)
	if len(mails) != 1 || mails[0].Kind != civic.MailPublished || mails[0].Title != "Nowe drzewo" {
		t.Fatalf("mails: %+v", mails)
	}
	end := mails[0].OneClick
	if resp, page := s.Do(t, "GET", end+"?lang=en", ""); resp.StatusCode != http.StatusOK || !strings.Contains(page, "Stop these e-mails") || !strings.Contains(page, `href="/sign-in?next=%2fd%2ftrial"`) {
		t.Errorf("status %d: %s", resp.StatusCode, page)
	}
	// As a mail program of another site sends it: RFC 8058.
	for range 2 {
		resp, _ := s.Do(t, "POST", end, "List-Unsubscribe=One-Click", "Content-Type", "application/x-www-form-urlencoded", "Origin", "https://mail.example.com", "Sec-Fetch-Site", "cross-site")
		if resp.StatusCode != http.StatusOK {
			t.Errorf("one click: status %d", resp.StatusCode)
		}
	}
	s.Do(t, "POST", "/api/v1/districts/trial/pins", `{"category":"trees","title":"Jeszcze jedno","lon":19.93,"lat":50.03}`, "Content-Type", "application/json")
	if mails := box.Mails(t); len(mails) != 0 {
		t.Errorf("mails after the end: %+v", mails)
	}
	for _, path := range []string{"/d/trial/unsubscribe/forged", "/d/trial/confirm/forged", strings.Replace(end, "unsubscribe", "confirm", 1)} {
		for _, method := range []string{"GET", "POST"} {
			if resp, _ := s.Do(t, method, path, ""); resp.StatusCode != http.StatusNotFound {
				t.Errorf("%s %s: status %d", method, path, resp.StatusCode)
			}
		}
	}
}

// TestConfirmationsAreLimited checks that nobody can fill the mailbox of another.
func TestConfirmationsAreLimited(t *testing.T) {
	s := open(t)
	box := s.OpenMailbox(t)
	for range 12 {
		if resp, _ := s.post(t, "/d/trial/follow", "cadence=weekly&email=victim%40example.org"); resp.StatusCode != http.StatusOK {
			t.Fatalf("status %d", resp.StatusCode)
		}
	}
	if mails := box.Mails(t); len(mails) != 5 {
		t.Errorf("%d mails", len(mails))
	}
}

// TestContactFollowsWithOnePress checks that a contact who has signed in needs no
// mail, and changes and ends their own follows alone.
func TestContactFollowsWithOnePress(t *testing.T) {
	s := open(t)
	box := s.OpenMailbox(t)
	var contacts []int64
	for _, address := range []string{"celina@example.org", "dawid@example.org"} {
		var id int64
		err := s.conn.QueryRow(t.Context(), `
			insert into contacts (district_id, email_sealed, email_hash, key_id, language, confirmed_at)
			select district_id, 'x', sha256($1::bytea), 'x', 'pl', now()
			from districts
			returning contact_id`, []byte(address)).Scan(&id)
		if err != nil {
			t.Fatal(err)
		}
		contacts = append(contacts, id)
	}
	v, _ := s.Live.District("trial")
	celina := s.Begin(t, civic.Person{Kind: civic.Contact, DistrictID: v.District.ID, ID: contacts[0]})[1]
	dawid := s.Begin(t, civic.Person{Kind: civic.Contact, DistrictID: v.District.ID, ID: contacts[1]})[1]
	pin := s.id(t, "trees")
	_, page := s.Do(t, "GET", fmt.Sprintf("/d/trial/pins/%d", pin), "", "Cookie", celina)
	if action := fmt.Sprintf(`action="/d/trial/follow?thing=%d"`, pin); !strings.Contains(page, action) {
		t.Errorf("the page has no button: %s", page)
	}
	if resp, _ := s.post(t, fmt.Sprintf("/d/trial/follow?thing=%d", pin), "cadence=instant", celina); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("status %d", resp.StatusCode)
	}
	follows := func() []civic.Follow {
		t.Helper()
		all, err := s.Store.Follows(t.Context(), &v.District, contacts[0])
		if err != nil || len(all) != 1 {
			t.Fatalf("%v, %v", all, err)
		}
		return all
	}
	f := follows()[0]
	if f.ThingID != pin || f.ConfirmedAt.IsZero() || f.Cadence != civic.Instant {
		t.Errorf("%+v", f)
	}
	change := fmt.Sprintf("/d/trial/me/follows/%d", f.ID)
	if resp, _ := s.post(t, change, "cadence=weekly", dawid); resp.StatusCode != http.StatusNotFound {
		t.Errorf("somebody else: status %d", resp.StatusCode)
	}
	if resp, _ := s.post(t, change, "do=end", dawid); resp.StatusCode != http.StatusNotFound {
		t.Errorf("somebody else ends it: status %d", resp.StatusCode)
	}
	s.post(t, change, "cadence=weekly", celina)
	if f := follows()[0]; f.Cadence != civic.Weekly || !f.EndedAt.IsZero() {
		t.Errorf("%+v", f)
	}
	s.post(t, change, "do=end", celina)
	if f := follows()[0]; f.EndedAt.IsZero() {
		t.Errorf("%+v", f)
	}
	if mails := box.Mails(t); len(mails) != 0 {
		t.Errorf("mails: %+v", mails)
	}
}

// TestSupportInLists checks that the list of pins, the page of the form alone and
// the API have the voices that the page of a pin has, after a merge too, and that
// the button of the list returns to the list.
func TestSupportInLists(t *testing.T) {
	s := open(t)
	v, _ := s.Live.District("trial")
	d := &v.District
	kept, merged := s.id(t, "trees"), s.id(t, "help")
	device := strings.Repeat("d", 26)
	for pin, devices := range map[int64][]string{kept: {"one", "two"}, merged: {"two", device}} {
		for _, name := range devices {
			if err := s.Store.Support(t.Context(), d, pin, civic.Voice{Device: name}); err != nil {
				t.Fatal(err)
			}
		}
	}
	check := func(what string, voices int) {
		t.Helper()
		words := fmt.Sprintf("%d other people say so too.", voices)
		for _, path := range []string{"/d/trial", "/d/trial/pins/%d", "/d/trial/pins/%d/support"} {
			if strings.Contains(path, "%d") {
				path = fmt.Sprintf(path, kept)
			}
			if _, page := s.Do(t, "GET", path+"?lang=en", ""); !strings.Contains(page, words) {
				t.Errorf("%s, %s: the page lacks %q: %s", what, path, words, page)
			}
		}
		feature := fmt.Sprintf(`"voices":%d`, voices)
		for _, path := range []string{fmt.Sprintf("/api/v1/districts/trial/pins/%d", kept), "/api/v1/districts/trial/pins", "/d/trial/pins.geojson"} {
			if _, body := s.Do(t, "GET", path, ""); !strings.Contains(body, feature) {
				t.Errorf("%s, %s lacks %s: %s", what, path, feature, body)
			}
		}
	}
	check("two have supported it", 2)
	moderator := civic.Actor{Kind: civic.Account, ID: 1 << 40, Grants: []civic.Grant{{Role: civic.Moderator, DistrictID: d.ID}}}
	if _, err := s.Store.Do(t.Context(), d, moderator, civic.Command{Action: civic.Merge, Things: []int64{merged}, Into: kept}); err != nil {
		t.Fatal(err)
	}
	check("merged", 4) // and who reported the other
	for _, path := range []string{"/d/trial/pins/%d", "/api/v1/districts/trial/pins/%d"} {
		if resp, _ := s.Do(t, "GET", fmt.Sprintf(path, merged), ""); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != fmt.Sprintf(path, kept) {
			t.Errorf("%s of what was merged: %s to %q", path, resp.Status, resp.Header.Get("Location"))
		}
	}

	path := fmt.Sprintf("/d/trial/pins/%d/support", kept)
	for form, want := range map[string]string{
		"back=%2Fd%2Ftrial%3Fkind%3Dneed": fmt.Sprintf("/d/trial?kind=need#pin-%d", kept),
		"back=https%3A%2F%2Fevil.example": fmt.Sprintf("/d/trial/pins/%d#support", kept),
	} {
		if resp, _ := s.post(t, path, form, "device="+device); resp.Header.Get("Location") != want {
			t.Errorf("%s leads to %s", form, resp.Header.Get("Location"))
		}
	}
	check("the same device again", 4)
	if _, page := s.Do(t, "GET", "/d/trial?kind=need&lang=en", "", "Cookie", "device="+device); !strings.Contains(page, `value="/d/trial?kind=need"`) || !strings.Contains(page, "Take it back: Pinezka trees") {
		t.Errorf("the list has no button to take it back: %s", page)
	}
}

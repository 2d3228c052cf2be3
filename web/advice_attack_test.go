package web_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// The private words, places and names of the requests that are attacked, and the places
// in every form in which an outlet could write them with more than two digits.
var (
	adviceWords  = []string{"Zofia", "Kwiatkowska", "szynszyl", "ocelot", "karakal", "serwal", "zofia@example.org", "zamężna"}
	advicePoint  = orb.Point{19.93127, 50.03144}
	adviceDigits = []string{"19.9312", "19.9308", "19.9319", "50.0314", "50.0311", "50.0318", "19,9312", "19,9308", "19,9319", "50,0314", "50,0311", "50,0318"}
)

// adviceAttack is a site with everybody who reads its outlets.
type adviceAttack struct {
	*testing.T
	site    *webtest.Site
	d       *civic.District
	now     time.Time
	outlets outlets
	target  *target
	readers map[string][]string // headers by name
	staff   map[string][]string
}

// TestAdviceStaysPrivate takes a request for advice through its whole life, and reads
// every outlet as the public, a member, the council, an animator and another contact. As
// long as nothing is published of it, nothing at all may differ from before; when an
// answer is, none of the words, places and names of the request, nor its number, may be
// anywhere.
func TestAdviceStaysPrivate(t *testing.T) {
	a := openAdviceAttack(t)
	a.target.others = []int64{a.nextID(), a.nextID() + 1} // of the request and of the answer, once there are
	before := a.read()
	id, asker := a.ask()
	if id != a.target.others[0] {
		t.Fatalf("the request is %d, want %d", id, a.target.others[0])
	}
	a.live(id, asker)
	follow(t, a.site.Live)
	after := a.read()
	for name := range a.readers {
		for i, leak := range differences(before[name], after[name]) {
			if i == 5 {
				t.Errorf("… and others")
				break
			}
			t.Errorf("%s reads of a request: %s", name, leak)
		}
	}
	a.publish(id)
	follow(t, a.site.Live)
	public := a.read()
	found := false
	for name, all := range public {
		for request, body := range all {
			found = found || strings.Contains(body, "zwierzęta egzotyczne")
			a.check(name, request, body, before[name][request], id)
		}
	}
	if !found {
		t.Error("nobody finds the answer, so the attack reads nothing")
	}
}

// openAdviceAttack returns a site with an adviser of the topic "animals", and readers.
func openAdviceAttack(t *testing.T) *adviceAttack {
	t.Helper()
	var drafts []civic.Draft
	for i := range 6 {
		drafts = append(drafts, civic.Draft{
			Category: "trees", Title: fmt.Sprintf("alder%d", i), Point: orb.Point{19.905 + float64(i)*.013, 50.005 + float64(i)*.008}, ReportedOn: civic.Day(20000 + 40*i),
		})
	}
	of := webtest.District(civic.ModerateAfter)
	of.Categories = append(of.Categories, civic.Category{Slug: "clubs", Kind: civic.Organisation, Visibility: civic.Exact, Colour: "#336666", Label: civic.Text{"pl": "Kluby"}})
	drafts = append(drafts, civic.Draft{Category: "clubs", Title: "willow", Point: orb.Point{19.94, 50.03}, ReportedOn: 20300})
	site := webtest.OpenWith(t, of, drafts)
	a := &adviceAttack{T: t, site: site, now: time.Now(), readers: map[string][]string{"the public": nil}, staff: map[string][]string{}}
	d := site.Live.Districts()[0].District
	a.d = &d
	topics := []civic.Topic{{Slug: "animals", Label: civic.Text{"pl": "Zwierzęta"}, TargetDays: 9}}
	if err := site.Store.SetTopics(t.Context(), a.d, civic.Actor{Kind: civic.Operator, Name: "root"}, topics); err != nil {
		t.Fatal(err)
	}
	a.target = &target{District: d}
	for i, draft := range drafts[:1] { // more would be the same requests with other values
		pin, err := d.Accept(draft, civic.MaxDay)
		if err != nil {
			t.Fatal(err)
		}
		a.target.pins = append(a.target.pins, targetPin{NewPin: pin, id: int64(i + 1)})
	}
	for name, role := range map[string]civic.Role{"adviser": civic.Adviser, "second": civic.Adviser} {
		a.staff[name] = site.SignIn(t, name+"@example.org", role, "")
	}
	a.readers["the council"] = site.SignIn(t, "council@example.org", civic.Council, "")
	a.readers["an animator"] = site.SignIn(t, "animator@example.org", civic.Animator, "")
	member, err := site.Store.GiveRole(t.Context(), a.d, civic.Actor{Kind: civic.Operator, Name: "root"}, civic.Gift{
		Email: "member@example.org", Name: "member", Role: civic.Member, Organisation: int64(len(drafts)), Reason: "a test",
	})
	if err != nil {
		t.Fatal(err)
	}
	a.readers["a member"] = site.Begin(t, civic.Person{Kind: civic.Account, ID: member.AccountID})
	_, other := site.Report(t, civic.Draft{Category: "trees", Title: "alder6", Point: orb.Point{19.96, 50.04}, ReportedOn: 20200, Email: "other@example.org"})
	a.readers["another contact"] = site.Begin(t, other)
	a.assignTopics()
	follow(t, site.Live)
	server, err := web.New(web.Config{Live: site.Live, Store: site.Store, TileCache: -1, Writes: 1e5, Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return a.now }})
	if err != nil {
		t.Fatal(err)
	}
	a.outlets = outlets{TB: t, handler: server.Handler(), routes: server.Readable(), every: 1, answered: map[string]bool{}}
	return a
}

// assignTopics makes everybody with the role an adviser about the topic.
func (a *adviceAttack) assignTopics() {
	advisers, err := a.site.Store.Advisers(a.Context(), a.d)
	if err != nil || len(advisers) != 2 {
		a.Fatalf("%d advisers, %v", len(advisers), err)
	}
	if err := a.site.Store.SetAdviser(a.Context(), a.d, civic.Actor{Kind: civic.System}, civic.AdviserSettings{AccountID: advisers[0].AccountID, Topics: []string{"animals"}}); err != nil {
		a.Fatal(err)
	}
}

// nextID returns the id that the next thing gets.
func (a *adviceAttack) nextID() (id int64) {
	if err := a.site.Connect(a.T).QueryRow(a.Context(), `select last_value + 1 from thing_ids`).Scan(&id); err != nil {
		a.Fatal(err)
	}
	return id
}

// ask submits a request of somebody without an account, whose address is confirmed.
func (a *adviceAttack) ask() (id int64, asker []string) {
	outline := "50.03117, 19.93083\n50.03117, 19.93191\n50.03182, 19.93191\n50.03117, 19.93083"
	form := webtest.Values("key", strings.Repeat("k", 26), "question", "Ja, Zofia Kwiatkowska, hoduję szynszyla i ocelota. Czy wolno?", "topic", "animals",
		"who", "resident", "outline", outline, "lon", fmt.Sprint(advicePoint.Lon()), "lat", fmt.Sprint(advicePoint.Lat()), "wants_publication", "yes", "email", "zofia@example.org")
	resp, _ := a.site.Want(a.T, http.StatusSeeOther, "POST", "/d/trial/advice/new", form, webtest.Form(nil)...)
	if resp.Header.Get("Location") != "/d/trial/advice/sent" {
		a.Errorf("it leads to %s", resp.Header.Get("Location"))
	}
	var contact int64
	err := a.site.Connect(a.T).QueryRow(a.Context(), `
		update contacts
		set confirmed_at = now()
		from things
		where contact_id = reporter_id
		  and kind = 'advice'
		returning thing_id, contact_id`).Scan(&id, &contact)
	if err == nil {
		err = a.site.Store.AssignAdvice(a.Context(), a.d)
	}
	if err != nil {
		a.Fatal(err)
	}
	return id, a.site.Begin(a.T, civic.Person{Kind: civic.Contact, DistrictID: a.d.ID, ID: contact})
}

// live takes a request through its life.
func (a *adviceAttack) live(id int64, asker []string) {
	path := fmt.Sprintf("/d/trial/advice/%d", id)
	version := func() string {
		t, err := a.site.Store.Thing(a.Context(), a.d, id)
		if err != nil {
			a.Fatal(err)
		}
		return strconv.Itoa(int(t.Version))
	}
	act := func(who []string, form ...string) {
		a.Helper()
		a.site.Want(a.T, http.StatusSeeOther, "POST", path+"/actions", webtest.Values(append(form, "version", version())...), webtest.Form(who)...)
	}
	act(a.staff["adviser"], "action", "ask", "text", "Czy jest też karakal?")
	act(asker, "action", "answer", "text", "Tak, i serwal. Jestem zamężna.")
	act(a.staff["adviser"], "action", "note", "text", "Kwiatkowska dzwoniła w sprawie karakala.")
	act(a.staff["adviser"], "action", "advise", "text", "Na ocelota trzeba zgody.")
	_, body := a.site.Want(a.T, http.StatusOK, "GET", path, "", asker...)
	webtest.Contains(a.T, body, "karakal", "serwal", "Na ocelota trzeba zgody.", "!dzwoniła", "!adviser")
	_, body = a.site.Want(a.T, http.StatusOK, "GET", path, "", a.staff["second"]...)
	webtest.Contains(a.T, body, "dzwoniła", "szynszyla", "50.031440, 19.931270")
	a.site.Want(a.T, http.StatusSeeOther, "POST", path+"/evaluation", webtest.Values("evaluation", "helped", "version", version()), webtest.Form(asker)...)
	_, body = a.site.Want(a.T, http.StatusOK, "GET", "/d/trial/me", "", asker...)
	webtest.Contains(a.T, body, path, "zamknięta i oceniona")
}

// publish writes an answer, in two steps since its first text names somebody, and lets
// another adviser publish it.
func (a *adviceAttack) publish(of int64) {
	adviser, second := a.staff["adviser"], a.staff["second"]
	_, body := a.site.Want(a.T, http.StatusOK, "GET", fmt.Sprintf("/d/trial/answers/new?of=%d", of), "", adviser...)
	webtest.Contains(a.T, body, `value="animals" selected`, "!szynszyl", "!Kwiatkowska", fmt.Sprintf(`name="of" value="%d"`, of))
	fields := []string{
		"key", strings.Repeat("a", 26), "of", fmt.Sprint(of), "answer.pl", "Na **zwierzęta egzotyczne** potrzeba zezwolenia.", "topic", "animals", "coarseness", "neighbourhood",
		"lon", fmt.Sprint(advicePoint.Lon()), "lat", fmt.Sprint(advicePoint.Lat()),
	}
	_, body = a.site.Want(a.T, http.StatusUnprocessableEntity, "POST", "/d/trial/answers/new", webtest.Values(append(fields, "question.pl", "Czy Zofia może hodować zwierzęta egzotyczne?")...), webtest.Form(adviser)...)
	webtest.Contains(a.T, body, "Zofia", "wymienia osoby")
	resp, _ := a.site.Want(a.T, http.StatusSeeOther, "POST", "/d/trial/answers/new", webtest.Values(append(fields, "question.pl", "Czy można hodować zwierzęta egzotyczne?")...), webtest.Form(adviser)...)
	path, _, _ := strings.Cut(resp.Header.Get("Location"), "?")
	publish := webtest.Values("action", "publish", "version", "1")
	_, body = a.site.Want(a.T, http.StatusForbidden, "POST", path+"/actions", publish, webtest.Form(adviser)...)
	webtest.Contains(a.T, body, "To Twój tekst")
	a.site.Want(a.T, http.StatusNotFound, "GET", path, "")
	a.site.Want(a.T, http.StatusSeeOther, "POST", path+"/actions", publish, webtest.Form(second)...)
	a.site.Want(a.T, http.StatusOK, "GET", path, "")
}

// read makes all requests as each reader.
func (a *adviceAttack) read() map[string]responses {
	all := map[string]responses{}
	requests := a.outlets.requests(a.target)
	for _, words := range append(slices.Clone(adviceWords), "zwierzęta") {
		q := url.QueryEscape(words)
		requests = append(requests, request{"/d/{district}/answers", "/d/trial/answers?q=" + q, ""}, request{"", "/api/v1/districts/trial/search?q=" + q, ""}, request{"", "/d/trial?q=" + q, ""})
	}
	requests = append(requests, request{"", "/d/trial/answers?at=19.93,50.03", ""}, request{"", "/api/v1/districts/trial/answers?at=19.93,50.03", ""})
	for name, header := range a.readers {
		all[name] = responses{}
		for _, r := range requests {
			method := http.MethodGet
			if r.body != "" {
				method = http.MethodPost
			}
			if strings.HasSuffix(r.pattern, "/changes") || header != nil && strings.Contains(r.target, "?") && !strings.Contains(r.target, "?q=") {
				continue // a stream, whose version is in the page of the map; the same filters as those of the public
			}
			w := httptest.NewRecorder()
			in := httptest.NewRequestWithContext(a.Context(), method, r.target, strings.NewReader(r.body))
			for i := 0; i+1 < len(header); i += 2 {
				in.Header.Set(header[i], header[i+1])
			}
			if r.body != "" {
				in.Header.Set("Content-Type", map[bool]string{true: "application/json", false: "application/x-www-form-urlencoded"}[r.body[0] == '{'])
			}
			a.outlets.handler.ServeHTTP(w, in)
			for _, changing := range []string{"Set-Cookie", "Date"} {
				w.Header().Del(changing)
			}
			headers, _ := json.Marshal(w.Header())
			all[name][r.String()] = fmt.Sprintf("%d\n%s\n%s", w.Code, headers, randomKey.ReplaceAll(w.Body.Bytes(), nil))
		}
	}
	return all
}

// check looks for something private in a response: words that were not asked for,
// coordinates that were not in the response before, such as those of a grid of hexes,
// and the number of the request.
func (a *adviceAttack) check(name, request, body, before string, id int64) {
	asked, _ := url.QueryUnescape(request)
	for _, word := range adviceWords {
		if !strings.Contains(strings.ToLower(asked), strings.ToLower(word)) && strings.Contains(strings.ToLower(body), strings.ToLower(word)) {
			a.Errorf("%s reads %q at %s", name, word, request)
		}
	}
	for _, digits := range adviceDigits {
		if strings.Count(body, digits) > strings.Count(before, digits) {
			a.Errorf("%s reads the coordinate %s at %s", name, digits, request)
		}
	}
	if strings.Contains(request, fmt.Sprint(id)) {
		return
	}
	for _, number := range []string{fmt.Sprintf("/advice/%d", id), fmt.Sprintf(`"id":%d,`, id)} {
		if strings.Contains(body, number) {
			a.Errorf("%s reads the number of the request at %s", name, request)
		}
	}
}

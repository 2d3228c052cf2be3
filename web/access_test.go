package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/webtest"
)

// caller is who calls a route in TestAccess. The pin 1 is in the area "west" of the
// district "trial".
type caller string

// The callers, one of each role in each relation to the things.
const (
	unknown            caller = "unknown"
	contact            caller = "contact"  // who reported nothing
	reporter           caller = "reporter" // of the thing
	member             caller = "member"   // of the organisation that the pin 3 is
	memberElsewhere    caller = "member of another organisation"
	adviser            caller = "adviser"
	council            caller = "council"
	animator           caller = "animator" // of the area
	animatorElsewhere  caller = "animator of the area east"
	moderator          caller = "moderator"
	admin              caller = "admin"
	moderatorElsewhere caller = "moderator of another district"
	expired            caller = "moderator whose role has ended"
)

var callers = []caller{unknown, contact, reporter, member, memberElsewhere, adviser, council, animator, animatorElsewhere, moderator, admin, moderatorElsewhere, expired}

// Sets of callers, for the rows of accessRows.
var (
	everybody      = callers
	anySession     = callers[1:] // whoever has signed in
	accountHolders = callers[3:]
	onlyAdmin      = []caller{admin}
	editors        = []caller{member, animator, moderator} // of the pin 3
	pageEditors    = []caller{council, moderator, admin}
	residents      = []caller{contact, reporter}
	inDistrict     = callers[1:11] // with a role in it, or a contact of it
	areaStaff      = []caller{animator, animatorElsewhere, moderator}
	repliers       = []caller{council, animator, animatorElsewhere, moderator}
	staffOfKinds   = []caller{animator, animatorElsewhere, moderator}
	atDesk         = []caller{animator, animatorElsewhere, moderator, admin}
	ofArea         = []caller{animator, moderator, admin} // in which the thing is
)

// accessRow is who may call a route. The route gets a request that succeeds for
// them, with the status; all others get 401 or 403.
type accessRow struct {
	route  string // method and pattern
	path   string
	body   string // of a POST: JSON, or a form
	status int
	may    []caller
}

// accessRows has a row for every route. A subject that adds routes adds its rows.
func accessRows() []accessRow {
	const d, api = "/d/trial", "/api/v1/districts/trial"
	return append(kindAccessRows(), []accessRow{
		{"GET /", "/", "", 200, everybody},
		{"GET /openapi.yaml", "/openapi.yaml", "", 200, everybody},
		{"GET /favicon.ico", "/favicon.ico", "", 200, everybody},
		{"GET /robots.txt", "/robots.txt", "", 200, everybody},
		{"GET /assets/{file}", "/assets/nothing.js", "", 404, everybody},
		{"GET /healthz", "/healthz", "", 200, everybody},
		{"GET /readyz", "/readyz", "", 200, everybody},

		{"GET /d/{district}", d, "", 200, everybody},
		{"GET /d/{district}/hotspots", d + "/hotspots", "", 200, everybody},
		{"POST /d/{district}/hotspots", d + "/hotspots", "place=nowhere", 200, everybody},
		{"GET /d/{district}/hotspots.csv", d + "/hotspots.csv", "", 200, everybody},
		{"GET /d/{district}/hotspots.xlsx", d + "/hotspots.xlsx", "", 200, everybody},
		{"GET /api/v1/districts/{district}/hotspots", api + "/hotspots", "", 200, everybody},
		{"GET /api/v1/districts/{district}/hotspots/{cell}/trend", api + "/hotspots/881e2040d5fffff/trend", "", 200, everybody},
		{"GET /d/{district}/print", d + "/print", "", 200, everybody},
		{"GET /d/{district}/areas/{area}", d + "/areas/west", "", 200, everybody},
		{"GET /d/{district}/areas/{area}.csv", d + "/areas/west.csv", "", 200, everybody},
		{"GET /d/{district}/areas/{area}.xlsx", d + "/areas/west.xlsx", "", 200, everybody},
		{"GET /api/v1/districts/{district}/areas/{area}/summary", api + "/areas/west/summary", "", 200, everybody},
		{"GET /d/{district}/compare", d + "/compare?area=west&area=east", "", 200, everybody},
		{"GET /d/{district}/compare.csv", d + "/compare.csv?area=west&area=east", "", 200, everybody},
		{"GET /d/{district}/compare.xlsx", d + "/compare.xlsx?area=west&area=east", "", 200, everybody},
		{"GET /d/{district}/pins/{id}", d + "/pins/1", "", 200, everybody},
		{"GET /d/{district}/pins/{id}/edit", d + "/pins/3/edit", "", 200, editors},
		{"POST /d/{district}/pins/{id}/edit", d + "/pins/3/edit", "version=1&title=", 422, editors},
		{"GET /d/{district}/private/{link}", d + "/private/x", "", 404, everybody},
		{"GET /d/{district}/pins.csv", d + "/pins.csv", "", 200, everybody},
		{"GET /d/{district}/pins.xlsx", d + "/pins.xlsx", "", 200, everybody},
		{"GET /d/{district}/pins.geojson", d + "/pins.geojson", "", 200, everybody},
		{"GET /d/{district}/pins.atom", d + "/pins.atom", "", 200, everybody},
		{"GET /d/{district}/pins/{id}.atom", d + "/pins/1.atom", "", 200, everybody},
		{"GET /d/{district}/pins/{id}/support", d + "/pins/1/support", "", 200, everybody},
		{"POST /d/{district}/pins/{id}/support", d + "/pins/1/support", "do=withdraw", 303, everybody},
		{"GET /d/{district}/follow", d + "/follow?area=west", "", 200, everybody},
		{"POST /d/{district}/follow", d + "/follow?area=west", "cadence=x", 400, everybody},
		{"GET /d/{district}/confirm/{token}", d + "/confirm/x", "", 404, everybody},
		{"POST /d/{district}/confirm/{token}", d + "/confirm/x", "", 404, everybody},
		{"GET /d/{district}/unsubscribe/{token}", d + "/unsubscribe/x", "", 404, everybody},
		{"POST /d/{district}/unsubscribe/{token}", d + "/unsubscribe/x", "", 404, everybody},
		{"GET /d/{district}/answer/{token}", d + "/answer/x", "", 404, everybody},
		{"POST /d/{district}/answer/{token}", d + "/answer/x", "text=x", 404, everybody},
		{"GET /d/{district}/better/{token}", d + "/better/x", "", 404, everybody},
		{"POST /d/{district}/better/{token}", d + "/better/x", "better=yes", 404, everybody},
		{"GET /d/{district}/organisations/network", d + "/organisations/network", "", 200, everybody},
		{"GET /api/v1/districts/{district}/organisations/network", api + "/organisations/network", "", 200, everybody},
		{"GET /d/{district}/object/{token}", d + "/object/x", "", 404, everybody},
		{"POST /d/{district}/object/{token}", d + "/object/x", "text=x", 404, everybody},
		{"POST /d/{district}/me/follows/{id}", d + "/me/follows/1", "do=end", 404, anySession},
		{"GET /d/{district}/add", d + "/add", "", 200, everybody},
		{"POST /d/{district}/add", d + "/add", "step=1&do=search&place=", 200, everybody},

		{"GET /d/{district}/outcomes", d + "/outcomes", "", 200, everybody},
		{"GET /api/v1/districts/{district}/search", api + "/search?q=lipa", "", 200, everybody},
		{"GET /d/{district}/calendar", d + "/calendar", "", 200, everybody},
		{"GET /d/{district}/calendar.ics", d + "/calendar.ics", "", 200, everybody},
		{"GET /api/v1/districts/{district}/calendar", api + "/calendar", "", 200, everybody},
		{"GET /d/{district}/measures", d + "/measures", "", 200, everybody},
		{"GET /d/{district}/measures.csv", d + "/measures.csv", "", 200, everybody},
		{"GET /d/{district}/measures.xlsx", d + "/measures.xlsx", "", 200, everybody},
		{"GET /d/{district}/measures/{measure}", d + "/measures/ideas", "", 200, everybody},
		{"GET /d/{district}/year", d + "/year", "", 200, everybody},
		{"GET /api/v1/districts/{district}/measures", api + "/measures", "", 200, everybody},
		{"GET /d/{district}/my-calendar/{token}", d + "/my-calendar/x", "", 404, everybody},
		{"POST /d/{district}/questions/{id}/support", d + "/questions/1/support", "", 404, everybody},
		{"GET /d/{district}/events/{id}/event.ics", d + "/events/1/event.ics", "", 404, everybody},
		{"GET /d/{district}/events/{id}/poster", d + "/events/1/poster", "", 404, everybody},
		{"GET /d/{district}/events/{id}/register", d + "/events/1/register", "", 404, everybody},
		{"POST /d/{district}/events/{id}/register", d + "/events/1/register", "seats=1", 404, everybody},
		{"GET /d/{district}/events/{id}/registrations", d + "/events/1/registrations", "", 404, callersOf(civic.EventThing.Rules().Roles[civic.Edit])},
		{"POST /d/{district}/events/{id}/registrations", d + "/events/1/registrations", "", 404, callersOf(civic.EventThing.Rules().Roles[civic.Edit])},
		{"GET /d/{district}/registrations/{token}", d + "/registrations/x", "", 404, everybody},
		{"POST /d/{district}/registrations/{token}", d + "/registrations/x", "do=cancel", 404, everybody},
		{"GET /d/{district}/ideas/{id}/merge", d + "/ideas/1/merge", "", 404, areaStaff},
		{"POST /d/{district}/ideas/{id}/merge", d + "/ideas/1/merge", "version=1", 404, areaStaff},
		{"GET /d/{district}/events/{id}/ideas/enter", d + "/events/1/ideas/enter", "", 404, areaStaff},
		{"POST /d/{district}/events/{id}/ideas/enter", d + "/events/1/ideas/enter", "text=x", 404, areaStaff},
		{"GET /api/v1/districts/{district}/events/{id}/weighing", api + "/events/1/weighing", "", 404, everybody},
		{"GET /api/v1/districts/{district}/events/{id}/weighing/ballot", api + "/events/1/weighing/ballot", "", 404, everybody},
		{"PUT /api/v1/districts/{district}/events/{id}/weighing/ballot", api + "/events/1/weighing/ballot", `{"choices": []}`, 404, everybody},
		{"GET /d/{district}/events/{id}/weighing", d + "/events/1/weighing", "", 404, everybody},
		{"POST /d/{district}/events/{id}/weighing", d + "/events/1/weighing", "dots.1=1", 404, everybody},
		{"GET /d/{district}/events/{id}/grouping", d + "/events/1/grouping", "", 404, areaStaff},
		{"POST /d/{district}/events/{id}/grouping", d + "/events/1/grouping", "name=x", 404, areaStaff},
		{"GET /d/{district}/recommendations/{id}/reply", d + "/recommendations/1/reply", "", 404, repliers},
		{"POST /d/{district}/recommendations/{id}/reply", d + "/recommendations/1/reply", "version=1", 404, repliers},
		{"GET /d/{district}/programmes/{id}/selection", d + "/programmes/1/selection", "", 404, staffOfKinds},
		{"POST /d/{district}/programmes/{id}/selection", d + "/programmes/1/selection", "version=1", 404, staffOfKinds},
		{"GET /d/{district}/programmes/{id}/attendance", d + "/programmes/1/attendance", "", 404, staffOfKinds},
		{"POST /d/{district}/programmes/{id}/attendance", d + "/programmes/1/attendance", "", 404, staffOfKinds},
		{"GET /d/{district}/enrolments/{id}/certificate", d + "/enrolments/1/certificate", "", 404, anySession},
		{"GET /d/{district}/enrolments/{id}/certificate.pdf", d + "/enrolments/1/certificate.pdf", "", 404, anySession},
		{"GET /d/{district}/certificates/{number}", d + "/certificates/x", "", 404, everybody},
		{"POST /d/{district}/certificates/{number}", d + "/certificates/x", "name=x", 404, everybody},
		{"GET /d/{district}/recommendations/numbers.csv", d + "/recommendations/numbers.csv", "", 200, everybody},
		{"GET /d/{district}/recommendations/numbers.xlsx", d + "/recommendations/numbers.xlsx", "", 200, everybody},

		{"GET /d/{district}/advice/sent", d + "/advice/sent", "", 200, everybody},
		{"POST /d/{district}/advice/{id}/evaluation", d + "/advice/1/evaluation", "version=1", 404, anySession},
		{"POST /d/{district}/advice/{id}/consent", d + "/advice/1/consent", "version=1", 404, anySession},
		{"POST /d/{district}/advice/{id}/hand-over", d + "/advice/1/hand-over", "to=1", 404, []caller{adviser, moderator}},
		{"GET /d/{district}/desk/advisers", d + "/desk/advisers", "", 200, []caller{adviser, moderator, admin}},
		{"POST /d/{district}/desk/advisers", d + "/desk/advisers", "adviser=0", 422, []caller{adviser, moderator, admin}},
		{"GET /d/{district}/council", d + "/council", "", 200, everybody},
		{"GET /d/{district}/council/new", d + "/council/new", "", 200, pageEditors},
		{"POST /d/{district}/council/new", d + "/council/new", "title.pl=", 422, pageEditors},
		{"GET /d/{district}/council/{page}", d + "/council/x", "", 404, everybody},
		{"GET /d/{district}/council/{page}/edit", d + "/council/x/edit", "", 404, pageEditors},
		{"POST /d/{district}/council/{page}/edit", d + "/council/x/edit", "version=1&title.pl=", 422, pageEditors},
		{"GET /d/{district}/wards/{ward}", d + "/wards/x", "", 404, everybody},
		{"GET /d/{district}/represents", d + "/represents?lon=19.93&lat=50.03", "", 200, everybody},
		{"POST /d/{district}/represents", d + "/represents", "lon=19.93&lat=50.03", 303, everybody},
		{"GET /api/v1/districts/{district}/wards", api + "/wards", "", 200, everybody},
		{"GET /api/v1/districts/{district}/represents", api + "/represents?lon=19.93&lat=50.03", "", 200, everybody},
		{"GET /api/v1/districts/{district}/things/{id}", api + "/things/1", "", 200, []caller{reporter, council, animator, moderator}},
		{"POST /api/v1/districts/{district}/things/{id}/actions", api + "/things/1/actions", `{"action":"publish"}`, 400, anySession}, // without If-Match
		{"POST /d/{district}/things/{id}/figures", d + "/things/1/figures", "version=1", 404, anySession},
		{"GET /api/v1/districts/{district}/things/{id}/figures", api + "/things/1/figures", "", 404, everybody},
		{"POST /api/v1/districts/{district}/things/{id}/figures", api + "/things/1/figures", "", 400, anySession},

		{"GET /api/v1/districts", "/api/v1/districts", "", 200, everybody},
		{"GET /api/v1/districts/{district}", api, "", 200, everybody},
		{"GET /api/v1/districts/{district}/areas", api + "/areas", "", 200, everybody},
		{"GET /api/v1/districts/{district}/categories", api + "/categories", "", 200, everybody},
		{"GET /api/v1/districts/{district}/places", api + "/places?q=ryn", "", 200, everybody},
		{"POST /api/v1/districts/{district}/places", api + "/places", `{"q":"ryn"}`, 200, everybody},
		{"GET /api/v1/districts/{district}/pins", api + "/pins", "", 200, everybody},
		{"POST /api/v1/districts/{district}/pins", api + "/pins", `{"category":"trees","title":"Lipa","lon":19.93,"lat":50.03}`, 201, everybody},
		{"GET /api/v1/districts/{district}/pins/{id}", api + "/pins/1", "", 200, everybody},
		{"GET /api/v1/districts/{district}/hexes", api + "/hexes", "", 200, everybody},
		{"GET /api/v1/districts/{district}/stats", api + "/stats", "", 200, everybody},
		{"GET /api/v1/districts/{district}/coverage", api + "/coverage", "", 200, everybody},
		{"GET /d/{district}/coverage", d + "/coverage", "", 200, everybody},
		{"GET /d/{district}/coverage.csv", d + "/coverage.csv", "", 200, everybody},
		{"GET /d/{district}/coverage.xlsx", d + "/coverage.xlsx", "", 200, everybody},
		{"GET /api/v1/districts/{district}/compare", api + "/compare?area=west&area=east", "", 200, everybody},
		{"GET /api/v1/districts/{district}/changes", api + "/changes", "", 200, everybody},
		{"GET /tiles/{district}/pins.json", "/tiles/trial/pins.json", "", 200, everybody},
		{"GET /tiles/{district}/hexes.json", "/tiles/trial/hexes.json", "", 200, everybody},
		{"GET /tiles/{district}/areas.json", "/tiles/trial/areas.json", "", 200, everybody},
		{"GET /tiles/{district}/things.json", "/tiles/trial/things.json", "", 200, everybody},
		{"GET /tiles/{district}/pins/{z}/{x}/{y}.mvt", "/tiles/trial/pins/11/1137/694.mvt", "", 200, everybody},
		{"GET /tiles/{district}/hexes/{z}/{x}/{y}.mvt", "/tiles/trial/hexes/11/1137/694.mvt", "", 200, everybody},
		{"GET /tiles/{district}/areas/{z}/{x}/{y}.mvt", "/tiles/trial/areas/11/1137/694.mvt", "", 200, everybody},
		{"GET /tiles/{district}/things/{z}/{x}/{y}.mvt", "/tiles/trial/things/11/1137/694.mvt", "", 200, everybody},
		{"GET /basemap.json", "/basemap.json", "", 404, everybody},
		{"GET /basemap/{hash}/{z}/{x}/{y}", "/basemap/0/0/0/0", "", 404, everybody},

		{"GET /sign-in", "/sign-in", "", 200, everybody},
		{"POST /sign-in", "/sign-in", "email=anna@example.org", 303, everybody},
		{"GET /sign-in/code", "/sign-in/code", "", 200, everybody},
		{"POST /sign-in/code", "/sign-in/code", "code=1", 422, everybody},
		{"GET /sign-in/{token}", "/sign-in/x", "", 404, everybody},
		{"POST /sign-in/{token}", "/sign-in/x", "", 404, everybody},
		{"POST /sign-out", "/sign-out", "", 303, everybody},
		{"GET /account", "/account", "", 200, anySession},
		{"POST /account", "/account", "end=others", 303, anySession},
		{"GET /account/export", "/account/export", "", 200, accountHolders},
		{"GET /d/{district}/today", d + "/today", "", 200, inDistrict},
		{"GET /api/v1/districts/{district}/today", api + "/today", "", 200, inDistrict},
		{"GET /d/{district}/me", d + "/me", "", 200, residents},
		{"POST /d/{district}/me", d + "/me", "do=save&language=en&cadence=daily", 303, residents},
		{"GET /d/{district}/me/export", d + "/me/export", "", 200, residents},
		{"POST /account/extend", "/account/extend", "", 200, anySession},

		{"GET /d/{district}/people", d + "/people", "", 200, onlyAdmin},
		{"POST /d/{district}/people", d + "/people", "do=give", 422, onlyAdmin},

		{"GET /d/{district}/desk", d + "/desk", "", 200, atDesk},
		{"POST /d/{district}/desk", d + "/desk", "do=publish", 422, atDesk},
		{"GET /d/{district}/desk/{id}", d + "/desk/1", "", 200, ofArea},
		{"POST /d/{district}/desk/{id}", d + "/desk/1", "do=hide&version=1", 422, ofArea},
		{"POST /d/{district}/desk/{id}/presence", d + "/desk/1/presence", "version=1", 200, ofArea},
		{"GET /d/{district}/desk/numbers", d + "/desk/numbers?area=west", "", 200, ofArea},
		{"GET /d/{district}/desk/numbers.csv", d + "/desk/numbers.csv", "", 200, atDesk},
		{"GET /d/{district}/desk/numbers.xlsx", d + "/desk/numbers.xlsx", "", 200, atDesk},
		{"GET /d/{district}/desk/audit", d + "/desk/audit", "", 200, onlyAdmin},
		{"GET /d/{district}/desk/audit.csv", d + "/desk/audit.csv", "", 200, onlyAdmin},
		{"GET /d/{district}/desk/audit.xlsx", d + "/desk/audit.xlsx", "", 200, onlyAdmin},
		{"GET /d/{district}/desk/audit.jsonl", d + "/desk/audit.jsonl", "", 200, onlyAdmin},
		{"POST /api/v1/districts/{district}/things/{id}/reports", api + "/things/1/reports", `{"ground": "spam", "text": ""}`, 422, everybody},
		{"GET /d/{district}/pins/{id}/report", d + "/pins/1/report", "", 200, everybody},
		{"POST /d/{district}/pins/{id}/report", d + "/pins/1/report", "", 422, everybody},
	}...)
}

// TestAccess calls every route as every caller, and checks that each is let in or
// kept out as its row says, and that no cache may keep a page of somebody who has
// signed in. A route without a row fails.
func TestAccess(t *testing.T) {
	s, header := openWithCallers(t)
	rows := map[string]bool{}
	for _, row := range accessRows() {
		rows[row.route] = true
		for _, who := range callers {
			checkAccess(t, s, row, who, header(who))
		}
	}
	for _, route := range s.App.Routes() {
		if name := route.Method + " " + route.Pattern; !rows[name] {
			t.Errorf("accessRows has no row of %s", name)
		}
	}
	if len(rows) != len(s.App.Routes()) {
		t.Errorf("%d rows of %d routes", len(rows), len(s.App.Routes()))
	}
}

// checkAccess calls the route of a row.
func checkAccess(t *testing.T, s *webtest.Site, row accessRow, who caller, header []string) {
	t.Helper()
	method, _, _ := strings.Cut(row.route, " ")
	switch {
	case strings.HasSuffix(row.path, "/changes"):
		method = http.MethodHead // a stream does not end
	case strings.HasPrefix(row.body, "{"):
		header = append([]string{"Content-Type", "application/json"}, header...)
	case method == http.MethodPost:
		header = webtest.Form(header)
	}
	resp, body := s.Do(t, method, row.path, row.body, header...)
	want := row.status
	if !slices.Contains(row.may, who) {
		want = http.StatusForbidden
		if who == unknown {
			want = http.StatusUnauthorized
		}
	}
	if back := "/sign-in?next=" + url.QueryEscape(row.path); want == http.StatusUnauthorized && resp.Header.Get("Location") == back {
		want = http.StatusSeeOther // a page
	}
	if resp.StatusCode != want {
		t.Errorf("%s by %s: status %d, want %d\n%.300s", row.route, who, resp.StatusCode, want, body)
	}
	isPage := strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html")
	if control := resp.Header.Get("Cache-Control"); isPage && who != unknown && control != serve.PrivateNoStore {
		t.Errorf("%s by %s: Cache-Control is %q", row.route, who, control)
	}
	if found := inlineCode(body); isPage && found != "" {
		t.Errorf("%s by %s: the policy does not allow %s", row.route, who, found)
	}
}

// openWithCallers starts a server with the pin 1, and returns the header of a new session of each caller.
func openWithCallers(t *testing.T) (*webtest.Site, func(caller) []string) {
	t.Helper()
	d := webtest.District(civic.ModerateAfter)
	d.Categories = append(d.Categories, civic.Category{Slug: "ngo", Kind: civic.Organisation, Visibility: civic.Exact, Colour: "#336666", Label: civic.Text{"pl": "Organizacje"}})
	s := webtest.OpenConfig(t, web.Config{Writes: 1e5, Mails: 1e5}, d, nil)
	draft := civic.Draft{Category: "trees", Title: "Lipa", Point: orb.Point{19.93, 50.03}, ReportedOn: 20000, Email: "reporter@example.org"}
	people := map[caller]civic.Person{}
	_, people[reporter] = s.Report(t, draft)
	draft.Email = "contact@example.org"
	_, people[contact] = s.Report(t, draft)
	draft.Category, draft.Title = "ngo", "Dom Sąsiedzki"
	organisation, _ := s.Report(t, draft)
	another, _ := s.Report(t, draft)
	other := webtest.District(civic.ModerateAfter)
	other.Slug = "other"
	if err := s.Store.AddDistrict(t.Context(), &other); err != nil {
		t.Fatal(err)
	}
	trial, err := s.Store.District(t.Context(), "trial")
	if err != nil {
		t.Fatal(err)
	}
	give := func(who caller, d *civic.District, role civic.Role, area string, until time.Time, organisation ...int64) {
		email := strings.ReplaceAll(string(who), " ", ".") + "@example.org"
		gift := civic.Gift{Email: email, Name: string(who), Role: role, Area: area, Until: until, Reason: "a test"}
		if organisation != nil {
			gift.Organisation = organisation[0]
		}
		given, err := s.Store.GiveRole(t.Context(), d, civic.Actor{Kind: civic.Operator, Name: "root"}, gift)
		if err != nil {
			t.Fatal(err)
		}
		people[who] = civic.Person{Kind: civic.Account, ID: given.AccountID}
	}
	for _, who := range []caller{adviser, council, moderator, admin} {
		role, err := civic.ParseRole(string(who))
		if err != nil {
			t.Fatal(err)
		}
		give(who, &trial, role, "", time.Time{})
	}
	give(member, &trial, civic.Member, "", time.Time{}, organisation)
	give(memberElsewhere, &trial, civic.Member, "", time.Time{}, another)
	give(animator, &trial, civic.Animator, "west", time.Time{})
	give(animatorElsewhere, &trial, civic.Animator, "east", time.Time{})
	give(moderatorElsewhere, &other, civic.Moderator, "", time.Time{})
	give(expired, &trial, civic.Moderator, "", time.Now().Add(time.Hour))
	if _, err := s.Connect(t).Exec(t.Context(), `update grants set until = now() where until is not null`); err != nil {
		t.Fatal(err)
	}
	return s, func(who caller) []string {
		if who == unknown {
			return nil
		}
		return s.Begin(t, people[who])
	}
}

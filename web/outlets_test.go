package web_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/kinds"
	"github.com/pinezka/pinezka/web/serve"
)

// outlets are all routes that serve GET, and those of POST that only read, such
// as the steps of the form, and the requests that an attacker makes of them. A
// new route joins by itself as long as the values of its parameters, or the
// bodies, are known here; otherwise the test fails.
type outlets struct {
	testing.TB
	handler  http.Handler
	routes   []serve.Route
	every    int             // each district makes one of so many variants of a request, in turn; of a page one of three times as many
	answered map[string]bool // whether a request of the route, such as "GET /", has had the status 200
}

// request is a request of a route, by POST if it has a body.
type request struct{ pattern, target, body string }

// String returns the target and the body.
func (r request) String() string { return strings.TrimSpace(r.target + " " + r.body) }

// route returns the method and the pattern of the route.
func (r request) route() string {
	if r.body != "" {
		return "POST " + r.pattern
	}
	return "GET " + r.pattern
}

// responses are the responses to requests, with all headers, by request.
type responses map[string]string

// requests returns the requests for a district: every path without a query, and
// variants of the query. Every hundredth district also makes those of routes
// that are not of a district.
func (o *outlets) requests(d *target) (all []request) {
	others := otherKinds()
	for _, route := range o.routes {
		if route.Pattern == "/readyz" { // has the time of the last reading
			continue
		}
		if !strings.Contains(route.Pattern, "{district}") && d.number%100 > 0 {
			continue
		}
		if i := slices.IndexFunc(others, func(kind string) bool { return ofKind(route.Pattern, kind) }); i >= 0 && o.every > 1 && i != d.number%len(others) {
			continue // each district has the routes of one of the other kinds, in turn
		}
		every := o.every
		if route.Errors == serve.HTML && every > 1 { // takes longer
			every *= 3
		}
		paths := o.paths(route.Pattern, d)
		if len(paths) == 0 {
			continue
		}
		if route.Method == http.MethodPost {
			for i, body := range o.bodies(route, d) {
				if (i+d.number)%o.every == 0 {
					all = append(all, request{route.Pattern, paths[0], body})
				}
			}
			continue
		}
		for _, path := range paths {
			all = append(all, request{route.Pattern, path, ""})
		}
		for i, query := range o.queries(route, d) {
			if (i+d.number)%every == 0 {
				all = append(all, request{route.Pattern, paths[i%len(paths)] + "?" + query, ""})
			}
		}
	}
	return all
}

// otherKinds returns the plurals of the kinds of things other than pins and offices.
func otherKinds() (plurals []string) {
	for _, kind := range kinds.All(kinds.Config{}) {
		if kind.Kind != civic.OfficeThing {
			plurals = append(plurals, kind.Plural())
		}
	}
	return plurals
}

// ofKind reports whether a route is one of a kind of things with a plural.
func ofKind(pattern, plural string) bool {
	_, end, found := strings.Cut(pattern, "/{district}/"+plural)
	return found && (end == "" || end[0] == '/' || end[0] == '.')
}

// bodies returns the bodies of a route of POST.
func (o *outlets) bodies(route serve.Route, d *target) []string {
	switch route.Pattern {
	case "/d/{district}/add":
		return d.forms()
	case "/d/{district}/hotspots":
		return []string{"place=square", "place=area1", "place=nowhere", "lon=" + fmt.Sprint(d.pins[0].Shown.Point.Lon()) + "&lat=" + fmt.Sprint(d.pins[0].Shown.Point.Lat())}
	case "/d/{district}/represents":
		return []string{"do=search&place=square", "do=search&place=area1", "do=search&place=alder0", "do=search&place=" + movedWord}
	case "/api/v1/districts/{district}/places":
		return d.placeSearches()
	}
	o.Errorf("the attack has no bodies of POST %s; add them", route.Pattern)
	return nil
}

// placeSearches returns bodies of the place search, some of them near a pin.
func (d *target) placeSearches() (all []string) {
	for i, words := range []string{"square", "area1", movedWord, "alder0"} {
		near := d.pins[i%len(d.pins)].Shown.Point
		all = append(all, fmt.Sprintf(`{"q":%q,"limit":50}`, words), fmt.Sprintf(`{"q":%q,"near":[%f,%f]}`, words, near.Lon(), near.Lat()))
	}
	return all
}

// forms returns bodies of the form that only move between its steps.
func (d *target) forms() (all []string) {
	add := func(values ...string) {
		form := url.Values{"key": {strings.Repeat("k", 26)}}
		for i := 0; i < len(values); i += 2 {
			form.Set(values[i], values[i+1])
		}
		all = append(all, form.Encode())
	}
	for i := range d.pins {
		add("step", "1", "do", "search", "place", fmt.Sprintf("alder%d", i))
	}
	for _, words := range []string{"square", "area1", movedWord} {
		add("step", "1", "do", "search", "place", words)
	}
	at := geo.Centre(d.Boundary) // the form only says whether a place is in the district
	lon, lat := fmt.Sprint(at.Lon()), fmt.Sprint(at.Lat())
	add("step", "1", "do", "next", "lon", "0", "lat", "0")
	add("step", "1", "do", "next", "lon", lon, "lat", lat)
	for _, c := range d.Categories {
		add("step", "2", "do", "next", "lon", lon, "lat", lat, "category", c.Slug)
		add("step", "3", "do", "back", "lon", lon, "lat", lat, "category", c.Slug, "title", "x")
	}
	return all
}

// checkAnswered checks that some request of each route was successful.
func (o *outlets) checkAnswered() {
	without := []string{
		"/readyz", "/basemap.json", "/basemap/{hash}/{z}/{x}/{y}", "/assets/{file}", "/d/{district}/private/{link}", "/sign-in/{token}",
		"/d/{district}/registrations/{token}", "/d/{district}/my-calendar/{token}", "/d/{district}/certificates/{number}", "/d/{district}/events/{id}/weighing", "/api/v1/districts/{district}/events/{id}/weighing", "/api/v1/districts/{district}/events/{id}/weighing/ballot", "/d/{district}/events/{id}/event.ics", "/d/{district}/events/{id}/poster", "/d/{district}/events/{id}/register", "/d/{district}/confirm/{token}", "/d/{district}/unsubscribe/{token}", "/d/{district}/answer/{token}", "/d/{district}/better/{token}", "/d/{district}/object/{token}",
		"/api/v1/districts/{district}/things/{id}/figures", "/d/{district}/council/{page}", "/d/{district}/wards/{ward}",
		"/d/{district}/me", "/d/{district}/me/export",
	}
	for _, route := range o.routes {
		if route.Access == serve.Public && !o.answered[route.Method+" "+route.Pattern] && !slices.Contains(without, route.Pattern) && !isOfKind(route.Pattern, "/{id}", "/{id}.atom", "/{id}/report", "/{id}/versions") {
			o.Errorf("no request of %s %s is successful: the attack lacks a value that the route requires", route.Method, route.Pattern)
		}
	}
}

// paths returns the paths of a pattern.
func (o *outlets) paths(pattern string, d *target) []string {
	paths := []string{strings.ReplaceAll(pattern, "{district}", d.Slug)}
	for _, name := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(paths[0], -1) {
		if name[1] == "x" || name[1] == "y" {
			continue // with z
		}
		values := d.pathValues(name[1])
		if values == nil {
			o.Errorf("the attack has no values of %s in %s; add them", name[0], pattern)
			return nil
		}
		var next []string
		for _, path := range paths {
			for _, value := range values {
				next = append(next, strings.NewReplacer(name[0], value, "/{x}/{y}", "").Replace(path))
			}
		}
		paths = next
	}
	return paths
}

// queries returns the variants of the query of a route.
func (o *outlets) queries(route serve.Route, d *target) []string {
	names := slices.Concat(route.Query.Single, route.Query.Repeated)
	var all []string
	for _, name := range names {
		values, known := d.queryValues(name, names)
		if !known {
			o.Errorf("the attack has no values of the parameter %s of %s; add them", name, route.Pattern)
		}
		for _, query := range values {
			if !slices.Contains(all, query) {
				all = append(all, query)
			}
		}
	}
	return all
}

// pathValues returns the values of a name in the pattern of a route, or nil for
// an unknown one.
func (d *target) pathValues(name string) []string {
	values := map[string]bool{}
	switch name {
	case "id":
		for _, pin := range d.pins {
			values[strconv.FormatInt(pin.id, 10)] = true
		}
		for _, id := range d.others {
			values[strconv.FormatInt(id, 10)] = true
		}
	case "z": // with x and y: the tiles over each pin
		for _, pin := range d.pins {
			for _, zoom := range []maptile.Zoom{0, 8, 12, 15, 18, 20} {
				t := maptile.At(pin.Shown.Point, zoom)
				values[fmt.Sprintf("%d/%d/%d", t.Z, t.X, t.Y)] = true
			}
		}
	case "area":
		for _, a := range d.Areas {
			values[a.Slug] = true
		}
	case "measure":
		for _, m := range civic.Measures() {
			values[string(m)] = true
		}
	case "cell":
		for _, pin := range d.pins {
			values[shownCell(pin.NewPin).Parent(8).String()] = true
		}
	case "link", "file", "hash", "token", "page", "ward", "number": // secret, or nothing that counts pins
		return []string{"nothing"}
	}
	return slices.Sorted(maps.Keys(values))
}

// queryValues returns queries that use a parameter of a route, which has the
// parameters of the names. It is false for an unknown parameter.
func (d *target) queryValues(name string, names []string) (all []string, known bool) {
	add := func(values ...string) {
		query := url.Values{}
		for i := 0; i < len(values); i += 2 {
			query.Set(values[i], values[i+1])
		}
		all = append(all, query.Encode())
	}
	each := func(values ...string) {
		for _, v := range values {
			add(name, v)
		}
	}
	switch name {
	case "kind":
		for _, k := range civic.Kinds() {
			each(k.String())
		}
	case "status":
		for _, s := range civic.Statuses() {
			each(s.String())
		}
	case "category":
		for _, c := range d.Categories {
			each(c.Slug)
		}
	case "area":
		for _, a := range d.Areas {
			each(a.Slug)
			for _, c := range d.Categories {
				add("area", a.Slug, "category", c.Slug)
			}
		}
	case "from", "to":
		for _, pin := range d.pins {
			month := pin.ReportedOn.Month().String()
			each(month, pin.ReportedOn.String())
			add("from", month, "to", month)
			add("from", pin.ReportedOn.String(), "to", pin.ReportedOn.String())
		}
	case "from2", "to2":
		for _, pin := range d.pins {
			month := pin.ReportedOn.Month().String()
			add("from", month, "to", month, "from2", month, "to2", month)
			add("area", d.Areas[0].Slug, "from2", pin.ReportedOn.String())
		}
		for _, c := range d.Categories {
			add("category", c.Slug, "to2", "2025-06")
		}
	case "split":
		for _, pin := range d.pins {
			each(pin.ReportedOn.Month().String(), pin.ReportedOn.String())
		}
	case "bbox":
		for _, pin := range d.pins {
			c := boxOf(shownCell(pin.NewPin)).Corners()
			each(fmt.Sprintf("%f,%f,%f,%f", c[0], c[1], c[2], c[3]))
		}
	case "q":
		each("square", "area1", movedWord)
		for i := range d.pins {
			each(fmt.Sprintf("alder%d", i))
		}
	case "after":
		for _, pin := range d.pins {
			after := fmt.Sprintf("%s.%d", pin.ReportedOn, pin.id)
			each(after)
			if slices.Contains(names, "limit") {
				add("after", after, "limit", "1")
			}
		}
	case "res":
		each("5", "6", "7", "8", "9", "10", "11")
	case "minimum":
		each("1", "50")
	case "lang":
		each(d.Languages...)
	case "month":
		for _, pin := range d.pins {
			each(pin.ReportedOn.Month().String())
			add("month", pin.ReportedOn.Month().String(), "months", "1")
		}
	case "months":
		each("1", "12")
	case "against":
		each("before", "year")
	case "since":
		each("x", cmp.Or(d.since, "y"))
	case "cell":
		for _, pin := range d.pins {
			cell := shownCell(pin.NewPin)
			each(cell.Parent(4).String(), cell.Parent(8).String(), cell.Parent(10).String(), cell.Parent(11).String())
		}
	case "show":
		each("hotspots")
	case "format":
		each("json", "geojson")
	case "permutations":
		each("0", "999")
	case "lon", "lat":
		at := geo.Centre(d.Boundary)
		add("lon", fmt.Sprint(at.Lon()), "lat", fmt.Sprint(at.Lat()))
	case "hide":
		each("offices")
	case "scale":
		each("1@9", "1,2,5@10")
	case "pin", "thing", "ids":
		for _, pin := range d.pins {
			each(strconv.FormatInt(pin.id, 10))
		}
	case "limit", "seed", "seen", "added", "edited", "ended", "done", "saved":
		each("1")
	case "queue", "flag", "last", "n", "action", "actor", "until", "before", "section", "skip": // of pages of the staff and of whoever has signed in alone
		each("1")
	case "about", "group", "ideas", "organisation", "organisers", "practicum_of", "programme", "rests_on", "answers", "by", "evidence", "for", "led_to", "met_by", "on", "partners", "serves", "uses": // things that the form of another one is to be linked to
		for _, pin := range d.pins {
			each(strconv.FormatInt(pin.id, 10))
		}
	case "choose":
		for _, pin := range d.pins {
			each("kind=need&cell=" + shownCell(pin.NewPin).Parent(8).String())
		}
		each("kind=need&area=" + d.Areas[0].Slug)
	case "state":
		each("current", "open", "running", "sent")
	case "at":
		at := geo.Centre(d.Boundary)
		each(fmt.Sprintf("%f,%f", at.Lon(), at.Lat()))
	case "of", "topic", "who", "coarseness":
		each("1", "planning", "resident")
	case "on_map", "overdue", "replied_on", "sent_on":
		each("yes")
	case "type":
		each("debate", "walk")
	case "accessibility", "cost", "every", "meetings", "moved", "named", "registration", "sheet", "source", "view", "weighing": // of events, ideas and the like
		each("step_free", "low", "week", "open", "1", "yes", "needed", "paper", "list", "dots")
	case "day":
		for _, pin := range d.pins {
			each(pin.ReportedOn.String())
		}
	case "outcome":
		each("accepted")
	case "addressee", "author", "email", "name", "number", "paragraph", "phone", "question", "ward", "what": // texts of things other than pins
		each("square")
	case "next":
		each("/d/"+d.Slug, "//example.org")
	default:
		return nil, false
	}
	return all, true
}

// responses makes requests. It leaves a stream after its first event.
func (o *outlets) responses(requests []request) responses {
	all := responses{}
	for _, request := range requests {
		ctx, leave := context.WithCancel(o.Context())
		w := firstEvent{httptest.NewRecorder(), leave}
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, request.target, nil)
		if request.body != "" {
			r = httptest.NewRequestWithContext(ctx, http.MethodPost, request.target, strings.NewReader(request.body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if request.body[0] == '{' {
				r.Header.Set("Content-Type", "application/json")
			}
		}
		o.handler.ServeHTTP(w, r)
		leave()
		if w.Code >= http.StatusTooManyRequests {
			o.Errorf("%s: status %d: %.300s", request, w.Code, w.Body)
		}
		var out strings.Builder
		fmt.Fprintln(&out, w.Code)
		for _, name := range slices.Sorted(maps.Keys(w.Header())) {
			fmt.Fprintln(&out, name, w.Header()[name])
		}
		out.Write(randomKey.ReplaceAll(w.Body.Bytes(), nil))
		all[request.String()] = out.String()
	}
	return all
}

// randomKey matches the key of an empty form, which is another one each time.
var randomKey = regexp.MustCompile(`name="key" value="[A-Z2-7]{26}"`)

// firstEvent is a recorder that closes a stream when it is first flushed. What
// the stream sends until it notices is recorded.
type firstEvent struct {
	*httptest.ResponseRecorder
	stop context.CancelFunc
}

func (w firstEvent) Flush() { w.stop() }

package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/webtest"
)

// walk makes random requests from the contract.
type walk struct {
	*testing.T
	*rand.Rand
	site     *webtest.Site
	contract *openapi3.T
	pins     int // in the index
}

// operation is an operation of the contract with its parameters.
type operation struct {
	method, pattern string
	parameters      []*openapi3.Parameter
}

// walkedRequest is a request and what the contract says about the response.
type walkedRequest struct {
	operation
	path, query string
	status      int    // 0 for 200, or 404 for an id
	fault       string // parameter that a problem must name; "" if there is none
}

// TestRandomWalk makes a hundred requests for each operation of the contract, valid and
// not, the same in every run. Each response conforms to the contract and none is an internal
// error; a valid request is never refused, and one with a fault is a 400 that
// names the parameter or field; HEAD has the headers of GET, and the entity tag
// is good for a 304. Case http-contract-promises-what-is-refused.
func TestRandomWalk(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	w := &walk{T: t, Rand: rand.New(rand.NewPCG(11, 5000)), site: s, contract: s.Contract(t), pins: 90}
	operations := w.operations()
	statuses := map[int]int{}
	for range 100 * len(operations) {
		if op := operations[w.IntN(len(operations))]; op.method == http.MethodPost {
			if strings.HasSuffix(op.pattern, "/places") {
				statuses[w.searchPlaces(op)]++
			} else {
				statuses[w.post(op)]++
			}
		} else {
			statuses[w.get(w.request(op))]++
		}
		if t.Failed() {
			break // one deviation has many followers
		}
	}
	t.Logf("statuses: %v", statuses)
	for _, status := range []int{200, 201, 400, 404, 422} {
		if statuses[status] < 20 {
			t.Errorf("only %d responses have status %d", statuses[status], status)
		}
	}
}

// operations returns the operations that anybody may call, of those that change
// something only those on pins, which are there twice: few of them add a pin.
func (w *walk) operations() (all []operation) {
	public := map[string]bool{}
	for _, route := range w.site.App.Routes() {
		writes := route.Method != http.MethodGet && !strings.HasSuffix(route.Pattern, "/pins") && !strings.HasSuffix(route.Pattern, "/places")
		public[route.Method+" "+route.Pattern] = route.Access == serve.Public && !writes
	}
	paths := w.contract.Paths.Map()
	for _, pattern := range slices.Sorted(maps.Keys(paths)) {
		item := paths[pattern]
		for _, method := range slices.Sorted(maps.Keys(item.Operations())) {
			if !public[method+" "+pattern] {
				continue
			}
			op := operation{method: method, pattern: pattern}
			for _, p := range slices.Concat(item.Parameters, item.GetOperation(method).Parameters) {
				op.parameters = append(op.parameters, p.Value)
			}
			all = append(all, op)
			if method == http.MethodPost && strings.HasSuffix(pattern, "/pins") {
				all = append(all, op)
			}
		}
	}
	return all
}

// request returns a random request: half of them are valid, the others have one
// fault.
func (w *walk) request(op operation) walkedRequest {
	values := map[string][]string{} // of parameters, not escaped
	for _, p := range op.parameters {
		if !p.Required && w.IntN(3) > 0 {
			continue
		}
		values[p.Name] = []string{w.valid(p, values)}
		if isRepeatable(p) && w.IntN(3) == 0 {
			values[p.Name] = append(values[p.Name], w.valid(p, values))
		}
	}
	if from, to := values["from"], values["to"]; from != nil && to != nil && from[0] > to[0] {
		from[0], to[0] = to[0][:7], from[0][:7]
	}
	if from, to := values["from2"], values["to2"]; from != nil && to != nil && from[0] > to[0] {
		from[0], to[0] = to[0][:7], from[0][:7]
	}
	if values["split"] != nil { // limits or replaces the others
		for _, name := range []string{"from", "to", "from2", "to2"} {
			delete(values, name)
		}
	}
	out := walkedRequest{operation: op}
	extra := ""
	if w.IntN(2) == 0 {
		extra = w.addFault(&out, values)
	}
	out.path, out.query = w.address(op, values)
	out.query = strings.Trim(out.query+"&"+extra, "&")
	return out
}

// valid returns a value that the contract permits for a parameter.
func (w *walk) valid(p *openapi3.Parameter, others map[string][]string) string {
	schema := p.Schema.Value
	if isRepeatable(p) {
		schema = schema.Items.Value
	}
	pick := func(from ...string) string { return from[w.IntN(len(from))] }
	side := func() int { // of the tile's zoom
		z, _ := strconv.Atoi(others["z"][0])
		return 1 << z
	}
	switch p.Name {
	case "district":
		return "trial"
	case "id":
		return strconv.Itoa(1 + w.IntN(w.pins+20))
	case "hash":
		return "0123456789abcdef01234567" // there is no basemap
	case "category":
		return pick("trees", "help", "fear")
	case "area":
		return pick("west", "east")
	case "from", "to", "from2", "to2":
		return pick("2024-10", "2024-12-03", "2025-01-20", "2025-02", "2025-06", "1970-01", "1970-01-01", "2149-06", "2149-06-06")
	case "split":
		return pick("2024-12", "2025-01-20", "1970-02")
	case "q":
		return pick("pinezka", "numer 1", "żółw", "a;b & c=%", "50%")
	case "bbox":
		return pick("19.9,50,19.95,50.06", "-180,-90,180,90", "19.93,50.03,19.93,50.03")
	case "cell":
		return pick("881e2040d5fffff", "8a1e2040d4affff", "841e205ffffffff")
	case "lon":
		return pick("19.9", "19.95", "19.999999")
	case "lat":
		return pick("50", "50.03", "50.0599")
	case "topic":
		return pick("planning", "ż")
	case "at":
		return pick("19.95,50.03", "-180,90")
	case "addressee":
		return pick("Zarząd Zieleni Miejskiej", "%", "ż")
	case "after":
		if schema.Type.Is("integer") {
			return strconv.Itoa(1 + w.IntN(w.pins))
		}
		return pick("2025-03-01.12", "1970-01-01.1", "2149-06-06.9007199254740991")
	case "ids":
		return pick("1", "2,1", "9007199254740991", strings.TrimSuffix(strings.Repeat("12,", 50), ","))
	case "since":
		return pick("x", "x-y", strings.Repeat("a", 64))
	case "month":
		return pick("1972-01", "2024-10", "2025-02", "2025-06")
	case "x":
		return strconv.Itoa(pickTile(w.Rand, side(), 19.95/360+.5))
	case "y":
		return strconv.Itoa(pickTile(w.Rand, side(), 0.3387))
	case "res":
		least, most := int(*schema.Min), int(*schema.Max)
		if others["z"] != nil {
			z, _ := strconv.Atoi(others["z"][0])
			most = min(most, max(least, (7*z+11)/10)+1)
		}
		if slices.Contains(others["category"], "fear") { // whose pins are counted in hexes of that resolution
			most = min(most, 9)
		}
		return strconv.Itoa(least + w.IntN(most-least+1))
	case "permutations":
		return pick("0", "999") // more take longer
	}
	switch {
	case len(schema.Enum) > 0:
		return fmt.Sprint(schema.Enum[w.IntN(len(schema.Enum))])
	case schema.Type.Is("integer"):
		return strconv.Itoa(int(*schema.Min) + w.IntN(int(*schema.Max-*schema.Min)+1))
	}
	w.Fatalf("the walk has no values for the parameter %s", p.Name)
	return ""
}

// pickTile returns a tile coordinate: mostly the one at the share of the side.
func pickTile(r *rand.Rand, side int, share float64) int {
	if r.IntN(4) == 0 {
		return r.IntN(side)
	}
	return int(share * float64(side))
}

// addFault adds one fault to the values, or returns it as a part of the query.
func (w *walk) addFault(out *walkedRequest, values map[string][]string) (query string) {
	out.status = http.StatusBadRequest
	var queried []*openapi3.Parameter
	for _, p := range out.parameters {
		if p.In == openapi3.ParameterInQuery {
			queried = append(queried, p)
		}
	}
	if len(queried) == 0 || w.IntN(8) == 0 {
		out.fault = []string{"colour", "KIND", "kind[]", "limit ", "utm_source"}[w.IntN(5)]
		return url.QueryEscape(out.fault) + "=1"
	}
	switch w.IntN(5) {
	case 0: // malformed
		p := queried[w.IntN(len(queried))]
		delete(values, p.Name)
		out.fault = p.Name
		return p.Name + []string{"=%zz", "=a;b", "=%ff", "=%00", "=%"}[w.IntN(5)]
	case 1: // empty
		p := queried[w.IntN(len(queried))]
		delete(values, p.Name)
		out.fault = p.Name
		return p.Name + []string{"=", ""}[w.IntN(2)]
	case 2: // repeated
		for _, p := range queried {
			if !isRepeatable(p) {
				out.fault = p.Name
				values[p.Name] = []string{w.valid(p, values), w.valid(p, values)}
				return ""
			}
		}
	}
	p := out.parameters[w.IntN(len(out.parameters))]
	out.fault = p.Name
	bad := map[string][]string{
		"district": {"NO", "a b", "a--b", strings.Repeat("a", 65)}, "id": {"0", "-1", "x", "1.5", "9007199254740992"}, "kind": {"cat", "Need"}, "status": {"lost"},
		"category": {"cats", "TREES"}, "area": {"north"}, "from": {"March", "1969-12", "2149-07", "2025-13", "2025-02-30", "2025-1"}, "to": {"2150", "1969-12-31", "2025-02-29"}, "from2": {"March", "2149-07", "2025-13"}, "to2": {"2150", "2025-02-29"}, "split": {"June", "2025-13", "2149-06"},
		"q": {strings.Repeat("a", 201), "!", " "}, "bbox": {"1,2,3", "19,51,20,50", "NaN,50,19,51", "1,2,3,400", "1,2,3,4,5"}, "cell": {"x", "881E2040D5FFFFF", "831e20fffffffff", "8f1e2040d4a8a5b", "881e2040d5ffff", "ffffffffffffffff"}, "after": {"nowhere", "2025-01.0", "2025-01-01"},
		"organisation": {"0", "x", "1.5"}, "state": {"lost", "Draft"}, "on_map": {"no"}, "overdue": {"no", "YES"}, "ids": {"0", "x", "1,", "1.5", strings.Repeat("1,", 50) + "1"}, "sent_on": {"no"}, "replied_on": {"2026-01-01"}, "outcome": {"perhaps"}, "type": {"party"}, "cost": {"dear"}, "accessibility": {"lift"}, "source": {"nowhere"}, "addressee": {strings.Repeat("a", 121)},
		"lon": {"x", "NaN", "-180.1", "181"}, "lat": {"x", "Inf", "-90.1", "91"}, "month": {"March", "1971-12", "2149-06", "2025-02-03"}, "months": {"0", "13", "x", "1.5"}, "against": {"after", "Before"},
		"permutations": {"1", "x", "99999"}, "seed": {"-1", "x", "1.5"}, "format": {"xml", "JSON"}, "since": {strings.Repeat("a", 65)}, "hash": {"0", "NO"}, "limit": {"0", "-1", "1001", "x", "1.5"}, "minimum": {"0", "-1", "100001", "x", "1.5"}, "res": {"3", "12", "x", "9.5"}, "z": {"21", "-1", "x"}, "x": {"-1", "1048576", "x"}, "y": {"-1", "1048576", "x"},
		"topic": {strings.Repeat("a", 121)}, "at": {"x", "181,50", "19.95", "NaN,50"},
	}[p.Name]
	if bad == nil {
		w.Fatalf("the walk has no faults of the parameter %s", p.Name)
	}
	values[p.Name] = []string{bad[w.IntN(len(bad))]}
	if strings.HasPrefix(out.pattern, "/tiles/") && p.Name == "district" || p.Name == "hash" || p.Name == "area" && p.In == openapi3.ParameterInPath {
		out.status, out.fault = http.StatusNotFound, "" // tiles are not checked by the contract, and it does not know the areas
	}
	return ""
}

// isOfOne reports whether a route is about one thing, of which there may be none.
func isOfOne(pattern string) bool {
	return strings.HasSuffix(pattern, "/{id}") || strings.HasSuffix(pattern, "/{id}/figures") || strings.Contains(pattern, "/{id}/weighing")
}

func isRepeatable(p *openapi3.Parameter) bool { return p.Schema.Value.Type.Is(openapi3.TypeArray) }

// address returns the path and the query with the values. It escapes some
// characters that need not be escaped, which changes nothing.
func (w *walk) address(op operation, values map[string][]string) (path, query string) {
	path = op.pattern
	var pairs []string
	for _, p := range op.parameters {
		for _, v := range values[p.Name] {
			if p.In == openapi3.ParameterInPath {
				path = strings.ReplaceAll(path, "{"+p.Name+"}", w.escape(url.PathEscape(v)))
			} else {
				pairs = append(pairs, w.escape(p.Name)+"="+w.escape(url.QueryEscape(v)))
			}
		}
	}
	w.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	return path, strings.Join(pairs, "&")
}

// escape escapes a letter or digit of an escaped text, sometimes.
func (w *walk) escape(s string) string {
	if i := w.IntN(len(s)); w.IntN(10) == 0 && !strings.Contains(s, "%") && s[i] < 0x80 && s[i] != '+' {
		return fmt.Sprintf("%s%%%02X%s", s[:i], s[i], s[i+1:])
	}
	return s
}

// get makes a request and checks the response. It returns the status.
func (w *walk) get(q walkedRequest) int {
	method := http.MethodGet
	if strings.HasSuffix(q.pattern, "/changes") && q.fault == "" {
		method = http.MethodHead // GET does not end
	}
	target := strings.TrimSuffix(q.path+"?"+q.query, "?")
	resp, body := w.serve(method, target, "")
	switch {
	case q.status != 0 && resp.StatusCode != q.status, q.status == 0 && resp.StatusCode != http.StatusOK && (resp.StatusCode != http.StatusNotFound || !isOfOne(q.pattern) && !strings.HasPrefix(q.pattern, "/basemap")):
		w.Errorf("%s %s: status %d, want %d: %.300s", method, target, resp.StatusCode, q.status, body)
	case q.fault != "" && !names("", body, q.fault):
		w.Errorf("%s %s: the problem does not name %q: %.300s", method, target, q.fault, body)
	}
	if method == http.MethodGet && len(body) < 200_000 {
		w.site.CheckContract(w.T, w.contract, q.pattern, resp, body)
	}
	head, _ := w.serve(http.MethodHead, target, "")
	if head.StatusCode != resp.StatusCode {
		w.Errorf("%s: status %d to HEAD, %d to %s", target, head.StatusCode, resp.StatusCode, method)
	}
	for name := range resp.Header {
		if got, want := head.Header.Get(name), resp.Header.Get(name); got != want {
			w.Errorf("%s: %s is %q to HEAD, %q to %s", target, name, got, want, method)
		}
	}
	if tag := resp.Header.Get("Etag"); tag != "" && resp.StatusCode == http.StatusOK {
		if again, rest := w.serve(method, target, "", "If-None-Match", tag); again.StatusCode != http.StatusNotModified || rest != "" {
			w.Errorf("%s: status %d with its own entity tag", target, again.StatusCode)
		}
	}
	return resp.StatusCode
}

// post adds a pin, or tries to, and checks the response. It returns the status.
func (w *walk) post(op operation) int {
	const good = `"category":"trees","title":"Nowe","lon":19.93,"lat":50.03`
	body, status, fault := "{"+good+"}", http.StatusCreated, ""
	if w.IntN(4) > 0 {
		faults := []struct {
			body   string
			status int
			fault  string // field
		}{
			{"", 400, ""}, {"{", 400, ""}, {"[]", 400, ""}, {"{" + good + "}}", 400, ""}, {"{" + good + "} null", 400, ""}, {"\ufeff{" + good + "}", 400, ""}, {"{" + good + ",\"body\":\"\xff\"}", 400, ""},
			{`{"title":"x",` + good + "}", 400, "title"}, {`{"body":{"a":1,"a":2},` + good + "}", 400, "a"},
			{`{"category":"trees","lon":19.93,"lat":50.03}`, 400, "title"},
			{"{" + good + `,"admin":true}`, 400, "admin"}, {"{" + good + `,"body":7}`, 400, "body"},
			{`{"category":"trees","title":"x","lon":"19.93","lat":50.03}`, 400, "lon"}, {`{"category":"trees","title":"x","lon":19.93,"lat":91}`, 400, "lat"},
			{`{"category":"cats","title":"x","lon":19.93,"lat":50.03}`, 422, "category"}, {`{"category":"trees","title":"x","lon":1,"lat":50.03}`, 422, "place"},
			{`{"category":"trees","title":" ","lon":19.93,"lat":50.03}`, 422, "title"}, {"{" + good + `,"email":"x"}`, 422, "email"},
			{`{"category":"trees","title":"\u200b","lon":19.93,"lat":50.03}`, 422, "title"}, {"{" + good + `,"body":"\u202e"}`, 422, "body"},
		}
		f := faults[w.IntN(len(faults))]
		body, status, fault = f.body, f.status, f.fault
	}
	target := strings.ReplaceAll(op.pattern, "{district}", "trial")
	if w.IntN(10) == 0 {
		target, status, fault = target+"?kind=need", http.StatusBadRequest, ""
	}
	header := []string{"Content-Type", "application/json"}
	switch w.IntN(4) {
	case 0:
		header = append(header, "Idempotency-Key", string(civic.NewRequestKey()))
	case 1:
		if fault == "" && status == http.StatusCreated {
			header, status = append(header, "Idempotency-Key", []string{"short", strings.Repeat("a", 129), strings.Repeat("ż", 30)}[w.IntN(3)]), http.StatusBadRequest
		}
	}
	resp, text := w.serve(http.MethodPost, target, body, header...)
	if resp.StatusCode != status {
		w.Errorf("POST %s of %s: status %d, want %d: %s", target, body, resp.StatusCode, status, text)
	}
	if fault != "" && !namesField(text, fault) {
		w.Errorf("POST of %s: the problem does not name %s: %s", body, fault, text)
	}
	w.site.CheckContract(w.T, w.contract, op.pattern, resp, text)
	if resp.StatusCode == http.StatusCreated {
		w.pins++
		w.site.WaitForPins(w.T, w.pins)
	}
	return resp.StatusCode
}

// namesField reports whether a problem names a field of the body.
func namesField(body, field string) bool {
	var p struct{ Errors []struct{ Field string } }
	return json.Unmarshal([]byte(body), &p) == nil && len(p.Errors) > 0 && p.Errors[0].Field == field
}

// searchPlaces searches a place, or tries to, and checks the response. It returns
// the status.
func (w *walk) searchPlaces(op operation) int {
	searches := []struct {
		body   string
		status int
		fault  string // field
	}{
		{`{"q":"rynek"}`, 200, ""}, {`{"q":"Ринок 5","near":[19.93,50.03],"limit":3,"lang":"uk"}`, 200, ""}, {`{"q":"!?"}`, 200, ""}, {`{"q":"30-549\u0000\u0301"}`, 200, ""},
		{"", 400, ""}, {"{}", 400, "q"}, {`{"q":""}`, 400, "q"}, {`{"q":7}`, 400, "q"}, {`{"q":"a","q":"b"}`, 400, "q"}, {`{"q":"a","limit":51}`, 400, "limit"},
		{`{"q":"a","near":[1]}`, 400, "near"}, {`{"q":"a","near":[200,50]}`, 400, "near"}, {`{"q":"a","admin":true}`, 400, "admin"},
		{`{"q":"` + strings.Repeat("a", 201) + `"}`, 400, "q"},
	}
	search := searches[w.IntN(len(searches))]
	target := strings.ReplaceAll(op.pattern, "{district}", "trial")
	resp, text := w.serve(http.MethodPost, target, search.body, "Content-Type", "application/json")
	if resp.StatusCode != search.status || search.fault != "" && !namesField(text, search.fault) {
		w.Errorf("POST %s of %s: status %d, want %d: %s", target, search.body, resp.StatusCode, search.status, text)
	}
	w.site.CheckContract(w.T, w.contract, op.pattern, resp, text)
	return resp.StatusCode
}

// serve serves a request from a random address.
func (w *walk) serve(method, target, body string, header ...string) (*http.Response, string) {
	r := httptest.NewRequestWithContext(w.Context(), method, target, strings.NewReader(body))
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1", w.IntN(256), w.IntN(256), w.IntN(256))
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	recorder := httptest.NewRecorder()
	w.site.Config.Handler.ServeHTTP(recorder, r)
	resp := recorder.Result()
	resp.Request = r
	if resp.StatusCode >= http.StatusInternalServerError {
		w.Errorf("%s %s: status %d: %s", method, target, resp.StatusCode, recorder.Body)
	}
	return resp, recorder.Body.String()
}

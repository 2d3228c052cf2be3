package pins_test

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// secondNode returns the handler of another node of a site.
func secondNode(t *testing.T, s *webtest.Site) http.Handler {
	t.Helper()
	database, err := store.Open(t.Context(), store.Config{URL: s.DatabaseURL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(database.Close)
	server, err := web.New(web.Config{Live: s.Live, Store: database, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return server.Handler()
}

// TestFormIsLimited checks that the last step of the form, which adds a pin, uses
// up what a client may write, and that the steps before it do not.
func TestFormIsLimited(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	earlier := tree()
	earlier.Set("step", "1")
	status := func(form url.Values) int {
		form.Set("key", string(civic.NewRequestKey()))
		resp, _ := post(t, s, form)
		return resp.StatusCode
	}
	for range 20 {
		if got := status(earlier); got != http.StatusOK && got != http.StatusUnprocessableEntity {
			t.Fatalf("a step before the last: status %d", got)
		}
	}
	added := 0
	for status(tree()) == http.StatusSeeOther && added < 1000 {
		added++
	}
	if got := status(tree()); added == 0 || got != http.StatusTooManyRequests {
		t.Errorf("after %d pins: status %d", added, got)
	}
}

// TestRepeatedForm checks that a form that is sent 50 times at once, to two
// nodes, adds one pin, whose page all responses lead to; that it does so again
// later; and that with other input it is a choice to add another pin.
func TestRepeatedForm(t *testing.T) {
	for category, page := range map[string]string{"trees": "/d/trial/pins/", "fear": "/d/trial/private/"} {
		s := webtest.Open(t, civic.ModerateAfter)
		nodes := []http.Handler{s.Config.Handler, secondNode(t, s)}
		form := tree()
		form.Set("category", category)
		send := func(i int) *http.Response {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/d/trial/add?lang=en", strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", formType)
			r.RemoteAddr = fmt.Sprintf("10.1.0.%d:1", i)
			w := httptest.NewRecorder()
			nodes[i%2].ServeHTTP(w, r)
			return w.Result()
		}
		responses := make([]*http.Response, 50)
		var group sync.WaitGroup
		for i := range responses {
			group.Go(func() { responses[i] = send(i) })
		}
		group.Wait()
		first := responses[0].Header.Get("Location")
		for _, resp := range append(slices.Clone(responses), send(50), send(51)) {
			if got := resp.Header.Get("Location"); resp.StatusCode != http.StatusSeeOther || got != first || !strings.HasPrefix(got, page) {
				t.Errorf("%s: status %d, to %s, want %s", category, resp.StatusCode, got, first)
			}
		}
		form.Set("title", "Inna lipa")
		resp, body := post(t, s, form)
		address, _, _ := strings.Cut(first, "?")
		if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "already added a pin with this form") || !strings.Contains(body, `href="`+address+`"`) || !strings.Contains(body, "Add as another pin") {
			t.Errorf("%s: other input: status %d", category, resp.StatusCode)
		}
		b := newBrowser(t, s)
		b.page, b.address = body, "/d/trial/add"
		if status := b.press("do", "next", nil); status != http.StatusOK || b.address == first || !strings.Contains(b.page, "Inna lipa") {
			t.Errorf("%s: another pin: status %d at %s", category, status, b.address)
		}
		if category == "trees" {
			s.WaitForPins(t, 92)
		}
	}
}

// TestLostResponse checks that a client that disconnects before the response
// receives it when it sends the same request again, also with the form.
func TestLostResponse(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const key = "0f8fad5b-d9cb-469f-a165-70867728950e"
	const body = `{"category":"trees","title":"Lipa","lon":19.9321,"lat":50.0311}`
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(conn, "POST /api/v1/districts/trial/pins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nIdempotency-Key: %s\r\nContent-Length: %d\r\n\r\n%s", key, len(body), body)
	if err != nil {
		t.Fatal(err)
	}
	s.WaitForPins(t, 91) // committed
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	doc := s.Contract(t)
	var first string
	for range 2 {
		resp, text := s.Do(t, "POST", "/api/v1/districts/trial/pins", body, "Content-Type", "application/json", "Idempotency-Key", `"`+key+`"`)
		if resp.StatusCode != http.StatusCreated || !strings.HasSuffix(resp.Header.Get("Location"), "/pins/91") || first != "" && text != first {
			t.Errorf("status %d: %s", resp.StatusCode, text)
		}
		s.CheckContract(t, doc, "/api/v1/districts/{district}/pins", resp, text)
		first = text
	}
	form := url.Values{"lon": {"19.9321"}, "lat": {"50.0311"}, "category": {"trees"}, "title": {" Lipa "}, "key": {key}}
	if resp, _ := post(t, s, form); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/d/trial/pins/91?added=yes" {
		t.Errorf("the form: status %d to %s", resp.StatusCode, resp.Header.Get("Location"))
	}
}

// TestRequestKeys checks which keys the API accepts, and that a request without
// one adds a pin each time.
func TestRequestKeys(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const path, body = "/api/v1/districts/trial/pins", `{"category":"fear","title":"Brama","lon":19.9321,"lat":50.0311}`
	send := func(body string, keys ...string) (int, string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(body))
		r.RemoteAddr = fmt.Sprintf("10.2.%d.1:1", len(body)+len(strings.Join(keys, "")))
		r.Header.Set("Content-Type", "application/json")
		for _, key := range keys {
			r.Header.Add("Idempotency-Key", key)
		}
		w := httptest.NewRecorder()
		s.Config.Handler.ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	key := string(civic.NewRequestKey())
	_, first := send(body, key)
	if status, again := send(body, key); status != http.StatusCreated || again != first || !strings.Contains(first, "/private/") {
		t.Errorf("status %d: %s, want %s", status, again, first)
	}
	if status, text := send(strings.Replace(body, "19.9321", "19.9322", 1), key); status != http.StatusUnprocessableEntity || !strings.Contains(text, `"parameter":"Idempotency-Key"`) {
		t.Errorf("another body: status %d: %s", status, text)
	}
	for _, keys := range [][]string{{""}, {"short"}, {strings.Repeat("a", 129)}, {key + " " + key}, {`"` + key}, {key + "ł"}, {key, key}} {
		if status, text := send(body, keys...); status != http.StatusBadRequest || !strings.Contains(text, `"parameter":"Idempotency-Key"`) {
			t.Errorf("keys %q: status %d: %s", keys, status, text)
		}
	}
	_, one := send(body)
	if status, two := send(body); status != http.StatusCreated || one == two {
		t.Errorf("without a key: status %d: %s", status, two)
	}
}

package things_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// TestActionsOnPin takes every kind of action on a pin through the API, and checks
// what changes, what is refused, and that a stale version changes nothing.
func TestActionsOnPin(t *testing.T) {
	s := webtest.Open(t, civic.ModerateBefore)
	d, err := s.Store.District(t.Context(), "trial")
	if err != nil {
		t.Fatal(err)
	}
	pin, err := d.Accept(civic.Draft{Category: "trees", Title: "Lipa", Body: "Sucha", Point: orb.Point{19.93, 50.03}, ReportedOn: 20000}, civic.MaxDay)
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.Store.AddPin(t.Context(), &d, civic.Actor{}, pin, civic.Pending)
	if err != nil {
		t.Fatal(err)
	}
	moderator := append(s.SignIn(t, "anna@example.org", civic.Moderator, ""), "Content-Type", "application/json")
	elsewhere := append(s.SignIn(t, "jan@example.org", civic.Animator, "east"), "Content-Type", "application/json")
	path := fmt.Sprintf("/api/v1/districts/trial/things/%d", id)
	if resp, _ := s.Do(t, "GET", path, ""); resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("to somebody unknown: %d", resp.StatusCode)
	}
	if resp, _ := s.Do(t, "GET", path, "", elsewhere...); resp.StatusCode != http.StatusNotFound {
		t.Errorf("to an animator of another area: %d", resp.StatusCode)
	}
	doc := s.Contract(t)
	version, publication := 0, "pending"
	for _, test := range []struct {
		body string
		want int
	}{
		{`{"action": "hide"}`, 422},                // without a reason
		{`{"action": "edit"}`, 422},                // without a text
		{`{"action": "edit", "title": ""}`, 422},   // an empty one
		{`{"action": "move", "lon": 19.95}`, 422},  // half a place
		{`{"action": "recategorise"}`, 422},        // without a category
		{`{"action": "merge"}`, 422},               // without the other
		{`{"action": "note"}`, 422},                // without a text
		{`{"action": "meet"}`, 409},                // while it waits
		{`{"action": "report", "text": "x"}`, 400}, // has a request of its own
		{`{"action": "edit", "title": "Lipa", "place": "Rynek"}`, 400},
		{`{"action": "edit", "title": "Stara lipa"}`, 200},
		{`{"action": "undo"}`, 200},
		{`{"action": "redact", "body": "…"}`, 200},
		{`{"action": "move", "lon": 19.95, "lat": 50.035}`, 200},
		{`{"action": "recategorise", "category": "help"}`, 200}, // a potential
		{`{"action": "note", "text": "Sprawdzić"}`, 200},
		{`{"action": "publish"}`, 200},
		{`{"action": "post_update", "text": "Widzieliśmy ją"}`, 200},
		{`{"action": "hide", "reason": "It is no tree"}`, 200},
		{`{"action": "restore"}`, 200},
	} {
		resp, body := s.Do(t, "GET", path, "", moderator...)
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("state: %d\n%s", resp.StatusCode, body)
		}
		var state struct {
			Version     int      `json:"version"`
			Publication string   `json:"publication"`
			Actions     []string `json:"actions"`
		}
		if err := json.Unmarshal([]byte(body), &state); err != nil {
			t.Fatal(err)
		}
		stale := append(moderator[:len(moderator):len(moderator)], "If-Match", `"99"`)
		if resp, body := s.Do(t, "POST", path+"/actions", test.body, stale...); test.want == http.StatusOK && resp.StatusCode != http.StatusPreconditionFailed && !strings.Contains(test.body, "undo") {
			t.Errorf("%s of a stale version: %d\n%s", test.body, resp.StatusCode, body)
		}
		now := append(moderator[:len(moderator):len(moderator)], "If-Match", fmt.Sprintf(`"%d"`, state.Version))
		resp, body = s.Do(t, "POST", path+"/actions", test.body, now...)
		s.CheckContract(t, doc, "/api/v1/districts/{district}/things/{id}/actions", resp, body)
		if resp.StatusCode != test.want {
			t.Fatalf("%s: %d, want %d\n%s", test.body, resp.StatusCode, test.want, body)
		}
		if test.want != http.StatusOK {
			continue
		}
		if err := json.Unmarshal([]byte(body), &state); err != nil {
			t.Fatal(err)
		}
		if state.Version < version || slices.Contains(state.Actions, "report") || slices.Contains(state.Actions, "publish") != (state.Publication == "pending") {
			t.Errorf("%s leaves %s", test.body, body)
		}
		version, publication = state.Version, state.Publication
	}
	thing, err := s.Store.Thing(t.Context(), &d, id)
	if err != nil {
		t.Fatal(err)
	}
	pin = thing.Content.(civic.NewPin)
	got := []any{publication, pin.Title, pin.Body, pin.Category.Slug, pin.Point}
	if diff := cmp.Diff([]any{"published", "Lipa", "…", "help", orb.Point{19.95, 50.035}}, got); diff != "" {
		t.Errorf("after all (-want +got):\n%s", diff)
	}
}

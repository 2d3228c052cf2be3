package figures_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/figures"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

const (
	pattern = "/api/v1/districts/{district}/things/{id}/figures"
	page    = "/d/trial/diagnoses"
)

// comparison is the part of a response that the tests read.
type comparison struct {
	Frozen, Now    *figures.Figures
	SameData       bool `json:"same_data"`
	SameBoundaries bool `json:"same_boundaries"`
	SameMethod     bool `json:"same_method"`
	Identical      bool
}

// diagnose adds a diagnosis of the first pin through the form, and returns its path.
func diagnose(t *testing.T, s *webtest.Site, header []string, question string) string {
	t.Helper()
	form := url.Values{
		"key": {string(civic.NewRequestKey())}, "name.pl": {"Ciemno"}, "finding.pl": {"Trzeba **lamp**"}, "link.evidence": {"1"}, "question": {question},
	}
	resp, body := s.Do(t, "POST", page+"/new", form.Encode(), webtest.Form(header)...)
	if resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s: %d\n%s", question, resp.StatusCode, body)
	}
	path, _, _ := strings.Cut(resp.Header.Get("Location"), "?")
	return path
}

// compared returns the figures of a diagnosis and those of today.
func compared(t *testing.T, s *webtest.Site, diagnosis string) (out comparison) {
	t.Helper()
	s.GetJSON(t, pattern, "/api/v1/districts/trial/things/"+strings.TrimPrefix(diagnosis, page+"/")+"/figures", &out)
	return out
}

// TestFrozenFigures follows the figures of a diagnosis: they are those of the
// statistics, stay when pins change and when the text does, and are identical when
// they are computed again from the same data, on another server too.
func TestFrozenFigures(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	animator := s.SignIn(t, "ola@example.org", civic.Moderator, "")
	at, err := geo.CellAt(orb.Point{19.93, 50.03})
	if err != nil {
		t.Fatal(err)
	}
	question := "kind=need&from=2024-10&to=2025-09&cell=" + at.Parent(8).String()
	diagnosis := diagnose(t, s, animator, "https://mapa.example.org/d/trial/hotspots?"+question+"&hide=offices#results")
	first := compared(t, s, diagnosis)
	if !first.SameData || !first.SameBoundaries || !first.SameMethod || !first.Identical {
		t.Errorf("at once: %+v", first)
	}
	if first.Frozen.Hotspot == nil || first.Frozen.Total == 0 || len(first.Frozen.Areas) < 2 {
		t.Fatalf("%+v", first.Frozen)
	}
	var stats struct {
		Total      int
		Categories []struct {
			Category string
			Total    int
		}
	}
	s.GetJSON(t, "/api/v1/districts/{district}/stats", "/api/v1/districts/trial/stats?kind=need&from=2024-10&to=2025-09", &stats)
	counted := map[string]int{}
	for _, c := range first.Frozen.Categories {
		sum := 0
		for _, n := range c.ByArea {
			sum += n
		}
		if sum != c.Total {
			t.Errorf("%s: %v is not %d", c.Slug, c.ByArea, c.Total)
		}
		counted[c.Slug] = c.Total
	}
	for _, c := range stats.Categories {
		if counted[c.Category] != c.Total {
			t.Errorf("%s: %d, the statistics have %d", c.Category, counted[c.Category], c.Total)
		}
	}
	if stats.Total != first.Frozen.Total {
		t.Errorf("%d pins, the statistics have %d", first.Frozen.Total, stats.Total)
	}
	if resp, body := s.Do(t, "GET", diagnosis, ""); resp.StatusCode != http.StatusOK || !strings.Contains(body, `id="figures-heading"`) || strings.Contains(body, "things/1/figures") {
		t.Errorf("the page: %d\n%s", resp.StatusCode, body)
	}

	says := func(s *webtest.Site, want, not string) {
		t.Helper()
		if _, body := s.Do(t, "GET", diagnosis, "", "Accept-Language", "en"); !strings.Contains(body, want) || strings.Contains(body, not) {
			t.Errorf("the page does not say %q:\n%s", want, body)
		}
	}
	const same, changed = "The data are the same today", "The data are of another version today"
	again := s.Again(t)
	if got := compared(t, again, diagnosis); !got.SameData || !got.Identical {
		t.Errorf("on another server: %+v", got)
	}
	says(s, same, changed)
	says(again, same, changed)

	d, err := s.Store.District(t.Context(), "trial")
	if err != nil {
		t.Fatal(err)
	}
	pin, err := d.Accept(civic.Draft{Category: "trees", Title: "Nowa", Point: orb.Point{19.93, 50.03}, ReportedOn: 20100}, civic.MaxDay)
	if err != nil {
		t.Fatal(err)
	}
	before := s.Live.Districts()[0].Len()
	if _, err := s.Store.AddPin(t.Context(), &d, civic.Actor{}, pin, civic.Published); err != nil {
		t.Fatal(err)
	}
	s.WaitForPins(t, before+1)
	edit := url.Values{"version": {"1"}, "name.pl": {"Bardzo ciemno"}, "finding.pl": {"Trzeba lamp"}, "link.evidence": {"1"}, "question": {first.Frozen.Question}}
	if resp, body := s.Do(t, "POST", diagnosis+"/edit", edit.Encode(), webtest.Form(animator)...); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("edit: %d\n%s", resp.StatusCode, body)
	}
	later := compared(t, s, diagnosis)
	if diff := cmp.Diff(first.Frozen, later.Frozen); diff != "" {
		t.Errorf("after an edit of the text (-before +after):\n%s", diff)
	}
	if later.SameData || later.Identical || later.Now.Total != first.Frozen.Total+1 {
		t.Errorf("after another pin: %+v", later)
	}

	says(s, changed, same)

	button := strings.Replace(diagnosis, "diagnoses", "things", 1) + "/figures"
	if resp, _ := s.Do(t, "POST", button, "version=1", webtest.Form(animator)...); resp.StatusCode != http.StatusPreconditionFailed {
		t.Errorf("compute again for a stale version: %d", resp.StatusCode)
	}
	council := s.SignIn(t, "rada@example.org", civic.Council, "")
	if resp, _ := s.Do(t, "POST", button, "version=2", webtest.Form(council)...); resp.StatusCode != http.StatusForbidden {
		t.Errorf("compute again as the council: %d", resp.StatusCode)
	}
	if resp, body := s.Do(t, "POST", button, "version=2", webtest.Form(animator)...); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("compute again: %d\n%s", resp.StatusCode, body)
	}
	says(s, same, changed)
	if got := compared(t, s, diagnosis); !got.Identical || got.Frozen.Total != first.Frozen.Total+1 {
		t.Errorf("computed again: %+v", got)
	}
	resp, body := s.Do(t, "POST", "/api/v1/districts/trial/things/"+strings.TrimPrefix(diagnosis, page+"/")+"/figures", "", append(animator, "If-Match", `"3"`)...)
	if resp.StatusCode != http.StatusOK {
		t.Errorf("through the API: %d\n%s", resp.StatusCode, body)
	}
}

// TestQuestionsThatHaveNoFigures checks that the form says which question it cannot
// answer.
func TestQuestionsThatHaveNoFigures(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	animator := s.SignIn(t, "ola@example.org", civic.Moderator, "")
	at, err := geo.CellAt(orb.Point{19.93, 50.03})
	if err != nil {
		t.Fatal(err)
	}
	for _, question := range []string{"kind=need&q=lampa", "category=cats", "from=2026-13", "cell=x", "cell=" + at.Parent(11).String(), "category=fear&cell=" + at.Parent(10).String(), "cell=831e20fffffffff"} {
		form := url.Values{"key": {string(civic.NewRequestKey())}, "name.pl": {"Ciemno"}, "finding.pl": {"Trzeba"}, "link.evidence": {"1"}, "question": {question}}
		resp, body := s.Do(t, "POST", page+"/new", form.Encode(), webtest.Form(animator)...)
		if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `id="fault-field-question"`) {
			t.Errorf("%s: %d\n%s", question, resp.StatusCode, body)
		}
	}
}

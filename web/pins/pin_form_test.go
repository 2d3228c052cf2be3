package pins_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestModeratedPinIsPending checks that a pin is not shown before a moderator
// has published it.
func TestModeratedPinIsPending(t *testing.T) {
	s := webtest.Open(t, civic.ModerateBefore)
	form := url.Values{"lon": {"19,9321"}, "lat": {" 50.0311 "}, "category": {"trees"}, "title": {"Czeka"}}
	resp, _ := s.Do(t, "POST", "/d/trial/add", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/d/trial/add?step=4" {
		t.Fatalf("status %d, to %s", resp.StatusCode, resp.Header.Get("Location"))
	}
	if _, list := s.Do(t, "GET", "/d/trial", ""); strings.Contains(list, "Czeka") {
		t.Error("a pin is shown before a moderator has published it")
	}
}

// TestFormKeepsInput checks that a form with faults keeps what was entered, and
// that a form that another site submits is refused.
func TestFormKeepsInput(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	form := url.Values{"lon": {"19.9321"}, "lat": {"50.0311"}, "category": {"trees"}, "title": {strings.Repeat("długo ", 40)}, "body": {"Treść \"zostaje\" <tu>"}, "email": {"to nie adres"}}
	resp, body := s.Do(t, "POST", "/d/trial/add", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	if resp.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", resp.StatusCode)
	}
	for _, want := range []string{"19.9321", "50.0311", "długo długo", "Treść &#34;zostaje&#34; &lt;tu&gt;", "to nie adres"} {
		if !strings.Contains(body, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	for _, lost := range []url.Values{{"step": {"2"}}, {"step": {"2"}, "lon": {"1"}, "lat": {"1"}}, {"step": {"3"}, "lon": {"19.9321"}, "lat": {"50.0311"}, "category": {"cats"}}} {
		if resp, _ := s.Do(t, "GET", "/d/trial/add?"+lost.Encode(), ""); resp.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%v: status %d", lost, resp.StatusCode)
		}
	}
	resp, _ = s.Do(t, "POST", "/d/trial/add", form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site")
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site: status %d", resp.StatusCode)
	}
}

// TestFormSaysHowPinIsShown checks that the last step tells the resident when
// others will not see the exact place, or not the pin.
func TestFormSaysHowPinIsShown(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const hex, blurred = "your pin will not be published", "only an approximate place"
	for category, want := range map[string][2]bool{"trees": {}, "help": {false, true}, "fear": {true, false}} {
		_, body := s.Do(t, "GET", "/d/trial/add?lang=en&step=3&lon=19.9321&lat=50.0311&category="+category, "")
		if got := [2]bool{strings.Contains(body, hex), strings.Contains(body, blurred)}; got != want {
			t.Errorf("%s: notes %v, want %v", category, got, want)
		}
	}
}

// TestExampleOfDistrict checks that the examples of what to enter are of the
// district, and that the form accepts them.
func TestExampleOfDistrict(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	_, body := s.Do(t, "GET", "/d/trial/add?lang=en", "")
	d := webtest.District(civic.ModerateAfter)
	middle := geo.Centre(d.Areas[0].Boundary)
	lat, lon := strconv.FormatFloat(middle.Lat(), 'f', 4, 64), strconv.FormatFloat(middle.Lon(), 'f', 4, 64)
	for _, want := range []string{`placeholder="for example West"`, "For example, " + lat + " and " + lon + "."} {
		if !strings.Contains(body, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	for _, path := range []string{"/d/trial/add?step=2&lat=" + lat + "&lon=" + lon, "/d/trial/add?place=West"} {
		if resp, body := s.Do(t, "GET", path, ""); resp.StatusCode != http.StatusOK || strings.Contains(body, "aria-invalid") {
			t.Errorf("%s: status %d", path, resp.StatusCode)
		}
	}
}

package explore_test

import (
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestSearchFindsPlacesAndWords searches a place and a word of pins on the page.
func TestSearchFindsPlacesAndWords(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	_, page := s.Do(t, "GET", "/d/trial?q=rynku&lang=en", "")
	place, list := strings.Index(page, "<strong>Rynek</strong>"), strings.Index(page, `id="results-heading"`)
	if place < 0 || place > list {
		t.Errorf("the place is at %d, the list at %d", place, list)
	}
	for _, part := range []string{"1 place found", `name="lon" value="19.950000"`, `name="step"`, "No pin has all these words"} {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	if _, page := s.Do(t, "GET", "/d/trial?q=przedmiescie&lang=en", ""); !strings.Contains(page, "outside the district") || strings.Contains(page, `name="step"`) {
		t.Error("a pin can be added at a place outside the district")
	}
	if _, page := s.Do(t, "GET", "/d/trial?q=numer&lang=en", ""); strings.Contains(page, "places-heading") || !strings.Contains(page, "Pinezka numer") {
		t.Error("words are taken for a place, or find no pins")
	}
}

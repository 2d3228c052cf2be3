package explore_test

import (
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestTextsOfAnotherLanguageSaySo checks that a text of the district that is not
// in the language of the page has its own in the attribute lang, and no other
// text.
func TestTextsOfAnotherLanguageSaySo(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	_, body := s.Do(t, "GET", "/d/trial?lang=uk&area=west", "")
	for _, want := range []string{`<h1 lang="pl">`, `<span class="tick-label" lang="pl">Zachód</span>`, `</span><span lang="pl">Zachód</span> <svg`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page in Ukrainian does not contain %s", want)
		}
	}
	_, body = s.Do(t, "GET", "/d/trial?lang=en&area=west", "")
	for _, want := range []string{`<h1>Trial`, `<span class="tick-label">West</span>`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page in English does not contain %s", want)
		}
	}
}

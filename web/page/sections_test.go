package page_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestSections checks that the navigation says on which of its pages one is, and that the
// map of the one district is that also at the root.
func TestSections(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	for path, current := range map[string]string{"/": "/d/trial", "/d/trial": "/d/trial", "/d/trial/calendar": "/d/trial/calendar", "/d/trial/outcomes": "/d/trial/outcomes", "/d/trial/coverage": ""} {
		_, body := s.Want(t, http.StatusOK, "GET", path, "")
		_, nav, _ := strings.Cut(body, `<nav class="sections"`)
		nav, _, _ = strings.Cut(nav, "</nav>")
		if strings.Count(nav, "<a ") != 4 || current != "" && !strings.Contains(nav, `<a href="`+current+`" aria-current="page">`) || strings.Contains(nav, "aria-current") != (current != "") {
			t.Errorf("%s: %s", path, nav)
		}
	}
}

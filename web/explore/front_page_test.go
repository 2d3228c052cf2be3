package explore_test

import (
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestDistrictsLeadToTheirAreas checks that the list of districts leads to the
// pages of the areas of each, with names in the language of the page where there
// are some.
func TestDistrictsLeadToTheirAreas(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	other := webtest.District(civic.ModerateAfter)
	other.Slug, other.Areas = "other", other.Areas[:1]
	other.Areas[0].Name = civic.Text{"pl": "Zachód"}
	err := s.Store.LoadDistrict(t.Context(), &other, func() iter.Seq2[civic.NewPin, error] { return func(func(civic.NewPin, error) bool) {} })
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); len(s.Live.Districts()) < 2 && time.Now().Before(deadline); {
		time.Sleep(2 * time.Millisecond)
	}
	_, page := s.Do(t, "GET", "/?lang=en", "")
	for _, link := range []string{`2 areas: <a href="/d/trial/areas/west">West</a> · <a href="/d/trial/areas/east">East</a>`, `1 area: <a href="/d/other/areas/west" lang="pl">Zachód</a>`} {
		if !strings.Contains(page, link) {
			t.Errorf("the list of districts does not have %s", link)
		}
	}
}

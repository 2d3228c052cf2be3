package explore_test

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestHexTotalsOfThePage checks that the page has the numbers of hexes by
// number of pins that the hexes of the API have, at each resolution and with a
// filter.
func TestHexTotalsOfThePage(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	attribute := regexp.MustCompile(`data-hexes="([^"]*)"`)
	for _, query := range []string{"", "kind=need", "from=2025-01&to=2025-06", "from=2149-06"} {
		_, body := s.Do(t, "GET", "/d/trial?"+query, "")
		var got map[string][][2]int
		if match := attribute.FindStringSubmatch(body); match == nil {
			t.Fatalf("%s: no data-hexes in %.300s", query, body)
		} else if err := json.Unmarshal([]byte(html.UnescapeString(match[1])), &got); err != nil {
			t.Fatal(err)
		}
		for r := 4; r <= 10; r++ {
			var hexes struct {
				Features []struct{ Properties struct{ Total int } }
			}
			_, body := s.Do(t, "GET", fmt.Sprintf("/api/v1/districts/trial/hexes?res=%d&%s", r, query), "")
			if err := json.Unmarshal([]byte(body), &hexes); err != nil {
				t.Fatal(err)
			}
			want, numbers := map[int]int{}, map[int]int{}
			for _, f := range hexes.Features {
				if f.Properties.Total > 0 {
					want[f.Properties.Total]++
				}
			}
			for _, pair := range got[fmt.Sprint(r)] {
				numbers[pair[0]] = pair[1]
			}
			if diff := cmp.Diff(want, numbers); diff != "" {
				t.Errorf("%s, resolution %d: %s", query, r, diff)
			}
		}
	}
}

func TestScale(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	for _, scale := range []string{"1@9", "1,3,6,12,25@9", "1,2@4", "1,999999999@10"} {
		resp, body := s.Do(t, "GET", "/d/trial?scale="+scale+"&kind=need", "")
		if resp.StatusCode != http.StatusOK || !strings.Contains(body, `data-scale="`+scale+`"`) {
			t.Errorf("%s: status %d", scale, resp.StatusCode)
		}
		if link := `<a class="chip-clear" href="/d/trial?scale=`; !strings.Contains(body, link) {
			t.Errorf("%s: the link that clears the filters does not keep it", scale)
		}
	}
	for _, scale := range []string{
		"x", "1", "1,2", "@9", "1@", "1@3", "1@11", "2@9", "0,1@9", "1,1@9", "1,3,2@9", "1,2,3,4,5,6@9", "1,,2@9", "1,2,@9",
		"1@9@9", "1,02@9", "1,-2@9", "1,%2B2@9", "1,1e3@9", "1,1000000000@9", "1,99999999999999999999@9", "1@09", "1@9x", "1;2@9", strings.Repeat("1,", 5000) + "@9",
	} {
		if resp, body := s.Do(t, "GET", "/d/trial?scale="+scale, ""); resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, "scale") {
			t.Errorf("%.80s: status %d, or the page does not name the parameter", scale, resp.StatusCode)
		}
	}
}

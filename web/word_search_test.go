package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestWordsFilterEverything checks that the list, the page, the hexes, the
// statistics and the tiles have the same pins for words, and that hex-only pins
// are set aside.
func TestWordsFilterEverything(t *testing.T) {
	d := webtest.District(civic.ModerateAfter)
	var drafts []civic.Draft
	for i := range 60 {
		title := fmt.Sprintf("Pinezka numer %d", i)
		if i%4 == 0 {
			title = fmt.Sprintf("Ławka numer %d", i)
		}
		drafts = append(drafts, civic.Draft{
			Category: d.Categories[i%3].Slug, Title: title, ReportedOn: civic.Day(20000 + i),
			Point: orb.Point{19.901 + float64(i)*0.001, 50.001 + float64(i*37%59)*0.001},
		})
	}
	s := webtest.OpenWith(t, d, drafts)
	for query, want := range map[string]int{ // of 15 benches, five are only counted
		"?q=lawki": 10, "?q=%C5%82AWKA": 10, "?q=lawka&kind=need": 5, "?q=lawka&kind=potential": 5, "?q=lawka+numer+4": 3,
		"?q=lawka&area=east": 1, "?q=nic+takiego": 0, "?q=numer": 40,
	} {
		got := map[string]int{}
		var out struct {
			Total   int `json:"total"`
			HexOnly struct {
				SetAside bool `json:"set_aside"`
			} `json:"hex_only"`
			Features []struct {
				Properties struct {
					Total int `json:"total"`
				} `json:"properties"`
			} `json:"features"`
		}
		read := func(path string) {
			t.Helper()
			out.Features, out.HexOnly.SetAside = nil, false
			resp, body := s.Do(t, "GET", "/api/v1/districts/trial/"+path+query, "")
			if err := json.Unmarshal([]byte(body), &out); err != nil || resp.StatusCode != http.StatusOK {
				t.Fatalf("%s%s: status %d, %v", path, query, resp.StatusCode, err)
			}
		}
		read("pins")
		got["list"] = len(out.Features)
		if !out.HexOnly.SetAside && !strings.Contains(query, "potential") {
			t.Errorf("%s: the list does not say that pins are set aside", query)
		}
		read("stats")
		got["statistics"] = out.Total
		if !out.HexOnly.SetAside && !strings.Contains(query, "potential") {
			t.Errorf("%s: the statistics do not say that pins are set aside", query)
		}
		read("hexes")
		for _, f := range out.Features {
			got["hexes"] += f.Properties.Total
		}
		_, page := s.Do(t, "GET", "/d/trial"+query, "")
		if found := regexp.MustCompile(`id="results-heading" data-total="(\d+)"`).FindStringSubmatch(page); found != nil {
			got["page"], _ = strconv.Atoi(found[1])
		}
		for _, bar := range regexp.MustCompile(`<title>[^<]*: (\d+)</title>`).FindAllStringSubmatch(page, -1) {
			n, _ := strconv.Atoi(bar[1])
			got["months"] += n
		}
		if !strings.Contains(page, "<figure") {
			got["months"] = got["page"] // there is no chart of one month
		}
		_, tile := s.Do(t, "GET", "/tiles/trial/pins/9/284/173.mvt"+query, "")
		layers, err := mvt.Unmarshal([]byte(tile))
		if err != nil {
			t.Fatal(err)
		}
		for _, layer := range layers {
			for _, f := range layer.Features {
				got["tile"] += int(f.Properties.MustFloat64("n", 1))
			}
		}
		for name, n := range got {
			if n != want {
				t.Errorf("%s: the %s has %d pins, want %d", query, name, n, want)
			}
		}
	}
}

// TestTooManyWords checks that words which too many pins contain are refused
// with advice, and lose nothing of the page.
func TestTooManyWords(t *testing.T) {
	d := webtest.District(civic.ModerateAfter)
	var drafts []civic.Draft
	for i := range 20_001 {
		drafts = append(drafts, civic.Draft{Category: "trees", Title: fmt.Sprintf("Lipa %d", i), ReportedOn: 20000, Point: orb.Point{19.92, 50.03}})
	}
	s := webtest.OpenWith(t, d, drafts)
	for _, path := range []string{"/api/v1/districts/trial/pins", "/api/v1/districts/trial/stats", "/api/v1/districts/trial/hexes", "/tiles/trial/pins/14/9100/5552.mvt"} {
		resp, body := s.Do(t, "GET", path+"?q=lipa", "")
		if resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, "more than 20000 pins contain it; add letters or another word") {
			t.Errorf("%s: status %d: %s", path, resp.StatusCode, body)
		}
	}
	resp, body := s.Do(t, "GET", "/d/trial?q=lipa&kind=need&lang=en", "")
	if resp.StatusCode != http.StatusOK || !strings.Contains(body, "More than 20,000 pins") || !strings.Contains(body, `value="lipa"`) {
		t.Errorf("page: status %d: %s", resp.StatusCode, body)
	}
	if !strings.Contains(body, `data-query="?kind=need"`) {
		t.Error("the map is asked for the words")
	}
	if resp, body := s.Do(t, "GET", "/api/v1/districts/trial/stats?q=lipa+77", ""); resp.StatusCode != http.StatusOK || !strings.Contains(body, `"total":111`) {
		t.Errorf("a second word: status %d: %.80s", resp.StatusCode, body)
	}
}

package diagnoses_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/webtest"
)

// evidence matches a need that a form has chosen.
var evidence = regexp.MustCompile(`name="link.evidence" value="\d+" checked`)

// TestChoosing begins diagnoses with what the list of the map has, in a section of
// it, in an outline, or in a hexagon: the needs that are listed, and no others.
func TestChoosing(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	moderator := s.SignIn(t, "ola@example.org", civic.Moderator, "")
	at, err := geo.CellAt(orb.Point{19.901, 50.001})
	if err != nil {
		t.Fatal(err)
	}
	cell := at.Parent(8).String()
	for _, test := range []struct {
		query string
		same  string // of the list in the API; "" for an outline
	}{
		{"kind=need", "kind=need"},
		{"kind=need&kind=potential", "kind=need"},
		{"area=west", "kind=need&area=west"},
		{"category=trees&from=2024-12", "category=trees&from=2024-12"},
		{"q=numer+1", "kind=need&q=numer+1"},
		{"cell=" + cell, "kind=need&cell=" + cell},
		{"bbox=19.90,50.0,19.93,50.03", "kind=need&bbox=19.90,50.0,19.93,50.03"},
		{"polygon=19.90,50.0%3B19.93,50.0%3B19.93,50.03%3B19.90,50.03", "kind=need&bbox=19.90,50.0,19.93,50.03"},
		{"polygon=19.90,50.0%3B19.99,50.0%3B19.90,50.059", ""},
	} {
		resp, body := s.Do(t, "GET", page+"/new?choose="+url.QueryEscape(test.query), "", moderator...)
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d\n%s", test.query, resp.StatusCode, body)
		}
		n := len(evidence.FindAllString(body, -1))
		if test.same == "" {
			if whole := 30; n == 0 || n >= whole {
				t.Errorf("%s: %d needs of %d", test.query, n, whole)
			}
			continue
		}
		var list struct{ Features []struct{} }
		s.GetJSON(t, "/api/v1/districts/{district}/pins", "/api/v1/districts/trial/pins?limit=100&"+test.same, &list)
		if n == 0 || n != len(list.Features) {
			t.Errorf("%s: %d needs, the list has %d", test.query, n, len(list.Features))
		}
	}
	for _, query := range []string{"kind=potential", "category=x", "polygon=1,2%3B3,4", "polygon=1,2%3B3,4%3Bx,5", "bbox=1", "%zz"} {
		if resp, _ := s.Do(t, "GET", page+"/new?choose="+url.QueryEscape(query), "", moderator...); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", query, resp.StatusCode)
		}
	}

	_, body := s.Do(t, "GET", "/d/trial?area=west&kind=need", "", moderator...)
	link := regexp.MustCompile(`href="(/d/trial/diagnoses/new\?choose=[^"]+)"`).FindStringSubmatch(body)
	if link == nil {
		t.Fatalf("the map has no link:\n%s", body)
	}
	_, body = s.Do(t, "GET", strings.ReplaceAll(link[1], "&amp;", "&"), "", moderator...)
	if n := len(evidence.FindAllString(body, -1)); n == 0 || !strings.Contains(body, `value="area=west&amp;kind=need"`) {
		t.Errorf("from the map, %d needs:\n%s", n, body)
	}
	if _, body := s.Do(t, "GET", "/d/trial/hotspots?kind=need&res=8&cell="+cell, "", moderator...); !strings.Contains(body, "/diagnoses/new?choose=cell%3D"+cell) {
		t.Errorf("the evidence of a hexagon has no link:\n%s", body)
	}
	for _, path := range []string{"/d/trial", "/d/trial/hotspots?kind=need&res=8&cell=" + cell} {
		if _, body := s.Do(t, "GET", path, ""); strings.Contains(body, "diagnoses/new") {
			t.Errorf("%s leads the public to the form", path)
		}
	}
}

// TestChoosingTooMany checks that the form has the newest 500, and says so.
func TestChoosingTooMany(t *testing.T) {
	var drafts []civic.Draft
	for i := range civic.MaxLinks + 1 {
		drafts = append(drafts, civic.Draft{Category: "trees", Title: fmt.Sprintf("Drzewo %d", i), Point: orb.Point{19.93, 50.03}, ReportedOn: civic.Day(20000 + i)})
	}
	s := webtest.OpenWith(t, webtest.District(civic.ModerateAfter), drafts)
	moderator := s.SignIn(t, "ola@example.org", civic.Moderator, "")
	_, body := s.Do(t, "GET", page+"/new?choose=kind%3Dneed", "", append([]string{"Accept-Language", "pl"}, moderator...)...)
	if n := len(evidence.FindAllString(body, -1)); n != civic.MaxLinks || !strings.Contains(body, "najwyżej 500") || strings.Contains(body, "Drzewo 0 ") {
		t.Errorf("%d needs", n)
	}
	q := form("Drzewa")
	for _, found := range evidence.FindAllString(body, -1) {
		q.Add("link.evidence", strings.Split(found, `"`)[3])
	}
	send(t, s, page+"/new", q, moderator)
}

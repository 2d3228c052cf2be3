package explore_test

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestNumbersOfThingsAgree checks that the legend, the list beside the map, the tiles,
// the register of what is on the map, its file and plain SQL have the same numbers of
// initiatives, offices and recommendations, of which some have no place, and more than
// the list shows.
func TestNumbersOfThingsAgree(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	text := func(values ...string) civic.Values {
		out := civic.Values{Texts: map[string]civic.Text{}}
		for i := 0; i < len(values); i += 2 {
			out.Texts[values[i]] = civic.Text{"pl": values[i+1]}
		}
		return out
	}
	const initiatives = 23
	for i := range initiatives {
		point := &orb.Point{19.92 + 0.003*float64(i), 50.03}
		s.Add(t, civic.RecordDraft{Kind: civic.InitiativeThing, Values: text("name", fmt.Sprintf("Inicjatywa %d", i), "summary", "x"), Point: point})
	}
	s.Add(t, civic.RecordDraft{Kind: civic.InitiativeThing, Values: text("name", "Bez miejsca", "summary", "x")})
	s.Add(t, webtest.Office("Dyżur", "", orb.Point{19.93, 50.03}))
	recommendation := civic.RecordDraft{Kind: civic.RecommendationThing, Values: text("name", "Drzewa", "addressee", "ZZM"), Point: &orb.Point{19.93, 50.03}}
	recommendation.Rows = map[string][]civic.Values{"paragraphs": {text("text", "Posadzić drzewa.")}}
	s.Add(t, recommendation)
	recommendation.Point = nil
	s.Add(t, recommendation)

	want := map[string]int{"initiatives": initiatives, "offices": 1, "recommendations": 1}
	conn := s.Connect(t)
	inSQL := map[string]int{}
	for plural := range want {
		var n int
		if err := conn.QueryRow(t.Context(), `
			select count(*)
			from things
			join contents using (district_id, thing_id)
			where kind || 's' = $1
			  and publication = 'published'
			  and geom is not null`, plural).Scan(&n); err != nil {
			t.Fatal(err)
		}
		inSQL[plural] = n
	}
	inLegend := map[string]int{}
	page := ""
	for deadline := time.Now().Add(time.Minute); !cmp.Equal(inLegend, want) && time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		_, page = s.Do(t, "GET", "/d/trial", "", "Accept-Language", "en")
		attribute := regexp.MustCompile(`data-things="([^"]*)"`).FindStringSubmatch(page)
		clear(inLegend)
		if err := json.Unmarshal([]byte(html.UnescapeString(attribute[1])), &inLegend); err != nil {
			t.Fatal(err)
		}
	}
	inList, inTiles, inRegister := map[string]int{}, map[string]int{}, map[string]int{}
	for _, m := range regexp.MustCompile(`data-total-of="(\w+)">On the map: (\d+)<`).FindAllStringSubmatch(page, -1) {
		inList[m[1]], _ = strconv.Atoi(m[2])
	}
	for x := 9097; x < 9106; x++ { // of zoom 14
		for y := 5549; y < 5557; y++ {
			_, body := s.Do(t, "GET", fmt.Sprintf("/tiles/trial/things/14/%d/%d.mvt", x, y), "")
			layers, err := mvt.Unmarshal([]byte(body))
			if err != nil {
				t.Fatal(err)
			}
			for _, layer := range layers {
				for _, f := range layer.Features {
					n, _ := f.Properties["n"].(float64)
					inTiles[f.Properties.MustString("kind")+"s"] += int(n)
				}
			}
		}
	}
	for plural := range want {
		link := regexp.MustCompile(`<h3 id="` + plural + `-heading">.*?<a href="([^"]*)"`).FindStringSubmatch(page)
		_, file := s.Do(t, "GET", strings.Replace(link[1], plural, plural+".geojson", 1), "")
		inRegister[plural] = strings.Count(file, `"type":"Feature",`)
	}
	for name, got := range map[string]map[string]int{"SQL": inSQL, "the legend": inLegend, "the list": inList, "tiles": inTiles, "the register": inRegister} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if n := strings.Count(page, `data-layer="initiatives"`); n != 20 || !strings.Contains(page, "All that are on the map") {
		t.Errorf("the list has %d initiatives, and should lead to the others", n)
	}
}

// TestLayersOfTheAddress shows and hides the layers that an address names, and refuses
// others, and any twice.
func TestLayersOfTheAddress(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	for query, want := range map[string]int{
		"show=hotspots": 200, "show=silence": 200, "show=hotspots,silence": 200, "hide=initiatives": 200,
		"show=heat": 400, "show=silence,silence": 400, "show=silence,": 400, "hide=pins": 400, "hide=initiatives,initiatives": 400,
	} {
		name, value, _ := strings.Cut(query, "=")
		resp, body := s.Do(t, "GET", "/d/trial?"+query, "")
		if says := `data-` + name + `="` + value + `"`; resp.StatusCode != want || want == 200 && !strings.Contains(body, says) || want == 400 && !strings.Contains(body, name) {
			t.Errorf("%s: status %d, want %d", query, resp.StatusCode, want)
		}
	}
}

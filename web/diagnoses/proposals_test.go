package diagnoses_test

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// detour is a walk that is longer than the straight line by a factor, with a river
// north of a latitude.
type detour struct{ factor, river float64 }

func (w detour) Distance(from, to orb.Point, limit float64) (float64, bool) {
	metres := orbgeo.DistanceHaversine(from, to) * w.factor
	return metres, metres <= limit && to.Lat() < w.river
}

// proposed matches a proposal on the page of a diagnosis.
var proposed = regexp.MustCompile(`name="other" value="(\d+)">\s*<a href="[^"]+">([^<]+)</a> <span class="thing-of">([^<]+)</span>`)

// TestProposals checks what is proposed to whoever may edit a diagnosis, in which
// order and for which reason, on its page and in the form, and that the button uses
// it.
func TestProposals(t *testing.T) {
	at := orb.Point{19.93, 50.03}
	metre := 1 / (math.Pi / 180 * orb.EarthRadius) // in degrees of latitude
	north := func(metres float64) orb.Point { return orb.Point{at.Lon(), at.Lat() + metres*metre} }
	d := webtest.District(civic.ModerateAfter)
	d.Categories[1].Visibility = civic.Exact
	draft := func(category, title string, p orb.Point) civic.Draft {
		return civic.Draft{Category: category, Title: title, Point: p, ReportedOn: 20000}
	}
	s := webtest.OpenConfig(t, web.Config{Writes: 50, WriteBurst: 50, Walk: detour{1.5, at.Lat() + 600*metre}}, d, []civic.Draft{
		draft("trees", "Brakuje drzew", at),
		draft("help", "Klub seniora", north(100)),
		draft("help", "Szkółka drzew", north(400)),
		draft("help", "Za daleko pieszo", north(560)),
		draft("help", "Za rzeką", north(610)),
		draft("help", "Poza zasięgiem", north(900)),
		draft("trees", "Drzewa obok", north(10)),
	})
	moderator := append([]string{"Accept-Language", "pl"}, s.SignIn(t, "ola@example.org", civic.Moderator, "")...)
	offer := url.Values{"key": {string(civic.NewRequestKey())}, "name.pl": {"Sala"}, "what": {"room"}, "categories": {"trees"}, "lon": {fmt.Sprint(at.Lon())}, "lat": {fmt.Sprint(north(200).Lat())}}
	send(t, s, "/d/trial/offers/new", offer, moderator)
	diagnosis := send(t, s, page+"/new", form("Sadzimy", 1), moderator)

	_, body := s.Do(t, "GET", diagnosis, "", moderator...)
	var got []string
	for _, match := range proposed.FindAllStringSubmatch(body, -1) {
		got = append(got, match[2]+": "+match[3])
	}
	want := []string{
		"Sala: Oferta · 300 m pieszo; ta sama kategoria; oferuje: sala",
		"Szkółka drzew: Potencjał · 600 m pieszo; wspólne słowo: drzew",
		"Klub seniora: Potencjał · 150 m pieszo",
	}
	if !slices.Equal(got, want) {
		t.Errorf("proposed are %q, want %q", got, want)
	}
	if _, body := s.Do(t, "GET", diagnosis, ""); strings.Contains(body, "proposals") {
		t.Error("the public is shown proposals")
	}
	if _, body := s.Do(t, "GET", diagnosis+"/edit", "", moderator...); !strings.Contains(body, "600 m pieszo") {
		t.Errorf("the form does not propose it:\n%s", body)
	}

	resp, _ := s.Do(t, "POST", diagnosis+"/actions", url.Values{"action": {"link"}, "field": {"serves"}, "other": {"3"}, "version": {"1"}}.Encode(), webtest.Form(moderator)...)
	if resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("use: %d", resp.StatusCode)
	}
	_, body = s.Do(t, "GET", diagnosis, "", moderator...)
	if n := len(proposed.FindAllString(body, -1)); n != 2 || !strings.Contains(body, `<a href="/d/trial/pins/3">Szkółka drzew</a>`) {
		t.Errorf("afterwards %d are proposed:\n%s", n, body)
	}
}

// TestProposalsInStraightLines checks that the page says so where no streets are
// known.
func TestProposalsInStraightLines(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	moderator := append([]string{"Accept-Language", "pl"}, s.SignIn(t, "ola@example.org", civic.Moderator, "")...)
	pin, _ := s.Report(t, civic.Draft{Category: "help", Title: "Dom kultury", Point: orb.Point{19.9012, 50.0012}, ReportedOn: 20000, Email: "anna@example.org"})
	if pin == 0 {
		t.Fatal("there is no potential")
	}
	diagnosis := send(t, s, page+"/new", form("Sadzimy", 1), moderator)
	if _, body := s.Do(t, "GET", diagnosis, "", moderator...); !strings.Contains(body, "m w linii prostej") || !strings.Contains(body, "nie znamy tu ulic") {
		t.Errorf("%s", body)
	}
}

package measures_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

const page = "/d/trial/measures"

// open starts a server on the fifteenth of the next month: what is done today was in the
// last month that has ended. The area west has pins of two months, an idea, an initiative
// and two dates of an event, one of which is called off.
func open(t *testing.T) (s *webtest.Site, month civic.Month) {
	t.Helper()
	now := time.Now()
	month = civic.Month((now.Year()-1970)*12 + int(now.Month()) - 1)
	earlier := (month - 2).First().String()
	var days []string // of sensitive pins, which are counted once enough different people have sent them
	for i := range civic.Day(12) {
		days = append(days, ((month - 6).First() + i).String())
	}
	s = webtest.OpenOn(t, (month + 1).First().String(), slices.Concat(
		webtest.Pins(t, 7, "trees", 19.92, month.First().String()),
		webtest.Pins(t, 3, "trees", 19.97, earlier), // in the area east
		webtest.Pins(t, 12, "fear", 19.93, days...),
		webtest.Pins(t, 2, "trees", 19.92, (month-13).First().String()),
	))
	v, _ := s.Live.District("trial")
	d := &v.District
	west := orb.Point{19.92, 50.03}
	for _, called := range []string{"Piknik", "Odwołany spacer"} {
		event := s.Add(t, civic.RecordDraft{Kind: civic.EventThing, Point: &west, Values: civic.Values{
			Texts: map[string]civic.Text{"name": {"pl": called}, "address": {"pl": "Rynek"}},
			Words: map[string]string{"type": "walk", "starts": month.First().String() + "T00:00", "ends": month.First().String() + "T00:01", "attendance": "23"},
		}})
		if called != "Piknik" {
			if _, err := s.Store.Do(t.Context(), d, civic.Actor{Kind: civic.System}, civic.Command{Action: civic.Cancel, Things: []int64{event.ID}, Version: event.Version, Reason: "Deszcz"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	found, err := s.Store.Pins(t.Context(), d, civic.PinQuery{Filter: civic.Filter{Areas: []string{"east"}}, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, action := range []civic.Action{civic.BeginAction, civic.Meet} {
		if _, err := s.Store.Do(t.Context(), d, civic.Actor{Kind: civic.System}, civic.Command{Action: action, Things: []int64{found.Pins[0].ID}}); err != nil {
			t.Fatal(err)
		}
	}
	s.Add(t, civic.RecordDraft{Kind: civic.IdeaThing, Point: &west, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Ławki"}}, Words: map[string]string{"text": "Ławki w cieniu"},
	}})
	s.Add(t, civic.RecordDraft{Kind: civic.InitiativeThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Wspólne sadzenie"}, "summary": {"pl": "Lipy"}},
	}})
	if err := s.Store.SetGoals(t.Context(), d, civic.Actor{Kind: civic.System}, map[civic.Measure]int{civic.MeasureEvents: 4}); err != nil {
		t.Fatal(err)
	}
	return s, month
}

var (
	total  = regexp.MustCompile(`data-measure="total">([0-9]+)<`)
	listed = regexp.MustCompile(` data-total="([0-9]+)"`)
)

var counted = regexp.MustCompile(`<a href="([^"]+)">(?:<strong data-measure="[^"]*">)?([0-9]+)<`)

// TestMeasuresAddUp checks that each number of the page is that of the list behind it,
// and that the tables, the files and the API say the same.
func TestMeasuresAddUp(t *testing.T) {
	s, month := open(t)
	_, body := s.Want(t, http.StatusOK, "GET", page, "", "Accept-Language", "en")
	webtest.Contains(t, body, `data-measure="pins">22<`, `data-measure="ideas">1<`, `data-measure="events">1<`, `data-measure="attendance">23<`, `data-measure="initiatives">1<`)
	links := counted.FindAllStringSubmatch(body, -1)
	if len(links) < 20 {
		t.Fatalf("%d numbers with a list in\n%s", len(links), body)
	}
	seen := map[string]bool{}
	for _, link := range links {
		path, want := strings.ReplaceAll(link[1], "&amp;", "&"), link[2]
		if seen[path] {
			continue
		}
		seen[path] = true
		_, list := s.Want(t, http.StatusOK, "GET", path, "", "Accept-Language", "en")
		of := total
		if !strings.HasPrefix(path, page) { // the map lists some pins, and only counts others
			of = listed
		}
		sum := 0
		for _, match := range of.FindAllStringSubmatch(list, -1) {
			n, err := strconv.Atoi(match[1])
			if err != nil {
				t.Fatal(err)
			}
			sum += n
		}
		if strconv.Itoa(sum) != want {
			t.Errorf("%s is a list of %d, not of %s", path, sum, want)
		}
	}
	sheets := slices.Repeat([]string{"Data", "By area", "By month"}, 3)
	s.CheckSheets(t, page, page+".xlsx", append(sheets, "How long it took", "In which way ideas came"))

	var out struct {
		Channels map[string]int `json:"idea_channels"`
		Measures []struct {
			Measure string
			Total   int
			Before  int
			Goal    *int
			ByArea  map[string]int `json:"by_area"`
			ByMonth map[string]int `json:"by_month"`
		}
	}
	s.GetJSON(t, "/api/v1/districts/{district}/measures", "/api/v1/districts/trial/measures", &out)
	if diff := cmp.Diff(map[string]int{"online": 1}, out.Channels); diff != "" {
		t.Errorf("ideas by channel: %s", diff)
	}
	for _, m := range out.Measures {
		sums := [2]int{}
		for i, by := range []map[string]int{m.ByArea, m.ByMonth} {
			for _, n := range by {
				sums[i] += n
			}
		}
		if m.Measure != string(civic.MeasurePeople) && (sums[0] != m.Total || sums[1] != m.Total) {
			t.Errorf("%s: %d, by area together %d, by month %d", m.Measure, m.Total, sums[0], sums[1])
		}
		switch m.Measure {
		case "pins":
			if m.Before != 2 || m.ByArea["west"] != 19 || m.ByArea["east"] != 3 || m.ByMonth[month.String()] != 7 {
				t.Errorf("pins: %+v", m)
			}
		case "events":
			if m.Goal == nil || *m.Goal != 4 {
				t.Errorf("the goal of events: %v", m.Goal)
			}
		}
	}
	if _, body = s.Want(t, http.StatusOK, "GET", page, "", "Accept-Language", "en"); !strings.Contains(body, "25% of 4") {
		t.Error("the distance to the goal is not said")
	}
	_, body = s.Want(t, http.StatusOK, "GET", page+"?months=1", "", "Accept-Language", "en")
	webtest.Contains(t, body, `data-measure="pins">7<`)
	if strings.Contains(body, "% of") {
		t.Error("a month has the goal of a year")
	}
	for _, path := range []string{page + "?months=13", page + "?month=2999-01", page + "/ideas?area=north"} {
		s.Want(t, http.StatusBadRequest, "GET", path, "")
	}
	s.Want(t, http.StatusNotFound, "GET", page+"/nothing", "")
	s.Want(t, http.StatusSeeOther, "GET", page+"/people", "")
}

// TestYear says what happened in plain words.
func TestYear(t *testing.T) {
	s, month := open(t)
	_, body := s.Want(t, http.StatusOK, "GET", "/d/trial/year", "", "Accept-Language", "en")
	webtest.Contains(t, body, "22 pins", "Together: 1 event", "Wspólne sadzenie", "1 need was met, within", s.URL+"/d/trial")
	if month.String() == "" || strings.Contains(body, "Odwołany") {
		t.Error("what was called off is in it")
	}
	_, body = s.Want(t, http.StatusOK, "GET", fmt.Sprintf("/d/trial/year?month=%s", (month-24).String()), "", "Accept-Language", "en")
	webtest.Contains(t, body, "0 pins", "Nothing of the kind was published")
}

package upcoming_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/upcoming"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// event returns what an event says that begins in some days at ten.
func event(d *civic.District, name string, days int, area string) civic.RecordDraft {
	day := d.DayOf(time.Now()) + civic.Day(days)
	return civic.RecordDraft{Kind: civic.EventThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": name}, "address": {"pl": "Rynek 1"}},
		Words: map[string]string{"type": "walk", "starts": day.String() + "T10:00", "ends": day.String() + "T12:00", "area": area},
	}}
}

// TestRead finds what is next, once for a series, without what is past, cancelled or far
// ahead.
func TestRead(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	v, _ := s.Live.District("trial")
	d := &v.District
	for name, days := range map[string]int{"past": -2, "third": 9, "first": 2, "off": 1, "second": 4, "fourth": 20, "far": 100} {
		says := event(d, name, days, "")
		if name == "first" {
			says.Words["every"], says.Words["until"] = "day", (d.DayOf(time.Now()) + 7).String()
		}
		added := s.Add(t, says)
		if name == "off" {
			if _, err := s.Store.Do(t.Context(), d, civic.Actor{Kind: civic.System}, civic.Command{Action: civic.Cancel, Version: added.Version, Things: []int64{added.ID}, Reason: "Rain"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	check := func(limit int, want ...string) {
		t.Helper()
		found, err := upcoming.Read(t.Context(), s.Store, d, civic.CalendarQuery{}, time.Now(), limit)
		var names []string
		for _, e := range found {
			names = append(names, e.Name["pl"])
		}
		if err != nil || fmt.Sprint(names) != fmt.Sprint(want) {
			t.Errorf("%d: %v, not %v: %v", limit, names, want, err)
		}
	}
	check(3, "first", "second", "third")
	check(9, "first", "second", "third", "fourth")
}

// TestPages checks the list on the page of an organisation and on that of an area.
func TestPages(t *testing.T) {
	clubs := webtest.District(civic.ModerateAfter)
	clubs.Categories = append(clubs.Categories, civic.Category{Slug: "clubs", Kind: civic.Organisation, Visibility: civic.Exact, Colour: "#112233", Label: civic.Text{"pl": "Kluby"}})
	s := webtest.OpenWith(t, clubs, []civic.Draft{{Category: "clubs", Title: "Klub", Point: orb.Point{19.93, 50.03}, ReportedOn: 20000}})
	v, _ := s.Live.District("trial")
	d := &v.District
	organisation := s.Add(t, civic.RecordDraft{Kind: civic.OrganisationThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Klub"}, "about": {"pl": "Gramy"}},
	}}, civic.FieldLinks{Field: "pin", Things: []int64{1}})
	club, area := fmt.Sprintf("/d/trial/organisations/%d", organisation.ID), "/d/trial/areas/west"
	for _, path := range []string{club, area} {
		_, body := s.Want(t, http.StatusOK, "GET", path, "")
		webtest.Contains(t, body, "Najbliższe wydarzenia", "Zasubskrybuj kalendarz")
	}
	held := s.Add(t, event(d, "Turniej <szachowy>", 3, ""), civic.FieldLinks{Field: "organisers", Things: []int64{organisation.ID}})
	near := s.Add(t, event(d, "Spacer", 3, "west"))
	_, body := s.Want(t, http.StatusOK, "GET", club, "")
	webtest.Contains(t, body, fmt.Sprintf(`href="/d/trial/events/%d?day=`, held.ID), "Turniej &lt;szachowy&gt;", "10:00–12:00", fmt.Sprintf(`/d/trial/calendar?organisation=%d"`, organisation.ID), fmt.Sprintf(`/d/trial/calendar.ics?organisation=%d"`, organisation.ID), "!Spacer")
	_, body = s.Want(t, http.StatusOK, "GET", area, "", "Accept-Language", "en")
	webtest.Contains(t, body, "Coming events", fmt.Sprintf(`href="/d/trial/events/%d?day=`, near.ID), ` lang="pl">Spacer</a>`, `/d/trial/calendar.ics?area=west"`, "!Turniej")
}

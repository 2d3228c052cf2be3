package today_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// sentRecommendation adds a recommendation in the west, which was to be replied to two
// days ago.
func sentRecommendation(t *testing.T, s *webtest.Site, d *civic.District) {
	t.Helper()
	added := s.Add(t, civic.RecordDraft{Kind: civic.RecommendationThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Cień na rynku"}, "addressee": {"pl": "Zarząd Zieleni"}}, Words: map[string]string{"area": "west"},
		Rows: map[string][]civic.Values{"paragraphs": {{Texts: map[string]civic.Text{"text": {"pl": "Posadzić lipy"}}}}},
	}})
	for _, action := range []civic.Action{civic.Adopt, civic.Send} {
		if _, err := s.Store.Do(t.Context(), d, civic.Actor{Kind: civic.System}, civic.Command{Action: action, Things: []int64{added.ID}}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.Connect(t).Exec(t.Context(), `
		update contents
		set content = jsonb_set(content, '{words,deadline}', to_jsonb(day::text)),
		  due_on = day
		from (
		  select district_id, (now() at time zone time_zone)::date - 2
		  from districts
		) as late (district_id, day)
		where contents.district_id = late.district_id
		  and thing_id = $1`, added.ID)
	if err != nil {
		t.Fatal(err)
	}
}

// TestToday shows what needs an animator of an area, an office, a resident who was
// asked something and somebody for whom nothing waits: the page and the API the same,
// with the totals of the map and of the desk.
func TestToday(t *testing.T) {
	now := time.Now()
	s := webtest.OpenConfig(t, web.Config{Now: func() time.Time { return now }}, webtest.District(civic.ModerateAfter), nil)
	d, err := s.Store.District(t.Context(), "trial")
	if err != nil {
		t.Fatal(err)
	}
	need := civic.Draft{Category: "trees", Title: "Lipa usycha", Point: orb.Point{19.93, 50.03}, ReportedOn: d.DayOf(now) - 3, Email: "jan@example.org"}
	asked, jan := s.Report(t, need)
	for range 6 {
		s.Report(t, need)
	}
	sentRecommendation(t, s, &d)
	moderator := civic.Actor{Kind: civic.Account, ID: 99, Grants: []civic.Grant{{Role: civic.Moderator, DistrictID: d.ID}}}
	if _, err := s.Store.Do(t.Context(), &d, moderator, civic.Command{Action: civic.Ask, Things: []int64{asked}, Text: "Która lipa?"}); err != nil {
		t.Fatal(err)
	}
	waiting, err := d.Accept(need, civic.MaxDay)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Store.AddPin(t.Context(), &d, civic.Actor{}, waiting, civic.Pending); err != nil {
		t.Fatal(err)
	}
	s.WaitForPins(t, 7)

	animator := s.SignIn(t, "ala@example.org", civic.Animator, "west")
	const path, api = "/d/trial/today", "/api/v1/districts/{district}/today"
	for _, test := range []struct {
		name   string
		header []string
		query  string
		totals map[string]int
		texts  []string // with "-", what the page does not have
	}{
		{"animator", animator, "", map[string]int{"replies": 1, "needs": totalNeeds(t, s, "west"), "desk waiting": 1}, []string{
			"Cień na rynku", "2 dni po terminie", "1 jest po terminie.", "Potrzeby bez diagnozy", "czeka 3 dni",
			"/d/trial?area=west&amp;kind=need&amp;status=reported&amp;status=under_diagnosis&amp;status=reopened", "/d/trial/desk?queue=waiting", "-Nic dziś",
		}},
		{"animator, one section", animator, "?section=replies", map[string]int{"replies": 1}, []string{"Wszystko, co dziś", "-Potrzeby bez"}},
		{"animator elsewhere", s.SignIn(t, "ela@example.org", civic.Animator, "east"), "", map[string]int{}, []string{"-Cień na rynku", "Nic dziś"}},
		{"council", s.SignIn(t, "ewa@example.org", civic.Council, ""), "", map[string]int{"replies": 1}, []string{"Rekomendacje, które czekają", "-Potrzeby bez"}},
		{"contact", s.Begin(t, jan), "", map[string]int{"questions": 1}, []string{"zespół o coś pyta", "/d/trial/answer/", "od dziś"}},
		{"adviser", s.SignIn(t, "iza@example.org", civic.Adviser, ""), "", map[string]int{}, []string{"Nic dziś na Ciebie nie czeka", "zajrzeć na mapę", "-coś zaoferować"}},
	} {
		resp, body := s.Do(t, "GET", path+test.query, "", append([]string{"Accept-Language", "pl"}, test.header...)...)
		if resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != serve.PrivateNoStore {
			t.Errorf("%s: %d, %v", test.name, resp.StatusCode, resp.Header)
		}
		for _, text := range test.texts {
			text, not := strings.CutPrefix(text, "-")
			if strings.Contains(body, text) == not {
				t.Errorf("%s: has %q: %t\n%s", test.name, text, not, body)
			}
		}
		var out struct {
			Sections []struct {
				Section string
				Total   int
				Items   []struct{ Links []serve.Link }
			}
			Desk []struct {
				Queue string
				Total int
			}
		}
		s.GetJSON(t, api, "/api/v1/districts/trial/today"+test.query, &out, test.header...)
		totals := map[string]int{}
		for _, section := range out.Sections {
			totals[section.Section] = section.Total
			for _, item := range section.Items {
				if !strings.Contains(body, `href="`+item.Links[0].Href+`"`) {
					t.Errorf("%s: the page does not lead to %s", test.name, item.Links[0].Href)
				}
			}
		}
		for _, queue := range out.Desk {
			totals["desk "+queue.Queue] = queue.Total
		}
		if diff := cmp.Diff(test.totals, totals); diff != "" {
			t.Errorf("%s: totals (-want +got):\n%s", test.name, diff)
		}
	}
	type section struct {
		Items []struct{ Links []serve.Link }
	}
	addresses := func(query string) (all []string) {
		var out struct{ Sections []section }
		s.GetJSON(t, api, "/api/v1/districts/trial/today?section=needs"+query, &out, animator...)
		for _, list := range out.Sections {
			for _, item := range list.Items {
				all = append(all, item.Links[0].Href)
			}
		}
		return all
	}
	all := addresses("")
	if rest := addresses("&skip=4"); len(all) != 7 || !slices.Equal(rest, all[4:]) || addresses("&skip=7") != nil {
		t.Errorf("needs %q, after four %q", all, rest)
	}
	for _, query := range []string{"?section=x", "?skip=-1", "?skip=x"} {
		if resp, body := s.Do(t, "GET", path+query, "", animator...); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d\n%s", query, resp.StatusCode, body)
		}
	}
}

// totalNeeds returns how many needs without a diagnosis an area has on the map.
func totalNeeds(t *testing.T, s *webtest.Site, area string) int {
	t.Helper()
	var out struct{ Need int }
	s.GetJSON(t, "/api/v1/districts/{district}/stats", "/api/v1/districts/trial/stats?kind=need&status=reported&status=under_diagnosis&status=reopened&area="+area, &out)
	return out.Need
}

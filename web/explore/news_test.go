package explore_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestNews checks the three questions beside the map: in a district without anything, with
// events and outcomes, and where they are in the way.
func TestNews(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	_, body := s.Want(t, http.StatusOK, "GET", "/d/trial", "")
	webtest.Contains(t, body, "Na razie nic nie zapowiedziano", "Co mogę powiedzieć?", `<a href="/d/trial/advice/new">`, "Jeszcze nic nie opublikowano", "!/ideas/new")
	v, _ := s.Live.District("trial")
	day := v.District.DayOf(time.Now())
	event := func(name, kind string, days int) civic.Thing {
		return s.Add(t, civic.RecordDraft{Kind: civic.EventThing, Values: civic.Values{
			Texts: map[string]civic.Text{"name": {"pl": name}, "address": {"pl": "Rynek 1"}, "topic": {"pl": "Co dalej?"}},
			Words: map[string]string{"type": kind, "starts": (day + civic.Day(days)).String() + "T17:00", "ends": (day + civic.Day(days)).String() + "T19:00"},
		}})
	}
	walk, debate := event("Spacer <po Zabłociu>", "walk", 2), event("Debata o parku", "debate", 30)
	for days := range 4 {
		event(fmt.Sprint("Dyżur ", days), "duty", 10+days)
	}
	point := orb.Point{19.93, 50.03}
	started := s.Add(t, civic.RecordDraft{Kind: civic.InitiativeThing, Point: &point, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Ławki w parku"}, "summary": {"pl": "Ustawiamy ławki."}},
	}})

	again := s.Again(t)
	_, body = again.Want(t, http.StatusOK, "GET", "/d/trial", "", "Accept-Language", "en")
	webtest.Contains(t, body, "What is going on?", fmt.Sprintf(`<a href="/d/trial/events/%d?day=%s" lang="pl">Spacer &lt;po Zabłociu&gt;</a>`, walk.ID, day+2), "17:00–19:00", "Dyżur 0", "Dyżur 1", "!Dyżur 2",
		fmt.Sprintf(`<a href="/d/trial/ideas/new?at=%d">`, debate.ID), "Debata o parku", fmt.Sprintf(`<a href="/d/trial/initiatives/%d">Ławki w parku</a>`, started.ID), `href="/d/trial/outcomes"`)
	if _, front := again.Want(t, http.StatusOK, "GET", "/", ""); !strings.Contains(front, "Co się dzieje?") {
		t.Error("the front page of the one district has no news")
	}
	for _, query := range []string{"kind=need", "q=lipa", "area=west"} {
		if _, body := again.Want(t, http.StatusOK, "GET", "/d/trial?"+query, ""); strings.Contains(body, "Spacer &lt;po Zabłociu&gt;</span>") {
			t.Errorf("%s: the news are in the way", query)
		}
	}
}

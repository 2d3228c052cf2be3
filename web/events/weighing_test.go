package events_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestWeighingOfEvent checks that the page of an event says in one place how its themes
// are weighed, with the way there, and not among the facts.
func TestWeighingOfEvent(t *testing.T) {
	s := webtest.OpenConfig(t, web.Config{}, webtest.District(civic.ModerateBefore), nil)
	v, _ := s.Live.District("trial")
	says := debate(&v.District, -3)
	without := s.Add(t, says)
	for name, word := range map[string]string{"weighing": "dots", "dots": "3", "weighing_from": says.Words["starts"], "weighing_until": says.Words["ends"], "weighing_room": "12"} {
		says.Words[name] = word
	}
	event := s.Add(t, says)
	page := fmt.Sprintf("/d/trial/events/%d", event.ID)
	_, body := s.Want(t, http.StatusOK, "GET", page, "", "Accept-Language", "pl")
	webtest.Contains(t, body, `id="weighing-heading"`, "Ważenie się skończyło", "Każdy ma 3 punkty", "wzięło udział 12 osób", `href="`+page+`/weighing"`, "!Punktów na osobę", "!Ważenie od")
	_, body = s.Want(t, http.StatusOK, "GET", fmt.Sprintf("/d/trial/events/%d", without.ID), "", "Accept-Language", "pl")
	webtest.Contains(t, body, "!weighing-heading")
}

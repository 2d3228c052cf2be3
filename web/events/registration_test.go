package events_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestWhoCameIsNamed names somebody who agreed to it in the form on the page of the event,
// once it has ended, until they take it back.
func TestWhoCameIsNamed(t *testing.T) {
	s := webtest.OpenConfig(t, web.Config{Writes: 100}, webtest.District(civic.ModerateAfter), nil)
	box := s.OpenMailbox(t)
	v, _ := s.Live.District("trial")
	says, day := picnic(&v.District, 3, 0)
	event := s.Add(t, says)
	box.Mails(t)
	home := fmt.Sprintf("/d/trial/events/%d", event.ID)
	form, send := home+"/register?day="+day.String(), webtest.Form(nil)
	_, body := s.Want(t, http.StatusOK, "GET", form, "")
	webtest.Contains(t, body, `name="named" value="yes">`)
	_, body = s.Want(t, http.StatusUnprocessableEntity, "POST", form, webtest.Values("email", "anna@example.org", "seats", "1", "named", "yes"), send...)
	webtest.Contains(t, body, "nie możemy Cię wymienić")
	s.Want(t, http.StatusOK, "POST", form, webtest.Values("email", "anna@example.org", "seats", "1", "name", "Anna <Nowak>", "named", "yes"), send...)
	registration := box.Mails(t)[0].Links["action"]
	s.Want(t, http.StatusOK, "POST", registration, "do=confirm", send...)

	moderator := s.SignIn(t, "moderator@example.org", civic.Moderator, "")
	_, body = s.Want(t, http.StatusOK, "GET", home+"/registrations", "", moderator...)
	_, id, _ := strings.Cut(body, `name="came" value="`)
	id, _, _ = strings.Cut(id, `"`)
	s.Want(t, http.StatusOK, "POST", home+"/registrations", "came="+id, webtest.Form(moderator)...)
	const named = "Wśród obecnych: Anna &lt;Nowak&gt;."
	isNamed := func(want bool) {
		t.Helper()
		if _, body := s.Want(t, http.StatusOK, "GET", home, ""); strings.Contains(body, named) != want {
			t.Errorf("named: %t", !want)
		}
	}
	isNamed(false)
	if _, err := s.Connect(t).Exec(t.Context(), `update occurrences set starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour' where thing_id = $1`, event.ID); err != nil {
		t.Fatal(err)
	}
	isNamed(true)
	for _, path := range []string{"/d/trial/calendar.ics", home + "/event.ics", "/api/v1/districts/trial/calendar", fmt.Sprintf("/api/v1/districts/trial/events/%d", event.ID), home + "/poster", home + ".atom"} {
		if _, body := s.Want(t, http.StatusOK, "GET", path, ""); strings.Contains(body, "Nowak") {
			t.Errorf("%s has the name", path)
		}
	}
	_, body = s.Want(t, http.StatusOK, "GET", registration, "")
	webtest.Contains(t, body, "Nie wymieniajcie mnie", "mogą podać: Anna &lt;Nowak&gt;")
	_, body = s.Want(t, http.StatusOK, "POST", registration, "do=unname", send...)
	if strings.Contains(body, "Nie wymieniajcie mnie") {
		t.Error("it can be taken back twice")
	}
	isNamed(false)
}

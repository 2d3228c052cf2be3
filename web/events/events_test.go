package events_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	goical "github.com/emersion/go-ical"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// picnic returns what an event says that begins in some days at six in the evening.
func picnic(d *civic.District, days, capacity int) (says civic.RecordDraft, day civic.Day) {
	day = d.DayOf(time.Now()) + civic.Day(days)
	return civic.RecordDraft{Kind: civic.EventThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Piknik <nad Wisłą>", "en": "Picnic"}, "address": {"pl": "Bulwary"}},
		Words: map[string]string{
			"type": "integration", "starts": day.String() + "T18:00", "ends": day.String() + "T20:00", "registration": "needed", "capacity": fmt.Sprint(capacity),
		},
		Lists: map[string][]string{"accessibility": {"step_free"}},
	}}, day
}

func TestCalendar(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	v, _ := s.Live.District("trial")
	d := &v.District
	says, day := picnic(d, 3, 0)
	event := s.Add(t, says)
	walk, _ := picnic(d, 3, 0)
	walk.Words["type"], walk.Texts["name"] = "walk", civic.Text{"pl": "Spacer po Zabłociu"}
	walk.Lists = nil
	last := s.Add(t, walk)
	for range 6 {
		s.Add(t, walk)
	}
	month := day.Month().String()
	_, body := s.Want(t, http.StatusOK, "GET", "/d/trial/calendar?month="+month, "")
	webtest.Contains(t, body, "Piknik &lt;nad Wisłą&gt;", "18:00–20:00", fmt.Sprintf(`href="/d/trial/events/%d?day=%s"`, event.ID, day), "8 wydarzeń", "i jeszcze 4", "poniedziałek")
	_, body = s.Want(t, http.StatusOK, "GET", "/d/trial/calendar?view=list&type=integration&accessibility=step_free&month="+month, "")
	webtest.Contains(t, body, "Piknik", "1 wydarzenie", "bez schodów")
	if strings.Contains(body, "Zabłociu") {
		t.Error("a walk is among the get-togethers")
	}
	_, body = s.Want(t, http.StatusOK, "GET", "/d/trial/calendar?month=1999-01", "", "Accept-Language", "en")
	webtest.Contains(t, body, "Nothing is announced for this time", "0 events")
	off := civic.Command{Action: civic.Cancel, Things: []int64{last.ID}, Version: last.Version, Reason: "Deszcz"}
	if _, err := s.Store.Do(t.Context(), d, civic.Actor{Kind: civic.System}, off); err != nil {
		t.Fatal(err)
	}
	for _, view := range []string{"month", "list"} {
		_, body = s.Want(t, http.StatusOK, "GET", "/d/trial/calendar?view="+view+"&month="+month, "")
		webtest.Contains(t, body, "7 wydarzeń, 1 odwołane")
	}
	for _, query := range []string{"month=soon", "type=party", "area=north", "organisation=x", "month=1960-01"} {
		s.Want(t, http.StatusBadRequest, "GET", "/d/trial/calendar?"+query, "")
	}

	resp, body := s.Want(t, http.StatusOK, "GET", "/d/trial/calendar.ics?type=integration", "")
	calendar, err := goical.NewDecoder(strings.NewReader(body)).Decode()
	if err != nil || len(calendar.Events()) != 1 {
		t.Fatalf("%v in\n%s", err, body)
	}
	starts, err := calendar.Events()[0].DateTimeStart(nil)
	if want := (civic.LocalTime{Day: day, Minute: 18 * 60}).In(d.Zone()); err != nil || !starts.Equal(want) {
		t.Errorf("it starts at %s, not %s: %v", starts, want, err)
	}
	if again, _ := s.Do(t, "GET", "/d/trial/calendar.ics?type=integration", "", "If-None-Match", resp.Header.Get("ETag")); again.StatusCode != http.StatusNotModified && resp.Header.Get("ETag") != "" {
		t.Errorf("unchanged: status %d", again.StatusCode)
	}
	_, body = s.Want(t, http.StatusOK, "GET", fmt.Sprintf("/d/trial/events/%d?day=%s", event.ID, day), "")
	webtest.Contains(t, body, "18:00", "Zapisz się", fmt.Sprintf("/d/trial/events/%d/event.ics", event.ID))
}

// TestRegistrationOfSomebodyWithoutAnAccount follows somebody from the form to the place
// that they give up, without a cookie or a script.
func TestRegistrationOfSomebodyWithoutAnAccount(t *testing.T) {
	s := webtest.OpenConfig(t, web.Config{Writes: 100}, webtest.District(civic.ModerateAfter), nil)
	box := s.OpenMailbox(t)
	v, _ := s.Live.District("trial")
	says, day := picnic(&v.District, 3, 1)
	event := s.Add(t, says)
	box.Mails(t)
	form := fmt.Sprintf("/d/trial/events/%d/register?day=%s", event.ID, day)
	_, body := s.Want(t, http.StatusOK, "GET", form, "")
	webtest.Contains(t, body, `name="email"`, `name="seats"`)
	send := webtest.Form(nil)
	_, body = s.Want(t, http.StatusUnprocessableEntity, "POST", form, webtest.Values("email", "anna", "seats", "9", "name", "Anna <b>"), send...)
	webtest.Contains(t, body, `value="anna"`, `value="Anna &lt;b&gt;"`, "To nie jest adres e-mail", "Wybierz liczbę od 1 do 6")

	register := func(name string) (page string) {
		t.Helper()
		_, body := s.Want(t, http.StatusOK, "POST", form, webtest.Values("email", name+"@example.org", "seats", "1", "name", name), send...)
		webtest.Contains(t, body, "Zajrzyj do skrzynki")
		mails := box.Mails(t)
		if len(mails) != 1 || mails[0].Kind != civic.MailConfirm || mails[0].Title != "" {
			t.Fatalf("%d mails: %v", len(mails), mails)
		}
		return mails[0].Links["action"]
	}
	anna := register("anna")
	_, body = s.Want(t, http.StatusOK, "GET", anna, "")
	webtest.Contains(t, body, "Przyjdę")
	_, body = s.Want(t, http.StatusOK, "POST", anna, "do=confirm", send...)
	webtest.Contains(t, body, "Masz miejsce", "1 osoba", "event.ics?day="+day.String())
	if mails := box.Mails(t); len(mails) != 1 || mails[0].Kind != civic.MailSeated || mails[0].Event == nil {
		t.Errorf("mails: %v", mails)
	}
	bob := register("bob")
	_, body = s.Want(t, http.StatusOK, "POST", bob, "do=confirm", send...)
	webtest.Contains(t, body, "Czekasz na miejsce")
	box.Mails(t)
	_, body = s.Want(t, http.StatusOK, "GET", fmt.Sprintf("/d/trial/events/%d", event.ID), "")
	webtest.Contains(t, body, "Wpisz się na listę oczekujących", "1 osoba czeka.")
	_, body = s.Want(t, http.StatusOK, "POST", anna, "do=cancel", send...)
	webtest.Contains(t, body, "Zrezygnowano z miejsca")
	if mails := box.Mails(t); len(mails) != 1 || mails[0].Kind != civic.MailSeated || mails[0].To != "bob@example.org" {
		t.Errorf("mails once anna has given up: %v", mails)
	}

	moderator := s.SignIn(t, "moderator@example.org", civic.Moderator, "")
	list := fmt.Sprintf("/d/trial/events/%d/registrations?day=%s", event.ID, day)
	_, body = s.Want(t, http.StatusOK, "GET", list, "", moderator...)
	webtest.Contains(t, body, "bob", "Miejsce ma 1 osoba.")
	for _, secret := range []string{"bob@", "anna"} {
		if strings.Contains(body, secret) {
			t.Errorf("the list has %s", secret)
		}
	}
	_, id, _ := strings.Cut(body, `name="came" value="`)
	id, _, _ = strings.Cut(id, `"`)
	_, body = s.Want(t, http.StatusOK, "POST", list, "came="+id, webtest.Form(moderator)...)
	webtest.Contains(t, body, "Zapisano.", `value="`+id+`" checked`)
	for _, path := range []string{"/d/trial/registrations/x", "/d/trial/events/999999/register"} {
		s.Want(t, http.StatusNotFound, "GET", path, "")
	}
}

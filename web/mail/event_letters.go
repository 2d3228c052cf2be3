package mail

import (
	"time"

	"github.com/pinezka/pinezka/civic"
)

// registration says what became of a registration, and leads to it and to the event.
func (w *writer) registration() {
	w.say("text")
	w.link("action", w.Text("mail.registration"))
	w.link("thing", w.Text("mail.open"))
}

// calledOff says that an event does not take place, and why.
func (w *writer) calledOff() {
	w.say("text")
	w.quote(w.Text("mail.reason"), w.letter.Reason)
	w.link("thing", w.Text("mail.open"))
}

func sampleRegistration(l *civic.Letter) {
	l.Title, l.Links["action"], l.Links["thing"] = "Piknik nad Wisłą", "/d/podgorze/registrations/made-up-token", "/d/podgorze/events/123"
	starts := time.Date(2026, 10, 25, 13, 0, 0, 0, time.UTC)
	l.Registration = &civic.Registration{Day: civic.DayOf(starts), Starts: starts, Ends: starts.Add(2 * time.Hour), Seats: 2, State: civic.Seated}
	l.Reason = "Zapowiadają burzę."
}

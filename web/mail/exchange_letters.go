package mail

import (
	"cmp"

	"github.com/pinezka/pinezka/civic"
)

// matched says what fits what somebody asks for or offers.
func (w *writer) matched() {
	w.say(w.askOrOffer())
	w.link("thing", w.Text("mail.open"))
}

// takenUp says what is taken up for what.
func (w *writer) takenUp() {
	if w.letter.Data["follow"] != "" {
		w.say("followed")
	} else {
		w.say(w.askOrOffer())
	}
	w.link("thing", w.Text("mail.open"))
}

// askOrOffer returns the name of the kind of the thing, which is one of the two.
func (w *writer) askOrOffer() string {
	return cmp.Or(w.letter.Data["kind"], civic.AskThing.String())
}

func sampleExchange(l *civic.Letter) {
	l.Title, l.Data["kind"], l.Data["other"] = "Sala na sobotę", "ask", "Sala na parterze domu kultury"
	l.Links["thing"] = "/d/podgorze/asks/123"
}

package mail

import (
	"cmp"

	"github.com/pinezka/pinezka/civic"
)

// advice says what has happened to a request for advice, and not what was written.
func (w *writer) advice() {
	switch news := w.letter.Data["news"]; news {
	case civic.Submit.String(), civic.Ask.String(), civic.Advise.String():
		w.say(news)
	default:
		w.say("moved")
	}
	w.link("thing", w.text("action"))
}

// assigned says why a request waits for an adviser.
func (w *writer) assigned() {
	w.say(cmp.Or(w.letter.Data["news"], "assigned"))
	w.link("thing", w.text("action"))
}

func sampleAdvice(l *civic.Letter) { l.Title, l.Links["thing"] = "", "/d/podgorze/advice/123" }

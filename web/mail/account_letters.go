package mail

import "github.com/pinezka/pinezka/civic"

// signIn says how to sign in.
func (w *writer) signIn() {
	w.say("text")
	w.link("action", w.text("action"))
	if code := w.letter.Data["code"]; code != "" {
		w.add(part{Text: w.text("code"), Code: code})
	}
	w.add(part{Text: w.Text("mail.ignore")})
}

func sampleSignIn(l *civic.Letter) { l.Data["code"] = "482 915" }

// invitation says which role somebody was given, and how to begin.
func (w *writer) invitation() {
	l := w.letter
	switch {
	case l.Data["area"] != "":
		w.say("text_area")
	case l.Data["role"] == civic.Member.String() && l.Links["thing"] != "": // an organisation that is still public
		w.say("text_organisation")
	default:
		w.say("text")
	}
	w.say("how")
	w.link("action", w.text("action"))
	w.say("ignore")
}

// confirm asks whether an address is that of whoever gave it.
func (w *writer) confirm() {
	if w.letter.Data["registration"] != "" {
		w.say("registration")
	} else {
		w.say("text")
	}
	w.link("action", w.text("action"))
	w.say("ignore")
}

// erased says what was erased, and what cannot be.
func (w *writer) erased() {
	w.say("text")
	w.say("cannot")
}

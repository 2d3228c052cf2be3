package mail

import "github.com/pinezka/pinezka/civic"

// own returns the key of what is said to the reporter of a thing, or else to whoever
// follows it.
func (w *writer) own() string {
	if w.letter.Data["follow"] != "" {
		return "followed"
	}
	return "text"
}

// received says that something has arrived, and what happens next.
func (w *writer) received() {
	if w.isThing() {
		w.say("thing")
		return
	}
	w.say("text")
	w.say("next")
}

// published says that something is public, or of what is only counted that it is.
func (w *writer) published() {
	switch {
	case w.letter.Visibility == civic.HexOnly:
		w.say("counted")
	case w.isThing():
		w.say("thing")
	default:
		w.say(w.own())
	}
	w.link("thing", w.Text("mail.open"))
}

// publishedSubject does not say of what is only counted that it is on the map.
func (w *writer) publishedSubject() string {
	if w.letter.Visibility == civic.HexOnly {
		return "subject.counted"
	}
	return w.subjectOfKind()
}

// merged says what stays.
func (w *writer) merged() {
	if w.isThing() {
		w.say("thing")
		w.say("into_thing")
	} else {
		w.say(w.own())
		w.say("into")
	}
	w.link("into", w.Text("mail.open"))
}

// asked has the question of a moderator.
func (w *writer) asked() {
	key := "text"
	if w.isThing() {
		key = "thing"
	}
	w.quote(w.text(key), w.letter.Text)
	w.link("action", w.text("action"))
}

func sampleAsked(l *civic.Letter) {
	l.Text = "Czy chodzi o plac zabaw przy szkole,\nczy o ten nad Wisłą?"
}

// update has what somebody says about a thing.
func (w *writer) update() {
	w.quote(w.text("text"), w.letter.Text)
	w.link("thing", w.Text("mail.open"))
}

func sampleUpdate(l *civic.Letter) {
	l.Text = "Trzy ławki staną do końca maja. Dziękujemy za zgłoszenie!"
}

// moved says in which state a thing is now, and why.
func (w *writer) moved() {
	switch {
	case isPrivate(w.letter.Data["kind"]):
		w.say("private")
	case w.isThing():
		w.say("thing")
	default:
		w.say("text")
	}
	w.why()
}

func (w *writer) movedSubject() string {
	if isPrivate(w.letter.Data["kind"]) {
		return "subject.private"
	}
	return "subject"
}

// reopened says that a need is open again, and why.
func (w *writer) reopened() {
	w.say("text")
	w.why()
}

// why gives the reason of what has happened to a thing, and leads to it and to what
// caused that.
func (w *writer) why() {
	w.quote(w.Text("mail.reason"), w.letter.Reason)
	w.link("thing", w.Text("mail.open"))
	w.cause()
}

// replied says how an office has replied to a recommendation.
func (w *writer) replied() {
	w.say(w.letter.Data["caused_by"])
	w.quote(w.Text("mail.reason"), w.letter.Reason)
	w.cause()
	w.link("thing", w.Text("mail.open"))
}

func sampleReplied(l *civic.Letter) {
	l.Data["caused_by"], l.Data["cause"], l.Links["cause"] = civic.AcceptInPart.String(), "Ławki na placach zabaw", "/d/podgorze/recommendations/46"
	l.Reason = "Pięć ławek z ośmiu; na pozostałe nie ma miejsca."
}

func sampleOverdue(l *civic.Letter) {
	l.Title, l.Links["thing"] = "Ławki na placach zabaw", "/d/podgorze/recommendations/46"
	l.Data["until"] = "2026-03-01"
}

// cameOf says what came of a thing, and leads to that.
func (w *writer) cameOf() {
	w.say("text")
	w.link("other", w.Text("mail.open"))
}

func sampleCameOf(l *civic.Letter) {
	l.Title, l.Data["other"], l.Data["other_kind"], l.Links["other"] = "Ławki na placach zabaw", "Sąsiedzi skręcają ławki", "initiative", "/d/podgorze/initiatives/47"
	l.OneClick = "/d/podgorze/unsubscribe/made-up-token"
}

// better asks whether it is better.
func (w *writer) better() {
	w.say("text")
	w.link("action", w.text("action"))
	w.say("what")
}

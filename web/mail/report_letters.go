package mail

import (
	"cmp"

	"github.com/pinezka/pinezka/civic"
)

// statementOfReasons adds what article 17 of the Digital Services Act wants to be
// said: the decision and its scope, the facts, whether automated means were used,
// the rule, and how to object.
func (w *writer) statementOfReasons() {
	l := w.letter
	text, scope := "text", "scope"
	if w.isThing() {
		text, scope = "thing", "scope_thing"
	}
	w.say(text)
	w.quote(w.Text("mail.reason"), l.Reason)
	if l.Data["rule"] != "" {
		w.say("rule")
	}
	w.say("rule_terms")
	if l.Data["notice"] == "yes" {
		w.say("source_notice")
	} else {
		w.say("source_own")
	}
	w.say("human")
	w.say(scope)
	w.say("object")
	w.link("object", w.text("action"))
	w.say("redress")
}

func sampleHidden(l *civic.Letter) {
	l.Reason, l.Data["rule"] = "W opisie jest numer telefonu innej osoby.", "Nie podajemy danych innych osób."
}

// report returns the kind of the report that the letter is about.
func (w *writer) report() string {
	return cmp.Or(w.letter.Data["report"], civic.ContentNotice.String())
}

func (w *writer) reportSubject() string { return "subject." + w.report() }

// reportReceived says that a report has arrived, and what happens next.
func (w *writer) reportReceived() {
	w.say(w.report())
	w.say("next")
	w.link("thing", w.Text("mail.open"))
}

// reportClosed says what became of a report, and how to object to that.
func (w *writer) reportClosed() {
	l := w.letter
	result := cmp.Or(l.Data["result"], "kept")
	if w.report() == civic.ErasureRequest.String() {
		result = "erasure_" + result
	}
	w.say(result)
	w.quote(w.Text("mail.reason"), l.Reason)
	if l.Links["object"] != "" { // not to what was asked for, nor twice
		w.say("object")
		w.link("object", w.text("action"))
		w.say("redress")
	}
}

func sampleReportClosed(l *civic.Letter) { l.Reason = "Opis dotyczy miejsca, a nie osoby." }

// objectionReceived says that an objection has arrived, and what happens next.
func (w *writer) objectionReceived() {
	w.say("text")
	w.say("next")
}

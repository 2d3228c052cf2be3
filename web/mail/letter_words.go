package mail

import (
	"strings"

	"github.com/pinezka/pinezka/civic"
)

// text returns a text of the kind of the letter with everything that one may
// mention filled in.
func (w *writer) text(key string) string {
	l := w.letter
	date, until := "", ""
	if l.District != nil {
		date = w.Date(l.District.DayOf(l.CreatedAt))
	}
	if day, _, err := civic.ParsePeriod(l.Data["until"]); err == nil {
		until = w.Date(day)
	}
	return w.Text("mail."+string(l.Kind)+"."+key, "when", w.when(), "n", len(l.Items), "place", w.place, "date", date, "until", until,
		"role", w.Text("role."+l.Data["role"]), "status", w.Text(w.state()), "kind", w.what(l.Data["kind"]), "other_kind", w.what(l.Data["other_kind"]),
		// Last, so that no placeholder is filled in what somebody wrote.
		"area", l.Data["area"], "rule", l.Data["rule"], "title", w.title, "other", shorten(l.Data["other"]))
}

// when returns when the occurrence of a registration begins, or the day of one that does
// not take place any more; "" for a letter about none.
func (w *writer) when() string {
	r, d := w.letter.Registration, w.letter.District
	switch {
	case r == nil || d == nil:
		return ""
	case r.Starts.IsZero():
		return w.Date(r.Day)
	}
	return w.Time(d.LocalTimeOf(r.Starts))
}

// isThing reports whether the letter is about a thing of another kind than pins.
func (w *writer) isThing() bool {
	kind := w.letter.Data["kind"]
	return kind != "" && kind != civic.PinThing.String()
}

// isPrivate reports whether a kind of things is given whose things are never public.
func isPrivate(kind string) bool {
	k, err := civic.ParseThingKind(kind)
	return err == nil && k.Rules().Private
}

// what returns what a thing of a kind is, within a sentence; "" for pins and for no
// kind.
func (w *writer) what(kind string) string {
	k, err := civic.ParseThingKind(kind)
	if err != nil || k == civic.PinThing {
		return ""
	}
	return strings.ToLower(w.Text(k.Plural() + ".one"))
}

// state returns the key of the name of the state that the letter tells.
func (w *writer) state() string {
	if kind, err := civic.ParseThingKind(w.letter.Data["kind"]); err == nil && kind != civic.PinThing {
		return kind.Plural() + ".state." + w.letter.Data["status"]
	}
	return "status." + w.letter.Data["status"]
}

// maxTitle is the number of code points of a title in a mail.
const maxTitle = 80

// shorten returns a title of at most maxTitle code points, cut between words where
// there are any.
func shorten(title string) string {
	title = oneLine(title)
	runes := []rune(title)
	if len(runes) <= maxTitle {
		return title
	}
	cut := string(runes[:maxTitle-1])
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)/2 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,.;:–-") + "…"
}

// oneLine returns a text with every run of white space, line ends included, as one
// space.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

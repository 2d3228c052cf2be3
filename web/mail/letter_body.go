package mail

import (
	"cmp"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/i18n"
)

// body is what a mail says, for the templates of text and of HTML.
type body struct {
	Lang     string
	Subject  string
	Place    string
	Greeting string
	Parts    []part
	Footer   []part
}

// part is one paragraph of a mail, with what follows it.
type part struct {
	Text  string
	Quote string // words of a person
	Code  string
	Items []item
	Label string // of the link
	URL   string // absolute
	Main  bool   // whether the link is what the mail asks to do
}

type item struct{ Text, URL string }

// writer builds the body of one letter.
type writer struct {
	*i18n.Messages
	letter  civic.Letter
	baseURL string
	place   string
	title   string
	body    body
}

// write returns what a letter says in the language of its recipient, else in that
// of the district.
func (m *Mailer) write(l civic.Letter) body {
	var languages []string
	if l.District != nil {
		languages = l.District.Languages
	}
	lang := l.Language
	if lang == "" && len(languages) > 0 {
		lang = languages[0]
	}
	lang = cmp.Or(lang, "en")
	w := &writer{Messages: m.cfg.Catalogue.Messages(lang, languages...), letter: l, baseURL: m.cfg.BaseURL}
	w.place = w.Text("mail.from_installation")
	if l.District != nil {
		w.place = l.District.Text(l.District.Name, lang)
	}
	w.title = shorten(l.Title)
	switch {
	case l.Visibility == civic.HexOnly:
		w.title = w.Text("mail.delicate")
	case w.title == "":
		w.title = w.Text("mail.untitled")
	}
	w.body = body{Lang: lang, Place: w.place, Greeting: w.Text("mail.greeting"), Subject: oneLine(w.subject())}
	if l.Name != "" {
		w.body.Greeting = w.Text("mail.greeting_name", "name", l.Name)
	}
	w.parts()
	w.footer()
	return w.body
}

// subject returns the subject: of a report, by what that was; of what is only
// counted, without saying that it is on the map.
func (w *writer) subject() string {
	switch l := w.letter; {
	case l.Kind == civic.MailReportReceived, l.Kind == civic.MailReportClosed:
		return w.text("subject." + w.report())
	case l.Kind == civic.MailReceived && isThing(l.Data["kind"]):
		return w.text("subject.thing")
	case l.Kind == civic.MailMoved && isPrivate(l.Data["kind"]):
		return w.text("subject.private")
	case l.Kind == civic.MailPublished && l.Visibility == civic.HexOnly:
		return w.text("subject.counted")
	case l.Kind == civic.MailPublished && isThing(l.Data["kind"]):
		return w.text("subject.thing")
	}
	return w.text("subject")
}

// report returns the kind of the report that the letter is about.
func (w *writer) report() string {
	return cmp.Or(w.letter.Data["report"], civic.ContentNotice.String())
}

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

// isThing reports whether a kind of things is given that is not that of pins.
func isThing(kind string) bool { return kind != "" && kind != civic.PinThing.String() }

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

// say adds a paragraph.
func (w *writer) say(key string) { w.add(part{Text: w.text(key)}) }

// own returns the key of what is said to the reporter of a thing, or else to whoever
// follows it.
func (w *writer) own() string {
	if w.letter.Data["follow"] != "" {
		return "followed"
	}
	return "text"
}

// quote adds a paragraph with the words of a person, unless there are none.
func (w *writer) quote(text, words string) {
	if words != "" {
		w.add(part{Text: text, Quote: words})
	}
}

// link adds a link, unless the letter has none of the name.
func (w *writer) link(name, label string) {
	if path := w.letter.Links[name]; path != "" {
		w.add(part{Label: label, URL: w.baseURL + path, Main: true})
	}
}

// cause adds the thing from whose action the news follow, if they do.
func (w *writer) cause() {
	if path := w.letter.Links["cause"]; path != "" {
		w.add(part{Label: w.Text("mail.cause", "title", shorten(w.letter.Data["cause"])), URL: w.baseURL + path})
	}
}

func (w *writer) add(p part) { w.body.Parts = append(w.body.Parts, p) }

// parts adds the paragraphs of the kind of the letter.
func (w *writer) parts() {
	l := w.letter
	open := w.Text("mail.open")
	switch l.Kind {
	case civic.MailSignIn:
		w.say("text")
		w.link("action", w.text("action"))
		if l.Data["code"] != "" {
			w.add(part{Text: w.text("code"), Code: l.Data["code"]})
		}
		w.add(part{Text: w.Text("mail.ignore")})
	case civic.MailInvitation:
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
	case civic.MailConfirm:
		if l.Data["registration"] != "" {
			w.say("registration")
		} else {
			w.say("text")
		}
		w.link("action", w.text("action"))
		w.say("ignore")
	case civic.MailReceived, civic.MailObjectionReceived:
		if isThing(l.Data["kind"]) && l.Kind == civic.MailReceived {
			w.say("thing")
			break
		}
		w.say("text")
		w.say("next")
	case civic.MailPublished:
		switch {
		case l.Visibility == civic.HexOnly:
			w.say("counted")
		case isThing(l.Data["kind"]):
			w.say("thing")
		default:
			w.say(w.own())
		}
		w.link("thing", open)
	case civic.MailMerged:
		w.say(w.own())
		w.say("into")
		w.link("into", open)
	case civic.MailAsked:
		w.quote(w.text("text"), l.Text)
		w.link("action", w.text("action"))
	case civic.MailAnswered, civic.MailUpdate:
		w.quote(w.text("text"), l.Text)
		w.link("thing", open)
	case civic.MailMoved, civic.MailReopened:
		switch {
		case l.Kind == civic.MailMoved && isPrivate(l.Data["kind"]):
			w.say("private")
		case l.Kind == civic.MailMoved && isThing(l.Data["kind"]):
			w.say("thing")
		default:
			w.say("text")
		}
		w.quote(w.Text("mail.reason"), l.Reason)
		w.link("thing", open)
		w.cause()
	case civic.MailReplied:
		w.say(l.Data["caused_by"])
		w.quote(w.Text("mail.reason"), l.Reason)
		w.cause()
		w.link("thing", open)
	case civic.MailOverdue:
		w.say("text")
		w.link("thing", open)
	case civic.MailCameOf:
		w.say("text")
		w.link("other", open)
	case civic.MailHidden:
		w.statementOfReasons()
	case civic.MailDigest:
		p := part{Text: w.text("text")}
		for _, i := range l.Items {
			p.Items = append(p.Items, item{w.news(i), w.baseURL + i.Link})
		}
		w.add(p)
		follows := part{Text: w.text("follows")}
		for _, f := range l.Follows {
			follows.Items = append(follows.Items, item{w.Text("mail.digest.end", "title", cmp.Or(shorten(f.Title), w.Text("mail.digest.everything"))), w.baseURL + f.Link})
		}
		if len(l.Follows) > 0 {
			w.add(follows)
		}
	case civic.MailReportReceived:
		w.say(w.report())
		w.say("next")
		w.link("thing", open)
	case civic.MailReportClosed:
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
	case civic.MailMatched:
		w.say(cmp.Or(l.Data["kind"], civic.AskThing.String()))
		w.link("thing", open)
	case civic.MailTakenUp:
		if l.Data["follow"] != "" {
			w.say("followed")
		} else {
			w.say(cmp.Or(l.Data["kind"], civic.AskThing.String()))
		}
		w.link("thing", open)
	case civic.MailStillTrue, civic.MailYearLater:
		w.say("text")
		w.link("thing", w.text("action"))
	case civic.MailAdvice:
		switch news := l.Data["news"]; news {
		case civic.Submit.String(), civic.Ask.String(), civic.Advise.String():
			w.say(news)
		default:
			w.say("moved")
		}
		w.link("thing", w.text("action"))
	case civic.MailAssigned:
		w.say(cmp.Or(l.Data["news"], "assigned"))
		w.link("thing", w.text("action"))
	case civic.MailBetter:
		w.say("text")
		w.link("action", w.text("action"))
		w.say("what")
	case civic.MailSeated, civic.MailWaiting, civic.MailReminder, civic.MailRescheduled:
		w.say("text")
		w.link("action", w.Text("mail.registration"))
		w.link("thing", open)
	case civic.MailCalledOff:
		w.say("text")
		w.quote(w.Text("mail.reason"), l.Reason)
		w.link("thing", open)
	case civic.MailErased:
		w.say("text")
		w.say("cannot")
	}
}

// news returns what a digest says of a thing.
func (w *writer) news(i civic.LetterItem) string {
	key := string(i.Kind)
	if i.Kind == civic.MailPublished && i.Of != civic.PinThing {
		key = "published_thing"
	}
	return w.Text("mail.digest.item."+key, "kind", w.what(i.Of.String()), "title", shorten(i.Title))
}

// statementOfReasons adds what article 17 of the Digital Services Act wants to be
// said: the decision and its scope, the facts, whether automated means were used,
// the rule, and how to object.
func (w *writer) statementOfReasons() {
	l := w.letter
	w.say("text")
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
	w.say("scope")
	w.say("object")
	w.link("object", w.text("action"))
	w.say("redress")
}

// footer adds who writes, and how to receive less.
func (w *writer) footer() {
	l := w.letter
	if me := l.Links["me"]; me != "" && !l.Kind.ToAnybody() {
		w.body.Footer = append(w.body.Footer, part{Text: w.Text("mail.my_page"), URL: w.baseURL + me})
	}
	if l.OneClick != "" {
		w.body.Footer = append(w.body.Footer, part{Text: w.Text("mail.unsubscribe"), URL: w.baseURL + l.OneClick})
	}
	p := part{Text: w.Text("mail.automatic")}
	if home := l.Links["home"]; home != "" {
		p = part{Text: w.place + " · " + p.Text, URL: w.baseURL + home}
	}
	w.body.Footer = append(w.body.Footer, p)
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

package mail

import (
	"cmp"
	"fmt"

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
func (m *Mailer) write(l civic.Letter) (body, error) {
	kind, ok := letterKinds[l.Kind]
	if !ok {
		return body{}, fmt.Errorf("write a mail of the kind %q: %w", l.Kind, civic.ErrInvalid)
	}
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
	w.body = body{Lang: lang, Place: w.place, Greeting: w.Text("mail.greeting"), Subject: oneLine(w.subject(kind))}
	if l.Name != "" {
		w.body.Greeting = w.Text("mail.greeting_name", "name", l.Name)
	}
	kind.parts(w)
	w.footer()
	return w.body, nil
}

// subject returns the subject of a letter of a kind.
func (w *writer) subject(kind letterKind) string {
	if kind.subject == nil {
		return w.text("subject")
	}
	return w.text(kind.subject(w))
}

// say adds a paragraph.
func (w *writer) say(key string) { w.add(part{Text: w.text(key)}) }

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

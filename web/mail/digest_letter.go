package mail

import (
	"cmp"

	"github.com/pinezka/pinezka/civic"
)

// digest lists what is new, and what somebody follows.
func (w *writer) digest() {
	news := part{Text: w.text("text")}
	for _, i := range w.letter.Items {
		news.Items = append(news.Items, item{w.news(i), w.baseURL + i.Link})
	}
	w.add(news)
	follows := part{Text: w.text("follows")}
	for _, f := range w.letter.Follows {
		follows.Items = append(follows.Items, item{w.Text("mail.digest.end", "title", cmp.Or(shorten(f.Title), w.Text("mail.digest.everything"))), w.baseURL + f.Link})
	}
	if len(w.letter.Follows) > 0 {
		w.add(follows)
	}
}

// news returns what a digest says of a thing.
func (w *writer) news(i civic.LetterItem) string {
	key := string(i.Kind)
	if i.Of != civic.PinThing && (i.Kind == civic.MailPublished || i.Kind == civic.MailMerged) {
		key += "_thing"
	}
	return w.Text("mail.digest.item."+key, "kind", w.what(i.Of.String()), "title", shorten(i.Title))
}

func sampleDigest(l *civic.Letter) {
	l.OneClick = "/d/podgorze/unsubscribe/made-up-token"
	l.Items = []civic.LetterItem{
		{Kind: civic.MailPublished, Of: civic.PinThing, Title: l.Title, Link: "/d/podgorze/pins/123"},
		{Kind: civic.MailAnswered, Of: civic.PinThing, Title: "Przejście dla pieszych", Link: "/d/podgorze/pins/124"},
		{Kind: civic.MailMoved, Of: civic.PinThing, Title: "Oświetlenie w parku", Link: "/d/podgorze/pins/125"},
		{Kind: civic.MailCameOf, Of: civic.InitiativeThing, Title: "Sąsiedzi skręcają ławki", Link: "/d/podgorze/initiatives/47"},
	}
	l.Follows = []civic.LetterItem{{Title: "Płaszów", Link: "/d/podgorze/unsubscribe/made-up-token"}, {Link: "/d/podgorze/unsubscribe/another-token"}}
}

package mail

import (
	"time"

	"github.com/pinezka/pinezka/civic"
)

// sampleLetter returns a made-up letter of a kind in a language, for the preview.
func sampleLetter(kind civic.MailKind, lang string) civic.Letter {
	l := civic.Letter{
		District: &civic.District{
			Slug: "podgorze", TimeZone: "Europe/Warsaw", Languages: []string{"pl", "en", "uk"},
			Name: civic.Text{"pl": "Podgórze", "en": "Podgórze", "uk": "Подґуже"},
		},
		Delivery: 1, To: "anna@example.org", Language: lang, Kind: kind, Token: "token",
		CreatedAt: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC),
		Title:     "Brak ławek przy placu zabaw na ul. Łąkowej 🌳",
		Links: map[string]string{
			"home": "/d/podgorze", "me": "/d/podgorze/me", "thing": "/d/podgorze/pins/123", "into": "/d/podgorze/pins/45",
			"action": "/sign-in/made-up-token", "object": "/d/podgorze/object/made-up-token",
		},
		Data: map[string]string{"role": "animator", "area": "Płaszów", "status": "in_action", "report": "notice", "result": "kept"},
	}
	switch kind {
	case civic.MailSignIn:
		l.Data["code"] = "482 915"
	case civic.MailAsked:
		l.Text = "Czy chodzi o plac zabaw przy szkole,\nczy o ten nad Wisłą?"
	case civic.MailAnswered, civic.MailUpdate:
		l.Text = "Trzy ławki staną do końca maja. Dziękujemy za zgłoszenie!"
	case civic.MailReplied:
		l.Data["caused_by"], l.Data["cause"], l.Links["cause"] = civic.AcceptInPart.String(), "Ławki na placach zabaw", "/d/podgorze/recommendations/46"
		l.Reason = "Pięć ławek z ośmiu; na pozostałe nie ma miejsca."
	case civic.MailOverdue:
		l.Title, l.Links["thing"] = "Ławki na placach zabaw", "/d/podgorze/recommendations/46"
		l.Data["until"] = "2026-03-01"
	case civic.MailCameOf:
		l.Title, l.Data["other"], l.Data["other_kind"], l.Links["other"] = "Ławki na placach zabaw", "Sąsiedzi skręcają ławki", "initiative", "/d/podgorze/initiatives/47"
		l.OneClick = "/d/podgorze/unsubscribe/made-up-token"
	case civic.MailMatched, civic.MailTakenUp:
		l.Title, l.Data["kind"], l.Data["other"] = "Sala na sobotę", "ask", "Sala na parterze domu kultury"
		l.Links["thing"] = "/d/podgorze/asks/123"
	case civic.MailAdvice, civic.MailAssigned:
		l.Title, l.Links["thing"] = "", "/d/podgorze/advice/123"
	case civic.MailHidden:
		l.Reason, l.Data["rule"] = "W opisie jest numer telefonu innej osoby.", "Nie podajemy danych innych osób."
	case civic.MailSeated, civic.MailWaiting, civic.MailReminder, civic.MailRescheduled, civic.MailCalledOff:
		l.Title, l.Links["action"], l.Links["thing"] = "Piknik nad Wisłą", "/d/podgorze/registrations/made-up-token", "/d/podgorze/events/123"
		starts := time.Date(2026, 10, 25, 13, 0, 0, 0, time.UTC)
		l.Registration = &civic.Registration{Day: civic.DayOf(starts), Starts: starts, Ends: starts.Add(2 * time.Hour), Seats: 2, State: civic.Seated}
		l.Reason = "Zapowiadają burzę."
	case civic.MailReportClosed:
		l.Reason = "Opis dotyczy miejsca, a nie osoby."
	case civic.MailDigest:
		l.OneClick = "/d/podgorze/unsubscribe/made-up-token"
		l.Items = []civic.LetterItem{
			{Kind: civic.MailPublished, Of: civic.PinThing, Title: l.Title, Link: "/d/podgorze/pins/123"},
			{Kind: civic.MailAnswered, Of: civic.PinThing, Title: "Przejście dla pieszych", Link: "/d/podgorze/pins/124"},
			{Kind: civic.MailMoved, Of: civic.PinThing, Title: "Oświetlenie w parku", Link: "/d/podgorze/pins/125"},
			{Kind: civic.MailCameOf, Of: civic.InitiativeThing, Title: "Sąsiedzi skręcają ławki", Link: "/d/podgorze/initiatives/47"},
		}
		l.Follows = []civic.LetterItem{{Title: "Płaszów", Link: "/d/podgorze/unsubscribe/made-up-token"}, {Link: "/d/podgorze/unsubscribe/another-token"}}
	}
	return l
}

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
	if complete := letterKinds[kind].sample; complete != nil {
		complete(&l)
	}
	return l
}

package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	netmail "net/mail"
	"strings"

	"github.com/wneessen/go-mail"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/ical"
)

// message returns a letter as a message to its one recipient. Attempts to send the
// same delivery have the same Message-ID.
func (m *Mailer) message(l civic.Letter) (*mail.Msg, error) {
	r, err := m.Render(l)
	if err != nil {
		return nil, err
	}
	message := mail.NewMsg(mail.WithNoDefaultUserAgent())
	to := &netmail.Address{Name: oneLine(l.Name), Address: l.To}
	if _, err := netmail.ParseAddress(to.String()); err != nil {
		return nil, fmt.Errorf("the address of the recipient: %w: %w", civic.ErrPermanent, err)
	}
	message.ToMailAddress(to)
	from := m.from
	if from.Name == "" {
		from.Name = r.Place
	}
	envelope := netmail.Address{Address: from.Address}
	if m.bounce != nil {
		envelope.Address = withToken(m.bounce.Address, l.Token)
	}
	message.EnvelopeFromMailAddress(&envelope)
	if l.Kind == civic.MailSignIn {
		from.Address = withToken(from.Address, randomPart(l.Token))
	}
	message.FromMailAddress(&from)
	message.SetMessageIDWithValue(l.Token + "@" + from.Address[strings.LastIndexByte(from.Address, '@')+1:])
	message.SetDateWithValue(m.cfg.Now())
	message.Subject(r.Subject)
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetGenHeader("Content-Language", r.Lang)
	if l.OneClick != "" {
		message.SetGenHeader(mail.HeaderListUnsubscribe, "<"+m.cfg.BaseURL+l.OneClick+">")
		message.SetGenHeader(mail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	message.SetBodyString(mail.TypeTextPlain, r.Text)
	message.AddAlternativeString(mail.TypeTextHTML, r.HTML)
	if l.Event != nil && l.District != nil {
		if err := m.attachEvent(message, l, r.Lang); err != nil {
			return nil, err
		}
	}
	return message, nil
}

// attachEvent adds an event to a message, for the calendar of its recipient: the one
// occurrence for which they have registered, or all.
func (m *Mailer) attachEvent(message *mail.Msg, l civic.Letter, lang string) error {
	e := ical.Event{Described: *l.Event, Modified: l.CreatedAt}
	if l.Registration != nil {
		e.Only = l.Registration.Day
	}
	c := ical.Calendar{District: l.District, Base: m.cfg.BaseURL, Language: lang, Name: l.Title, Events: []ical.Event{e}}
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		return err
	}
	err := message.AttachReader(l.District.Slug+".ics", &b, mail.WithFileContentType(ical.ContentType+"; method=PUBLISH"))
	if err != nil {
		return fmt.Errorf("attach a calendar: %w", err)
	}
	return nil
}

// randomPart returns the part of the sender of a mail to sign in that nobody can
// know beforehand. A help desk may show what arrives from an address to whoever
// registers with that: with a constant sender, anybody could ask for a link to the
// address of the desk and read it there.
func randomPart(token string) string {
	sum := sha256.Sum256([]byte("sender " + token))
	return hex.EncodeToString(sum[:6])
}

// withToken returns an address with "+" and a token before the "@".
func withToken(address, token string) string {
	at := strings.LastIndexByte(address, '@')
	return address[:at] + "+" + token + address[at:]
}

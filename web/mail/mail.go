// Package mail renders letters in the language of their recipients, as text and
// as HTML, and sends them by SMTP, or keeps them in an outbox where there is no
// mail server. It also reads bounces, and has pages for the operator: the outbox,
// a preview of all mails, and the failed jobs.
//
// The texts are in locales; what each kind of mail says with them is in
// letter_body.go, and how that looks in letters/letter.txt and letter.html.
package mail

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	netmail "net/mail"
	"strings"
	texttemplate "text/template"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/i18n"
)

var (
	// Files contains the texts.
	//
	//go:embed locales/*.json
	Files embed.FS

	//go:embed letters
	letters embed.FS
)

// Outbox keeps messages that are not sent.
type Outbox interface {
	AddToOutbox(ctx context.Context, letter civic.Letter, message []byte) error
}

// Config configures a Mailer.
type Config struct {
	Catalogue     *i18n.Catalogue  // required
	BaseURL       string           // at which the public reaches the service, without a slash at its end; required
	From          string           // address, with or without a name; without one, mails have the name of their district; required with SMTP
	BounceAddress string           // to which bounces are sent, with "+" and a token before the "@"; default From
	SMTP          *SMTP            // the mail server; nil for the outbox
	Outbox        Outbox           // required without SMTP
	Now           func() time.Time // default time.Now
}

// Mailer renders and delivers letters. It is safe for concurrent use.
type Mailer struct {
	cfg    Config
	from   netmail.Address
	bounce *netmail.Address // nil for none
	text   *texttemplate.Template
	html   *template.Template
	style  string // of the HTML
}

// New returns a mailer. It returns an error for an invalid configuration.
func New(cfg Config) (*Mailer, error) {
	if cfg.Catalogue == nil || cfg.BaseURL == "" || cfg.SMTP == nil && cfg.Outbox == nil {
		return nil, errors.New("mail: Catalogue, BaseURL, and SMTP or Outbox are required")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	m := &Mailer{cfg: cfg}
	if cfg.From == "" && cfg.SMTP != nil {
		return nil, errors.New("the address of the sender is missing")
	}
	from, err := netmail.ParseAddress(cmp.Or(cfg.From, "pinezka@localhost"))
	if err != nil {
		return nil, fmt.Errorf("the address of the sender: %w", err)
	}
	m.from = *from
	if cfg.BounceAddress != "" {
		if m.bounce, err = netmail.ParseAddress(cfg.BounceAddress); err != nil {
			return nil, fmt.Errorf("the address for bounces: %w", err)
		}
	}
	m.text, err = texttemplate.New("letter.txt").Funcs(texttemplate.FuncMap{"quoted": quoted}).ParseFS(letters, "letters/letter.txt")
	if err != nil {
		return nil, fmt.Errorf("parse the template of mails: %w", err)
	}
	style, err := letters.ReadFile("letters/letter.css")
	if err != nil {
		return nil, fmt.Errorf("read the style of mails: %w", err)
	}
	m.style = string(style)
	m.html, err = template.New("letter.html").Funcs(template.FuncMap{
		"style": func() template.CSS { return template.CSS(style) }, //nolint:gosec // of this program
	}).ParseFS(letters, "letters/letter.html")
	if err != nil {
		return nil, fmt.Errorf("parse the template of mails: %w", err)
	}
	return m, nil
}

// quoted returns a text with "> " before each line.
func quoted(text string) string { return "> " + strings.ReplaceAll(text, "\n", "\n> ") }

// Rendered is a letter as its recipient reads it.
type Rendered struct {
	Lang, Subject, Text, HTML string
	Place                     string // by the name of which it is sent
}

// Render renders a letter.
func (m *Mailer) Render(l civic.Letter) (Rendered, error) {
	b, err := m.write(l)
	if err != nil {
		return Rendered{}, err
	}
	out := Rendered{Lang: b.Lang, Subject: b.Subject, Place: b.Place}
	var text, html bytes.Buffer
	if err := errors.Join(m.text.Execute(&text, b), m.html.Execute(&html, b)); err != nil {
		return out, fmt.Errorf("render a mail of the kind %s: %w", l.Kind, err)
	}
	out.Text, out.HTML = text.String(), html.String()
	return out, nil
}

// Deliver renders a letter and hands it over to the mail server, or keeps it in
// the outbox. The error is civic.ErrPermanent or civic.ErrUnknownRecipient when
// another attempt would fail too.
func (m *Mailer) Deliver(ctx context.Context, l civic.Letter) error {
	message, err := m.message(l)
	if err != nil {
		return err
	}
	if m.cfg.SMTP != nil {
		return m.cfg.SMTP.send(ctx, message)
	}
	var b bytes.Buffer
	if _, err := message.WriteTo(&b); err != nil {
		return fmt.Errorf("write a mail: %w", err)
	}
	return m.cfg.Outbox.AddToOutbox(ctx, l, b.Bytes())
}

package mail_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/mail"
)

// printer is an outbox that prints the subject of what it gets.
type printer struct{}

func (printer) AddToOutbox(_ context.Context, l civic.Letter, message []byte) error {
	for line := range strings.Lines(string(message)) {
		if strings.HasPrefix(line, "Subject: ") {
			fmt.Println(l.To, strings.TrimSpace(line))
		}
	}
	return nil
}

// A letter is rendered in the language of its recipient. Without a mail server it
// goes to the outbox.
func Example() {
	catalogue, err := i18n.Load(mail.Files)
	if err != nil {
		fmt.Println(err)
		return
	}
	mailer, err := mail.New(mail.Config{Catalogue: catalogue, BaseURL: "https://mapa.example.org", Outbox: printer{}})
	if err != nil {
		fmt.Println(err)
		return
	}
	err = mailer.Deliver(context.Background(), civic.Letter{
		To: "anna@example.org", Language: "en", Kind: civic.MailPublished, Title: "Benches at the playground", Token: "token",
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output: anna@example.org Subject: On the map: Benches at the playground
}

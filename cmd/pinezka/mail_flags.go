package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/mail"
)

// smtpPassword is the environment variable with the password of the mail server. No
// flag has it, since every user of the machine can read the list of processes.
const smtpPassword = "PINEZKA_SMTP_PASSWORD" //nolint:gosec // the name of a variable

// mailFlags are the flags of the mail server.
type mailFlags struct {
	smtp         string
	from         string
	user         string
	passwordFile string
	tls          string
	bounce       string
}

func (f *mailFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.smtp, "smtp", "", "mail server that sends mails, such as mail.example.org:587; needs --smtp-from and --base-url (default: none, and mails are kept in the outbox of the operator)")
	cmd.Flags().StringVar(&f.from, "smtp-from", "", "address that mails are from, such as \"Mapa <mapa@example.org>\"; without a name, they have that of the district")
	cmd.Flags().StringVar(&f.user, "smtp-user", "", "user of the mail server, with the password in --smtp-password-file or PINEZKA_SMTP_PASSWORD (default: none)")
	cmd.Flags().StringVar(&f.passwordFile, "smtp-password-file", "", "file with the password of --smtp-user")
	cmd.Flags().StringVar(&f.tls, "smtp-tls", "", "starttls, implicit, or none for a mail server on this machine (default: implicit on port 465, otherwise starttls)")
	cmd.Flags().StringVar(&f.bounce, "bounce-address", "", "address to which mails that cannot be delivered return, with + and a token before the @; its mail goes to \"pinezka bounce\" (default: that of --smtp-from)")
}

// server returns the mail server, or nil for none.
func (f *mailFlags) server(baseURL string) (*mail.SMTP, error) {
	if f.smtp == "" {
		return nil, nil
	}
	if f.from == "" || baseURL == "" {
		return nil, errors.New("--smtp needs --smtp-from and --base-url: mails have a sender, and links to this service")
	}
	s := &mail.SMTP{Address: f.smtp, User: f.user, Password: os.Getenv(smtpPassword), TLS: mail.TLSMode(f.tls)}
	if f.passwordFile != "" {
		b, err := os.ReadFile(f.passwordFile)
		if err != nil {
			return nil, fmt.Errorf("--smtp-password-file: %w", err)
		}
		s.Password = strings.TrimRight(string(b), "\r\n")
	}
	if err := s.Check(); err != nil {
		return nil, fmt.Errorf("--smtp: %w", err)
	}
	return s, nil
}

// mailer returns what sends mails, or keeps them in the outbox without a server.
func (f *mailFlags) mailer(server *mail.SMTP, catalogue *i18n.Catalogue, baseURL string, outbox mail.Outbox) (*mail.Mailer, error) {
	m, err := mail.New(mail.Config{
		Catalogue: catalogue, BaseURL: strings.TrimRight(baseURL, "/"), From: f.from, BounceAddress: f.bounce, SMTP: server, Outbox: outbox,
	})
	if err != nil {
		return nil, fmt.Errorf("prepare mails: %w", err)
	}
	return m, nil
}

// localURL returns the URL at which a browser on this machine reaches a listener.
func localURL(address net.Addr) string {
	tcp, ok := address.(*net.TCPAddr)
	if ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("http://localhost:%d", tcp.Port)
	}
	return "http://" + address.String()
}

// announceOutbox says that mails are not sent, and what to do.
func announceOutbox(out io.Writer, op *operator) {
	if op == nil {
		fmt.Fprintln(out, "Mails are not sent, since no mail server is configured: set --smtp, or --operator-listen to read them in the outbox")
		return
	}
	fmt.Fprintf(out, "Mails are not sent, since no mail server is configured (--smtp): they are at http://%s/outbox\n", op.listener.Addr())
}

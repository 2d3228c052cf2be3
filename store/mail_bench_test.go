package store_test

import (
	"fmt"
	"io"
	"net"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/mail"
)

// mailServer is a mail server that accepts everything.
type mailServer struct{}

func (mailServer) Mail(string, *smtp.MailOptions) error { return nil }
func (mailServer) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (mailServer) Reset()                               {}
func (mailServer) Logout() error                        { return nil }

func (mailServer) Data(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}

// BenchmarkMails measures the mails that one node sends to different contacts by
// SMTP, each rendered, and with its outcome recorded. The mail server, PostgreSQL
// and the node share the machine.
func BenchmarkMails(b *testing.B) {
	p := openPost(b)
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return mailServer{}, nil }))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	b.Cleanup(func() { _ = server.Close(); <-done })
	catalogue, err := web.Catalogue()
	if err != nil {
		b.Fatal(err)
	}
	mailer, err := mail.New(mail.Config{
		Catalogue: catalogue, BaseURL: "https://mapa.example.org", From: "mapa@example.org", SMTP: &mail.SMTP{Address: l.Addr().String(), TLS: mail.NoTLS},
	})
	if err != nil {
		b.Fatal(err)
	}
	thing := p.thing(b, "Ławka", civic.Published)
	const mails = 1000
	for b.Loop() {
		b.StopTimer()
		for i := range mails {
			p.queue(b, civic.Mail{Contact: p.contact(b, fmt.Sprintf("%d.%d@example.org", b.N, i)), Kind: civic.MailPublished, Thing: thing, Fact: "published"})
		}
		b.StartTimer()
		began := time.Now()
		stop := p.run(b, mailer.Deliver)
		await(b, "all are sent", func() bool { return p.outcomes(b)["waiting"] == 0 })
		b.ReportMetric(mails/time.Since(began).Hours(), "mails/hour")
		b.StopTimer()
		stop()
		if _, err := p.conn.Exec(b.Context(), `delete from contacts`); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

package follows_test

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/mail"
	"github.com/pinezka/pinezka/web/page"
)

// mailServer is a mail server of a test. It keeps each message with its addressee.
type mailServer struct {
	mu       sync.Mutex
	messages map[string][][]byte
}

// NewSession implements smtp.Backend.
func (s *mailServer) NewSession(*smtp.Conn) (smtp.Session, error) {
	return &mailSession{server: s}, nil
}

type mailSession struct {
	server *mailServer
	to     []string
}

func (s *mailSession) Mail(string, *smtp.MailOptions) error { return nil }
func (s *mailSession) Reset()                               { s.to = nil }
func (s *mailSession) Logout() error                        { return nil }

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

func (s *mailSession) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.messages[strings.Join(s.to, " ")] = append(s.server.messages[strings.Join(s.to, " ")], b)
	return err
}

// listen starts the server, and returns its address.
func (s *mailServer) listen(t *testing.T) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(s)
	server.Domain = "localhost"
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { server.Close() })
	return listener.Addr().String()
}

// received is a mail as a mail program shows it.
type received struct{ To, Language, Subject, Text, OneClick string }

// parse reads a message as a mail program does.
func parse(t *testing.T, to string, message []byte) received {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(message))
	if err != nil {
		t.Fatalf("%v: %s", err, message)
	}
	address, err := netmail.ParseAddress(m.Header.Get("To"))
	if err != nil || address.Address != to {
		t.Errorf("the mail to %s is for %q: %v", to, m.Header.Get("To"), err)
	}
	out := received{To: to, Language: m.Header.Get("Content-Language"), OneClick: strings.Trim(m.Header.Get("List-Unsubscribe"), "<>")}
	if out.Subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		t.Fatal(err)
	}
	if out.OneClick != "" && m.Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
		t.Errorf("the mail to %s has no RFC 8058", to)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	part, err := multipart.NewReader(m.Body, params["boundary"]).NextPart() // decodes quoted-printable
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	out.Text = strings.Join(strings.Fields(string(text)), " ")
	return out
}

// TestSixPeopleEachGetOneRightMail checks, with a real mail server and a mail
// parser, that each of six people whom the decisions of a moderator concern has one
// mail for each, in their language, with the words of a person where they belong.
func TestSixPeopleEachGetOneRightMail(t *testing.T) {
	s := open(t)
	server := &mailServer{messages: map[string][][]byte{}}
	catalogue, err := i18n.Load(page.Files, mail.Files)
	if err != nil {
		t.Fatal(err)
	}
	mailer, err := mail.New(mail.Config{
		Catalogue: catalogue, BaseURL: "https://mapa.example.org", From: "pinezka@example.org", SMTP: &mail.SMTP{Address: server.listen(t), TLS: mail.NoTLS},
	})
	if err != nil {
		t.Fatal(err)
	}
	storetest.RunJobs(t, s.Store, mailer.Deliver)
	v, _ := s.Live.District("trial")
	d := &v.District
	pins := map[string]int64{}
	for name, title := range map[string]string{"anna": "Ławka – „złamana” 🌳", "bruno": "Ta sama ławka", "ewa": "Kontakt: Jan Kowalski", "filip": "Gdzie to jest?"} {
		s.addContact(t, name+"@example.org", map[string]string{"bruno": "uk", "ewa": "en"}[name])
		pin, err := d.Accept(civic.Draft{Category: "trees", Title: title, Point: [2]float64{19.93, 50.03}, ReportedOn: 20000, Email: name + "@example.org"}, civic.MaxDay)
		if err != nil {
			t.Fatal(err)
		}
		if pins[name], err = s.Store.AddPin(t.Context(), d, civic.Actor{}, pin, civic.Pending); err != nil {
			t.Fatal(err)
		}
	}
	celina, dawid := s.addContact(t, "celina@example.org", "pl"), s.addContact(t, "dawid@example.org", "en")
	if err := s.Store.Follow(t.Context(), d, civic.NewFollow{ContactID: celina, Filter: civic.Filter{Areas: []string{"west"}}, Cadence: civic.Instant}); err != nil {
		t.Fatal(err)
	}
	storetest.AwaitMails(t, s.conn)
	server.messages = map[string][][]byte{}

	moderator := civic.Actor{Kind: civic.Account, ID: 1 << 40, Grants: []civic.Grant{{Role: civic.Moderator, DistrictID: d.ID}}}
	act := func(c civic.Command, name string) {
		t.Helper()
		c.Things = []int64{pins[name]}
		if _, err := s.Store.Do(t.Context(), d, moderator, c); err != nil {
			t.Fatal(err)
		}
	}
	act(civic.Command{Action: civic.Publish}, "anna")
	act(civic.Command{Action: civic.Merge, Into: pins["anna"]}, "bruno")
	act(civic.Command{Action: civic.Hide, Reason: "W opisie jest nazwisko."}, "ewa")
	act(civic.Command{Action: civic.Ask, Text: "Czy to przy szkole?"}, "filip")
	storetest.AwaitMails(t, s.conn)
	if err := s.Store.Support(t.Context(), d, pins["anna"], civic.Voice{ContactID: dawid}); err != nil {
		t.Fatal(err)
	}
	act(civic.Command{Action: civic.PassOn, Reason: "To zadanie miasta."}, "anna")
	storetest.AwaitMails(t, s.conn)

	server.mu.Lock()
	defer server.mu.Unlock()
	got := map[string][]string{}
	for to, messages := range server.messages {
		for _, message := range messages {
			m := parse(t, to, message)
			got[to] = append(got[to], m.Subject)
			for _, want := range map[string][]string{
				"ewa@example.org": {"W opisie jest nazwisko."}, "filip@example.org": {"Czy to przy szkole?"}, "dawid@example.org": {"To zadanie miasta."},
			}[to] {
				if !strings.Contains(m.Text, want) {
					t.Errorf("the mail to %s lacks %q: %s", to, want, m.Text)
				}
			}
			if strings.Contains(m.Text, "Kowalski") && to != "ewa@example.org" {
				t.Errorf("the mail to %s names somebody: %s", to, m.Text)
			}
			if slices.Contains([]string{"celina@example.org", "dawid@example.org"}, to) && m.OneClick == "" {
				t.Errorf("the mail %q to %s cannot be ended", m.Subject, to)
			}
			if m.OneClick == "" {
				continue
			}
			path := strings.TrimPrefix(m.OneClick, "https://mapa.example.org")
			if resp, _ := s.Do(t, "GET", path, ""); resp.StatusCode != http.StatusOK {
				t.Errorf("%s: status %d", path, resp.StatusCode)
			}
		}
		slices.Sort(got[to])
	}
	want := map[string][]string{
		"anna@example.org":   {"Już na mapie: Ławka – „złamana” 🌳", "Przekazana dalej: Ławka – „złamana” 🌳"},
		"bruno@example.org":  {"Об’єднано з іншою позначкою: Ta sama ławka", "Передано далі: Ławka – „złamana” 🌳"},
		"celina@example.org": {"Już na mapie: Ławka – „złamana” 🌳", "Przekazana dalej: Ławka – „złamana” 🌳"},
		"dawid@example.org":  {"Passed on: Ławka – „złamana” 🌳"},
		"ewa@example.org":    {"Not shown: Kontakt: Jan Kowalski"},
		"filip@example.org":  {"Pytanie do Twojej pinezki: Gdzie to jest?"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mails (-want +got):\n%s", diff)
	}
}

// addContact adds a contact whose address is confirmed, with a language or else
// Polish.
func (s *site) addContact(t *testing.T, address, language string) (id int64) {
	t.Helper()
	if language == "" {
		language = "pl"
	}
	v, _ := s.Live.District("trial")
	err := s.Store.Follow(t.Context(), &v.District, civic.NewFollow{Email: address, Language: language, Cadence: civic.Weekly})
	if err != nil {
		t.Fatal(err)
	}
	err = s.conn.QueryRow(t.Context(), `
		with newest as (
		  delete from follows
		  where follow_id = (select max(follow_id) from follows)
		  returning contact_id
		)
		update contacts
		set confirmed_at = now()
		from newest
		where contacts.contact_id = newest.contact_id
		returning contacts.contact_id`).Scan(&id)
	if err != nil {
		t.Fatal(fmt.Errorf("add %s: %w", address, err))
	}
	return id
}

package mail

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/explore"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/kinds"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/pins"
)

// missing matches the key of a text that there is not.
var missing = regexp.MustCompile(`\bmail\.[a-z_]+\.`)

var update = flag.Bool("update", false, "write the golden files")

// outbox keeps the last message.
type outbox struct{ message []byte }

func (o *outbox) AddToOutbox(_ context.Context, _ civic.Letter, message []byte) error {
	o.message = message
	return nil
}

func newMailer(t testing.TB, change func(*Config)) *Mailer {
	t.Helper()
	files, err := kinds.Files()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := i18n.Load(append(files, Files, page.Files, pins.Files, explore.Files)...)
	if err != nil {
		t.Fatal(err)
	}
	cfg := Config{
		Catalogue: catalogue, BaseURL: "https://mapa.example.org", From: "pinezka@example.org", Outbox: &outbox{},
		Now: func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) },
	}
	if change != nil {
		change(&cfg)
	}
	m, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestLetters compares the text of every kind of mail in every language with a
// golden file, and checks what all have in common.
func TestLetters(t *testing.T) {
	t.Parallel()
	m := newMailer(t, nil)
	for _, lang := range []string{"pl", "en", "uk"} {
		var all strings.Builder
		for _, kind := range civic.MailKinds() {
			r, err := m.Render(sampleLetter(kind, lang))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&all, "=== %s\nSubject: %s\n\n%s\n", kind, r.Subject, r.Text)
			if r.Lang != lang || !strings.Contains(r.HTML, `<html lang="`+lang+`">`) {
				t.Errorf("%s in %s has the language %s", kind, lang, r.Lang)
			}
			if strings.ContainsAny(r.Subject+r.Text, "{}") || missing.MatchString(r.Subject+r.Text) {
				t.Errorf("%s in %s lacks a text or a value:\n%s\n%s", kind, lang, r.Subject, r.Text)
			}
			if strings.Contains(r.Text, "\n\n\n") || strings.Contains(r.Text, "&#") {
				t.Errorf("%s in %s has empty lines or entities:\n%s", kind, lang, r.Text)
			}
			if kind.ToAnybody() && strings.Contains(r.Subject+r.Text+r.HTML, "ławek") {
				t.Errorf("%s in %s has the words of a visitor", kind, lang)
			}
		}
		file := filepath.Join("testdata", "letters."+lang+".txt")
		if *update {
			if err := os.WriteFile(file, []byte(all.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), all.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

// received is a message as a mail program reads it.
type received struct {
	header     netmail.Header
	subject    string
	text, html string
}

// parse reads a message with the parsers of the standard library.
func parse(t testing.TB, raw []byte) received {
	t.Helper()
	message, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	r := received{header: message.Header}
	if r.subject, err = new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject")); err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s, %v", kind, err)
	}
	for parts := multipart.NewReader(message.Body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return r
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		body := strings.ReplaceAll(string(b), "\r\n", "\n")
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/plain") {
			r.text = body
		} else {
			r.html = body
		}
	}
}

// message returns the message of a letter.
func message(t testing.TB, m *Mailer, l civic.Letter) received {
	t.Helper()
	msg, err := m.message(l)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(b.String(), "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line is too long or ends alone: %q", line)
		}
	}
	return parse(t, b.Bytes())
}

func TestSubjectsSurviveTheirEncoding(t *testing.T) {
	t.Parallel()
	m := newMailer(t, nil)
	for _, title := range []string{
		"Zażółć gęślą jaźń", "🌳🌳 więcej drzew 🚲", "plain words", "A & B <b>„x”</b> 'y'", "Лавки й дерева біля школи — дуже потрібні",
		strings.Repeat("Źdźbło trawy przy bardzo długiej ulicy ", 2), "two\r\nlines\tBcc: x@example.org", "=?utf-8?q?fake?=", "{place} {n}",
	} {
		l := sampleLetter(civic.MailPublished, "pl")
		l.Title = title
		want := "Już na mapie: " + shorten(title)
		r := message(t, m, l)
		if r.subject != want {
			t.Errorf("got %q, want %q", r.subject, want)
		}
		if r.header.Get("Bcc") != "" {
			t.Errorf("%q adds a header", title)
		}
		if !strings.Contains(r.text, "„"+shorten(title)+"”") {
			t.Errorf("%q is not in the text:\n%s", title, r.text)
		}
		if strings.Contains(r.html, "<b>") {
			t.Errorf("%q is HTML:\n%s", title, r.html)
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	m := newMailer(t, func(c *Config) { c.BounceAddress = "bounce@mail.example.org" })
	l := sampleLetter(civic.MailDigest, "")
	l.Name = "Żaneta, „Ż” <x@example.org>"
	r := message(t, m, l)
	for name, want := range map[string]string{
		"Message-Id": "<token@example.org>", "Auto-Submitted": "auto-generated", "Content-Language": "pl",
		"List-Unsubscribe":      "<https://mapa.example.org/d/podgorze/unsubscribe/made-up-token>",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Date": "Sun, 01 Mar 2026 12:00:00 +0000", "User-Agent": "", "X-Mailer": "",
	} {
		if got := r.header.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	from, err := r.header.AddressList("From")
	if err != nil || from[0].Name != "Podgórze" || from[0].Address != "pinezka@example.org" {
		t.Errorf("from %v, %v", from, err)
	}
	to, err := r.header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != l.Name || to[0].Address != "anna@example.org" {
		t.Errorf("to %v, %v", to, err)
	}
	msg, _ := m.message(l)
	if sender, err := msg.GetSender(false); err != nil || sender != "<bounce+token@mail.example.org>" {
		t.Errorf("bounces go to %q, %v", sender, err)
	}
	if r := message(t, m, sampleLetter(civic.MailPublished, "pl")); r.header.Get("List-Unsubscribe") != "" {
		t.Error("a notice to a reporter can be unsubscribed from")
	}
}

// TestSenderOfSignInVaries checks that nobody can know the sender of a mail to sign
// in beforehand, while the sender of other mails, and what the mail server is told,
// are constant.
func TestSenderOfSignInVaries(t *testing.T) {
	t.Parallel()
	m := newMailer(t, nil)
	senders := map[string]bool{}
	for _, kind := range []civic.MailKind{civic.MailSignIn, civic.MailInvitation} {
		for _, token := range []string{"one", "two"} {
			l := sampleLetter(kind, "pl")
			l.Token = token
			from, err := message(t, m, l).header.AddressList("From")
			if err != nil || !strings.HasPrefix(from[0].Address, "pinezka") || !strings.HasSuffix(from[0].Address, "@example.org") {
				t.Fatalf("from %v, %v", from, err)
			}
			senders[from[0].Address] = true
			msg, _ := m.message(l)
			if sender, err := msg.GetSender(false); err != nil || sender != "<pinezka@example.org>" {
				t.Errorf("the envelope is from %q, %v", sender, err)
			}
		}
	}
	if len(senders) != 3 || !senders["pinezka@example.org"] {
		t.Errorf("the senders are %v", senders)
	}
}

// TestInvitationNamesOrganisation checks that an invitation to a member names the
// organisation, unless it is no longer public.
func TestInvitationNamesOrganisation(t *testing.T) {
	t.Parallel()
	m := newMailer(t, nil)
	l := sampleLetter(civic.MailInvitation, "pl")
	l.Title, l.Data = "Dom Sąsiedzki", map[string]string{"role": "member"}
	if text := message(t, m, l).text; !strings.Contains(text, "Organizacja: Dom Sąsiedzki.") {
		t.Errorf("the organisation is not named: %s", text)
	}
	delete(l.Links, "thing")
	if text := message(t, m, l).text; strings.Contains(text, "Dom Sąsiedzki") || !strings.Contains(text, "Rola: Członek organizacji") {
		t.Errorf("an organisation that is not public: %s", text)
	}
}

// TestLanguage checks that a mail is in the language of its recipient, then in that
// of the district.
func TestLanguage(t *testing.T) {
	t.Parallel()
	m := newMailer(t, nil)
	for lang, want := range map[string]string{"uk": "uk", "": "pl", "de": "pl"} {
		l := sampleLetter(civic.MailErased, lang)
		r, err := m.Render(l)
		if err != nil {
			t.Fatal(err)
		}
		l.Language = want
		same, _ := m.Render(l)
		if r.Text != same.Text {
			t.Errorf("in %q, not as in %q:\n%s", lang, want, r.Text)
		}
	}
	l := sampleLetter(civic.MailSignIn, "en")
	l.District = nil
	if r, err := m.Render(l); err != nil || !strings.Contains(r.Subject, "Sign in to Pinezka") {
		t.Errorf("without a district: %q, %v", r.Subject, err)
	}
}

func TestHexOnlyTitlesStayPrivate(t *testing.T) {
	t.Parallel()
	m := newMailer(t, nil)
	for _, kind := range civic.MailKinds() {
		l := sampleLetter(kind, "pl")
		l.Title, l.Visibility, l.Items = "Boję się sąsiada", civic.HexOnly, nil
		r, err := m.Render(l)
		if err != nil || strings.Contains(r.Subject+r.Text+r.HTML, "sąsiada") {
			t.Errorf("%s has the title: %v", kind, err)
		}
	}
}

// TestStatesHaveNames checks that a mail names every state of everything that can be
// followed, and its kind.
func TestStatesHaveNames(t *testing.T) {
	t.Parallel()
	m := newMailer(t, nil)
	for _, kind := range civic.ThingKinds() {
		for _, step := range kind.Rules().Steps {
			for _, lang := range []string{"pl", "en", "uk"} {
				letter := sampleLetter(civic.MailMoved, lang)
				letter.Data["kind"], letter.Data["status"] = kind.String(), step.To.String()
				r, err := m.Render(letter)
				if err != nil || strings.Contains(r.Subject+r.Text, "."+step.To.String()) || strings.Contains(r.Text, ".one)") {
					t.Errorf("%s %s in %s: %v\n%s\n%s", kind, step.To, lang, err, r.Subject, r.Text)
				}
			}
		}
	}
}

package mail

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/pinezka/pinezka/civic"
)

// server is a mail server of a test.
type server struct {
	address string
	config  *tls.Config // of a client that trusts it
	conns   *countingListener

	mu       sync.Mutex
	messages [][]byte
	from, to []string
	auth     []string // the user of each message; "" for none

	refuse       func(step string) error // "mail", "rcpt" or "data"; nil for none
	breakAfter   bool                    // whether the connection ends before the response to a message
	breakAtReset bool                    // whether it ends after that
	user, pass   string                  // required; "" for none
}

func (s *server) refused(step string) error {
	if s.refuse == nil {
		return nil
	}
	return s.refuse(step)
}

// session implements smtp.AuthSession.
type session struct {
	*server
	conn *smtp.Conn
	user string
}

func (s *session) AuthMechanisms() []string {
	if s.server.user == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, pass string) error {
		if user != s.server.user || pass != s.pass {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.user != "" && s.user == "" {
		return smtp.ErrAuthRequired
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.from = append(s.from, from)
	return s.refused("mail")
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.to = append(s.to, to)
	return s.refused("rcpt")
}

func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refused("data"); err != nil {
		return err
	}
	s.messages, s.auth = append(s.messages, b), append(s.auth, s.user)
	if s.breakAfter {
		_ = s.conn.Conn().Close()
	}
	return nil
}

func (s *session) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.breakAtReset && len(s.messages) > 0 {
		_ = s.conn.Conn().Close()
	}
}

func (s *session) Logout() error { return nil }

// countingListener counts the connections that are open.
type countingListener struct {
	net.Listener
	mu   sync.Mutex
	open int
}

func (l *countingListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.add(1)
	return &countedConn{Conn: c, close: sync.OnceFunc(func() { l.add(-1) })}, nil
}

func (l *countingListener) add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open += n
}

type countedConn struct {
	net.Conn
	close func()
}

func (c *countedConn) Close() error { c.close(); return c.Conn.Close() }

// startServer starts a mail server whose certificate is signed by an authority of
// the test.
func startServer(t testing.TB, implicit bool, change func(*server, *smtp.Server)) *server {
	t.Helper()
	s := &server{}
	h := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{server: s, conn: c}, nil }))
	h.Domain = "mail.example.org"
	h.ErrorLog = discard{}
	h.TLSConfig, s.config = certificates(t)
	if change != nil {
		change(s, h)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address, s.conns = l.Addr().String(), &countingListener{Listener: l}
	l = s.conns
	if implicit {
		l = tls.NewListener(l, h.TLSConfig)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = h.Serve(l) }()
	t.Cleanup(func() { _ = h.Close(); <-done })
	return s
}

type discard struct{}

func (discard) Printf(string, ...any) {}
func (discard) Println(...any)        {}

// certificates returns the configurations of a server and of a client that trusts
// it.
func certificates(t testing.TB) (server, client *tls.Config) {
	t.Helper()
	key := func() *ecdsa.PrivateKey {
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	authorityKey, serverKey := key(), key()
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test authority"}, NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	authorityDER, err := x509.CreateCertificate(rand.Reader, authority, authority, authorityKey.Public(), authorityKey)
	if err != nil {
		t.Fatal(err)
	}
	leafDER, err := x509.CreateCertificate(rand.Reader, leaf, authority, serverKey.Public(), authorityKey)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(authorityDER)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{leafDER}, PrivateKey: serverKey}}}, &tls.Config{RootCAs: pool}
}

// deliver sends a sample letter to a server.
func deliver(t testing.TB, s *server, change func(*SMTP)) error {
	t.Helper()
	client := &SMTP{Address: s.address, Config: s.config, Timeout: 20 * time.Second}
	if change != nil {
		change(client)
	}
	m := newMailer(t, func(c *Config) { c.SMTP, c.BounceAddress = client, "bounce@example.org" })
	err := m.Deliver(t.Context(), sampleLetter(civic.MailHidden, "pl"))
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		s.conns.mu.Lock()
		open := s.conns.open
		s.conns.mu.Unlock()
		if open == 0 {
			return err
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d connections stay open", open)
		}
	}
}

func TestSMTP(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		implicit bool
		server   func(*server, *smtp.Server)
		client   func(*SMTP)
		want     string // in the error; "" for none
		is       error  // what the error is
		isNot    error
	}{
		"STARTTLS":            {},
		"implicit TLS":        {implicit: true, client: func(c *SMTP) { c.TLS = ImplicitTLS }},
		"no TLS":              {client: func(c *SMTP) { c.TLS = NoTLS }, server: func(_ *server, h *smtp.Server) { h.TLSConfig = nil }},
		"server without TLS":  {server: func(_ *server, h *smtp.Server) { h.TLSConfig = nil }, want: "STARTTLS", isNot: civic.ErrPermanent},
		"unknown certificate": {client: func(c *SMTP) { c.Config = nil }, want: "certificate", isNot: civic.ErrPermanent},
		"authentication": {
			server: func(s *server, _ *smtp.Server) { s.user, s.pass = "pinezka", "secret" },
			client: func(c *SMTP) { c.User, c.Password = "pinezka", "secret" },
		},
		"authentication within TLS": {
			implicit: true,
			server:   func(s *server, _ *smtp.Server) { s.user, s.pass = "pinezka", "secret" },
			client:   func(c *SMTP) { c.User, c.Password, c.TLS = "pinezka", "secret", ImplicitTLS },
		},
		"wrong password": {
			server: func(s *server, _ *smtp.Server) { s.user, s.pass = "pinezka", "secret" },
			client: func(c *SMTP) { c.User, c.Password = "pinezka", "wrong" },
			want:   "AUTH", isNot: civic.ErrPermanent,
		},
		"unknown recipient":        {server: refusing("rcpt", 550, smtp.EnhancedCode{5, 1, 1}), want: "5.1.1", is: civic.ErrUnknownRecipient},
		"full mailbox":             {server: refusing("rcpt", 552, smtp.EnhancedCode{5, 2, 2}), want: "5.2.2", is: civic.ErrPermanent, isNot: civic.ErrUnknownRecipient},
		"greylisted":               {server: refusing("rcpt", 450, smtp.EnhancedCode{4, 7, 1}), want: "4.7.1", isNot: civic.ErrPermanent},
		"spam":                     {server: refusing("data", 554, smtp.EnhancedCode{5, 7, 1}), want: "5.7.1", is: civic.ErrPermanent, isNot: civic.ErrUnknownRecipient},
		"busy":                     {server: refusing("data", 451, smtp.EnhancedCode{4, 3, 0}), want: "4.3.0", isNot: civic.ErrPermanent},
		"sender refused":           {server: refusing("mail", 553, smtp.EnhancedCode{5, 7, 1}), want: "5.7.1", isNot: civic.ErrPermanent},
		"ends after the response":  {server: func(s *server, _ *smtp.Server) { s.breakAtReset = true }},
		"ends before the response": {server: func(s *server, _ *smtp.Server) { s.breakAfter = true }, want: "EOF", isNot: civic.ErrPermanent},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := startServer(t, test.implicit, test.server)
			err := deliver(t, s, test.client)
			switch {
			case test.want == "":
				if err != nil {
					t.Fatal(err)
				}
			case err == nil || !strings.Contains(err.Error(), test.want):
				t.Fatalf("got %v, want %q", err, test.want)
			}
			if test.is != nil && !errors.Is(err, test.is) || test.isNot != nil && errors.Is(err, test.isNot) {
				t.Errorf("%v is another kind of error", err)
			}
			if test.want != "" {
				return
			}
			if len(s.messages) != 1 || s.from[0] != "bounce+token@example.org" || s.to[0] != "anna@example.org" || s.auth[0] != s.user {
				t.Fatalf("from %v to %v by %v", s.from, s.to, s.auth)
			}
			if r := parse(t, s.messages[0]); !strings.Contains(r.text, "Brak ławek") || !strings.Contains(r.subject, "🌳") {
				t.Errorf("%q\n%s", r.subject, r.text)
			}
		})
	}
}

// refusing returns a server that refuses a step.
func refusing(step string, code int, enhanced smtp.EnhancedCode) func(*server, *smtp.Server) {
	return func(s *server, _ *smtp.Server) {
		s.refuse = func(at string) error {
			if at != step {
				return nil
			}
			return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: "refused"}
		}
	}
}

// TestSMTPEndsWithItsContext checks that a server that does not respond keeps
// nobody waiting whose context ends.
func TestSMTPEndsWithItsContext(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		c, err := l.Accept()
		if err == nil {
			cancel()
			_, _ = io.Copy(io.Discard, c) // until the client closes it
			c.Close()
		}
	}()
	m := newMailer(t, func(c *Config) { c.SMTP = &SMTP{Address: l.Addr().String(), Timeout: time.Hour} })
	if err := m.Deliver(ctx, sampleLetter(civic.MailHidden, "pl")); err == nil || errors.Is(err, civic.ErrPermanent) {
		t.Errorf("got %v", err)
	}
}

func TestSMTPCheck(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		smtp SMTP
		want string
	}{
		"submission":            {SMTP{Address: "mail.example.org:587", User: "a", Password: "b"}, ""},
		"implicit":              {SMTP{Address: "mail.example.org:465"}, ""},
		"no port":               {SMTP{Address: "mail.example.org"}, "missing port"},
		"port 0":                {SMTP{Address: "mail.example.org:0"}, "port"},
		"mode":                  {SMTP{Address: "mail.example.org:25", TLS: "ssl"}, `"ssl" is not`},
		"no password":           {SMTP{Address: "mail.example.org:25", User: "a"}, "password"},
		"password in the clear": {SMTP{Address: "mail.example.org:25", User: "a", Password: "b", TLS: NoTLS}, "with TLS only"},
		"own machine":           {SMTP{Address: "[::1]:25", User: "a", Password: "b", TLS: NoTLS}, ""},
	} {
		err := test.smtp.Check()
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}
}

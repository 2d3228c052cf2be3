package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/pinezka/pinezka/civic"
)

// TLSMode is how the connection to a mail server is encrypted.
type TLSMode string

// The modes of TLS.
const (
	StartTLS    TLSMode = "starttls" // begun by the STARTTLS command, without which nothing is sent
	ImplicitTLS TLSMode = "implicit" // from the first byte, as on port 465
	NoTLS       TLSMode = "none"     // not at all, for a server on the same machine
)

// SMTP is a mail server.
type SMTP struct {
	Address  string        // host:port; required
	User     string        // "" to send without authentication
	Password string        // of User
	TLS      TLSMode       // default StartTLS, or ImplicitTLS on port 465
	Config   *tls.Config   // default that of the system, with the host of Address as the name
	Timeout  time.Duration // of a message; default 45 s
}

// Check returns an error for an invalid configuration.
func (s *SMTP) Check() error {
	_, port, err := net.SplitHostPort(s.Address)
	if err != nil {
		return fmt.Errorf("the address of the mail server, such as mail.example.org:587: %w", err)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return fmt.Errorf("the port of the mail server: %q is not 1 to 65535", port)
	}
	switch s.mode() {
	case StartTLS, ImplicitTLS, NoTLS:
	default:
		return fmt.Errorf("TLS of the mail server: %q is not %s, %s or %s", s.TLS, StartTLS, ImplicitTLS, NoTLS)
	}
	if s.User != "" && s.Password == "" {
		return errors.New("the password of the mail server is missing")
	}
	if s.User != "" && s.mode() == NoTLS && !isLocal(s.Address) {
		return errors.New("a password is sent to another machine with TLS only")
	}
	return nil
}

func (s *SMTP) mode() TLSMode {
	if s.TLS == "" && strings.HasSuffix(s.Address, ":465") {
		return ImplicitTLS
	}
	if s.TLS == "" {
		return StartTLS
	}
	return s.TLS
}

// isLocal reports whether an address is of this machine.
func isLocal(address string) bool {
	host, _, _ := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// send sends a message on a connection of its own, which the end of ctx closes.
func (s *SMTP) send(ctx context.Context, message *mail.Msg) error {
	timeout := s.Timeout
	if timeout == 0 {
		timeout = 45 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var d dialer
	defer d.close() // the library leaves a connection open whose encryption or authentication fails
	defer context.AfterFunc(ctx, d.close)()
	client, err := s.client(&d, timeout)
	if err != nil {
		return fmt.Errorf("prepare to send a mail: %w", err)
	}
	err = client.DialAndSendWithContext(ctx, message)
	if message.IsDelivered() {
		return nil // the server has accepted it, however the connection ended
	}
	if err != nil {
		return fmt.Errorf("send a mail: %w", judge(err))
	}
	return nil
}

func (s *SMTP) client(d *dialer, timeout time.Duration) (*mail.Client, error) {
	host, portText, err := net.SplitHostPort(s.Address)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says what it prepares
	}
	port, err := strconv.Atoi(portText)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says what it prepares
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.Config != nil {
		config = s.Config.Clone()
	}
	if config.ServerName == "" {
		config.ServerName = host
	}
	options := []mail.Option{
		mail.WithPort(port), mail.WithTimeout(timeout), mail.WithoutNoop(), mail.WithTLSConfig(config), mail.WithTLSPolicy(mail.TLSMandatory),
	}
	switch s.mode() {
	case ImplicitTLS:
		d.tls = config
		options = append(options, mail.WithTLSPolicy(mail.NoTLS)) // no STARTTLS within TLS
	case NoTLS:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	}
	options = append(options, mail.WithDialContextFunc(d.dial))
	if s.User != "" {
		mechanisms := []mail.SMTPAuthType{mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthSCRAMSHA1, mail.SMTPAuthPlain, mail.SMTPAuthLogin}
		options = append(options, mail.WithUsername(s.User), mail.WithPassword(s.Password), mail.WithOpportunisticSMTPAuth(mechanisms...))
	}
	client, err := mail.NewClient(host, options...)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says what it prepares
	}
	return client, nil
}

// dialer dials one connection, which it can close.
type dialer struct {
	tls *tls.Config // nil for a connection without TLS

	mu     sync.Mutex
	conn   net.Conn
	closed bool
}

func (d *dialer) dial(ctx context.Context, network, address string) (conn net.Conn, err error) {
	if d.tls != nil {
		conn, err = (&tls.Dialer{Config: d.tls}).DialContext(ctx, network, address)
	} else {
		conn, err = new(net.Dialer).DialContext(ctx, network, address)
	}
	if err != nil {
		return nil, err //nolint:wrapcheck // the library says that it dials
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		_ = conn.Close()
	}
	d.conn = conn
	return conn, nil
}

func (d *dialer) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	if d.conn != nil {
		_ = d.conn.Close() // an error if the library has closed it
	}
}

// judge wraps an error in civic.ErrUnknownRecipient or civic.ErrPermanent when the
// server refuses this recipient or this message for good. What it refuses before
// it knows them, such as the sender or the password, somebody can mend; and what
// has no status code, such as a connection that ended, may succeed another time.
func judge(err error) error {
	var refused *mail.SendError
	if !errors.As(err, &refused) || refused.ErrorCode() < 500 {
		return err
	}
	switch refused.Reason {
	case mail.ErrSMTPRcptTo:
		if isUnknownRecipient(refused.EnhancedStatusCode()) {
			return fmt.Errorf("%w: %w", civic.ErrUnknownRecipient, err)
		}
		return fmt.Errorf("%w: %w", civic.ErrPermanent, err)
	case mail.ErrSMTPData, mail.ErrSMTPDataClose:
		return fmt.Errorf("%w: %w", civic.ErrPermanent, err)
	default:
		return err
	}
}

// isUnknownRecipient reports whether an enhanced status code (RFC 3463) says of an
// address, and not of one message or of the sender, that it receives no mails.
func isUnknownRecipient(status string) bool {
	switch {
	case status == "5.2.2", status == "5.2.3", status == "5.2.4": // a mailbox that is full, a message too long, a mailing list
		return false
	case strings.HasPrefix(status, "5.1.7"), strings.HasPrefix(status, "5.1.8"): // the address of the sender
		return false
	default:
		return strings.HasPrefix(status, "5.0.") || strings.HasPrefix(status, "5.1.") || strings.HasPrefix(status, "5.2.") || strings.HasPrefix(status, "5.4.")
	}
}

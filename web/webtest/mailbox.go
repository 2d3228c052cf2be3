package webtest

import (
	"context"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/storetest"
)

// Mailbox has the mails of a site. Use Site.OpenMailbox to create one.
type Mailbox struct {
	conn    *pgx.Conn
	mu      sync.Mutex
	letters []civic.Letter
}

// OpenMailbox runs the jobs of the site until the test ends, and returns the mailbox
// to which they deliver every mail.
func (s *Site) OpenMailbox(t testing.TB) *Mailbox {
	t.Helper()
	m := &Mailbox{conn: s.Connect(t)}
	storetest.RunJobs(t, s.Store, func(_ context.Context, l civic.Letter) error {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.letters = append(m.letters, l)
		return nil
	})
	return m
}

// Mails waits until all mails are sent, also those that are due after a while, and
// returns those since the last call.
func (m *Mailbox) Mails(t testing.TB) []civic.Letter {
	t.Helper()
	storetest.AwaitMails(t, m.conn)
	m.mu.Lock()
	defer m.mu.Unlock()
	all := m.letters
	m.letters = nil
	return all
}

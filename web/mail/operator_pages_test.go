package mail

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
)

// operatorStore is what the pages read in a test; they do not write.
type operatorStore struct{ messages []civic.OutboxMessage }

func (s *operatorStore) Outbox(context.Context, int) ([]civic.OutboxMessage, error) {
	return s.messages, nil
}

func (s *operatorStore) FailedJobs(context.Context) ([]civic.FailedJob, error) {
	return []civic.FailedJob{{ID: 7, Kind: "send_mail", Args: `{"district": 1}`, Error: "550 <script>", Dead: true}}, nil
}

func (s *operatorStore) BouncedContacts(context.Context) ([]civic.BouncedContact, error) {
	return []civic.BouncedContact{{District: "podgorze", Contact: 3, Status: "5.1.1"}}, nil
}

func (s *operatorStore) RetryJob(_ context.Context, id int64) error {
	if id != 7 {
		return civic.ErrNotFound
	}
	return nil
}

func (s *operatorStore) DropJob(context.Context, int64) error { return civic.ErrConflict }

func TestOperatorPages(t *testing.T) {
	t.Parallel()
	var box outbox
	m := newMailer(t, func(c *Config) { c.Outbox = &box })
	if err := m.Deliver(t.Context(), sampleLetter(civic.MailSignIn, "pl")); err != nil {
		t.Fatal(err)
	}
	store := &operatorStore{[]civic.OutboxMessage{{ID: 1, District: "podgorze", Kind: civic.MailSignIn, At: time.Now(), Message: box.message}}}
	h, err := m.OperatorHandler(store, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := m.Render(sampleLetter(civic.MailHidden, "pl")); err != nil || !strings.Contains(r.HTML, "<style>"+m.style+"</style>") {
		t.Errorf("the style is not the one that the policy of the preview allows: %v", err)
	}
	for _, test := range []struct {
		method, path string
		status       int
		want         string
	}{
		{"GET", "/outbox", 200, `<a href="https://mapa.example.org/sign-in/made-up-token">`},
		{"GET", "/outbox", 200, "Logowanie: Podgórze"},
		{"GET", "/outbox", 200, "anna@example.org"},
		{"GET", "/mails", 200, `src="/mails/hidden.html?lang=en"`},
		{"GET", "/mails?lang=uk", 200, "Добрий день,"},
		{"GET", "/mails/hidden.html?lang=pl", 200, "<blockquote>W opisie jest numer telefonu innej osoby.</blockquote>"},
		{"GET", "/mails/none.html", 404, ""},
		{"GET", "/mails/hidden", 404, ""},
		{"GET", "/jobs", 200, "550 &lt;script&gt;"},
		{"GET", "/jobs", 200, "5.1.1"},
		{"GET", "/jobs/7/retry", 405, ""},
		{"POST", "/jobs/7/retry", 303, ""},
		{"POST", "/jobs/8/retry", 404, ""},
		{"POST", "/jobs/x/retry", 404, ""},
		{"POST", "/jobs/7/drop", 409, ""},
		{"GET", "/operator.css", 200, "font:"},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(test.method, test.path, nil))
		body, _ := io.ReadAll(w.Body)
		if w.Code != test.status || !strings.Contains(string(body), test.want) {
			t.Errorf("%s %s: %d, want %d with %q:\n%s", test.method, test.path, w.Code, test.status, test.want, body)
		}
		if policy := w.Header().Get("Content-Security-Policy"); w.Code == http.StatusOK && test.path != "/operator.css" &&
			(!strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe")) {
			t.Errorf("%s has the policy %q", test.path, policy)
		}
	}
}

package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/keyring"
	"github.com/pinezka/pinezka/store/storetest"
)

// mailbox is what a mail server of the tests has accepted. Its errors are those of
// the next attempts.
type mailbox struct {
	mu      sync.Mutex
	letters []civic.Letter
	errs    []error
	tries   int
}

func (m *mailbox) deliver(_ context.Context, l civic.Letter) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tries++
	if len(m.errs) > 0 {
		err := m.errs[0]
		m.errs = m.errs[1:]
		if err != nil {
			return err
		}
	}
	m.letters = append(m.letters, l)
	return nil
}

// received returns the letters.
func (m *mailbox) received() []civic.Letter {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]civic.Letter(nil), m.letters...)
}

// post is a store with mails.
type post struct {
	*store.Store
	d    *civic.District
	conn *pgx.Conn
	keys *keyring.Ring
}

func openPost(t testing.TB) post {
	d := district()
	return openPostOf(t, &d)
}

func openPostOf(t testing.TB, d *civic.District) post {
	t.Helper()
	url, keys := storetest.URL(t), storetest.Keys(t)
	s, err := store.Open(t.Context(), store.Config{URL: url, Keys: keys, Erasures: storetest.Erasures(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.AddDistrict(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return post{s, d, connect(t, url), keys}
}

// contact adds a confirmed contact.
func (p post) contact(t testing.TB, address string) (id int64) {
	t.Helper()
	sealed := p.keys.SealEmail(address)
	err := p.conn.QueryRow(t.Context(), `
		insert into contacts (district_id, email_sealed, email_hash, key_id, language, confirmed_at)
		values ($1, $2, $3, $4, 'pl', now())
		returning contact_id`, p.d.ID, sealed.Sealed, sealed.Hash, sealed.KeyID).Scan(&id)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// thing adds a thing with a state and returns its id.
func (p post) thing(t testing.TB, title string, state civic.Publication) int64 {
	t.Helper()
	id := add(t, p.Store, p.d, civic.Draft{Category: "trees", Title: title, Point: [2]float64{19.95, 50.05}}, state)
	_, err := p.conn.Exec(t.Context(), `
		insert into things (district_id, thing_id, kind, publication, title)
		values ($1, $2, 'pin', $3, $4)
		on conflict do nothing`, p.d.ID, id, state.String(), title)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// queue queues mails in one transaction.
func (p post) queue(t testing.TB, mails ...civic.Mail) {
	t.Helper()
	err := pgx.BeginFunc(t.Context(), p.conn, func(tx pgx.Tx) error {
		for _, m := range mails {
			if err := store.QueueMail(t.Context(), tx, p.d, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// run runs the jobs until the test ends or stop is called.
func (p post) run(t testing.TB, deliver func(context.Context, civic.Letter) error) (stop func()) {
	t.Helper()
	return storetest.RunJobs(t, p.Store, deliver)
}

// outcomes returns the number of deliveries by outcome.
func (p post) outcomes(t testing.TB) map[string]int {
	t.Helper()
	rows, err := p.conn.Query(context.WithoutCancel(t.Context()), `
		select case when sent_at is not null then 'sent' when skipped_at is not null then 'skipped: ' || error
		  when dead_at is not null then 'dead: ' || error when error <> '' then 'failed: ' || error else 'waiting' end, count(*)
		from deliveries
		group by 1`)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	var outcome string
	var n int
	if _, err := pgx.ForEachRow(rows, []any{&outcome, &n}, func() error { found[outcome] = n; return nil }); err != nil {
		t.Fatal(err)
	}
	return found
}

// await polls until a condition holds.
func await(t testing.TB, what string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Minute); !condition(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within five minutes: %s", what)
		}
	}
}

func TestMailIsSentOnceForEachFact(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	anna, jan := p.contact(t, "anna@example.org"), p.contact(t, "jan@example.org")
	thing := p.thing(t, "Ławka – „złamana”", civic.Published)
	published := civic.Mail{Contact: anna, Kind: civic.MailPublished, Thing: thing, Fact: "published", Data: map[string]string{"a": "b"}}
	p.queue(t, published, published)
	p.queue(t, published)
	published.Contact = jan
	p.queue(t, published)
	var box mailbox
	p.run(t, box.deliver)
	await(t, "two mails are sent", func() bool { return p.outcomes(t)["sent"] == 2 })
	p.queue(t, published)
	if got := p.outcomes(t); got["sent"] != 2 || len(got) != 1 {
		t.Errorf("%v", got)
	}
	to := map[string]civic.Letter{}
	for _, l := range box.received() {
		to[l.To] = l
	}
	l := to["anna@example.org"]
	if len(to) != 2 || l.Title != "Ławka – „złamana”" || l.Language != "pl" || l.Data["a"] != "b" || l.District.Slug != "test" ||
		l.Links["thing"] != fmt.Sprintf("/d/test/pins/%d", thing) || l.Links["me"] != "/d/test/me" || l.Token == "" {
		t.Errorf("got %+v", to)
	}
}

// TestMailIsJudgedWhenItIsSent queues what is no longer true or wanted when the
// mail is due.
func TestMailIsJudgedWhenItIsSent(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	anna, unconfirmed, bounced := p.contact(t, "anna@example.org"), p.contact(t, "new@example.org"), p.contact(t, "gone@example.org")
	if _, err := p.conn.Exec(t.Context(), `
		update contacts set confirmed_at = null where contact_id = `+fmt.Sprint(unconfirmed)+`;
		update contacts set bounced_at = now() where contact_id = `+fmt.Sprint(bounced)); err != nil {
		t.Fatal(err)
	}
	var ended int64
	sealed := p.keys.SealEmail("ended@example.org")
	err := p.conn.QueryRow(t.Context(), `
		insert into accounts (email_sealed, email_hash, key_id, name, language, ended_at)
		values ($1, $2, $3, 'Ewa', 'pl', now())
		returning account_id`, sealed.Sealed, sealed.Hash, sealed.KeyID).Scan(&ended)
	if err != nil {
		t.Fatal(err)
	}
	hidden, public := p.thing(t, "A", civic.Hidden), p.thing(t, "B", civic.Published)
	p.queue(t,
		civic.Mail{Contact: anna, Kind: civic.MailPublished, Thing: hidden},
		civic.Mail{Contact: anna, Kind: civic.MailPublished, Thing: 1 << 40},
		civic.Mail{Contact: unconfirmed, Kind: civic.MailPublished, Thing: public},
		civic.Mail{Contact: bounced, Kind: civic.MailPublished, Thing: public},
		civic.Mail{Account: ended, Kind: civic.MailInvitation},
	)
	var box mailbox
	p.run(t, box.deliver)
	await(t, "all are skipped", func() bool { return p.outcomes(t)["waiting"] == 0 })
	want := map[string]int{
		"skipped: it is hidden now": 1, "skipped: there is no such thing": 1, "skipped: the address is not confirmed": 1,
		"skipped: mails to the address have bounced": 1, "skipped: there is no such recipient": 1,
	}
	if got := p.outcomes(t); fmt.Sprint(got) != fmt.Sprint(want) || len(box.received()) != 0 {
		t.Errorf("got %v, %v", got, box.received())
	}
}

func TestMailThatFails(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	anna := p.contact(t, "anna@example.org")
	box := mailbox{errs: []error{fmt.Errorf("550 5.1.1 <anna@example.org>: no such user: %w", civic.ErrUnknownRecipient)}}
	p.queue(t, civic.Mail{Contact: anna, Kind: civic.MailPublished})
	p.run(t, box.deliver)
	await(t, "it is dead", func() bool { return p.outcomes(t)["waiting"] == 0 })
	p.queue(t, civic.Mail{Contact: anna, Kind: civic.MailPublished})
	await(t, "the second is skipped", func() bool { return p.outcomes(t)["waiting"] == 0 })
	want := map[string]int{
		"dead: 550 5.1.1 <(address)>: no such user: the address does not receive mails": 1,
		"skipped: mails to the address have bounced":                                    1,
	}
	if got := p.outcomes(t); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}

	var jobs []civic.FailedJob
	await(t, "the job has failed", func() bool {
		var err error
		if jobs, err = p.FailedJobs(t.Context()); err != nil {
			t.Fatal(err)
		}
		return len(jobs) == 1
	})
	if job := jobs[0]; !job.Dead || job.Kind != "send_mail" || strings.Contains(fmt.Sprint(job), "anna") {
		t.Errorf("got %+v", job)
	}
	dead, err := p.DeadMails(t.Context(), p.d)
	if err != nil || len(dead) != 1 || dead[0].Job != jobs[0].ID || dead[0].Kind != civic.MailPublished || strings.Contains(fmt.Sprint(dead), "anna") {
		t.Errorf("dead mails of the district: %+v, %v", dead, err)
	}
	if err := p.RetryJob(t.Context(), jobs[0].ID); err != nil {
		t.Fatal(err)
	}
	await(t, "it is skipped like the second", func() bool { return p.outcomes(t)["skipped: mails to the address have bounced"] == 2 })
	if err := p.RetryJob(t.Context(), 1<<40); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("retry of an unknown job: %v", err)
	}
	if err := p.DropJob(t.Context(), 1<<40); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("drop of an unknown job: %v", err)
	}
}

func TestMailIsTriedAgain(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	box := mailbox{errs: []error{errors.New("421 try again, jan@example.org")}}
	p.queue(t, civic.Mail{Contact: p.contact(t, "jan@example.org"), Kind: civic.MailPublished})
	p.run(t, box.deliver)
	var jobs []civic.FailedJob
	await(t, "the attempt has failed", func() bool {
		jobs, _ = p.FailedJobs(t.Context())
		return len(jobs) == 1
	})
	wait := time.Until(jobs[0].Next)
	if jobs[0].Dead || jobs[0].Error != "421 try again, (address)" || wait < 30*time.Second || wait > 90*time.Second {
		t.Errorf("got %+v, in %s", jobs[0], wait)
	}
	if err := p.RetryJob(t.Context(), jobs[0].ID); err != nil {
		t.Fatal(err)
	}
	await(t, "it is sent", func() bool { return p.outcomes(t)["sent"] == 1 })
}

// TestBounce records a bounce by the token of one of two mails.
func TestBounce(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	anna, jan := p.contact(t, "anna@example.org"), p.contact(t, "jan@example.org")
	p.queue(t, civic.Mail{Contact: anna, Kind: civic.MailConfirm}, civic.Mail{Contact: jan, Kind: civic.MailConfirm})
	var box mailbox
	p.run(t, box.deliver)
	await(t, "two mails are sent", func() bool { return p.outcomes(t)["sent"] == 2 })
	token := map[string]string{}
	for _, l := range box.received() {
		token[l.To] = l.Token
	}
	for range 2 { // a bounce may come twice
		if err := p.RecordBounce(t.Context(), token["anna@example.org"], "5.1.1", true); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.RecordBounce(t.Context(), token["jan@example.org"], "5.2.2", false); err != nil {
		t.Fatal(err)
	}
	for _, forged := range []string{"", "x", token["anna@example.org"] + "x", p.keys.Sign("other", 1, 1), p.keys.Sign("bounce", 1, 1<<40)} {
		if err := p.RecordBounce(t.Context(), forged, "5.1.1", true); !errors.Is(err, civic.ErrNotFound) {
			t.Errorf("%q: %v", forged, err)
		}
	}
	bounced, err := p.BouncedContacts(t.Context())
	if err != nil || len(bounced) != 1 || bounced[0].Contact != anna || bounced[0].Status != "5.1.1" || bounced[0].District != "test" {
		t.Errorf("got %+v, %v", bounced, err)
	}
	published := p.thing(t, "A", civic.Published)
	p.queue(t, civic.Mail{Contact: anna, Kind: civic.MailPublished, Thing: published}, civic.Mail{Contact: jan, Kind: civic.MailPublished, Thing: published},
		civic.Mail{Contact: anna, Kind: civic.MailConfirm})
	await(t, "only what was asked for is sent", func() bool { return p.outcomes(t)["waiting"] == 0 })
	if got := p.outcomes(t); got["sent"] != 4 || got["skipped: mails to the address have bounced"] != 1 {
		t.Errorf("got %v", got)
	}
}

func TestOutbox(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	p.queue(t, civic.Mail{Contact: p.contact(t, "anna@example.org"), Kind: civic.MailConfirm})
	p.run(t, func(ctx context.Context, l civic.Letter) error {
		for i := range 502 {
			if err := p.AddToOutbox(ctx, l, fmt.Appendf(nil, "message %d to %s", i, l.To)); err != nil {
				return err
			}
		}
		return nil
	})
	await(t, "it is in the outbox", func() bool { return p.outcomes(t)["sent"] == 1 })
	found, err := p.Outbox(t.Context(), 1000)
	if err != nil || len(found) != 500 || string(found[0].Message) != "message 501 to anna@example.org" || found[0].District != "test" || found[0].Kind != civic.MailConfirm {
		t.Errorf("%d messages, %+v, %v", len(found), found[:min(1, len(found))], err)
	}
	var readable int
	err = p.conn.QueryRow(t.Context(), `select count(*) from outbox where position('example' in encode(message_sealed, 'escape')) > 0`).Scan(&readable)
	if err != nil || readable > 0 {
		t.Errorf("%d messages can be read in the database, %v", readable, err)
	}
	if _, err := p.conn.Exec(t.Context(), `delete from deliveries`); err != nil {
		t.Fatal(err)
	}
	if found, err := p.Outbox(t.Context(), 1000); err != nil || len(found) != 0 {
		t.Errorf("messages remain when their delivery is erased: %d, %v", len(found), err)
	}
}

// TestLettersSayWhatTheAuditHas hides a pin with a reason, and checks what the
// letters have of the entries of the audit, and where they lead.
func TestLettersSayWhatTheAuditHas(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	anna, thing := p.contact(t, "anna@example.org"), p.thing(t, "Lipa", civic.Published)
	done, err := p.Do(t.Context(), p.d, moderator, civic.Command{Action: civic.Hide, Things: []int64{thing}, Reason: "Numer telefonu „123”."})
	if err != nil || len(done.Entries) != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	p.queue(t, civic.Mail{Contact: anna, Kind: civic.MailHidden, Thing: thing, Audit: done.Entries[0], Fact: "of another channel"})
	var box mailbox
	p.run(t, box.deliver)
	await(t, "it is sent", func() bool { return p.outcomes(t)["sent"] == 1 })
	l := box.received()[0]
	if l.Reason != "Numer telefonu „123”." || l.Title != "Lipa" || l.Text != "" || l.Links["thing"] != "" {
		t.Errorf("got %+v", l)
	}
	path, want := l.Links["object"], []int64{int64(p.d.ID), anna, done.Entries[0]}
	if got, ok := p.keys.Verify("object", path[strings.LastIndexByte(path, '/')+1:]); !ok || !slices.Equal(got, want) {
		t.Errorf("it leads to %s, which carries %v, want %v", path, got, want)
	}
}

// TestMailToSignIn asks for a mail to sign in, and signs in with its link.
func TestMailToSignIn(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	account := give(t, p.Store, p.d, civic.Gift{Email: "ewa@example.org", Role: civic.Council}).AccountID
	if err := p.RequestSignIn(t.Context(), civic.SignInRequest{Email: "ewa@example.org", Asking: civic.NewAskingSecret()}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.QueueSignIns(t.Context()); err != nil {
		t.Fatal(err)
	}
	var box mailbox
	p.run(t, box.deliver)
	signIn := civic.Letter{}
	await(t, "the mail is sent", func() bool {
		for _, l := range box.received() {
			if l.Kind == civic.MailSignIn {
				signIn = l
			}
		}
		return signIn.To != ""
	})
	token, ok := strings.CutPrefix(signIn.Links["action"], "/sign-in/")
	if !ok || len(signIn.Data["code"]) != 9 || signIn.To != "ewa@example.org" {
		t.Errorf("got %+v", signIn)
	}
	if got, err := p.SignInByLink(t.Context(), civic.SignInToken(token)); err != nil || got.ID != account {
		t.Errorf("signed in %+v, %v", got, err)
	}
	var secrets int
	err := p.conn.QueryRow(t.Context(), `
		select (select count(*) from deliveries where position($1 in data::text) > 0) + (select count(*) from river_job where position($1 in to_jsonb(river_job)::text) > 0)`,
		token).Scan(&secrets)
	if err != nil || secrets > 0 {
		t.Errorf("the token is stored in %d rows, %v", secrets, err)
	}
}

package store_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

// request returns a checked pin and a request to add it.
func request(t *testing.T, d *civic.District, key civic.RequestKey, draft civic.Draft) (civic.NewPin, civic.Request) {
	t.Helper()
	pin := accept(t, d, draft)
	if pin.Category.Visibility == civic.HexOnly {
		pin.Link = civic.NewPrivateLink()
	}
	return pin, civic.NewRequest(key, pin)
}

// count returns the number that a query returns.
func count(t *testing.T, conn *pgx.Conn, query string) (n int) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestRepeatedRequest checks that a repeated request returns the result of the
// first, the private link among it, whatever became of the pin; that another
// body is refused; and that neither the key nor the link is stored.
func TestRepeatedRequest(t *testing.T) {
	s, d, conn := open(t)
	other := district()
	other.Slug = "other"
	if err := s.AddDistrict(t.Context(), &other); err != nil {
		t.Fatal(err)
	}
	for _, category := range []string{"trees", "fear"} {
		key := civic.NewRequestKey()
		draft := civic.Draft{Category: category, Title: "Once", Point: orb.Point{19.95, 50.05}, Email: "a@example.org"}
		before := count(t, conn, `select count(*) from pins`)
		pin, first := request(t, d, key, draft)
		want, err := s.AddPinOnce(t.Context(), d, civic.Actor{}, pin, civic.Pending, first)
		if err != nil || want.ID == 0 || (want.Link != "") != (category == "fear") {
			t.Fatalf("%+v, %v", want, err)
		}
		if want.Link != "" {
			if found, err := s.PinByLink(t.Context(), d, want.Link); err != nil || found.ID != want.ID {
				t.Errorf("the private link leads to %+v, %v", found, err)
			}
		}
		if _, err := publish(t, s, d, moderator, []int64{want.ID}); err != nil {
			t.Fatal(err)
		}
		draft.ReportedOn = 20001 // after midnight
		pin, again := request(t, d, key, draft)
		got, err := s.AddPinOnce(t.Context(), d, civic.Actor{}, pin, civic.Published, again)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("the second time: %v (-want +got):\n%s", err, diff)
		}
		draft.Title = "Twice"
		pin, another := request(t, d, key, draft)
		got, err = s.AddPinOnce(t.Context(), d, civic.Actor{}, pin, civic.Published, another)
		if diff := cmp.Diff(want, got); diff != "" || !errors.Is(err, civic.ErrKeyReused) {
			t.Errorf("another body: %v (-want +got):\n%s", err, diff)
		}
		if after := count(t, conn, `select count(*) from pins`); after != before+1 {
			t.Errorf("%d pins are stored, want 1", after-before)
		}
		for _, secret := range []string{string(key), string(want.Link)} {
			var stored bool
			err := conn.QueryRow(t.Context(), `
				select bool_or(strpos(encode(key_hash || body_hash || salt, 'escape'), $1) > 0)
				from requests`, secret).Scan(&stored)
			if secret != "" && (err != nil || stored) {
				t.Errorf("%q is stored: %v", secret, err)
			}
		}
		pin, elsewhere := request(t, &other, key, draft)
		if got, err := s.AddPinOnce(t.Context(), &other, civic.Actor{}, pin, civic.Published, elsewhere); err != nil || got.ID == want.ID {
			t.Errorf("the same key in another district: %+v, %v", got, err)
		}
	}
}

// TestConcurrentRequests checks that 50 requests with one key at once add one
// pin, and that all have its result.
func TestConcurrentRequests(t *testing.T) {
	s, d, conn := open(t)
	key, results := civic.NewRequestKey(), make([]civic.AddedPin, 50)
	var group sync.WaitGroup
	for i := range results {
		group.Go(func() {
			pin, r := request(t, d, key, civic.Draft{Category: "fear", Title: "Once", Point: orb.Point{19.95, 50.05}})
			var err error
			if results[i], err = s.AddPinOnce(t.Context(), d, civic.Actor{}, pin, civic.Published, r); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for _, result := range results {
		if result != results[0] || result.Link == "" {
			t.Errorf("%+v and %+v", results[0], result)
		}
	}
	if n := count(t, conn, `select count(*) from pins`); n != 1 {
		t.Errorf("%d pins, want 1", n)
	}
}

// TestRequestsDuringFirstImport checks that pins which people add while a first
// import has the table to itself receive other ids than the imported ones, and
// that the sequence of ids is beyond all of them afterwards.
func TestRequestsDuringFirstImport(t *testing.T) {
	s, d, conn := open(t)
	im, err := s.BeginImport(t.Context(), d, store.ImportConfig{Actor: system, Source: "city", FileName: "file.csv"})
	if err != nil {
		t.Fatal(err)
	}
	defer im.Abort(t.Context())
	if err := im.Add(t.Context(), 2, accept(t, d, drafts(1)[0])); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 3 {
		pin, r := request(t, d, civic.NewRequestKey(), civic.Draft{Category: "trees", Title: "Lipa", Point: orb.Point{19.95, 50.05}})
		group.Go(func() {
			if _, err := s.AddPinOnce(t.Context(), d, civic.Actor{}, pin, civic.Published, r); err != nil {
				t.Error(err)
			}
		})
	}
	waiting := 0
	for deadline := time.Now().Add(time.Minute); waiting < 3; time.Sleep(time.Millisecond) {
		err := conn.QueryRow(t.Context(), `
			select count(distinct pid)
			from pg_locks
			where not granted
			  and relation = 'pins'::regclass`).Scan(&waiting)
		if err != nil || time.Now().After(deadline) {
			t.Fatalf("%d requests wait, %v", waiting, err)
		}
	}
	if _, err := im.Finish(t.Context(), 1, 0, nil); err != nil {
		t.Fatal(err)
	}
	group.Wait()
	for range 3 {
		add(t, s, d, civic.Draft{Category: "trees", Title: "Lipa", Point: orb.Point{19.95, 50.05}}, civic.Published)
	}
	if n := count(t, conn, `select count(*) from pins`); n != 7 {
		t.Errorf("%d pins, want 7", n)
	}
}

// TestRequestAfterFailure checks that a request whose connection breaks within
// its transaction leaves nothing, and that its repetition, which waits for it
// meanwhile, adds the pin.
func TestRequestAfterFailure(t *testing.T) {
	s, d, conn := open(t)
	pin, r := request(t, d, civic.NewRequestKey(), civic.Draft{Category: "trees", Title: "Once", Point: orb.Point{19.95, 50.05}})
	locking, err := pgx.ConnectConfig(t.Context(), conn.Config())
	if err != nil {
		t.Fatal(err)
	}
	defer locking.Close(t.Context())
	lock, err := locking.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock.Exec(t.Context(), `select from districts for no key update`); err != nil { // which the insert of a pin waits for, that of a request not
		t.Fatal(err)
	}
	type outcome struct {
		added civic.AddedPin
		err   error
	}
	outcomes := make(chan outcome, 2)
	add := func() {
		added, err := s.AddPinOnce(t.Context(), d, civic.Actor{}, pin, civic.Published, r)
		outcomes <- outcome{added, err}
	}
	go add()
	waiting := func(n int) (pid int) {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
			var found int
			err := conn.QueryRow(t.Context(), `
				select count(*), coalesce(min(pid) filter (where query ~ 'insert into pins'), 0)
				from pg_stat_activity
				where datname = current_database()
				  and wait_event_type = 'Lock'`).Scan(&found, &pid)
			if err != nil || time.Now().After(deadline) {
				t.Fatalf("%d wait: %v", found, err)
			}
			if found == n && pid > 0 {
				return pid
			}
		}
	}
	waiting(1)
	go add()
	pid := waiting(2)
	if _, err := conn.Exec(t.Context(), `select pg_terminate_backend($1)`, pid); err != nil {
		t.Fatal(err)
	}
	if failed := <-outcomes; !errors.Is(failed.err, civic.ErrUnavailable) {
		t.Errorf("the first: %+v", failed)
	}
	if err := lock.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	second := <-outcomes
	if second.err != nil {
		t.Fatal(second.err)
	}
	third, err := s.AddPinOnce(t.Context(), d, civic.Actor{}, pin, civic.Published, r)
	if err != nil || third != second.added || count(t, conn, `select count(*) from pins`) != 1 {
		t.Errorf("the third: %+v, %v, want %+v", third, err, second.added)
	}
}

// TestDeleteOldRequests checks that requests are kept for seven days, and that
// those of other districts stay.
func TestDeleteOldRequests(t *testing.T) {
	s, d, conn := open(t)
	other := district()
	other.Slug = "other"
	if err := s.AddDistrict(t.Context(), &other); err != nil {
		t.Fatal(err)
	}
	_, err := conn.Exec(t.Context(), `
		insert into requests (district_id, key_hash, body_hash, salt, pin_id, publication, private, created_at)
		select district_id, sha256(n::text::bytea), sha256('x'), substr(sha256('x'), 1, 16), n, 'published', false,
		  now() - make_interval(days => 6 + 2 * (n % 2))
		from districts, generate_series(1, 4200) as n`)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.DeleteOldRequests(t.Context(), d); n != 2100 || err != nil {
		t.Errorf("%d deleted, %v, want 2100", n, err)
	}
	if n := count(t, conn, `select count(*) from requests`); n != 6300 {
		t.Errorf("%d remain, want 6300", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.DeleteOldRequests(ctx, d); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// roundTripCounter is a tracer that counts round trips to the database: queries
// and batches.
type roundTripCounter struct{ statementCounter }

func (c *roundTripCounter) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	c.Add(1)
	return ctx
}

func (c *roundTripCounter) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

func (c *roundTripCounter) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

// TestAddPinRoundTrips checks that the address, the record and the job of a new pin
// go to the database with it: a submission takes four round trips, of which two
// begin and commit the transaction.
func TestAddPinRoundTrips(t *testing.T) {
	var trips roundTripCounter
	s, err := store.OpenTraced(t.Context(), store.Config{URL: storetest.URL(t), Keys: storetest.Keys(t)}, &trips)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	d := district()
	if err := s.AddDistrict(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	pin := accept(t, &d, tree)
	for i, email := range []string{"first@example.org", "", "first@example.org", "second@example.org"} {
		pin.Email = email
		before := trips.Load()
		if _, err := s.AddPinOnce(t.Context(), &d, civic.Actor{}, pin, civic.Published, civic.NewRequest(civic.NewRequestKey(), pin)); err != nil {
			t.Fatal(err)
		}
		if n := trips.Load() - before; i > 0 && n != 4 { // the first prepares statements
			t.Errorf("submission %d, address %q: %d round trips, want 4", i, email, n)
		}
	}
}

// TestSubmissionsDoNotWait checks that a submission waits for no other of its
// district whose transaction goes on, as long as their addresses differ.
func TestSubmissionsDoNotWait(t *testing.T) {
	s, d, conn := open(t)
	pin := accept(t, d, tree)
	pin.Email = "first@example.org"
	err := store.AddPinAndMeanwhile(t.Context(), s, d, pin, func() {
		pin.Email = "second@example.org"
		if _, err := s.AddPinOnce(t.Context(), d, civic.Actor{}, pin, civic.Published, civic.NewRequest(civic.NewRequestKey(), pin)); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, conn, `select count(*) from pins`); n != 2 {
		t.Errorf("%d pins, want 2", n)
	}
}

// BenchmarkAddPinOnce adds pins one after the other, as residents do by the form:
// without an address, with that of a contact, and each with another.
func BenchmarkAddPinOnce(b *testing.B) {
	for name, address := range map[string]string{"anonymous": "", "known": "same@example.org", "new": "resident-%d@example.org"} {
		b.Run(name, func(b *testing.B) {
			s, d, _ := open(b)
			pin := accept(b, d, tree)
			for i := 0; b.Loop(); i++ {
				pin.Email = strings.Replace(address, "%d", strconv.Itoa(i), 1)
				if _, err := s.AddPinOnce(b.Context(), d, civic.Actor{}, pin, civic.Pending, civic.NewRequest(civic.NewRequestKey(), pin)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

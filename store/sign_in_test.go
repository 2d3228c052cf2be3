package store_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// secrets asks for a mail to an address, and returns what it contains; found is
// false when there is none.
func secrets(t *testing.T, s *store.Store, conn *pgx.Conn, address string, asking civic.AskingSecret) (made civic.SignInSecrets, found bool) {
	t.Helper()
	if err := s.RequestSignIn(t.Context(), civic.SignInRequest{Email: address, Asking: asking, Next: "/d/test/desk"}); err != nil {
		t.Fatal(err)
	}
	if n, err := s.QueueSignIns(t.Context()); err != nil || n != 1 {
		t.Fatalf("%d requests are handled (%v)", n, err)
	}
	hash := asking.Hash()
	var request int64
	err := conn.QueryRow(t.Context(), `select request_id from sign_in_requests where asked_hash = $1 and email_sealed is null`, hash[:]).Scan(&request)
	if errors.Is(err, pgx.ErrNoRows) {
		return made, false
	}
	if err != nil {
		t.Fatal(err)
	}
	err = pgx.BeginFunc(t.Context(), conn, func(tx pgx.Tx) error {
		made, err = s.NewSignInLink(t.Context(), tx, request)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return made, true
}

// TestSignInByLink checks that a link signs in once, in whatever browser, that
// looking at it changes nothing, that it ends after fifteen minutes, and that a
// second mail of the same request replaces the first.
func TestSignInByLink(t *testing.T) {
	s, d, conn := open(t)
	account := give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Council}).AccountID
	made, _ := secrets(t, s, conn, "ANNA@example.org", civic.NewAskingSecret())
	for range 3 {
		if got, err := s.PeekSignIn(t.Context(), made.Token); err != nil || got.ID != account || got.Name != "Anna" {
			t.Fatalf("%+v (%v)", got, err)
		}
	}
	if got, err := s.SignInByLink(t.Context(), made.Token); err != nil || got.ID != account || got.Kind != civic.Account || got.Next != "/d/test/desk" {
		t.Errorf("%+v (%v)", got, err)
	}
	for _, token := range []civic.SignInToken{made.Token, "", civic.NewSignInToken()} {
		if _, err := s.SignInByLink(t.Context(), token); !errors.Is(err, civic.ErrNotFound) {
			t.Errorf("%q: %v", token, err)
		}
		if _, err := s.PeekSignIn(t.Context(), token); !errors.Is(err, civic.ErrNotFound) {
			t.Errorf("%q: %v", token, err)
		}
	}
	made, _ = secrets(t, s, conn, "anna@example.org", civic.NewAskingSecret())
	execute(t, conn, `update sign_in_links set expires_at = now() where used_at is null`)
	if _, err := s.SignInByLink(t.Context(), made.Token); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("an expired link: %v", err)
	}
}

// TestSignInByCode checks that a code signs in once, in the browser that asked
// alone, that other browsers cannot use up its attempts, and that the sixth
// attempt is in vain.
func TestSignInByCode(t *testing.T) {
	s, d, conn := open(t)
	give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Council})
	asking := civic.NewAskingSecret()
	made, _ := secrets(t, s, conn, "anna@example.org", asking)
	for range 10 {
		if _, err := s.SignInByCode(t.Context(), civic.NewAskingSecret(), made.Code); !errors.Is(err, civic.ErrNotFound) {
			t.Fatalf("another browser: %v", err)
		}
	}
	for range civic.SignInAttempts - 1 {
		if _, err := s.SignInByCode(t.Context(), asking, "x"); !errors.Is(err, civic.ErrNotFound) {
			t.Fatalf("another code: %v", err)
		}
	}
	if got, err := s.SignInByCode(t.Context(), asking, civic.ParseSignInCode(made.Code.String())); err != nil || got.Kind != civic.Account {
		t.Errorf("%+v (%v)", got, err)
	}
	if _, err := s.SignInByLink(t.Context(), made.Token); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("the link of a used code: %v", err)
	}
	asking = civic.NewAskingSecret()
	made, _ = secrets(t, s, conn, "anna@example.org", asking)
	for range civic.SignInAttempts {
		if _, err := s.SignInByCode(t.Context(), asking, "00000000x"); !errors.Is(err, civic.ErrNotFound) {
			t.Fatal(err)
		}
	}
	if _, err := s.SignInByCode(t.Context(), asking, made.Code); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("after too many attempts: %v", err)
	}
}

// TestSignInOfUnknown checks that of an unknown address nothing remains, that a
// known one is sent five mails an hour, and that no address is stored in plain
// text.
func TestSignInOfUnknown(t *testing.T) {
	s, d, conn := open(t)
	give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Council})
	if _, found := secrets(t, s, conn, "nobody@example.org", civic.NewAskingSecret()); found {
		t.Error("an unknown address is sent a mail")
	}
	for i := range civic.SignInsPerHour + 2 {
		if _, found := secrets(t, s, conn, "anna@example.org", civic.NewAskingSecret()); found != (i < civic.SignInsPerHour) {
			t.Errorf("mail %d: %t", i+1, found)
		}
	}
	var left int
	if err := conn.QueryRow(t.Context(), `select count(*) from sign_in_requests`).Scan(&left); err != nil || left != civic.SignInsPerHour {
		t.Errorf("%d requests are left (%v)", left, err)
	}
}

// TestSignInOfContact checks that a confirmed contact signs in to its district, also
// from no district, and to no other, and that its sessions and links end with it.
func TestSignInOfContact(t *testing.T) {
	s, d, conn := open(t)
	add(t, s, d, civic.Draft{Category: "trees", Title: "Lipa", Point: orb.Point{19.95, 50.05}, Email: "Ola@example.org"}, civic.Published)
	ask := func(district int32) bool {
		t.Helper()
		if err := s.RequestSignIn(t.Context(), civic.SignInRequest{Email: "ola@example.org", Asking: civic.NewAskingSecret(), DistrictID: district}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.QueueSignIns(t.Context()); err != nil {
			t.Fatal(err)
		}
		var kind string
		err := conn.QueryRow(t.Context(), `delete from sign_in_requests returning kind`).Scan(&kind)
		return err == nil && kind == "contact"
	}
	if ask(d.ID) {
		t.Error("an address that is not confirmed signs in")
	}
	execute(t, conn, `update contacts set confirmed_at = now()`)
	if !ask(0) || ask(d.ID+1) || !ask(d.ID) {
		t.Error("a contact does not sign in to its district and from none alone")
	}
	person := civic.Person{Kind: civic.Contact, DistrictID: d.ID}
	if err := conn.QueryRow(t.Context(), `select contact_id from contacts`).Scan(&person.ID); err != nil {
		t.Fatal(err)
	}
	token, err := s.BeginSession(t.Context(), person, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := session(t, s, token); got.Person != person || got.Actor().Kind != civic.Contact || got.EndsAt.Sub(got.CreatedAt) != civic.ContactSession {
		t.Errorf("%+v", got)
	}
	execute(t, conn, `delete from contacts`)
	var left int
	if err := conn.QueryRow(t.Context(), `select count(*) from sessions`).Scan(&left); err != nil || left > 0 || session(t, s, token).SignedIn() {
		t.Errorf("%d sessions of a deleted contact (%v)", left, err)
	}
}

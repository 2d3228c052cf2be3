package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

var operator = civic.Actor{Kind: civic.Operator, Name: "root"}

// give gives a role, and returns the account.
func give(t *testing.T, s *store.Store, d *civic.District, g civic.Gift) civic.GivenRole {
	t.Helper()
	if g.Name == "" {
		g.Name = "Anna"
	}
	if g.Reason == "" {
		g.Reason = "elected"
	}
	given, err := s.GiveRole(t.Context(), d, operator, g)
	if err != nil {
		t.Fatal(err)
	}
	return given
}

// begin begins a session of an account.
func begin(t *testing.T, s *store.Store, account int64) civic.SessionToken {
	t.Helper()
	token, err := s.BeginSession(t.Context(), civic.Person{Kind: civic.Account, ID: account}, "Firefox, Linux")
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// session returns the session of a token.
func session(t *testing.T, s *store.Store, token civic.SessionToken) civic.Session {
	t.Helper()
	found, err := s.Session(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestAddressOfAccount checks that an address is one account whatever its case,
// but not without its dots and plus-parts, that mail goes to the address as it was
// typed, and that the database does not have it in plain text.
func TestAddressOfAccount(t *testing.T) {
	s, d, conn := open(t)
	first := give(t, s, d, civic.Gift{Email: "Anna.Nowak+mapa@Example.org", Role: civic.Admin})
	for address, same := range map[string]bool{
		"anna.nowak+MAPA@example.ORG": true, "annanowak+mapa@example.org": false, "anna.nowak@example.org": false,
	} {
		if got := give(t, s, d, civic.Gift{Email: address, Role: civic.Moderator}); (got.AccountID == first.AccountID) != same {
			t.Errorf("%s is the same account: %t", address, !same)
		}
	}
	all, err := s.GivenRoles(t.Context(), d, 10)
	if err != nil || len(all) != 4 || all[0].Email != "Anna.Nowak+mapa@Example.org" {
		t.Errorf("%+v (%v)", all, err)
	}
	var found int
	err = conn.QueryRow(t.Context(), `
		select (select count(*) from accounts where strpos(encode(email_sealed, 'escape'), 'Nowak') > 0)
		  + (select count(*) from texts where content ilike '%nowak%')`).Scan(&found)
	if err != nil || found > 0 {
		t.Errorf("the address is in %d rows (%v)", found, err)
	}
}

// TestRightsOfSession checks that a session has the grants that are in force at
// each request: from when they are given until they end or are withdrawn, in their
// district.
func TestRightsOfSession(t *testing.T) {
	s, d, conn := open(t)
	given := give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Animator, Area: "west"})
	token := begin(t, s, given.AccountID)
	want := []civic.Grant{{Role: civic.Animator, DistrictID: d.ID, AreaID: d.Areas[0].ID}}
	if got := session(t, s, token); cmp.Diff(got.Grants, want) != "" || got.Name != "Anna" || got.Actor().ID != given.AccountID || got.Actor().Kind != civic.Account {
		t.Errorf("%+v", got)
	}
	give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Moderator, Until: time.Now().Add(time.Hour)})
	if got := session(t, s, token); len(got.Grants) != 2 || !got.Replace {
		t.Errorf("%+v", got)
	}
	execute(t, conn, `update grants set until = now() where role = 'moderator'`)
	if got := session(t, s, token); cmp.Diff(got.Grants, want) != "" {
		t.Errorf("a role that has ended: %+v", got.Grants)
	}
	if err := s.WithdrawRole(t.Context(), d, operator, given.ID, "moved away"); err != nil {
		t.Fatal(err)
	}
	if got := session(t, s, token); len(got.Grants) > 0 || !got.SignedIn() {
		t.Errorf("%+v", got)
	}
	if err := s.WithdrawRole(t.Context(), d, operator, given.ID, "again"); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("a role is withdrawn twice: %v", err)
	}
	execute(t, conn, `update accounts set ended_at = now()`)
	if got := session(t, s, token); got.SignedIn() {
		t.Errorf("an account that has ended has a session: %+v", got)
	}
}

// TestSessionEnds checks when a session ends, that using it extends it, and that
// expired ones are deleted.
func TestSessionEnds(t *testing.T) {
	s, d, conn := open(t)
	account := give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Council}).AccountID
	token := begin(t, s, account)
	if got := session(t, s, token); got.EndsAt.Sub(got.LastUsedAt) != civic.AccountIdle || got.LastsUntil.Sub(got.CreatedAt) != civic.AccountSession {
		t.Errorf("%+v", got)
	}
	execute(t, conn, `update sessions set last_used_at = now() - interval '110 minutes'`)
	for peek, reads := range []func() (civic.Session, error){
		func() (civic.Session, error) { return s.PeekSession(t.Context(), token) },
		func() (civic.Session, error) { return s.Session(t.Context(), token) },
	} {
		if got, err := reads(); err != nil || !got.SignedIn() || (time.Until(got.EndsAt) > time.Hour) != (peek == 1) {
			t.Errorf("%+v (%v)", got, err)
		}
		var used time.Duration
		if err := conn.QueryRow(t.Context(), `select now() - last_used_at from sessions`).Scan(&used); err != nil || (used < time.Minute) != (peek == 1) {
			t.Errorf("used %s ago (%v)", used, err)
		}
	}
	execute(t, conn, `update sessions set last_used_at = now() - interval '2 hours'`)
	if got := session(t, s, token); got.SignedIn() {
		t.Error("a session that was not used for two hours lasts")
	}
	execute(t, conn, `update sessions set last_used_at = now(), expires_at = now()`)
	if got := session(t, s, token); got.SignedIn() {
		t.Error("a session lasts longer than a day")
	}
	if err := s.DeleteExpiredSignIns(t.Context()); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := conn.QueryRow(t.Context(), `select count(*) from sessions`).Scan(&left); err != nil || left > 0 {
		t.Errorf("%d sessions are left (%v)", left, err)
	}
}

// TestSessionsOfPerson checks that sessions are listed, ended one by one and all,
// by their person alone, and that there are not more than twenty.
func TestSessionsOfPerson(t *testing.T) {
	s, d, conn := open(t)
	anna := give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Council}).AccountID
	person, other := civic.Person{Kind: civic.Account, ID: anna}, civic.Person{Kind: civic.Contact, DistrictID: d.ID, ID: anna}
	tokens := []civic.SessionToken{begin(t, s, anna), begin(t, s, anna), begin(t, s, anna)}
	all, err := s.Sessions(t.Context(), person)
	if err != nil || len(all) != 3 || all[0].Device != "Firefox, Linux" {
		t.Fatalf("%+v (%v)", all, err)
	}
	id := session(t, s, tokens[0]).ID
	if err := s.EndSession(t.Context(), other, id); err != nil || !session(t, s, tokens[0]).SignedIn() {
		t.Errorf("another person ends a session (%v)", err)
	}
	if err := s.EndSession(t.Context(), person, id); err != nil || session(t, s, tokens[0]).SignedIn() {
		t.Errorf("the session has not ended (%v)", err)
	}
	if err := s.EndOtherSessions(t.Context(), person, session(t, s, tokens[1]).ID); err != nil || !session(t, s, tokens[1]).SignedIn() || session(t, s, tokens[2]).SignedIn() {
		t.Errorf("not the other sessions have ended (%v)", err)
	}
	execute(t, conn, `update sessions set last_used_at = now() - interval '1 hour'`)
	for range 20 {
		begin(t, s, anna)
	}
	if all, err := s.Sessions(t.Context(), person); err != nil || len(all) != 20 || session(t, s, tokens[1]).SignedIn() {
		t.Errorf("%d sessions (%v)", len(all), err)
	}
}

// TestReplacedToken checks that a change of rights replaces the token once, and
// that requests on their way may still use the old one, for a minute.
func TestReplacedToken(t *testing.T) {
	s, d, conn := open(t)
	account := give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Council}).AccountID
	old := begin(t, s, account)
	give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Admin})
	found := session(t, s, old)
	token, err := s.ReplaceSessionToken(t.Context(), found)
	if err != nil || token == "" {
		t.Fatalf("%q (%v)", token, err)
	}
	if again, err := s.ReplaceSessionToken(t.Context(), found); err != nil || again != "" {
		t.Errorf("the token is replaced twice (%v)", err)
	}
	if a, b := session(t, s, old), session(t, s, token); a.ID != found.ID || b.ID != found.ID || b.Replace {
		t.Errorf("%+v, %+v", a, b)
	}
	execute(t, conn, `update sessions set replaced_at = now() - interval '1 minute'`)
	if session(t, s, old).SignedIn() || !session(t, s, token).SignedIn() {
		t.Error("the old token lasts, or the new one does not")
	}
}

// TestWhoMayGiveRoles checks that admins of the district alone give and withdraw
// roles, with a reason, that the record names no address, and that the last admin
// remains.
func TestWhoMayGiveRoles(t *testing.T) {
	s, d, _ := open(t)
	admin := give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Admin, Reason: "the first"})
	actor := civic.Actor{Kind: civic.Account, ID: admin.AccountID, Grants: []civic.Grant{{Role: civic.Admin, DistrictID: d.ID}}}
	gift := civic.Gift{Email: "ben@example.org", Name: "Ben", Role: civic.Animator, Area: "east", Reason: "knows Płaszów"}
	elsewhere := civic.Actor{Kind: civic.Account, ID: 9, Grants: []civic.Grant{{Role: civic.Admin, DistrictID: d.ID + 1}}}
	for _, other := range []civic.Actor{{}, resident, animator, moderator, elsewhere} {
		if _, err := s.GiveRole(t.Context(), d, other, gift); err == nil {
			t.Errorf("%v gives a role", other)
		}
		if err := s.WithdrawRole(t.Context(), d, other, admin.ID, "no"); err == nil {
			t.Errorf("%v withdraws a role", other)
		}
	}
	given, err := s.GiveRole(t.Context(), d, actor, gift)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.GiveRole(t.Context(), d, actor, gift); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("a role is given twice: %v", err)
	}
	if err := s.WithdrawRole(t.Context(), d, actor, given.ID, " "); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("without a reason: %v", err)
	}
	if err := s.WithdrawRole(t.Context(), d, actor, given.ID, "has moved"); err != nil {
		t.Error(err)
	}
	if err := s.WithdrawRole(t.Context(), d, actor, admin.ID, "enough"); !errors.Is(err, civic.ErrLastAdmin) {
		t.Errorf("the last admin is withdrawn: %v", err)
	}
	entries, err := s.Audit(t.Context(), d, 0, 10)
	if err != nil || len(entries) != 3 {
		t.Fatalf("%+v (%v)", entries, err)
	}
	if got := entries[0]; got.Action != civic.WithdrawRole || got.Before != "animator" || got.After != "" || got.Reason != "has moved" || got.ActorID != admin.AccountID {
		t.Errorf("%+v", got)
	}
	if got := entries[1]; got.Action != civic.GiveRole || got.After != "animator" || got.Reason != "knows Płaszów" {
		t.Errorf("%+v", got)
	}
	for _, bad := range []civic.Gift{
		{}, {Email: "x", Name: "X", Role: civic.Admin, Reason: "r"}, {Email: "x@y", Name: "X", Role: civic.Reporter, Reason: "r"},
		{Email: "x@y", Name: "X", Role: civic.Admin, Area: "east", Reason: "r"}, {Email: "x@y", Name: "X", Role: civic.Animator, Area: "north", Reason: "r"},
		{Email: "x@y", Name: "X", Role: civic.Admin, Reason: "r", Until: time.Now()}, {Email: "x@y", Name: "X", Role: civic.Admin},
		{Email: "x@y", Name: strings.Repeat("x", 101), Role: civic.Admin, Reason: "r"},
	} {
		if _, err := s.GiveRole(t.Context(), d, actor, bad); !errors.Is(err, civic.ErrInvalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// TestLastTwoAdmins checks that two admins who withdraw each other at once leave
// one.
func TestLastTwoAdmins(t *testing.T) {
	s, d, _ := open(t)
	a := give(t, s, d, civic.Gift{Email: "anna@example.org", Role: civic.Admin})
	b := give(t, s, d, civic.Gift{Email: "ben@example.org", Role: civic.Admin})
	errs := make(chan error, 2)
	for _, g := range []civic.GivenRole{a, b} {
		actor := civic.Actor{Kind: civic.Account, ID: g.AccountID, Grants: []civic.Grant{{Role: civic.Admin, DistrictID: d.ID}}}
		go func() { errs <- s.WithdrawRole(t.Context(), d, actor, a.ID+b.ID-g.ID, "a quarrel") }()
	}
	first, second := <-errs, <-errs
	if (first == nil) == (second == nil) || !errors.Is(errors.Join(first, second), civic.ErrLastAdmin) {
		t.Errorf("%v, %v", first, second)
	}
}

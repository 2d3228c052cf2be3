package webtest

import (
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
)

// SignIn gives a role in the district to an account, which it adds unless it
// exists, and returns the header of a new session of it.
func (s *Site) SignIn(t testing.TB, email string, role civic.Role, area string) (header []string) {
	t.Helper()
	d := s.Live.Districts()[0].District
	name, _, _ := strings.Cut(email, "@")
	given, err := s.Store.GiveRole(t.Context(), &d, civic.Actor{Kind: civic.Operator, Name: "root"},
		civic.Gift{Email: email, Name: name, Role: role, Area: area, Reason: "a test"})
	if err != nil {
		t.Fatal(err)
	}
	return s.Begin(t, civic.Person{Kind: civic.Account, ID: given.AccountID})
}

// Begin begins a session of a person, and returns its header.
func (s *Site) Begin(t testing.TB, p civic.Person) (header []string) {
	t.Helper()
	token, err := s.Store.BeginSession(t.Context(), p, "Firefox, Linux")
	if err != nil {
		t.Fatal(err)
	}
	return []string{"Cookie", "session=" + string(token)}
}

// Form returns the header of a request whose body is a form of this site.
func Form(header []string) []string {
	return append([]string{"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin"}, header...)
}

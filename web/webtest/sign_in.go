package webtest

import (
	"net/url"
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

// Report adds a pin of somebody with an address, and returns its id and the
// contact, whose address is confirmed.
func (s *Site) Report(t testing.TB, draft civic.Draft) (pin int64, reporter civic.Person) {
	t.Helper()
	d := s.Live.Districts()[0].District
	accepted, err := d.Accept(draft, civic.MaxDay)
	if err == nil {
		pin, err = s.Store.AddPin(t.Context(), &d, civic.Actor{}, accepted, civic.Published)
	}
	if err != nil {
		t.Fatal(err)
	}
	reporter = civic.Person{Kind: civic.Contact, DistrictID: d.ID}
	err = s.Connect(t).QueryRow(t.Context(), `
		update contacts
		set confirmed_at = now()
		from things
		where contacts.district_id = $1
		  and things.district_id = $1
		  and contact_id = reporter_id
		  and thing_id = $2
		returning contact_id`, d.ID, pin).Scan(&reporter.ID)
	if err != nil {
		t.Fatal(err)
	}
	return pin, reporter
}

// Form returns the header of a request whose body is a form of this site.
func Form(header []string) []string {
	return append([]string{"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin"}, header...)
}

// Values returns a form with pairs of names and values.
func Values(pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Add(pairs[i], pairs[i+1])
	}
	return q.Encode()
}

package pins_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// recorded is whose a pin is, and who has submitted it according to the audit.
type recorded struct {
	Reporter    int64 // contact; 0 for none
	Actor       string
	ActorPerson int64
}

func readRecorded(t *testing.T, s *webtest.Site, title string) (r recorded) {
	t.Helper()
	err := s.Connect(t).QueryRow(t.Context(), `
		select coalesce(reporter_id, 0), actors.kind, coalesce(person_id, 0)
		from things
		join audit using (district_id, thing_id)
		join actors using (actor_id)
		where title = $1
		  and action = 'submit'`, title).Scan(&r.Reporter, &r.Actor, &r.ActorPerson)
	if err != nil {
		t.Fatalf("%s: %v", title, err)
	}
	return r
}

// TestPinOfWhoeverHasSignedIn checks whose a pin is that is added in the form or
// through the API: of the contact who has signed in, or who has the address of the
// account, unless they wish otherwise or type an address. A contact of another
// district is nobody.
func TestPinOfWhoeverHasSignedIn(t *testing.T) {
	s := webtest.OpenConfig(t, web.Config{Writes: 1e5}, webtest.District(civic.ModerateAfter), nil)
	draft := civic.Draft{Category: "trees", Title: "Buk", Point: [2]float64{19.93, 50.03}, ReportedOn: 20000, Email: "anna@example.org"}
	_, anna := s.Report(t, draft)
	draft.Email = "ola@example.org"
	_, ola := s.Report(t, draft)
	other := webtest.District(civic.ModerateAfter)
	other.Slug = "other"
	if err := s.Store.AddDistrict(t.Context(), &other); err != nil {
		t.Fatal(err)
	}
	give := func(email string) civic.Person {
		given, err := s.Store.GiveRole(t.Context(), &civic.District{ID: anna.DistrictID, Languages: []string{"en"}}, civic.Actor{Kind: civic.Operator, Name: "root"},
			civic.Gift{Email: email, Name: email, Role: civic.Council, Reason: "a test"})
		if err != nil {
			t.Fatal(err)
		}
		return civic.Person{Kind: civic.Account, ID: given.AccountID}
	}
	olaAccount, eve := give("OLA@example.org"), give("eve@example.org")
	accepted, err := other.Accept(draft, civic.MaxDay)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Store.AddPin(t.Context(), &other, civic.Actor{}, accepted, civic.Published); err != nil {
		t.Fatal(err)
	}
	elsewhere, err := s.Store.ContactByEmail(t.Context(), &other, "ola@example.org")
	if err != nil {
		t.Fatal(err)
	}

	contact := func(p civic.Person) recorded { return recorded{p.ID, "contact", p.ID} }
	for i, test := range []struct {
		who       civic.Person
		email     string
		anonymous bool
		want      recorded
	}{
		{anna, "", false, contact(anna)},
		{anna, "", true, recorded{Actor: "unknown"}},
		{anna, "ola@example.org", false, recorded{ola.ID, "contact", anna.ID}},
		{olaAccount, "", false, recorded{ola.ID, "account", olaAccount.ID}},
		{olaAccount, "", true, recorded{Actor: "unknown"}},
		{eve, "", false, recorded{0, "account", eve.ID}},
		{civic.Person{Kind: civic.Contact, DistrictID: other.ID, ID: elsewhere}, "", false, recorded{Actor: "unknown"}},
		{civic.Person{}, "", false, recorded{Actor: "unknown"}},
	} {
		var header []string
		if test.who.ID != 0 {
			header = s.Begin(t, test.who)
		}
		title := "API " + strconv.Itoa(i)
		body, _ := json.Marshal(map[string]any{"category": "trees", "title": title, "lon": 19.93, "lat": 50.03, "email": test.email, "anonymous": test.anonymous})
		resp, text := s.Do(t, http.MethodPost, "/api/v1/districts/trial/pins", string(body), append([]string{"Content-Type", "application/json"}, header...)...)
		if resp.StatusCode != http.StatusCreated {
			t.Fatalf("%d: status %d: %s", i, resp.StatusCode, text)
		}
		if diff := cmp.Diff(test.want, readRecorded(t, s, title)); diff != "" {
			t.Errorf("%d, through the API (-want +got):\n%s", i, diff)
		}

		form := tree()
		form.Set("title", "Form "+strconv.Itoa(i))
		form.Set("step", "2")
		_, page := s.Do(t, http.MethodPost, "/d/trial/add", form.Encode(), webtest.Form(header)...)
		form.Set("step", "3")
		if says := strings.Contains(page, `name="signed_in"`); says != (test.want.Actor != "unknown" || test.anonymous) {
			t.Errorf("%d: that somebody has signed in: %t", i, says)
		} else if says {
			form.Set("signed_in", "yes")
		}
		if asks := strings.Contains(page, `id="email"`); asks != (test.who != anna && test.who != olaAccount) {
			t.Errorf("%d: asks for the address: %t", i, asks)
		}
		form.Set("email", test.email)
		if test.anonymous {
			form.Set("anonymous", "yes")
		}
		if resp, text := s.Do(t, http.MethodPost, "/d/trial/add", form.Encode(), webtest.Form(header)...); resp.StatusCode != http.StatusSeeOther {
			t.Fatalf("%d: status %d: %s", i, resp.StatusCode, text)
		}
		if diff := cmp.Diff(test.want, readRecorded(t, s, form.Get("title"))); diff != "" {
			t.Errorf("%d, in the form (-want +got):\n%s", i, diff)
		}
	}
	if _, page := s.Do(t, http.MethodGet, "/d/trial/me?lang=en", "", s.Begin(t, anna)...); !strings.Contains(page, "API 0") || !strings.Contains(page, "Form 0") || strings.Contains(page, "API 1") {
		t.Error("the personal page lacks the pins")
	}
}

// TestFormWhoseSessionHasEnded checks that a form which has said whose the pin will
// be adds none as that of nobody, keeps what was entered, and adds it with the next
// press.
func TestFormWhoseSessionHasEnded(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	form := tree()
	form.Set("signed_in", "yes")
	resp, page := post(t, s, form)
	if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "Your session has ended") || !strings.Contains(page, `value="Lipa"`) ||
		strings.Contains(page, `name="signed_in"`) || !strings.Contains(page, `id="email"`) {
		t.Fatalf("status %d: %s", resp.StatusCode, page)
	}
	form.Del("signed_in")
	if resp, _ := post(t, s, form); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("the next press: status %d", resp.StatusCode)
	}
}

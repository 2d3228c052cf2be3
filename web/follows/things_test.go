package follows_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestFollowThing follows an initiative from its page to the mail that tells of a step,
// and ends it by the link of that mail.
func TestFollowThing(t *testing.T) {
	s := open(t)
	box := s.OpenMailbox(t)
	initiative := s.Add(t, civic.RecordDraft{Kind: civic.InitiativeThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Ogród"}, "summary": {"pl": "Sadzimy"}},
	}}).ID
	system := civic.Actor{Kind: civic.System}
	act := func(c civic.Command) {
		t.Helper()
		v, _ := s.Live.District("trial")
		c.Things = []int64{initiative}
		if _, err := s.Store.Do(t.Context(), &v.District, system, c); err != nil {
			t.Fatal(err)
		}
	}
	path, follow := fmt.Sprintf("/d/trial/initiatives/%d", initiative), fmt.Sprintf("/d/trial/follow?thing=%d", initiative)
	if _, page := s.Do(t, "GET", path+"?lang=pl", ""); !strings.Contains(page, `href="`+follow+`">Obserwuj tę inicjatywę`) {
		t.Errorf("the page has no link: %s", page)
	}
	if resp, page := s.Do(t, "GET", follow+"&lang=pl", ""); resp.StatusCode != http.StatusOK || !strings.Contains(page, "Ogród") || !strings.Contains(page, `href="`+path+`"`) {
		t.Errorf("status %d: %s", resp.StatusCode, page)
	}
	if resp, _ := s.post(t, follow, "cadence=instant&email=celina%40example.org"); resp.StatusCode != http.StatusOK {
		t.Fatalf("status %d", resp.StatusCode)
	}
	if resp, page := s.post(t, box.Mails(t)[0].Links["action"]+"?lang=pl", ""); resp.StatusCode != http.StatusOK || !strings.Contains(page, "Ogród") {
		t.Errorf("status %d: %s", resp.StatusCode, page)
	}
	act(civic.Command{Action: civic.Start})
	mails := box.Mails(t)
	if len(mails) != 1 || mails[0].Kind != civic.MailMoved || mails[0].Data["status"] != "running" || mails[0].Links["thing"] != path {
		t.Fatalf("mails: %+v", mails)
	}
	contact := s.Begin(t, civic.Person{Kind: civic.Contact, DistrictID: s.Live.Districts()[0].District.ID, ID: s.contact(t)})[1]
	if _, page := s.Do(t, "GET", path+"?lang=pl", "", "Cookie", contact); !strings.Contains(page, `action="`+follow+`"`) {
		t.Errorf("the page has no button for a contact: %s", page)
	}
	if _, page := s.Do(t, "GET", "/d/trial/me?lang=pl", "", "Cookie", contact); !strings.Contains(page, `href="`+path+`"`) || !strings.Contains(page, "Ogród") {
		t.Errorf("the personal page lacks it: %s", page)
	}
	if resp, page := s.post(t, mails[0].OneClick+"?lang=pl", ""); resp.StatusCode != http.StatusOK || !strings.Contains(page, "Ogród") {
		t.Errorf("status %d: %s", resp.StatusCode, page)
	}
	act(civic.Command{Action: civic.Complete})
	if mails := box.Mails(t); len(mails) != 0 {
		t.Errorf("mails after the end: %+v", mails)
	}
	s.post(t, follow, "cadence=weekly", contact)
	act(civic.Command{Action: civic.Hide, Reason: "a test"})
	if _, page := s.Do(t, "GET", "/d/trial/me?lang=pl", "", "Cookie", contact); strings.Contains(page, "Ogród") || !strings.Contains(page, "coś, co nie jest już publiczne") {
		t.Errorf("the personal page names what is hidden: %s", page)
	}
	office := s.Add(t, webtest.Office("Dyżur", "", [2]float64{19.93, 50.03})).ID
	for _, id := range []int64{initiative, office, s.id(t, "fear"), 99999999} {
		for _, method := range []string{"GET", "POST"} {
			resp, _ := s.Do(t, method, fmt.Sprintf("/d/trial/follow?thing=%d", id), "cadence=weekly&email=x%40example.org", "Content-Type", "application/x-www-form-urlencoded")
			if resp.StatusCode != http.StatusNotFound {
				t.Errorf("%s, thing %d: status %d", method, id, resp.StatusCode)
			}
		}
	}
	if _, page := s.Do(t, "GET", fmt.Sprintf("/d/trial/offices/%d", office), ""); strings.Contains(page, "/follow?thing=") {
		t.Error("an office can be followed")
	}
}

// contact returns the id of the only contact.
func (s *site) contact(t *testing.T) (id int64) {
	t.Helper()
	if err := s.conn.QueryRow(t.Context(), `select contact_id from contacts`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

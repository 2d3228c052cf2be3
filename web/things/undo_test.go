package things_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestMembersTakeBackWhatTheyDid checks that whoever has taken an action on the page of
// a thing of an organisation takes it back there, and nobody else.
func TestMembersTakeBackWhatTheyDid(t *testing.T) {
	d := webtest.District(civic.ModerateAfter)
	d.Categories = append(d.Categories, civic.Category{Slug: "clubs", Kind: civic.Organisation, Visibility: civic.Exact, Colour: "#336666", Label: civic.Text{"pl": "Kluby"}})
	s := webtest.OpenWith(t, d, []civic.Draft{{Category: "clubs", Title: "Klub", Point: orb.Point{19.93, 50.03}, ReportedOn: 20000}})
	var club int64
	if err := s.Connect(t).QueryRow(t.Context(), `select pin_id from pins`).Scan(&club); err != nil {
		t.Fatal(err)
	}
	v, _ := s.Live.District("trial")
	member := func(name string, organisation int64) (header []string, actor civic.Actor) {
		t.Helper()
		given, err := s.Store.GiveRole(t.Context(), &v.District, civic.Actor{Kind: civic.Operator}, civic.Gift{
			Email: name + "@example.org", Name: name, Role: civic.Member, Organisation: organisation, Reason: "a test",
		})
		if err != nil {
			t.Fatal(err)
		}
		grants := []civic.Grant{{Role: civic.Member, DistrictID: v.District.ID, OrganisationID: organisation}}
		return s.Begin(t, civic.Person{Kind: civic.Account, ID: given.AccountID}), civic.Actor{Kind: civic.Account, ID: given.AccountID, Grants: grants}
	}
	jan, actor := member("jan", club)
	ewa, _ := member("ewa", club)
	content, err := v.District.AcceptRecord(civic.RecordDraft{Kind: civic.InitiativeThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Ogród"}, "summary": {"pl": "Sadzimy"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Store.Do(t.Context(), &v.District, actor, civic.Command{Action: civic.Submit, Kind: civic.InitiativeThing, Content: content, Owner: club})
	if err != nil {
		t.Fatal(err)
	}
	id := out.Changed[0].ID
	if _, err := s.Store.Do(t.Context(), &v.District, civic.Actor{Kind: civic.System}, civic.Command{Action: civic.Publish, Things: []int64{id}}); err != nil {
		t.Fatal(err)
	}
	path := fmt.Sprintf("/d/trial/initiatives/%d", id)
	now := func() civic.Described {
		t.Helper()
		thing, err := s.Store.Thing(t.Context(), &v.District, id)
		if err != nil {
			t.Fatal(err)
		}
		return thing
	}
	press := func(header []string, action string) (status int, location string) {
		t.Helper()
		form := url.Values{"action": {action}, "version": {fmt.Sprint(now().Version)}}.Encode()
		resp, _ := s.Do(t, "POST", path+"/actions", form, webtest.Form(header)...)
		return resp.StatusCode, resp.Header.Get("Location")
	}
	const button = `name="action" value="undo"`
	shows := func(header []string, address string) bool {
		t.Helper()
		resp, page := s.Do(t, "GET", address, "", header...)
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d", address, resp.StatusCode)
		}
		return strings.Contains(page, button)
	}
	status, done := press(jan, "start")
	if status != http.StatusSeeOther || now().State != "running" {
		t.Fatalf("start: %d, %s", status, now().State)
	}
	for address, want := range map[string]bool{done: true, path: false, path + "?done=yes": false, path + "?done=complete": false} {
		if got := shows(jan, address); got != want {
			t.Errorf("%s has the button: %t", address, got)
		}
	}
	if shows(nil, done) {
		t.Error("the public has the button")
	}
	if status, _ := press(nil, "undo"); status != http.StatusUnauthorized {
		t.Errorf("somebody unknown: %d", status)
	}
	if status, _ := press(ewa, "undo"); status != http.StatusConflict {
		t.Errorf("another member: %d", status)
	}
	if status, done = press(jan, "undo"); status != http.StatusSeeOther || now().State != "idea" {
		t.Errorf("undo: %d, %s", status, now().State)
	}
	if shows(jan, done) {
		t.Error("what is taken back can be taken back again")
	}
	if status, _ := press(jan, "undo"); status != http.StatusConflict {
		t.Errorf("undo twice: %d", status)
	}
}

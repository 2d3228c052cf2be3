package pins_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestMemberEditsOrganisation checks that a member of an organisation edits what
// its pin says, and no other pin, that nobody else is shown the way to it, and that
// what a moderator has changed meanwhile is not overwritten unknowingly.
func TestMemberEditsOrganisation(t *testing.T) {
	district := webtest.District(civic.ModerateAfter)
	district.Categories = append(district.Categories, civic.Category{
		Slug: "ngo", Kind: civic.Organisation, Visibility: civic.Exact, Colour: "#336666", Label: civic.Text{"pl": "Organizacje"},
	})
	s := webtest.OpenConfig(t, web.Config{Writes: 1e5}, district, nil)
	draft := civic.Draft{Category: "ngo", Title: "Dom Sąsiedzki", Point: orb.Point{19.93, 50.03}, ReportedOn: 20000, Email: "anna@example.org"}
	own, _ := s.Report(t, draft)
	draft.Title = "Klub"
	other, _ := s.Report(t, draft)
	draft.Category, draft.Title = "trees", "Lipa"
	tree, _ := s.Report(t, draft)
	d := s.Live.Districts()[0].District
	gift := civic.Gift{Email: "ola@example.org", Name: "Ola", Role: civic.Member, Organisation: tree, Reason: "a test"}
	operator := civic.Actor{Kind: civic.Operator, Name: "root"}
	if _, err := s.Store.GiveRole(t.Context(), &d, operator, gift); err == nil {
		t.Error("somebody becomes a member of a tree")
	}
	gift.Organisation = own
	given, err := s.Store.GiveRole(t.Context(), &d, operator, gift)
	if err != nil {
		t.Fatal(err)
	}
	ola, moderator := s.Begin(t, civic.Person{Kind: civic.Account, ID: given.AccountID}), s.SignIn(t, "mod@example.org", civic.Moderator, "")

	page := func(id int64) string { return fmt.Sprintf("/d/trial/pins/%d", id) }
	for id, want := range map[int64]bool{own: true, other: false, tree: false} {
		if _, body := s.Do(t, http.MethodGet, page(id), "", ola...); strings.Contains(body, page(id)+"/edit") != want {
			t.Errorf("pin %d leads to the form: %t", id, !want)
		}
		if resp, _ := s.Do(t, http.MethodGet, page(id)+"/edit", "", ola...); (resp.StatusCode == http.StatusOK) != want {
			t.Errorf("the form of pin %d: status %d", id, resp.StatusCode)
		}
	}
	if _, body := s.Do(t, http.MethodGet, page(own), ""); strings.Contains(body, "/edit") {
		t.Error("the public is shown the form")
	}
	send := func(header []string, id int64, title, version string) (*http.Response, string) {
		t.Helper()
		form := url.Values{"title": {title}, "body": {"Otwarte we wtorki"}, "version": {version}}
		return s.Do(t, http.MethodPost, page(id)+"/edit?lang=en", form.Encode(), webtest.Form(header)...)
	}
	if resp, _ := send(ola, other, "Moje", "1"); resp.StatusCode != http.StatusForbidden {
		t.Errorf("edit another organisation: status %d", resp.StatusCode)
	}
	if resp, body := send(ola, own, " ", "1"); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "fault-title") || !strings.Contains(body, "Otwarte we wtorki") {
		t.Errorf("without a title: status %d: %s", resp.StatusCode, body)
	}
	if resp, _ := send(ola, own, "Dom Sąsiedzki Płaszów", "1"); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != page(own)+"?edited=yes" {
		t.Fatalf("edit: status %d to %s", resp.StatusCode, resp.Header.Get("Location"))
	}
	if _, body := s.Do(t, http.MethodGet, page(own), ""); !strings.Contains(body, "Dom Sąsiedzki Płaszów") || !strings.Contains(body, "Otwarte we wtorki") {
		t.Errorf("the page: %s", body)
	}
	if resp, body := send(moderator, own, "Dom", "1"); resp.StatusCode != http.StatusConflict || !strings.Contains(body, "Dom Sąsiedzki Płaszów") || !strings.Contains(body, `name="version" value="2"`) {
		t.Errorf("a moderator who has read the version before: status %d: %s", resp.StatusCode, body)
	}
	if resp, _ := send(moderator, own, "Dom", "2"); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("a moderator: status %d", resp.StatusCode)
	}
}

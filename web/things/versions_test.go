package things_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestVersions checks that the public reads the versions that were public and how they
// differ, and whoever may edit the thing all of them.
func TestVersions(t *testing.T) {
	s := webtest.Open(t, civic.ModerateBefore)
	moderator := s.SignIn(t, "anna@example.org", civic.Moderator, "")
	member := append(s.SignIn(t, "jan@example.org", civic.Animator, "west"), "Content-Type", "application/json")
	body := func(paragraphs string) string {
		return `{"name":{"pl":"Drzewa"},"addressee":{"pl":"Miasto"},"area":"west","pending":true,"paragraphs":[` + paragraphs + `]}`
	}
	resp, _ := s.Want(t, http.StatusCreated, "POST", "/api/v1/districts/trial/recommendations", body(`{"text":{"pl":"Posadzić tajne drzewa."}}`), member...)
	api := resp.Header.Get("Location")
	path := "/d/trial/recommendations" + api[len("/api/v1/districts/trial/recommendations"):]
	put := func(version, paragraphs string) {
		t.Helper()
		s.Want(t, http.StatusOK, "PUT", api, body(paragraphs), append([]string{"If-Match", version}, member...)...)
	}
	s.Want(t, http.StatusNotFound, "GET", path+"/versions", "")
	put("1", `{"text":{"pl":"Posadzić dziesięć drzew."}}`)
	s.Want(t, http.StatusSeeOther, "POST", path+"/actions", webtest.Values("action", "publish", "version", "2"), webtest.Form(moderator)...)
	put("3", `{"text":{"pl":"Posadzić dwanaście drzew."}},{"text":{"pl":"Podlewać je."}}`)

	pl := []string{"Accept-Language", "pl"}
	_, got := s.Want(t, http.StatusOK, "GET", path, "", pl...)
	webtest.Contains(t, got, path+"/versions")
	_, got = s.Want(t, http.StatusOK, "GET", path+"/versions", "", pl...)
	webtest.Contains(t, got, "Od wersji 2 do wersji 3", "dziesięć", "<ins>", "<del>", "dwanaście", "Podlewać", "!tajne", "!Pierwsza wersja")
	s.Want(t, http.StatusBadRequest, "GET", path+"/versions?before=1", "", pl...)
	_, got = s.Want(t, http.StatusOK, "GET", path+"/versions?before=1&after=3", "", append(pl, moderator...)...)
	webtest.Contains(t, got, "Od wersji 1 do wersji 3", "tajne", "Pierwsza wersja")
	_, got = s.Want(t, http.StatusOK, "GET", path+"/versions?before=3&after=3", "", pl...)
	webtest.Contains(t, got, "Teksty są takie same.")
	s.Want(t, http.StatusNotFound, "GET", fmt.Sprintf("/d/trial/offices/%s/versions", path[len("/d/trial/recommendations/"):]), "")
}

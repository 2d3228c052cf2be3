package organisations_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// TestContact checks that the page of an organisation links to its address and its
// number, and shows what was stored before these were checked as it is.
func TestContact(t *testing.T) {
	d := webtest.District(civic.ModerateAfter)
	d.Categories = append(d.Categories, civic.Category{Slug: "clubs", Kind: civic.Organisation, Visibility: civic.Exact, Colour: "#112233", Label: civic.Text{"pl": "Kluby"}})
	s := webtest.OpenWith(t, d, []civic.Draft{{Category: "clubs", Title: "Klub", Point: orb.Point{19.93, 50.03}, ReportedOn: 20000}})
	organisation := s.Add(t, civic.RecordDraft{Kind: civic.OrganisationThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Klub"}, "about": {"pl": "Gramy"}},
		Words: map[string]string{"email": "klub@example.org", "phone": "+48 12 345-67-89"},
	}}, civic.FieldLinks{Field: "pin", Things: []int64{1}})
	path := fmt.Sprintf("/d/trial/organisations/%d", organisation.ID)
	_, body := s.Want(t, http.StatusOK, "GET", path, "")
	webtest.Contains(t, body, `href="mailto:klub@example.org"`, `href="tel:&#43;48123456789"`)
	if _, err := s.Connect(t).Exec(t.Context(), `update contents set content = jsonb_set(content, '{words}', '{"email": "u Anny", "phone": "w klubie"}')`); err != nil {
		t.Fatal(err)
	}
	_, body = s.Want(t, http.StatusOK, "GET", path, "")
	webtest.Contains(t, body, "u Anny", "w klubie", "!mailto:", "!tel:")
}

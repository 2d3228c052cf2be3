package page_test

import (
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// TestPagesInEachLanguage checks that every page is complete in each language
// of the district, and that the chosen language is remembered.
func TestPagesInEachLanguage(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	key := regexp.MustCompile(`>\s*[a-z]+(\.[a-z_0-9]+)+\s*<|\{[a-z]+\}`)
	for _, path := range []string{"/", "/d/trial", "/d/trial?kind=need&from=2024-12&q=pinezka", "/d/trial?kind=need&area=west&status=met", "/d/trial?kind=cat",
		"/d/trial/pins/1", "/d/trial/pins/3", "/d/trial/add", "/d/trial/add step=1&do=search&place=rynek", "/d/trial/add step=1&do=search&place=nigdzie",
		"/d/trial/add step=1&lon=19.93&lat=50.03", "/d/trial/add step=1&lon=1&lat=2", "/d/trial/add step=2&lon=19.93&lat=50.03", "/d/trial/add step=2&lon=19.93&lat=50.03&category=trees",
		"/d/trial/add lon=19.93&lat=50.03&category=trees&title=%E2%80%8B&body=%1B&email=x", "/d/trial/add?added=yes", "/d/nowhere", "/nowhere"} {
		bodies := map[string]bool{}
		for _, lang := range []string{"pl", "en", "uk"} {
			method, target, form := "GET", path, ""
			if address, body, ok := strings.Cut(path, " "); ok {
				method, target, form = "POST", address, body
			}
			resp, body := s.Do(t, method, target, form, "Accept", "text/html", "Accept-Language", lang+";q=0.9, de;q=0.5", "Content-Type", "application/x-www-form-urlencoded")
			if resp.Header.Get("Content-Language") != lang || !strings.Contains(body, `lang="`+lang+`"`) {
				t.Errorf("%s: in %q, want %s", path, resp.Header.Get("Content-Language"), lang)
			}
			if resp.StatusCode >= 500 {
				t.Errorf("%s in %s: status %d", path, lang, resp.StatusCode)
			}
			text := regexp.MustCompile(`data-[a-z]+="[^"]*"`).ReplaceAllString(body, "")
			if found := key.FindString(text); found != "" {
				t.Errorf("%s in %s shows a key or a placeholder: %s", path, lang, found)
			}
			if strings.Contains(body, "Próba <b>") || strings.Contains(body, "<i>treść") {
				t.Errorf("%s: a text is not escaped", path)
			}
			bodies[body] = true
		}
		if len(bodies) != 3 {
			t.Errorf("%s is the same in two languages", path)
		}
	}
	resp, _ := s.Do(t, "GET", "/d/trial?lang=uk", "")
	cookie := resp.Header.Get("Set-Cookie")
	resp, _ = s.Do(t, "GET", "/d/trial", "", "Cookie", cookie)
	if resp.Header.Get("Content-Language") != "uk" {
		t.Error("the chosen language is not remembered")
	}
	if resp, _ := s.Do(t, "GET", "/d/trial", "", "Accept-Language", "de"); resp.Header.Get("Content-Language") != "pl" {
		t.Error("the default is not the first language of the district")
	}
}

// TestLanguagesOfTheDistrict checks a district in Vilnius, whose languages are
// defined by its configuration and a PO file alone: texts that Lithuanian lacks
// are in the default language of the district, and the language switch has the
// languages of the district.
func TestLanguagesOfTheDistrict(t *testing.T) {
	catalogue, err := web.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	po := `
msgid ""
msgstr "Plural-Forms: nplurals=3; plural=(n%10==1 && (n%100<11 || n%100>19) ? 0 : n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2);\n"

msgctxt "language.name"
msgid "English"
msgstr "Lietuvių"

msgctxt "skip.main"
msgid "Skip to content"
msgstr "Pereiti prie turinio"
`
	if _, err := catalogue.ReadPO("lt", []byte(po)); err != nil {
		t.Fatal(err)
	}
	pages, err := page.New(page.Config{
		Service:   &serve.Service{Sender: serve.NewSender(1 << 20), Live: tiles.New(tiles.Config{})},
		Catalogue: catalogue, Parts: []fs.FS{page.Files}, Logger: slog.Default(),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		languages                           []string
		accept, lang, skip, switched, label string
	}{
		{[]string{"lt", "pl"}, "lt", "lt", "Pereiti prie turinio", "Lietuvių", "Wilno"},
		{[]string{"pl", "lt"}, "lt", "lt", "Pereiti prie turinio", "Lietuvių", "Wilno"},
		{[]string{"pl", "lt"}, "", "pl", "Przejdź do treści", "Polski", "Wilno"},
		{[]string{"lt", "sw"}, "sw", "sw", "Pereiti prie turinio", "Kiswahili", "Wilno"},
		{[]string{"lt", "pl", "sw"}, "sw", "sw", "Pereiti prie turinio", "Kiswahili", "Wilno"},
		{[]string{"sw", "pl"}, "sw", "sw", "Skip to content", "Kiswahili", "Wilno"},
	} {
		d := &civic.District{Slug: "wilno", Name: civic.Text{"pl": "Wilno"}, Languages: test.languages}
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/d/wilno", nil)
		r.Header.Set("Accept-Language", test.accept)
		if err := pages.Render(w, r, http.StatusNotFound, "error_page", pages.Page(r, d, struct{ Status, Key, Parameter string }{"404", "not_found", ""})); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{`<html lang="` + test.lang + `">`, ">" + test.skip + "<", ">" + test.switched + "<", test.label} {
			if !strings.Contains(w.Body.String(), want) {
				t.Errorf("%v for %q: the page lacks %s", test.languages, test.accept, want)
			}
		}
	}
}

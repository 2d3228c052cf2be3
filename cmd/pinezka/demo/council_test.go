package demo_test

import (
	"strings"
	"testing"

	"github.com/pinezka/pinezka/cmd/pinezka/demo"
)

// TestCouncilPages checks that each page is in every language of the district, and
// says that it is an example.
func TestCouncilPages(t *testing.T) {
	d := numbered(t)
	pages, err := demo.CouncilPages()
	if err != nil || len(pages) != 3 {
		t.Fatalf("%d pages (%v), want 3", len(pages), err)
	}
	example := map[string]string{"pl": "*Przykładowy tekst.", "en": "*Example text.", "uk": "*Приклад тексту."}
	for _, p := range pages {
		if _, err := d.AcceptCouncilPage(p); err != nil {
			t.Errorf("%s: %v", p.Slug, err)
		}
		for _, tag := range d.Languages {
			if p.Title[tag] == "" || !strings.HasPrefix(p.Body[tag], example[tag]) {
				t.Errorf("%s in %s: %q, %.40q", p.Slug, tag, p.Title[tag], p.Body[tag])
			}
		}
	}
}

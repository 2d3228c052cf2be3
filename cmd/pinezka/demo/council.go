package demo

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
)

//go:embed council/*.md
var councilFiles embed.FS

// CouncilPages returns the pages about the council of the demo district: examples
// for a council to review. Their files are named "1-slug.pl.md" in their order, and
// begin with the title.
func CouncilPages() ([]civic.CouncilPage, error) {
	names, err := fs.Glob(councilFiles, "council/*.md")
	if err != nil {
		return nil, fmt.Errorf("list the pages of the demo district: %w", err)
	}
	var pages []civic.CouncilPage
	for _, name := range names {
		content, err := councilFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read a page of the demo district: %w", err)
		}
		_, name, _ = strings.Cut(strings.TrimSuffix(name, ".md"), "-")
		slug, lang, _ := strings.Cut(name, ".")
		title, body, _ := strings.Cut(strings.TrimPrefix(string(content), "# "), "\n")
		i := slices.IndexFunc(pages, func(p civic.CouncilPage) bool { return p.Slug == slug })
		if i < 0 {
			i = len(pages)
			pages = append(pages, civic.CouncilPage{Slug: slug, Title: civic.Text{}, Body: civic.Text{}})
		}
		pages[i].Title[lang], pages[i].Body[lang] = title, strings.TrimSpace(body)
	}
	return pages, nil
}

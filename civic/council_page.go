package civic

import (
	"fmt"
	"time"
)

// CouncilPage is a page in which the staff of a district says in plain words what
// its council is for.
type CouncilPage struct {
	Slug      string    `json:"slug"`
	Title     Text      `json:"title"` // at least in the default language of the district
	Body      Text      `json:"body"`  // Markdown
	Version   int32     `json:"-"`     // beginning with 1; 0 for one that is new
	ChangedAt time.Time `json:"-"`
}

// MaxPage is the largest number of code points of the text of a page in one
// language.
const MaxPage = 5000

// AcceptCouncilPage cleans and checks a page. It returns all faults at once, as
// Faults.
func (d *District) AcceptCouncilPage(p CouncilPage) (CouncilPage, error) {
	var f Faults
	if !ValidSlug(p.Slug) || p.Slug == "new" {
		f = append(f, Fault{"slug", "malformed", fmt.Sprintf("%q: use lower-case letters, digits and hyphens", p.Slug)})
	}
	var faults [2]Faults
	p.Title, faults[0] = d.acceptText("title", p.Title, cleanLine, 1, MaxTitle)
	p.Body, faults[1] = d.acceptText("body", p.Body, cleanText, 1, MaxPage)
	f = append(append(f, faults[0]...), faults[1]...)
	return p, f.Err()
}

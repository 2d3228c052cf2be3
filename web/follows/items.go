package follows

import (
	"fmt"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// Item is what a contact follows, as the template "follows" lists it.
type Item struct {
	ID       int64
	What     Followed
	Cadences []page.Option
	Action   string // of the form that changes or ends it
	Waiting  bool   // whether it is not confirmed
}

// Items returns those follows of a contact of the district that have not ended, for
// the reader.
func Items(d *civic.District, reader *page.Reader, all []civic.Follow) (items []Item) {
	for _, f := range all {
		if f.EndedAt.IsZero() {
			items = append(items, Item{
				ID: f.ID, What: NewFollowed(d, reader, f), Cadences: Cadences(reader, f.Cadence),
				Action: fmt.Sprintf("/d/%s/me/follows/%d", d.Slug, f.ID), Waiting: f.ConfirmedAt.IsZero(),
			})
		}
	}
	return items
}

package today

import (
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

type todayJSON struct {
	Date     civic.Day     `json:"date"`
	Sections []sectionJSON `json:"sections"`
	Desk     []queueJSON   `json:"desk"`
	Links    []serve.Link  `json:"links"`
}

type sectionJSON struct {
	Section civic.TodaySection `json:"section"`
	Total   int                `json:"total"`
	Late    int                `json:"late"`
	Items   []itemJSON         `json:"items"`
	Links   []serve.Link       `json:"links"`
}

type itemJSON struct {
	ID      int64        `json:"id"`
	Kind    string       `json:"kind"`
	Title   string       `json:"title"`
	State   *string      `json:"state"`   // null for a kind without
	Area    *string      `json:"area"`    // slug; null outside all areas
	Due     *civic.Day   `json:"due"`     // null for what has no day
	Awaited *string      `json:"awaited"` // field of the day; null as above
	Since   *civic.Day   `json:"since"`   // null if it is unknown
	Offer   *int64       `json:"offer"`   // that fits an ask; null for others
	Links   []serve.Link `json:"links"`
}

type queueJSON struct {
	Queue string       `json:"queue"`
	Total int          `json:"total"`
	Links []serve.Link `json:"links"`
}

func (h handlers) api(w http.ResponseWriter, r *http.Request) error {
	f, err := h.find(r)
	if err != nil {
		return err
	}
	alternate := func(path string) []serve.Link { return []serve.Link{{Rel: "alternate", Href: path, Type: "text/html"}} }
	out := todayJSON{Date: f.day, Sections: []sectionJSON{}, Desk: []queueJSON{}, Links: alternate(f.path(f.query.Section, f.query.Skip))}
	for _, list := range f.Lists {
		s := sectionJSON{Section: list.Section, Total: list.Total, Late: list.Late, Links: alternate(f.all(list.Section))}
		for _, item := range list.Items {
			s.Items = append(s.Items, f.encode(item, alternate))
		}
		out.Sections = append(out.Sections, s)
	}
	for _, q := range f.queues {
		out.Desk = append(out.Desk, queueJSON{q.Name, q.Count, alternate(q.URL)})
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, out)
}

func (f found) encode(item civic.TodayItem, alternate func(string) []serve.Link) itemJSON {
	out := itemJSON{ID: item.ID, Kind: item.Kind.String(), Title: item.Title, Links: alternate(f.url(item))}
	if item.State != "" {
		state := item.State.String()
		out.State = &state
	}
	if a, ok := f.d.AreaByID(item.AreaID); ok {
		out.Area = &a.Slug
	}
	if item.Awaited.Day != 0 {
		out.Due, out.Awaited = &item.Awaited.Day, &item.Awaited.Field
	}
	if item.Since != 0 {
		out.Since = &item.Since
	}
	if item.Match != nil {
		out.Offer = &item.Match.Offer.ID
	}
	return out
}

// url returns the path of the page on which something is done about an item.
func (f found) url(item civic.TodayItem) string {
	if item.Answer != "" {
		return item.Answer
	}
	return things.Path(f.d, item.Kind, item.ID)
}

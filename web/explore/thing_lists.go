package explore

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// thingList is the list of the things of a kind beside the map, on which they are
// a layer.
type thingList struct {
	Plural string // as things.Kind has it
	URL    string // of the page of the kind
	Hidden bool   // on the map and here
	Switch string // URL of the page with the layer hidden, or shown if it is
	Things []things.Item
}

// hiddenLayers returns the layers of things that a page does not show: the values
// of the parameter hide, separated by commas.
func (h handlers) hiddenLayers(q url.Values) ([]string, error) {
	if !q.Has("hide") {
		return nil, nil
	}
	hidden := strings.Split(q.Get("hide"), ",")
	for i, name := range hidden {
		known := slices.ContainsFunc(h.Kinds, func(k things.Kind) bool { return k.Plural() == name })
		if !known || slices.Contains(hidden[:i], name) {
			return nil, serve.BadParameter("hide", "must name layers, such as offices")
		}
	}
	return hidden, nil
}

// thingLists returns the lists of things of all kinds, without those of hidden ones. While the database is unavailable, there are none.
func (h handlers) thingLists(ctx context.Context, d *civic.District, reader *page.Reader, q url.Values, hidden []string) (lists []thingList, err error) {
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	for _, kind := range h.Kinds {
		list := thingList{Plural: kind.Plural(), URL: kind.Path(d, 0), Hidden: slices.Contains(hidden, kind.Plural())}
		others := slices.DeleteFunc(slices.Clone(hidden), func(name string) bool { return name == kind.Plural() })
		if !list.Hidden {
			others = append(others, kind.Plural())
		}
		shown := serve.Without(q, "hide", "")
		if len(others) > 0 {
			shown.Set("hide", strings.Join(others, ","))
		}
		list.Switch = serve.WithQuery("/d/"+d.Slug, shown)
		if lists = append(lists, list); list.Hidden {
			continue
		}
		found, err := kind.Published(ctx, h.Store, d)
		switch {
		case errors.Is(err, civic.ErrUnavailable):
			return nil, nil
		case err != nil:
			return nil, err
		}
		for _, t := range found {
			lists[len(lists)-1].Things = append(lists[len(lists)-1].Things, kind.Item(d, reader, t))
		}
	}
	return lists, nil
}

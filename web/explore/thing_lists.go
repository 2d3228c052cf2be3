package explore

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// listedThings is the number of things of a kind beside the map.
const listedThings = 20

// thingList is the list of the things of a kind beside the map, on which they are
// a layer.
type thingList struct {
	Plural string // as things.Kind has it
	URL    string // of the register, with those that are on the map
	N      int    // number of things on the map
	Hidden bool   // on the map and here
	Switch string // URL of the page with the layer hidden, or shown if it is
	Things []things.Item
}

// thingTotals returns the numbers of things on the map by the plurals of their kinds.
func (h handlers) thingTotals(v *index.Version) map[string]int {
	totals := map[string]int{}
	for _, kind := range h.Kinds {
		if n := v.ThingCount(kind.Kind); n > 0 {
			totals[kind.Plural()] = n
		}
	}
	return totals
}

// hiddenLayers returns the layers of things that a page does not show: the values
// of the parameter hide, separated by commas.
func (h handlers) hiddenLayers(q url.Values) ([]string, error) {
	isKind := func(name string) bool {
		return slices.ContainsFunc(h.Kinds, func(k things.Kind) bool { return k.Plural() == name })
	}
	names, ok := layerNames(q.Get("hide"), isKind)
	if !ok {
		return nil, serve.BadParameter("hide", "must name layers, such as offices")
	}
	return names, nil
}

// checkShown returns an error unless the values of the parameter show, separated by
// commas, are layers of statistics: "hotspots", which hexes are coloured by instead of
// the numbers of pins, and "silence", the cells where people live and nobody was heard.
func checkShown(q url.Values) error {
	if _, ok := layerNames(q.Get("show"), func(name string) bool { return name == "hotspots" || name == "silence" }); !ok {
		return serve.BadParameter("show", `must be "hotspots", "silence", or both, separated by a comma`)
	}
	return nil
}

// layerNames returns the names of layers in a parameter, separated by commas, and
// whether all are known, and none is there twice.
func layerNames(value string, isKnown func(string) bool) (names []string, ok bool) {
	if value == "" {
		return nil, true
	}
	names = strings.Split(value, ",")
	for i, name := range names {
		if !isKnown(name) || slices.Contains(names[:i], name) {
			return nil, false
		}
	}
	return names, true
}

// thingLists returns the lists of things of all kinds, the newest first, without those
// of hidden ones. While the database is unavailable, there are none.
func (h handlers) thingLists(ctx context.Context, v *index.Version, reader *page.Reader, q url.Values, hidden []string) (lists []thingList, err error) {
	d := &v.District
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	for _, kind := range h.Kinds {
		list := thingList{Plural: kind.Plural(), URL: kind.OnMap(d), N: v.ThingCount(kind.Kind), Hidden: slices.Contains(hidden, kind.Plural())}
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
		found, err := h.Store.Things(ctx, d, civic.ThingQuery{Kind: kind.Kind, Publications: []civic.Publication{civic.Published}, Placed: true, Limit: listedThings})
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

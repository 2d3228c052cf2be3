package compare

import (
	"context"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// hexOnly is how many pins of a group are published only in counts. These are of
// groups of people and months, of which a period may have a part, and some wait to be
// published. So they are shown beside the others, and never compared.
type hexOnly struct {
	pins                  int // as the map counts them
	atLeast, togetherWith int // as in civic.HexOnlyCount
}

// selected returns the categories that a filter selects: those whose pins are
// published each, and those whose pins are only counted.
func selected(d *civic.District, f civic.Filter) (each, counted []string) {
	for _, c := range d.Categories {
		switch {
		case !f.SelectsCategory(c):
		case c.Visibility == civic.HexOnly:
			counted = append(counted, c.Slug)
		default:
			each = append(each, c.Slug)
		}
	}
	return each, counted
}

// counts returns the numbers of pins of the sides in a period. The statistics are
// those of its filter.
func (h handlers) counts(ctx context.Context, v *index.Version, f civic.Filter, sides []side, all *index.Stats) ([]group, error) {
	each, counted := selected(&v.District, f)
	compared := all
	if len(counted) > 0 {
		compared = new(index.Stats)
		if len(each) > 0 {
			f := f
			f.Categories = each
			stats, err := h.Stats(ctx, v, f)
			if err != nil {
				return nil, err
			}
			compared = &stats
		}
	}
	var published []civic.HexOnlyCount
	if len(counted) > 0 && f.CountsHexOnly() {
		q := civic.HexOnlyQuery{From: f.From, Until: f.Until, Each: sides[0].area != ""}
		for _, slug := range f.Areas {
			area, _ := v.District.Area(slug)
			q.Areas = append(q.Areas, area.ID)
		}
		var err error
		if published, err = h.Store.HexOnlyCounts(ctx, &v.District, q); err != nil {
			return nil, err
		}
	}
	groups := make([]group, len(sides))
	for i, s := range sides {
		g := &groups[i]
		g.count = s.count(compared)
		g.hexOnly.pins = s.count(all) - g.count
		for _, c := range published {
			if slices.Contains(counted, c.Category) && s.has(c) {
				g.hexOnly.atLeast += c.AtLeast
				g.hexOnly.togetherWith += c.TogetherWith
			}
		}
	}
	return groups, nil
}

// count returns the count of the side in the statistics of a period.
func (s side) count(stats *index.Stats) int {
	switch {
	case s.area != "":
		return stats.ByArea[s.area].Total()
	case s.category != "":
		return stats.ByCategory[s.category]
	}
	return stats.Total()
}

// has reports whether a count is of the side.
func (s side) has(c civic.HexOnlyCount) bool {
	return c.Area == s.area && (s.category == "" || c.Category == s.category)
}

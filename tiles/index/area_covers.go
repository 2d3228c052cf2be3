package index

import (
	"slices"
	"sync"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// coverCache caches the covers of a district and of its areas, each of which is
// computed when it is first used.
type coverCache struct {
	district civic.District // a copy, since a pointer would keep a version in memory
	mu       sync.Mutex
	covers   map[coverKey][]geo.Cell
}

type coverKey struct {
	area int32 // id; 0 is the district
	r    geo.Resolution
}

func newCoverCache(d civic.District) *coverCache {
	return &coverCache{district: d, covers: map[coverKey][]geo.Cell{}}
}

// cells returns the cells, in order, that overlap the areas with the slugs, or
// the district if there are no slugs.
func (c *coverCache) cells(r geo.Resolution, areas []string) ([]geo.Cell, error) {
	if len(areas) == 0 {
		return c.cover(coverKey{0, r}, c.district.Boundary)
	}
	var all []geo.Cell
	for _, slug := range areas {
		a, ok := c.district.Area(slug)
		if !ok {
			continue
		}
		cells, err := c.cover(coverKey{a.ID, r}, a.Boundary)
		if err != nil {
			return nil, err
		}
		all = append(all, cells...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func (c *coverCache) cover(key coverKey, shape orb.MultiPolygon) ([]geo.Cell, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if cells, ok := c.covers[key]; ok {
		return cells, nil
	}
	cells, err := geo.Cover(shape, key.r, MaxHexes)
	if err != nil {
		return nil, err
	}
	c.covers[key] = cells
	return cells, nil
}

package web

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
)

// tileKey says what a tile shows.
type tileKey struct {
	district, layer, query string
	at                     maptile.Tile
}

// hotTile is a tile as it was drawn, with the encodings that were asked for.
type hotTile struct {
	answer
	number atomic.Uint64 // of the last version that it is known to hold for
	res    geo.Resolution
}

// tileCache keeps the tiles used last within a budget of bytes. It is asked with
// the version in force: a tile is given out only while nothing has changed in
// it, however much has changed elsewhere.
type tileCache struct {
	mu     sync.Mutex
	used   *simplelru.LRU[tileKey, *hotTile]
	size   int
	budget int

	hits, misses, evictions atomic.Uint64
}

// CacheMetrics are what the cache of tiles has done since the start, and what it
// holds now.
type CacheMetrics struct {
	Hits, Misses, Evictions uint64
	Tiles, Bytes            int
}

// CacheMetrics of the tiles.
func (s *Server) CacheMetrics() CacheMetrics {
	c := s.hot
	c.mu.Lock()
	defer c.mu.Unlock()
	return CacheMetrics{c.hits.Load(), c.misses.Load(), c.evictions.Load(), c.used.Len(), c.size}
}

// newTileCache within a budget in bytes.
func newTileCache(budget int) (*tileCache, error) {
	const most = 1 << 20 // tiles; the budget binds long before
	used, err := simplelru.NewLRU[tileKey, *hotTile](most, nil)
	if err != nil {
		return nil, err
	}
	return &tileCache{used: used, budget: budget}, nil
}

// get a tile that still holds.
func (c *tileCache) get(key tileKey, v *index.Version) (*hotTile, bool) {
	c.mu.Lock()
	t, ok := c.used.Get(key)
	c.mu.Unlock()
	if ok {
		number := t.number.Load()
		if ok = draw.UnchangedSince(v, number, key.layer, key.at, t.res); ok && v.Number > number {
			t.number.CompareAndSwap(number, v.Number)
		}
	}
	if !ok {
		c.misses.Add(1)
		return nil, false
	}
	c.hits.Add(1)
	return t, true
}

// put a tile, and let those go that were not used for longest.
func (c *tileCache) put(key tileKey, t *hotTile) {
	if cost(key, t) > c.budget {
		return
	}
	key.query = strings.Clone(key.query) // or it keeps all of the request's line
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.used.Peek(key); ok {
		c.size -= cost(key, old)
	}
	c.used.Add(key, t)
	c.size += cost(key, t)
	for c.size > c.budget {
		key, old, ok := c.used.RemoveOldest()
		if !ok {
			return
		}
		c.size -= cost(key, old)
		c.evictions.Add(1)
	}
}

// cost of a tile in bytes, at most: its query, which a client may make long, its
// body, also compressed in two ways, and what keeps them.
func cost(key tileKey, t *hotTile) int { return len(key.query) + 3*len(t.plain.body) + 512 }

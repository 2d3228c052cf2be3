package maps

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

// tileKey identifies what a tile shows.
type tileKey struct {
	district, layer, query string
	at                     maptile.Tile
}

// cachedTile is a rendered tile.
type cachedTile struct {
	serve.Representation
	number     atomic.Uint64 // of the last version in which it is known to be valid
	resolution geo.Resolution
	searched   bool // for words: a new text changes what is found, but no version, so the tile must not be kept
}

// tileCache keeps the most recently used tiles, within a budget of bytes. A
// tile remains valid in later versions of the index as long as nothing has
// changed in it, however much has changed elsewhere.
type tileCache struct {
	mu     sync.Mutex
	tiles  *simplelru.LRU[tileKey, *cachedTile]
	size   int
	budget int

	hits, misses, evictions atomic.Uint64
}

// CacheMetrics contains counts of the work of the cache of tiles since the
// start, and its current size.
type CacheMetrics struct {
	Hits, Misses, Evictions uint64
	Tiles, Bytes            int
}

// CacheMetrics returns the metrics of the cache of tiles.
func (m *Maps) CacheMetrics() CacheMetrics {
	c := m.cache
	c.mu.Lock()
	defer c.mu.Unlock()
	return CacheMetrics{c.hits.Load(), c.misses.Load(), c.evictions.Load(), c.tiles.Len(), c.size}
}

// newTileCache returns a cache with a budget in bytes.
func newTileCache(budget int) (*tileCache, error) {
	const maxTiles = 1 << 20 // the budget is reached long before
	lru, err := simplelru.NewLRU[tileKey, *cachedTile](maxTiles, nil)
	if err != nil {
		return nil, err
	}
	return &tileCache{tiles: lru, budget: budget}, nil
}

// get returns the tile if it is valid in the version.
func (c *tileCache) get(key tileKey, v *index.Version) (*cachedTile, bool) {
	c.mu.Lock()
	t, ok := c.tiles.Get(key)
	c.mu.Unlock()
	if ok {
		number := t.number.Load()
		if ok = draw.UnchangedSince(v, number, key.layer, key.at, t.resolution); ok && v.Number > number {
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

// put adds a tile, and evicts the least recently used tiles to stay within the
// budget.
func (c *tileCache) put(key tileKey, t *cachedTile) {
	if cost(key, t) > c.budget {
		return
	}
	key.query = strings.Clone(key.query) // without the clone, the whole request line would stay in memory
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.tiles.Peek(key); ok {
		c.size -= cost(key, old)
	}
	c.tiles.Add(key, t)
	c.size += cost(key, t)
	for c.size > c.budget {
		key, old, ok := c.tiles.RemoveOldest()
		if !ok {
			return
		}
		c.size -= cost(key, old)
		c.evictions.Add(1)
	}
}

// cost returns the memory in bytes that a tile takes at most: its query, whose
// length the client chooses, its body, its two compressed bodies, and overhead.
func cost(key tileKey, t *cachedTile) int { return len(key.query) + 3*t.Size() + 512 }

package web

import (
	"sync"
	"sync/atomic"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles"
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
func (c *tileCache) get(key tileKey, v *tiles.Version) (*hotTile, bool) {
	c.mu.Lock()
	t, ok := c.used.Get(key)
	c.mu.Unlock()
	if !ok {
		return nil, false
	}
	number := t.number.Load()
	if !v.Holds(number, key.layer, key.at, t.res) {
		return nil, false
	}
	if v.Number > number {
		t.number.CompareAndSwap(number, v.Number)
	}
	return t, true
}

// put a tile, and let those go that were not used for longest.
func (c *tileCache) put(key tileKey, t *hotTile) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.used.Peek(key); ok {
		c.size -= old.cost()
	}
	c.used.Add(key, t)
	c.size += t.cost()
	for c.size > c.budget {
		_, old, ok := c.used.RemoveOldest()
		if !ok {
			return
		}
		c.size -= old.cost()
	}
}

// cost of a tile in bytes: twice its plain size, which its compressed forms do
// not exceed together, and what keeps it.
func (t *hotTile) cost() int { return 2*len(t.plain.body) + 512 }

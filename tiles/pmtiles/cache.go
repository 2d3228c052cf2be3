package pmtiles

import (
	"fmt"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// cache keeps the most recently used directories and tiles of a Reader, within a
// budget of bytes.
type cache struct {
	mu     sync.Mutex
	parts  *simplelru.LRU[part, any] // []entry of directories, []byte of tiles
	size   int
	budget int
}

// part identifies a directory or a tile by its location in the file.
type part struct {
	section
	directory bool
}

func newCache(budget int) (*cache, error) {
	const maxParts = 1 << 20 // the budget is reached long before
	lru, err := simplelru.NewLRU[part, any](maxParts, nil)
	if err != nil {
		return nil, fmt.Errorf("create the cache of an archive: %w", err)
	}
	return &cache{parts: lru, budget: budget}, nil
}

func (c *cache) get(key part) (any, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.parts.Get(key)
}

// put adds a value, and evicts the least recently used ones to stay within the
// budget.
func (c *cache) put(key part, value any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.parts.Contains(key) || cost(value) > c.budget {
		return
	}
	c.parts.Add(key, value)
	c.size += cost(value)
	for c.size > c.budget {
		_, old, ok := c.parts.RemoveOldest()
		if !ok {
			return
		}
		c.size -= cost(old)
	}
}

// cost returns the memory in bytes that a value takes, with overhead.
func cost(value any) int {
	const overhead, entrySize = 256, 24
	if directory, ok := value.([]entry); ok {
		return overhead + entrySize*len(directory)
	}
	return overhead + len(value.([]byte))
}

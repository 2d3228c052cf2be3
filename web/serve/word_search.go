package serve

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

const (
	// MaxFound is the number of pins that a search may find. More would say
	// little to a person and take long to count.
	MaxFound = 20_000

	maxSearches = 32               // whose results are kept; each takes up to two megabytes
	searchAge   = 10 * time.Second // after which pins are searched again, since texts change without a new version
)

// PinSearcher searches the pins of a district.
type PinSearcher interface {
	SearchPins(ctx context.Context, d *civic.District, typed string, limit int) ([]int64, error)
}

// WordSearch keeps the most recent results of searches for words, so that the
// list, the tiles and the statistics of a page search once and agree. It is safe
// for concurrent use.
type WordSearch struct {
	pins PinSearcher
	now  func() time.Time

	mu      sync.Mutex
	results *simplelru.LRU[wordSearchKey, *wordSearchResult]
}

// wordSearchKey identifies a search. Versions of a district have different
// numbers.
type wordSearchKey struct {
	district string
	version  uint64
	words    string
}

type wordSearchResult struct {
	lock  chan struct{} // has an element while somebody searches or reads the rest
	until time.Time     // valid before; zero before the first search
	found Found
	err   error
}

// Found contains the pins that contain the words of a search.
type Found struct {
	*index.Version         // with these pins alone
	IDs            []int64 // of these pins; nil, and Version has all pins, if there were no words
}

// NewWordSearch returns a search without results.
func NewWordSearch(pins PinSearcher, now func() time.Time) (*WordSearch, error) {
	results, err := simplelru.NewLRU[wordSearchKey, *wordSearchResult](maxSearches, nil)
	if err != nil {
		return nil, fmt.Errorf("create cache of searches: %w", err)
	}
	return &WordSearch{pins: pins, now: now, results: results}, nil
}

// Search returns the pins of v that contain the words. Without words it returns
// v. It returns a problem that names the parameter q, and is civic.ErrTooMany,
// when there are more than MaxFound.
func (s *WordSearch) Search(ctx context.Context, v *index.Version, words string) (Found, error) {
	words = strings.Join(strings.Fields(words), " ")
	if words == "" {
		return Found{Version: v}, nil
	}
	key := wordSearchKey{v.District.Slug, v.Number, words}
	s.mu.Lock()
	result, ok := s.results.Get(key)
	if !ok {
		result = &wordSearchResult{lock: make(chan struct{}, 1)}
		s.results.Add(key, result)
	}
	s.mu.Unlock()
	select {
	case result.lock <- struct{}{}:
		defer func() { <-result.lock }()
	case <-ctx.Done():
		return Found{}, fmt.Errorf("wait for a search: %w", ctx.Err())
	}
	if s.now().Before(result.until) {
		return result.found, result.err
	}
	ids, err := s.pins.SearchPins(ctx, &v.District, words, MaxFound)
	switch {
	case errors.Is(err, civic.ErrTooMany):
		problem := BadParameter("q", fmt.Sprintf("more than %d pins contain it; add letters or another word", MaxFound))
		problem.Cause = err
		result.found, result.err = Found{}, problem
	case err != nil:
		return Found{}, err
	default:
		result.found, result.err = Found{v.Among(ids), ids}, nil
	}
	result.until = s.now().Add(searchAge)
	return result.found, result.err
}

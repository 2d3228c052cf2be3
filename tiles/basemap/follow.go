package basemap

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"
)

// Basemap is a basemap that may be replaced while it is being served. Each of
// its archives is one version; requests that began with one finish with it. Use
// OpenBasemap to open one.
type Basemap struct {
	location string
	current  atomic.Pointer[Archive]
}

// OpenBasemap opens the basemap at a location as Open does.
func OpenBasemap(ctx context.Context, location string) (*Basemap, error) {
	a, err := Open(ctx, location)
	if err != nil {
		return nil, err
	}
	b := &Basemap{location: location}
	b.current.Store(a)
	return b, nil
}

// Archive returns the newest version that could be opened.
func (b *Basemap) Archive() *Archive { return b.current.Load() }

// Reload opens the basemap again if it has been replaced, and reports whether it
// was. When what is there now cannot be opened, Reload returns why, and the
// version before stays.
func (b *Basemap) Reload(ctx context.Context) (bool, error) {
	if !b.Archive().replaced(ctx, b.location) {
		return false, nil
	}
	a, err := Open(ctx, b.location)
	if err != nil {
		return false, err
	}
	// The file of the version before is closed when nothing refers to it any
	// more: requests may still be reading it.
	old := b.current.Swap(a)
	return old.Hash != a.Hash, nil
}

// Follow calls Reload at an interval until ctx ends.
func (b *Basemap) Follow(ctx context.Context, interval time.Duration, log *slog.Logger) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		switch changed, err := b.Reload(ctx); {
		case err != nil && ctx.Err() == nil:
			log.Warn("the basemap has been replaced by one that cannot be opened; the one before is served", "err", err)
		case changed:
			log.Info("the basemap has been replaced", "hash", b.Archive().Hash)
		}
	}
}

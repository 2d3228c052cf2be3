// Package tiles maintains the live index of all districts, describes their
// tiles (TileJSON) and writes them to archives (PMTiles).
//
// A Live follows a Source, which is the database: it polls for what has
// changed, applies that to the version of each district and publishes new
// versions with one atomic store. The sub-packages do the rest:
//
//	          changes since
//	          a position           current version      select, count, thin
//	 Source ───────────────► Live ────────────────► index
//	(database)                                        │
//	                                                  ▼   encode layers
//	                              web server ◄────── draw ─────► mvt
//	                                                  │
//	                                                  ▼   one file of all tiles
//	                                               Archive ────► pmtiles
//
// Pins that are published only in counts never come here, but the counts that
// were decided of them (leaves), so that whatever is made of an index is a sum of
// these.
//
// The package uses no SQL and no HTTP.
package tiles

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tuning"
)

// Source is the database that a live index follows.
type Source interface {
	// Timeline returns the id of the timeline to which positions belong. It
	// changes with a failover or a restore, after which the same position can
	// refer to other changes.
	Timeline(ctx context.Context) (string, error)

	// Changes returns what has changed since a position (0: everything that is
	// public), all from one snapshot, and calls pin for every changed pin,
	// deleted ones first. It may return a change again, but must not omit one.
	Changes(ctx context.Context, since civic.Position, pin func(civic.MapPin)) (civic.Changes, error)
}

// Config configures New.
type Config struct {
	Source     Source        // required
	Poll       time.Duration // between two readings of the source; default 200 ms
	Timeout    time.Duration // after which a reading fails if the source sends nothing; default 15 s
	MergeAfter int           // number of changed rows that start a merge; default 8192
	Logger     *slog.Logger  // default slog.Default()

	tuning *tuning.Tuning // default tuning.Default()
}

// Live is the live index of all districts. Readers never wait; Run is the only
// writer.
type Live struct {
	cfg      Config
	versions atomic.Pointer[map[string]*index.Version] // by slug
	state    atomic.Pointer[State]
	counters counters
	watchers watchers

	// used by Run alone
	byID     map[int32]*index.Version
	loads    uint64 // number of districts loaded
	timeline string
	position civic.Position                   // within the timeline
	pending  map[int32]map[int64]civic.MapPin // for each district that is being merged, the last change of each pin since the merge began
	merged   chan finishedMerge
	merges   sync.WaitGroup
}

// versionBits is the number of bits for the versions since a district was
// loaded, enough for 500 versions a second for 70 years. The bits above are the
// number of the load, so that no number is used again when a district is added
// again under the same slug.
const versionBits = 40

// State describes whether a live index follows its source.
type State struct {
	Ready    bool      // the source has been read at least once
	Followed time.Time // end of the last successful reading
	Err      error     // of the last reading; nil if it was successful
}

// New returns an index that is empty until Run.
func New(cfg Config) *Live {
	cfg.Poll = cmp.Or(cfg.Poll, 200*time.Millisecond)
	cfg.Timeout = cmp.Or(cfg.Timeout, 15*time.Second)
	cfg.MergeAfter = cmp.Or(cfg.MergeAfter, 8192)
	cfg.Logger = cmp.Or(cfg.Logger, slog.Default())
	l := &Live{cfg: cfg, byID: map[int32]*index.Version{}, pending: map[int32]map[int64]civic.MapPin{}, merged: make(chan finishedMerge)}
	l.versions.Store(&map[string]*index.Version{})
	l.state.Store(&State{})
	return l
}

// Load returns an index after one reading of the source, for programs that do
// not call Run.
func Load(ctx context.Context, source Source) (*Live, error) {
	l := New(Config{Source: source})
	if err := l.follow(ctx); err != nil {
		return nil, fmt.Errorf("load the live index: %w", err)
	}
	l.state.Store(&State{Ready: true, Followed: time.Now()})
	return l, nil
}

// District returns the current version of the district with a slug.
func (l *Live) District(slug string) (*index.Version, bool) {
	v, ok := (*l.versions.Load())[slug]
	return v, ok
}

// Districts returns the current versions of all districts in order of their
// slugs.
func (l *Live) Districts() []*index.Version {
	all := *l.versions.Load()
	out := make([]*index.Version, 0, len(all))
	for _, slug := range slices.Sorted(maps.Keys(all)) {
		out = append(out, all[slug])
	}
	return out
}

// State returns the current state.
func (l *Live) State() State { return *l.state.Load() }

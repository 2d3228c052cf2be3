package tiles

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pinezka/pinezka/civic"
)

// Source is the record that the index follows.
type Source interface {
	// Changes since a mark (zero: everything that is public), all from one
	// snapshot, pins through each; what is gone before what is there. A row may
	// come again, none may be missed.
	Changes(ctx context.Context, since civic.Position, each func(civic.MapPin)) (civic.Changes, error)
}

// Historian is a Source whose marks can lose their meaning.
type Historian interface {
	// History names the course of events that marks belong to. After a failover
	// or a restore it is another, in which the same marks come again and mean
	// something else.
	History(ctx context.Context) (string, error)
}

// Config of a live index.
type Config struct {
	Source     Source        // required
	Poll       time.Duration // between two looks at the source; default 200 ms
	Patience   time.Duration // with a source that says nothing at all, before it is asked anew; default 15 s
	MergeAfter int           // changed rows that make a merge worth it; default 8192
	Logger     *slog.Logger  // default slog.Default()
}

// Live is the index of all districts. Readers never wait; Run is its one writer.
type Live struct {
	cfg      Config
	versions atomic.Pointer[map[string]*Version] // by slug
	state    atomic.Pointer[State]
	meter    meter
	watchers watchers

	// of Run alone
	byID    map[int32]*Version
	born    uint64 // districts met so far: numbers of versions never repeat, even if one comes back under the same slug
	history string
	mark    civic.Position // of the history
	merging map[int32]*merge
	merged  chan finished
	merges  sync.WaitGroup
}

// bornShift leaves 2^40 versions to a district: 500 a second for 70 years.
const bornShift = 40

// State says how well the index follows its source.
type State struct {
	Ready    bool      // something has been read
	Followed time.Time // when the source was last read to its end
	Err      error     // why the last attempt failed; nil if it did not
}

// merge of a version in the background, and what has changed since it began: the
// last change of each pin.
type merge struct{ pending map[int64]civic.MapPin }

type finished struct {
	district int32
	merged
}

// New index, empty until Run.
func New(cfg Config) *Live {
	cfg.Poll = cmp.Or(cfg.Poll, 200*time.Millisecond)
	cfg.Patience = cmp.Or(cfg.Patience, 15*time.Second)
	cfg.MergeAfter = cmp.Or(cfg.MergeAfter, 8192)
	cfg.Logger = cmp.Or(cfg.Logger, slog.Default())
	l := &Live{cfg: cfg, byID: map[int32]*Version{}, merging: map[int32]*merge{}, merged: make(chan finished)}
	l.versions.Store(&map[string]*Version{})
	l.state.Store(&State{})
	return l
}

// District as it is now, by slug.
func (l *Live) District(slug string) (*Version, bool) {
	v, ok := (*l.versions.Load())[slug]
	return v, ok
}

// Districts as they are now, in order of their slugs.
func (l *Live) Districts() []*Version {
	all := *l.versions.Load()
	out := make([]*Version, 0, len(all))
	for _, slug := range slices.Sorted(maps.Keys(all)) {
		out = append(out, all[slug])
	}
	return out
}

// State of the index now.
func (l *Live) State() State { return *l.state.Load() }

// Run follows the source until ctx ends. While the source cannot be read, the
// last version stays.
func (l *Live) Run(ctx context.Context) {
	defer l.merges.Wait()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case done := <-l.merged:
			l.adopt(ctx, done)
		case <-timer.C:
			l.look(ctx)
			timer.Reset(l.cfg.Poll)
		}
	}
}

// look at the source once and publish what has changed.
func (l *Live) look(ctx context.Context) {
	was := l.State()
	err := l.follow(ctx)
	now := State{Ready: was.Ready || err == nil, Followed: was.Followed, Err: err}
	if err == nil {
		now.Followed = time.Now()
	} else if ctx.Err() == nil {
		l.meter.failures.Add(1)
	}
	l.state.Store(&now)
	switch {
	case ctx.Err() != nil:
	case err != nil && was.Err == nil:
		l.cfg.Logger.Error("live index cannot follow the record; it serves its last version", "err", err)
	case err == nil && was.Err != nil:
		l.cfg.Logger.Info("live index follows the record again")
	}
}

// follow reads what has changed since the mark or, where the record has taken
// another course, everything.
func (l *Live) follow(ctx context.Context) error {
	reading, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	silence := time.AfterFunc(l.cfg.Patience, func() {
		cancel(fmt.Errorf("the record has said nothing for %s", l.cfg.Patience))
	})
	defer silence.Stop()

	history := l.history
	if h, ok := l.cfg.Source.(Historian); ok {
		var err error
		if history, err = h.History(reading); err != nil {
			return cmp.Or(context.Cause(reading), err)
		}
	}
	old, since := l.byID, l.mark
	if history != l.history {
		old, since = map[int32]*Version{}, 0
	}
	pins := map[int32][]civic.MapPin{}
	loaded := map[int32]*celled{}
	read := 0
	changes, err := l.cfg.Source.Changes(reading, since, func(p civic.MapPin) {
		if read++; read%4096 == 0 {
			silence.Reset(l.cfg.Patience)
		}
		if _, known := old[p.DistrictID]; known {
			pins[p.DistrictID] = append(pins[p.DistrictID], p)
			return
		}
		if p.Deleted {
			return
		}
		c := loaded[p.DistrictID]
		if c == nil {
			c = &celled{}
			loaded[p.DistrictID] = c
		}
		c.add(p)
	})
	if err != nil {
		return cmp.Or(context.Cause(reading), err)
	}
	before := l.byID
	l.byID = maps.Clone(old)
	for _, id := range changes.Removed {
		delete(l.byID, id)
	}
	for _, d := range changes.Districts {
		if v, known := l.byID[d.ID]; known {
			if !reflect.DeepEqual(v.District, d) { // or it is read again, as rows may be
				l.byID[d.ID] = v.describe(d)
			}
			continue
		}
		c := loaded[d.ID]
		if c == nil {
			c = &celled{}
		}
		l.born++
		l.byID[d.ID] = newVersion(l.born<<bornShift, d, *c)
	}
	for id, changed := range pins {
		v, known := l.byID[id]
		if !known {
			continue
		}
		if m := l.merging[id]; m != nil {
			for _, p := range changed {
				m.pending[p.ID] = p
			}
		}
		l.byID[id] = v.apply(changed)
		l.mergeLater(ctx, id)
	}
	if l.history != history && l.history != "" {
		l.meter.reloads.Add(1)
	}
	l.history, l.mark = history, changes.Next
	if !maps.Equal(before, l.byID) {
		l.publish()
	}
	return nil
}

func (l *Live) publish() {
	all := make(map[string]*Version, len(l.byID))
	for _, v := range l.byID {
		all[v.District.Slug] = v
	}
	l.versions.Store(&all)
	l.meter.versions.Add(1)
	l.watchers.tell()
}

// mergeLater starts to merge the part that has changed most, in the background,
// once enough has changed: MergeAfter rows or more, and a 256th of all.
func (l *Live) mergeLater(ctx context.Context, id int32) {
	v := l.byID[id]
	if l.merging[id] != nil || v.changed() < max(l.cfg.MergeAfter, v.rows()/256) {
		return
	}
	l.merging[id] = &merge{map[int64]civic.MapPin{}}
	l.merges.Go(func() {
		merged := l.meter.merge(v, v.mostChanged())
		select {
		case l.merged <- finished{id, merged}:
		case <-ctx.Done():
		}
	})
}

// adopt a merged part, with what has changed since the merge began on top.
func (l *Live) adopt(ctx context.Context, done finished) {
	pending := slices.Collect(maps.Values(l.merging[done.district].pending))
	delete(l.merging, done.district)
	v, known := l.byID[done.district]
	if !known {
		return // removed
	}
	next, ok := v.adopt(done.merged, pending)
	if !ok {
		return // loaded or described anew
	}
	l.byID[done.district] = next
	l.publish()
	l.mergeLater(ctx, done.district)
}

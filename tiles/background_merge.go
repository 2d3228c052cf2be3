package tiles

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// finishedMerge is a merge that Run must install.
type finishedMerge struct {
	district int32
	*index.Merge
}

// startMerge starts to merge a segment of a district in the background when
// enough rows have changed: MergeAfter or more, and a 256th of all. It does
// nothing while one is being merged.
func (l *Live) startMerge(ctx context.Context, id int32) {
	v := l.byID[id]
	if l.pending[id] != nil || v.ChangedRows() < max(l.cfg.MergeAfter, v.SegmentRows()/256) {
		return
	}
	l.pending[id] = map[int64]civic.MapPin{}
	l.merges.Go(func() {
		began := time.Now()
		m := v.Merge()
		l.counters.mergeTime.Add(int64(time.Since(began)))
		l.counters.merges.Add(1)
		select {
		case l.merged <- finishedMerge{id, m}:
		case <-ctx.Done():
		}
	})
}

// installMerge installs a merge, and what has changed since it began.
func (l *Live) installMerge(ctx context.Context, m finishedMerge) {
	pending := slices.Collect(maps.Values(l.pending[m.district]))
	delete(l.pending, m.district)
	v, known := l.byID[m.district]
	if !known {
		return // the district was deleted
	}
	next, ok := v.Install(m.Merge, pending)
	if !ok {
		return // the district was loaded again, or has other categories
	}
	l.byID[m.district] = next
	l.publish()
	l.startMerge(ctx, m.district)
}

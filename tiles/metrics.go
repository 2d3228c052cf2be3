package tiles

import (
	"sync/atomic"
	"time"
)

// Metrics contains the state of a live index and counts of its work.
type Metrics struct {
	State
	Districts   int
	Pins        int
	SegmentRows int           // of all districts, deleted rows included
	DeltaRows   int           // of all districts
	Versions    uint64        // number published
	Merges      uint64        // number finished
	MergeTime   time.Duration // of all merges together
	Failures    uint64        // number of readings that failed
	Reloads     uint64        // number of times that the timeline changed and everything was read again
}

// Metrics returns the current metrics.
func (l *Live) Metrics() Metrics {
	m := Metrics{
		State:     l.State(),
		Versions:  l.counters.versions.Load(),
		Merges:    l.counters.merges.Load(),
		MergeTime: time.Duration(l.counters.mergeTime.Load()),
		Failures:  l.counters.failures.Load(),
		Reloads:   l.counters.reloads.Load(),
	}
	for _, v := range *l.versions.Load() {
		m.Districts++
		m.Pins += v.Len()
		m.SegmentRows += v.SegmentRows()
		m.DeltaRows += v.DeltaRows()
	}
	return m
}

// counters count the work of a Live.
type counters struct {
	versions, merges, failures, reloads atomic.Uint64
	mergeTime                           atomic.Int64 // nanoseconds
}

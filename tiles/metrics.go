package tiles

import (
	"sync/atomic"
	"time"
)

// Metrics are what the index knows of itself and of its work since it began.
type Metrics struct {
	State
	Districts int
	Pins      int // served
	BaseRows  int // of all bases, those that are gone included
	DeltaRows int // of all deltas
	Versions  uint64
	Merges    uint64
	Merging   time.Duration // that all merges took together
	Failures  uint64        // to read the source
	Reloads   uint64        // of everything, because the source took another course
}

// Metrics of the index now.
func (l *Live) Metrics() Metrics {
	m := Metrics{
		State:    l.State(),
		Versions: l.meter.versions.Load(),
		Merges:   l.meter.merges.Load(),
		Merging:  time.Duration(l.meter.merging.Load()),
		Failures: l.meter.failures.Load(),
		Reloads:  l.meter.reloads.Load(),
	}
	for _, v := range *l.versions.Load() {
		m.Districts++
		m.Pins += v.Len()
		m.BaseRows += v.rows()
		m.DeltaRows += v.delta.len()
	}
	return m
}

// meter counts the work of a Live.
type meter struct {
	versions, merges, failures, reloads atomic.Uint64
	merging                             atomic.Int64 // nanoseconds
}

// merge measures one.
func (m *meter) merge(v *Version, part int) merged {
	began := time.Now()
	merged := v.merge(part)
	m.merging.Add(int64(time.Since(began)))
	m.merges.Add(1)
	return merged
}

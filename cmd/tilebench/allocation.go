package main

import (
	"runtime"
	"runtime/metrics"
	"time"

	"github.com/pinezka/pinezka/tiles"
)

// allocation is how much the process allocates in each tenth of a second, and
// in those in which a merge ended.
type allocation struct {
	all, merging sizes

	stop, stopped chan struct{}
}

// measureAllocation measures until end.
func measureAllocation(live *tiles.Live) *allocation {
	a := &allocation{stop: make(chan struct{}), stopped: make(chan struct{})}
	go func() {
		defer close(a.stopped)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		bytes, merges := allocated(), live.Metrics().Merges
		for {
			select {
			case <-a.stop:
				return
			case <-tick.C:
			}
			nowBytes, nowMerges := allocated(), live.Metrics().Merges
			a.all = append(a.all, int(nowBytes-bytes))
			if nowMerges > merges {
				a.merging = append(a.merging, int(nowBytes-bytes))
			}
			bytes, merges = nowBytes, nowMerges
		}
	}()
	return a
}

func (a *allocation) end() *allocation {
	close(a.stop)
	<-a.stopped
	return a
}

// allocated returns how many bytes the process has allocated since it began.
func allocated() uint64 { return readMetric("/gc/heap/allocs:bytes") }

// liveHeap returns the size of the live objects after a garbage collection, in
// bytes.
func liveHeap() uint64 {
	runtime.GC()
	return readMetric("/gc/heap/live:bytes")
}

func readMetric(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// Package garbage limits how much memory waits for the garbage collector.
package garbage

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// maxGarbage is the size in bytes up to which garbage may grow before it is
// collected, if that is at least minPercent of the data. By default Go lets it grow to the size of the data. Here most data
// is the index, which has almost no pointers, so that collecting more often is
// cheap, and memory for as much garbage would be wasted.
const (
	maxGarbage = 12 << 20
	minPercent = 5
)

// Limit limits the garbage to maxGarbage, and adapts the limit to the
// size of the data every minute, until ctx ends. It does nothing if the operator
// has set GOGC.
func Limit(ctx context.Context) {
	if os.Getenv("GOGC") != "" {
		return
	}
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for percent := 0; ; {
		if p := percentOf(liveBytes()); p != percent {
			percent = p
			debug.SetGCPercent(percent)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// percentOf returns the value for debug.SetGCPercent: maxGarbage as a share
// of the live data, minPercent to 100.
func percentOf(live uint64) int {
	return int(max(minPercent, min(100, 100*maxGarbage/max(live, 1))))
}

// liveBytes returns the size of the data at the last garbage collection.
func liveBytes() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

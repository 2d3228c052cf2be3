package serve

import (
	"fmt"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// WriteLimiter bounds how often a client writes, by a bucket of tokens for each
// client: a class in a library may write at once, and no client may write often
// for long.
type WriteLimiter struct {
	perMinute, burst int
	buckets          *lru.Cache[netip.Prefix, *rate.Limiter]
	refused          atomic.Uint64
}

// maxBuckets is the number of clients that are remembered. One that is forgotten
// has a full bucket again; by then, as many others have written.
const maxBuckets = 1 << 16

// NewWriteLimiter returns a limiter of burst writes at once, and of perMinute in
// the long run.
func NewWriteLimiter(perMinute, burst int) *WriteLimiter {
	buckets, _ := lru.New[netip.Prefix, *rate.Limiter](maxBuckets) // fails only for a size that is not positive
	return &WriteLimiter{perMinute: perMinute, burst: burst, buckets: buckets}
}

// Admit returns a problem when a client may not write yet.
func (l *WriteLimiter) Admit(client netip.Prefix) error {
	wait := l.take(client)
	if wait == 0 {
		return nil
	}
	return &Problem{
		Status: http.StatusTooManyRequests, Title: "Too many requests", RetryAfter: wait.Truncate(time.Second) + time.Second,
		Detail: fmt.Sprintf("your address may write %d times at once and %d times a minute after that; try again in a moment", l.burst, l.perMinute),
	}
}

// take takes a token of a client. When there is none, it returns the time after
// which there is one.
func (l *WriteLimiter) take(client netip.Prefix) (wait time.Duration) {
	bucket, ok := l.buckets.Get(client)
	if !ok {
		bucket = rate.NewLimiter(rate.Limit(float64(l.perMinute)/time.Minute.Seconds()), l.burst)
		if other, exists, _ := l.buckets.PeekOrAdd(client, bucket); exists {
			bucket = other
		}
	}
	token := bucket.Reserve()
	if wait = token.Delay(); wait > 0 {
		token.Cancel()
		l.refused.Add(1)
	}
	return wait
}

// Metrics returns the current state.
func (l *WriteLimiter) Metrics(name string) LimitMetrics {
	return LimitMetrics{Name: name, Limit: int64(l.burst), Refused: l.refused.Load()}
}

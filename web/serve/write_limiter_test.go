package serve

import (
	"fmt"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"
)

// TestWriteLimiter checks that many people behind one address can write at once,
// that nobody can write much for long, and that one client does not use up what
// another may do.
func TestWriteLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewWriteLimiter(30, 300)
		client := netip.MustParsePrefix(library)
		for i := range 300 {
			if wait := l.take(client); wait != 0 {
				t.Fatalf("write %d waits %s", i+1, wait)
			}
		}
		if wait := l.take(client); wait != 2*time.Second {
			t.Errorf("the next write waits %s, want two seconds", wait)
		}
		if wait := l.take(netip.MustParsePrefix(elsewhere)); wait != 0 {
			t.Errorf("another client waits %s", wait)
		}
		written := 0
		for range 3600 {
			time.Sleep(time.Second)
			if l.take(client) == 0 {
				written++
			}
		}
		if written != 1800 {
			t.Errorf("%d writes in an hour, want 30 a minute", written)
		}
	})
}

// TestForgottenClients checks that the limiter remembers a limited number of
// clients.
func TestForgottenClients(t *testing.T) {
	l := NewWriteLimiter(1, 1)
	for i := range maxBuckets + 10 {
		l.take(netip.MustParsePrefix(fmt.Sprintf("10.%d.%d.%d/32", i>>16, i>>8&255, i&255)))
	}
	if n := l.buckets.Len(); n != maxBuckets {
		t.Errorf("%d clients", n)
	}
}

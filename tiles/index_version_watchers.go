package tiles

import "sync"

// watchers notifies those who wait for the next version.
type watchers struct {
	mu   sync.Mutex
	next chan struct{} // nil if there are no watchers
}

// Watch returns a channel that is closed when the next version of any district
// is published. A caller that calls Watch before it reads a version misses
// none.
func (l *Live) Watch() <-chan struct{} {
	l.watchers.mu.Lock()
	defer l.watchers.mu.Unlock()
	if l.watchers.next == nil {
		l.watchers.next = make(chan struct{})
	}
	return l.watchers.next
}

// notify closes the channel of Watch.
func (w *watchers) notify() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.next != nil {
		close(w.next)
		w.next = nil
	}
}

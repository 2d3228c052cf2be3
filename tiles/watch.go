package tiles

import (
	"slices"
	"sort"
	"sync"

	"github.com/pinezka/pinezka/geo"
)

// watchers are told that something has been published.
type watchers struct {
	mu   sync.Mutex
	next chan struct{}
}

// Watch answers a channel that is closed when the index next publishes a change.
// Ask for it before looking at a version, and nothing is missed.
func (l *Live) Watch() <-chan struct{} {
	l.watchers.mu.Lock()
	defer l.watchers.mu.Unlock()
	if l.watchers.next == nil {
		l.watchers.next = make(chan struct{})
	}
	return l.watchers.next
}

func (w *watchers) tell() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.next != nil {
		close(w.next)
		w.next = nil
	}
}

// Touched lists the cells of resolution r in which something has changed after
// the version of the number given, sorted. It reports false where that cannot
// be told, or where they are more than most: then anything may have changed.
func (v *Version) Touched(number uint64, r geo.Resolution, most int) ([]geo.Cell, bool) {
	if number < v.touches.floor || number > v.Number {
		return nil, false
	}
	list := v.touches.list
	list = list[sort.Search(len(list), func(i int) bool { return list[i].number > number }):]
	var cells []geo.Cell
	for i := range list {
		c := list[i].cell.Parent(r)
		at, known := slices.BinarySearch(cells, c)
		if known {
			continue
		}
		if len(cells) == most {
			return nil, false
		}
		cells = slices.Insert(cells, at, c)
	}
	return cells, true
}

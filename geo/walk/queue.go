package walk

// queue is a priority queue of items, the one with the least distance first: a
// binary heap (Williams, "Heapsort", 1964). Package container/heap would
// allocate each item.
type queue[T any] []queued[T]

type queued[T any] struct {
	item   T
	metres float64
}

// add adds an item.
func (q *queue[T]) add(item T, metres float64) {
	*q = append(*q, queued[T]{item, metres})
	s := *q
	for i := len(s) - 1; i > 0; {
		above := (i - 1) / 2
		if s[above].metres <= s[i].metres {
			return
		}
		s[above], s[i] = s[i], s[above]
		i = above
	}
}

// next removes and returns the item with the least distance. There must be one.
func (q *queue[T]) next() (item T, metres float64) {
	s := *q
	first, last := s[0], len(s)-1
	s[0] = s[last]
	s = s[:last]
	*q = s
	for i := 0; ; {
		least := i
		for below := 2*i + 1; below <= 2*i+2; below++ {
			if below < last && s[below].metres < s[least].metres {
				least = below
			}
		}
		if least == i {
			return first.item, first.metres
		}
		s[i], s[least] = s[least], s[i]
		i = least
	}
}

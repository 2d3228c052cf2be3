package walk

import (
	"math/rand/v2"
	"testing"
)

func TestQueueReturnsTheLeastFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 6))
	var q queue[int]
	in, out := 0, 0
	for range 20 {
		for range r.IntN(200) {
			n := r.IntN(100)
			q.add(n, float64(n))
			in++
		}
		last := -1
		for keep := r.IntN(len(q) + 1); len(q) > keep; out++ {
			n, metres := q.next()
			if n < last || float64(n) != metres {
				t.Fatalf("%d with %v m after %d", n, metres, last)
			}
			last = n
		}
	}
	if in != out+len(q) || in == 0 {
		t.Errorf("%d items are added, %d returned, %d left", in, out, len(q))
	}
}

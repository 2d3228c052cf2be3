package garbage

import "testing"

func TestPercentOf(t *testing.T) {
	for _, tt := range []struct {
		live uint64
		want int
	}{
		{0, 100}, {4 << 20, 100}, {24 << 20, 50}, {48 << 20, 25}, {1 << 40, 5},
	} {
		if got := percentOf(tt.live); got != tt.want {
			t.Errorf("%d bytes of data: %d %%, want %d %%", tt.live, got, tt.want)
		}
	}
}

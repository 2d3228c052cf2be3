package civic_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

func TestRankHits(t *testing.T) {
	hit := func(id int64, title string, day civic.Day) civic.SearchHit {
		return civic.SearchHit{Thing: civic.Thing{ID: id, Title: title}, Day: day}
	}
	hits := []civic.SearchHit{
		hit(1, "Zieleń", 50), hit(2, "Ławki w cieniu", 10), hit(3, "Lawki i kosze", 40), hit(4, "Ławki", 5), hit(5, "Nowe ławki", 20), hit(6, "Nowe ławki", 30),
	}
	civic.RankHits("ławki ", hits)
	var got []int64
	for _, h := range hits {
		got = append(got, h.ID)
	}
	if diff := cmp.Diff([]int64{4, 6, 5, 2, 3, 1}, got); diff != "" {
		t.Error(diff)
	}
	civic.RankHits("", hits)
	if hits[0].ID != 1 {
		t.Errorf("without words, the newest is first, not %d", hits[0].ID)
	}
}

package duplicates_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic/duplicates"
)

const latitudeMetre = 1 / 111_195.0 // degrees

func report(id int64, north float64, title, body string) duplicates.Report {
	return duplicates.Report{ID: id, CategoryID: 1, Title: title, Body: body, Point: orb.Point{19.95, 50.04 + north*latitudeMetre}, ReportedOn: 20000}
}

func TestRank(t *testing.T) {
	of := report(1, 0, "Dziura w chodniku", "Na Limanowskiego jest głęboka dziura w chodniku")
	far := report(5, 151, "Dziura w chodniku", "Na Limanowskiego jest głęboka dziura w chodniku")
	old := report(6, 10, "Dziura w chodniku przy Limanowskiego", "")
	old.ReportedOn -= 700
	otherCategory := report(7, 10, "Dziury w chodnikach, Limanowskiego", "")
	otherCategory.CategoryID = 2
	got := duplicates.Rank(of, []duplicates.Report{
		of, far, old, otherCategory,
		report(2, 10, "Dziury w chodnikach, Limanowskiego", ""),
		report(3, 140, "Brak ławki", "Nie ma gdzie usiąść"),
		report(4, 90, "Głęboka dziura na Limanowskiego", "w chodniku"),
	}, 10)
	type reasons struct {
		ID           int64
		Metres, Days int
		Words        string
		SameCategory bool
	}
	var shown []reasons
	for i, l := range got {
		shown = append(shown, reasons{l.ID, l.Metres, l.Days, strings.Join(l.SharedWords, " "), l.SameCategory})
		if i > 0 && l.Score > got[i-1].Score || l.Score > 1 {
			t.Errorf("%d has the score %v after %v", l.ID, l.Score, got[i-1].Score)
		}
	}
	want := []reasons{
		{2, 10, 0, "limanowskiego chodnikach dziury", true},
		{4, 90, 0, "limanowskiego chodniku gleboka dziura", true},
		{6, 10, 700, "limanowskiego chodniku dziura", true},
		{7, 10, 0, "limanowskiego chodnikach dziury", false},
	}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if limited := duplicates.Rank(of, []duplicates.Report{old, otherCategory}, 1); len(limited) != 1 || limited[0].ID != 6 {
		t.Errorf("with a limit: %v", limited)
	}
}

func BenchmarkRank(b *testing.B) {
	of := report(1, 0, "Dziura w chodniku", "Na Limanowskiego jest głęboka dziura w chodniku")
	var others []duplicates.Report
	for i := range 200 {
		others = append(others, report(int64(i+2), float64(i%140), "Głęboka dziura na Limanowskiego", "w chodniku, przy szkole nr 27, codziennie chodzą tędy dzieci"))
	}
	for b.Loop() {
		duplicates.Rank(of, others, 5)
	}
}

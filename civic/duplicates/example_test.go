package duplicates_test

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic/duplicates"
)

func Example() {
	pin := duplicates.Report{ID: 1, Title: "Ławka się rozpada", Point: orb.Point{19.95, 50.04}}
	near := duplicates.Report{ID: 2, Title: "Rozpadająca się ławka", Point: orb.Point{19.9501, 50.0401}}
	for _, l := range duplicates.Rank(pin, []duplicates.Report{near}, 5) {
		fmt.Println(l.ID, l.Metres, l.SharedWords)
	}
	// Output:
	// 2 13 [rozpadajaca lawka]
}

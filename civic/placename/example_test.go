package placename_test

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/placename"
)

func Example() {
	gazetteer := []civic.Place{
		{Kind: civic.PlaceStreet, Name: "Kalwaryjska"},
		{Kind: civic.PlaceAddress, Name: "Wielicka 28B", Street: "Wielicka", HouseNumber: "28B"},
	}
	for _, typed := range []string{"вул. Кальварійська", "wielickiej 28 b", "Wiekicka 28b"} {
		for _, p := range placename.Parse(typed).Rank(gazetteer, orb.Point{}) {
			fmt.Println(typed, "→", p.Name, p.Approximate)
		}
	}
	// Output:
	// вул. Кальварійська → Kalwaryjska false
	// wielickiej 28 b → Wielicka 28B false
	// Wiekicka 28b → Wielicka 28B true
}

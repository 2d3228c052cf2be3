package civic_test

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// A district checks a draft and derives the rest of the pin. The public sees a
// blurred pin at the centre of its cell of BlurResolution.
func ExampleDistrict_Accept() {
	d := district()
	const today civic.Day = 20000
	pin, err := d.Accept(civic.Draft{Category: "help", Title: " A shared  garden ", Point: orb.Point{19.9501, 50.0412}}, today)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%q is %s, in area %d\n", pin.Title, pin.Status, pin.AreaID)
	fmt.Println(pin.Exact == pin.Shown, pin.Exact.Cell.Parent(civic.BlurResolution) == pin.Shown.Cell.Parent(civic.BlurResolution))

	_, err = d.Accept(civic.Draft{Category: "cats", Point: orb.Point{0, 0}, ReportedOn: today + 1}, today)
	fmt.Println(err)
	// Output:
	// "A shared garden" is active, in area 1
	// false true
	// place: the place is outside the district; category: the district has no such category; title: this must not be empty; date: the date is after today
}

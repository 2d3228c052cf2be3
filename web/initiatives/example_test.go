package initiatives_test

import (
	"fmt"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/initiatives"
)

func Example() {
	fmt.Println(initiatives.Kind(initiatives.Config{}, civic.InitiativeThing).Plural())
	// Output: initiatives
}

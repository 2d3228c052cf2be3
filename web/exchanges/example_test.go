package exchanges_test

import (
	"fmt"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/exchanges"
)

func Example() {
	fmt.Println(exchanges.Kind(exchanges.Config{}, civic.AskThing).Plural())
	// Output: asks
}

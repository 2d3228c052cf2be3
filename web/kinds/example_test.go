package kinds_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/kinds"
)

// The first kinds, as they are called in addresses.
func ExampleAll() {
	for _, kind := range kinds.All(kinds.Config{})[:3] {
		fmt.Println(kind.Plural())
	}
	// Output:
	// offices
	// diagnoses
	// initiatives
}

package offices_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/offices"
)

// The kind has its own address and texts.
func ExampleKind() {
	kind := offices.Kind()
	fmt.Println(kind.Plural)
	for _, f := range kind.Fields {
		fmt.Println(f.Name, f.Required)
	}
	// Output:
	// offices
	// name true
	// purpose false
	// hours false
	// address false
}

package practices_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/practices"
)

func Example() {
	fmt.Println(practices.Kind(practices.Config{}).Plural())
	// Output: practices
}

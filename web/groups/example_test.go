package groups_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/groups"
)

func Example() {
	fmt.Println(groups.Kind(groups.Config{}).Plural())
	// Output: groups
}

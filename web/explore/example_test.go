package explore_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/explore"
)

func ExampleRoutes() {
	for _, r := range explore.Routes(explore.Config{}) {
		fmt.Println(r.Method, r.Pattern)
	}
	// Output:
	// GET /
	// GET /d/{district}
	// GET /d/{district}/print
}

package outcomes_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/outcomes"
)

// The search is a page and a part of the API.
func ExampleRoutes() {
	for _, route := range outcomes.Routes(outcomes.Config{}) {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// GET /d/{district}/outcomes
	// GET /api/v1/districts/{district}/search
}

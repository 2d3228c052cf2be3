package recommendations_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/recommendations"
)

// Recommendations have routes beyond those of all things: the form of the reply, and
// the files of their numbers.
func ExampleRoutes() {
	for _, route := range recommendations.Routes(recommendations.Config{}) {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// GET /d/{district}/recommendations/{id}/reply
	// POST /d/{district}/recommendations/{id}/reply
	// GET /d/{district}/recommendations/numbers.csv
	// GET /d/{district}/recommendations/numbers.xlsx
}

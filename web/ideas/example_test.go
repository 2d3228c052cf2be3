package ideas_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/ideas"
)

// Ideas have routes beyond those of all things: a form that merges one, and the pages of
// an event on which they are typed in and grouped.
func ExampleRoutes() {
	for _, route := range ideas.Routes(ideas.Config{}) {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// GET /d/{district}/ideas/{id}/merge
	// POST /d/{district}/ideas/{id}/merge
	// GET /d/{district}/events/{id}/ideas/enter
	// POST /d/{district}/events/{id}/ideas/enter
	// GET /d/{district}/events/{id}/grouping
	// POST /d/{district}/events/{id}/grouping
}

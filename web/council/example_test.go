package council_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/council"
	"github.com/pinezka/pinezka/web/serve"
)

// What the council may do, its wards, and who represents a place are for everybody;
// only its staff edits the pages.
func ExampleRoutes() {
	for _, route := range council.Routes(council.Config{}) {
		if route.Access != serve.Public {
			fmt.Println(route.Method, route.Pattern, route.Access.Action())
		}
	}
	// Output:
	// GET /d/{district}/council/new edit_pages
	// POST /d/{district}/council/new edit_pages
	// GET /d/{district}/council/{page}/edit edit_pages
	// POST /d/{district}/council/{page}/edit edit_pages
}

package people_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/people"
)

// Only whoever may give roles in a district may call its routes.
func ExampleRoutes() {
	for _, route := range people.Routes(people.Config{}) {
		fmt.Println(route.Method, route.Pattern, route.Access.Action())
	}
	// Output:
	// GET /d/{district}/people give_role
	// POST /d/{district}/people give_role
}

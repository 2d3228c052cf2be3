package offices_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/offices"
	"github.com/pinezka/pinezka/web/things"
)

// The routes of a kind state who may call each.
func ExampleRoutes() {
	for _, r := range offices.Routes(things.Config{})[1:3] {
		fmt.Println(r.Method, r.Pattern, r.Access.Action())
	}
	// Output:
	// GET /d/{district}/offices/new submit
	// POST /d/{district}/offices/new submit
}

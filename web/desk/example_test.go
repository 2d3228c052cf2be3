package desk_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/desk"
)

func Example() {
	for _, route := range desk.Routes(desk.Config{})[:2] {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// GET /d/{district}/desk
	// POST /d/{district}/desk
}

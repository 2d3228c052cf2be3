package advice_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/advice"
)

func Example() {
	for _, route := range advice.Routes(advice.Config{}) {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// GET /d/{district}/advice/sent
	// POST /d/{district}/advice/{id}/evaluation
	// POST /d/{district}/advice/{id}/consent
	// POST /d/{district}/advice/{id}/hand-over
	// GET /d/{district}/desk/advisers
	// POST /d/{district}/desk/advisers
}

package organisations_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/organisations"
)

func Example() {
	for _, route := range organisations.Routes(organisations.Config{}) {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// GET /d/{district}/organisations/network
	// GET /api/v1/districts/{district}/organisations/network
}

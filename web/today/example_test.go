package today_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/today"
)

func Example() {
	for _, route := range today.Routes(today.Config{}) {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// GET /d/{district}/today
	// GET /api/v1/districts/{district}/today
}

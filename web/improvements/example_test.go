package improvements_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/improvements"
)

func Example() {
	for _, route := range improvements.Routes(improvements.Config{}) {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// GET /d/{district}/better/{token}
	// POST /d/{district}/better/{token}
}

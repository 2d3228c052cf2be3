package measures_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/measures"
)

func ExampleRoutes() {
	for _, route := range measures.Routes(measures.Config{}) {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// GET /d/{district}/measures
	// GET /d/{district}/measures/{measure}
	// GET /d/{district}/year
	// GET /api/v1/districts/{district}/measures
	// GET /d/{district}/measures.csv
	// GET /d/{district}/measures.xlsx
}

package weighing_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/weighing"
)

func ExampleRoutes() {
	for _, route := range weighing.Routes(weighing.Config{}) {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// GET /d/{district}/events/{id}/weighing
	// POST /d/{district}/events/{id}/weighing
}

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
	// GET /api/v1/districts/{district}/events/{id}/weighing
	// GET /api/v1/districts/{district}/events/{id}/weighing/ballot
	// PUT /api/v1/districts/{district}/events/{id}/weighing/ballot
	// GET /d/{district}/events/{id}/weighing
	// POST /d/{district}/events/{id}/weighing
}

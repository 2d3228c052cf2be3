package reports_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/reports"
)

// Things of every kind can be reported.
func ExampleRoutes() {
	for _, route := range reports.Routes(reports.Config{})[:5] {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// POST /api/v1/districts/{district}/things/{id}/reports
	// GET /d/{district}/pins/{id}/report
	// POST /d/{district}/pins/{id}/report
	// GET /d/{district}/offices/{id}/report
	// POST /d/{district}/offices/{id}/report
}

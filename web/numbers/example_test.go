package numbers_test

import (
	"fmt"
	"net/http/httptest"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web/numbers"
	"github.com/pinezka/pinezka/web/serve"
)

// Before the map is loaded, there are no statistics.
func ExampleRoutes() {
	service := &serve.Service{Sender: serve.NewSender(1 << 20), Live: tiles.New(tiles.Config{})}
	for _, r := range numbers.Routes(numbers.Config{Service: service}) {
		fmt.Println(r.Method, r.Pattern)
		fmt.Println(r.Handle(httptest.NewRecorder(), httptest.NewRequest(r.Method, "/api/v1/districts/podgorze/stats", nil)))
	}
	// Output:
	// GET /api/v1/districts/{district}/stats
	// Starting: the map is being loaded; try again in a moment
	// GET /api/v1/districts/{district}/coverage
	// Starting: the map is being loaded; try again in a moment
	// GET /d/{district}/coverage
	// Starting: the map is being loaded; try again in a moment
	// GET /d/{district}/desk/numbers
	// Starting: the map is being loaded; try again in a moment
	// GET /d/{district}/coverage.csv
	// Starting: the map is being loaded; try again in a moment
	// GET /d/{district}/desk/numbers.csv
	// Starting: the map is being loaded; try again in a moment
	// GET /d/{district}/coverage.xlsx
	// Starting: the map is being loaded; try again in a moment
	// GET /d/{district}/desk/numbers.xlsx
	// Starting: the map is being loaded; try again in a moment
}

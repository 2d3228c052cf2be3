package compare_test

import (
	"fmt"
	"net/http/httptest"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web/compare"
	"github.com/pinezka/pinezka/web/serve"
)

// Before the map is loaded, nothing can be compared.
func ExampleRoutes() {
	service := &serve.Service{Sender: serve.NewSender(1 << 20), Live: tiles.New(tiles.Config{})}
	for _, r := range compare.Routes(compare.Config{Service: service}) {
		fmt.Println(r.Method, r.Pattern)
		fmt.Println(r.Handle(httptest.NewRecorder(), httptest.NewRequest(r.Method, "/d/podgorze/compare", nil)))
	}
	// Output:
	// GET /d/{district}/compare
	// Starting: the map is being loaded; try again in a moment
	// GET /d/{district}/compare.csv
	// Starting: the map is being loaded; try again in a moment
	// GET /d/{district}/compare.xlsx
	// Starting: the map is being loaded; try again in a moment
	// GET /api/v1/districts/{district}/compare
	// Starting: the map is being loaded; try again in a moment
}

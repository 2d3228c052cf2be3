package areas_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web/areas"
	"github.com/pinezka/pinezka/web/serve"
)

// Before the map is loaded, there are no numbers of areas.
func ExampleRoutes() {
	service := &serve.Service{Sender: serve.NewSender(1 << 20), Live: tiles.New(tiles.Config{})}
	routes := areas.Routes(areas.Config{Service: service})
	for _, r := range routes {
		fmt.Println(r.Method, r.Pattern)
	}
	fmt.Println(routes[1].Handle(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/api/v1/districts/podgorze/areas/plaszow/summary", nil)))
	// Output:
	// GET /d/{district}/areas/{area}
	// GET /api/v1/districts/{district}/areas/{area}/summary
	// GET /d/{district}/areas/{area}.csv
	// GET /d/{district}/areas/{area}.xlsx
	// Starting: the map is being loaded; try again in a moment
}

package hotspots_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web/hotspots"
	"github.com/pinezka/pinezka/web/serve"
)

// Before the map is loaded, there are no hotspots.
func ExampleHotspots_Routes() {
	service := &serve.Service{Sender: serve.NewSender(1 << 20), Live: tiles.New(tiles.Config{})}
	h, err := hotspots.New(hotspots.Config{Service: service})
	if err != nil {
		fmt.Println(err)
	}
	routes := h.Routes()
	for _, r := range routes {
		fmt.Println(r.Method, r.Pattern)
	}
	fmt.Println(routes[0].Handle(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/api/v1/districts/podgorze/hotspots", nil)))
	// Output:
	// GET /api/v1/districts/{district}/hotspots
	// GET /api/v1/districts/{district}/hotspots/{cell}/trend
	// GET /d/{district}/hotspots
	// POST /d/{district}/hotspots
	// GET /d/{district}/hotspots.csv
	// GET /d/{district}/hotspots.xlsx
	// Starting: the map is being loaded; try again in a moment
}

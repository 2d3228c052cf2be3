package maps_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/serve"
)

func Example() {
	m, err := maps.New(maps.Config{Service: &serve.Service{}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range m.Routes() {
		fmt.Println(r.Method, r.Pattern)
	}
	// Output:
	// GET /tiles/{district}/areas.json
	// GET /tiles/{district}/areas/{z}/{x}/{y}.mvt
	// GET /tiles/{district}/hexes.json
	// GET /tiles/{district}/hexes/{z}/{x}/{y}.mvt
	// GET /tiles/{district}/pins.json
	// GET /tiles/{district}/pins/{z}/{x}/{y}.mvt
	// GET /tiles/{district}/things.json
	// GET /tiles/{district}/things/{z}/{x}/{y}.mvt
	// GET /basemap.json
	// GET /basemap/{hash}/{z}/{x}/{y}
	// GET /api/v1/districts/{district}/hexes
	// GET /api/v1/districts/{district}/changes
}

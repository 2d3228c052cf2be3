package feeds_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/feeds"
)

// Every filter of the list has a feed, and so has each pin.
func ExampleRoutes() {
	for _, route := range feeds.Routes(feeds.Config{}) {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// GET /d/{district}/pins.atom
	// GET /d/{district}/pins/{id}.atom
}

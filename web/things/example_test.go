package things_test

import (
	"fmt"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/things"
)

// A kind of things has pages and an API.
func ExampleRoutes() {
	routes := things.Routes(things.Config{}, things.Kind{Kind: civic.OfficeThing})
	fmt.Println(len(routes), "routes")
	// Output: 15 routes
}

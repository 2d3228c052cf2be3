package follows_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/serve"
)

// Nothing that follows from opening the link in a mail changes anything.
func ExampleRoutes() {
	for _, route := range follows.Routes(follows.Config{}) {
		if route.Limit == serve.Read {
			fmt.Println(route.Method, route.Pattern)
		}
	}
	// Output:
	// GET /d/{district}/pins/{id}/support
	// GET /d/{district}/follow
	// GET /d/{district}/confirm/{token}
	// GET /d/{district}/unsubscribe/{token}
}

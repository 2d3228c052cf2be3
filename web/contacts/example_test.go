package contacts_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/contacts"
)

// The routes of the personal page lead whoever has not signed in to the page that
// does so.
func ExampleRoutes() {
	for _, route := range contacts.Routes(contacts.Config{}) {
		fmt.Println(route.Method, route.Pattern)
	}
	// Output:
	// GET /d/{district}/me
	// POST /d/{district}/me
	// GET /d/{district}/me/export
}

package accounts_test

import (
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/web/accounts"
	"github.com/pinezka/pinezka/web/serve"
)

// Anybody may try to sign in; the page of an account is for whoever has.
func ExampleRoutes() {
	for _, route := range accounts.Routes(accounts.Config{}) {
		if route.Method == http.MethodGet {
			fmt.Println(route.Pattern, route.Access == serve.SignedIn)
		}
	}
	// Output:
	// /sign-in false
	// /sign-in/code false
	// /sign-in/{token} false
	// /account true
	// /account/export true
}

package assets_test

import (
	"fmt"
	"testing/fstest"

	"github.com/pinezka/pinezka/web/assets"
	"github.com/pinezka/pinezka/web/serve"
)

func ExampleRoutes() {
	files := fstest.MapFS{"app-1A2B.js": {Data: []byte("export {};")}}
	routes, err := assets.Routes(&serve.Service{Sender: serve.NewSender(1 << 20)}, files)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range routes {
		fmt.Println(r.Method, r.Pattern)
	}
	// Output:
	// GET /assets/{file}
	// GET /favicon.ico
	// GET /robots.txt
}

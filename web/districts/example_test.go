package districts_test

import (
	"fmt"
	"net/http/httptest"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web/districts"
	"github.com/pinezka/pinezka/web/serve"
)

// An installation without districts has an empty list.
func ExampleRoutes() {
	service := &serve.Service{Sender: serve.NewSender(1 << 20), Live: tiles.New(tiles.Config{})}
	list := districts.Routes(service)[0]
	w := httptest.NewRecorder()
	err := list.Handle(w, httptest.NewRequest(list.Method, list.Pattern, nil))
	fmt.Print(w.Body)
	fmt.Println(err)
	// Output:
	// {"districts":[]}
	// <nil>
}

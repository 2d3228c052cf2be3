package health_test

import (
	"fmt"
	"net/http/httptest"

	"github.com/pinezka/pinezka/web/health"
	"github.com/pinezka/pinezka/web/serve"
)

func ExampleRoutes() {
	service := &serve.Service{Sender: serve.NewSender(1 << 20)}
	for _, r := range health.Routes(service, nil, nil) {
		if r.Pattern == "/healthz" {
			w := httptest.NewRecorder()
			fmt.Println(r.Handle(w, httptest.NewRequest(r.Method, r.Pattern, nil)))
			fmt.Print(w.Body)
		}
	}
	// Output:
	// <nil>
	// ok
}

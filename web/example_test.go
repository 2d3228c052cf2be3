package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
)

// A server needs a live index and a store. Command pinezka passes those of the
// database.
func Example() {
	var store web.Store = struct{ web.Store }{}
	server, err := web.New(web.Config{Live: tiles.New(tiles.Config{}), Store: store})
	if err != nil {
		fmt.Println(err)
		return
	}
	w := httptest.NewRecorder()
	server.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	fmt.Println(w.Code, "Retry-After:", w.Header().Get("Retry-After"))
	// Output: 503 Retry-After: 2
}

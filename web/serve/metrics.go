package serve

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

// Recorder records requests for metrics.
type Recorder interface {
	RequestStarted()
	RequestFinished(Request)
}

// Request describes a finished request. Its strings are of small sets of
// values, whatever clients send, so that they can be labels of metrics.
type Request struct {
	Route    string // pattern, such as /tiles/{district}/pins.json; "" for none
	Method   string // GET, HEAD, POST or "other"
	Layer    string // of the tile that is asked for; "" for anything else
	Status   int
	Bytes    int // of the body, as sent
	Duration time.Duration
}

// Record returns middleware that reports every request to the recorder. layer
// returns the layer of the tiles at a pattern, or "" if it has none.
func Record(recorder Recorder, layer func(pattern string) string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			started := time.Now()
			recorder.RequestStarted()
			ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
			route := chi.RouteContext(r.Context()) // the router completes it
			defer func() {
				done := Request{Method: methodName(r), Status: ww.Status(), Bytes: ww.BytesWritten(), Duration: time.Since(started)}
				if done.Status == 0 {
					done.Status = http.StatusOK
				}
				if route != nil && len(route.RoutePatterns) > 0 {
					done.Route = route.RoutePatterns[0]
					if r.Method == http.MethodGet || r.Method == http.MethodHead {
						done.Layer = layer(done.Route)
					}
				}
				recorder.RequestFinished(done)
			}()
			next.ServeHTTP(ww, r)
		})
	}
}

func methodName(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return r.Method
	}
	return "other"
}

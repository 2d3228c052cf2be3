package web

import (
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/pinezka/pinezka/tiles/draw"
)

// Meter is told of every request: that it has begun, and how it was answered.
type Meter interface {
	Began()
	Answered(Answered)
}

// Answered is what a Meter is told. Its texts are of a small set, whatever
// clients send.
type Answered struct {
	Route  string // pattern, such as /tiles/{district}/{layer}.json; "" where no route answers
	Method string // GET, HEAD, POST or "other"
	Layer  string // of a tile, where there is one of the name
	Status int
	Bytes  int // of the body, as sent
	Took   time.Duration
}

const tileRoute = "/tiles/{district}/{layer}/{z}/{x}/{y}.mvt"

// Metered is middleware for Handler that tells the meter of every request.
func Metered(m Meter) func(http.Handler) http.Handler {
	layers := draw.Layers()
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			began := time.Now()
			m.Began()
			seen := &seenWriter{ResponseWriter: w, status: http.StatusOK}
			defer func() {
				a := Answered{Method: methodOf(r), Status: seen.status, Bytes: seen.bytes, Took: time.Since(began)}
				if at := chi.RouteContext(r.Context()); at != nil && len(at.RoutePatterns) > 0 {
					a.Route = at.RoutePatterns[0]
					if a.Route == tileRoute {
						if i := slices.Index(layers, at.URLParam("layer")); i >= 0 {
							a.Layer = layers[i]
						}
					}
				}
				m.Answered(a)
			}()
			next.ServeHTTP(seen, r)
		})
	}
}

func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return r.Method
	}
	return "other"
}

// seenWriter keeps what net/http does not tell: the status, 200 where a handler
// says nothing, and the bytes of the body.
type seenWriter struct {
	http.ResponseWriter
	status, bytes int
	begun         bool
}

func (w *seenWriter) WriteHeader(status int) {
	if !w.begun && status >= 200 { // what is below comes before the answer
		w.status, w.begun = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *seenWriter) Write(b []byte) (int, error) {
	n, err := w.ResponseWriter.Write(b)
	w.bytes, w.begun = w.bytes+n, true
	return n, err
}

// ReadFrom lets files go out as fast as the connection can take them.
func (w *seenWriter) ReadFrom(from io.Reader) (int64, error) {
	n, err := io.Copy(w.ResponseWriter, from)
	w.bytes, w.begun = w.bytes+int(n), true
	return n, err
}

// Unwrap is for http.ResponseController.
func (w *seenWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

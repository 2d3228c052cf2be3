package web

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"
)

// access says who may call a route. The zero value is nobody: a route that
// forgets to say is closed.
type access uint8

const (
	nobody access = iota
	public        // anybody, without an account
)

// limit of a route's use.
type limit uint8

const (
	read  limit = iota
	write       // Config.Writes a minute for one address
	draw        // Config.Drawing at once
)

// action answers a request, or fails with an error that problemOf knows.
type action func(w http.ResponseWriter, r *http.Request) error

// face is how a route shows its errors.
type face uint8

const (
	asAPI  face = iota // application/problem+json; read by pages of any origin
	asPage             // an error page
)

type route struct {
	method, pattern string
	who             access
	face            face
	limit           limit
	do              action
}

// routes of the whole service, top to bottom.
func (s *Server) routes() []route {
	const d = "/api/v1/districts/{district}"
	return []route{
		{"GET", "/", public, asPage, read, s.home},
		{"GET", "/d/{district}", public, asPage, read, s.mapPage},
		{"GET", "/d/{district}/pins/{id}", public, asPage, read, s.pinPage},
		{"GET", "/d/{district}/add", public, asPage, read, s.addPage},
		{"POST", "/d/{district}/add", public, asPage, write, s.addSubmit},

		{"GET", "/api/v1/districts", public, asAPI, read, s.listDistricts},
		{"GET", d, public, asAPI, read, s.getDistrict},
		{"GET", d + "/areas", public, asAPI, read, s.listAreas},
		{"GET", d + "/categories", public, asAPI, read, s.listCategories},
		{"GET", d + "/places", public, asAPI, read, s.listPlaces},
		{"GET", d + "/pins", public, asAPI, read, s.listPins},
		{"POST", d + "/pins", public, asAPI, write, s.createPin},
		{"GET", d + "/pins/{id}", public, asAPI, read, s.getPin},
		{"GET", d + "/hexes", public, asAPI, draw, s.listHexes},
		{"GET", d + "/changes", public, asAPI, read, s.streamChanges},
		{"GET", d + "/stats", public, asAPI, draw, s.getStats},

		{"GET", "/tiles/{district}/{layer}.json", public, asAPI, read, s.tileJSON},
		{"GET", "/tiles/{district}/{layer}/{z}/{x}/{y}.mvt", public, asAPI, draw, s.tile},

		{"GET", "/openapi.yaml", public, asAPI, read, s.openAPI},
		{"GET", "/healthz", public, asAPI, read, s.healthz},
		{"GET", "/readyz", public, asAPI, read, s.readyz},
		{"GET", "/assets/{file}", public, asAPI, read, s.asset},
		{"GET", "/basemap.pmtiles", public, asAPI, read, s.basemap},
		{"GET", "/favicon.ico", public, asAPI, read, s.favicon},
		{"GET", "/robots.txt", public, asAPI, read, s.robots},
	}
}

// Handler of all routes, within the middleware given. HEAD goes wherever GET goes.
func (s *Server) Handler(outer ...func(http.Handler) http.Handler) http.Handler {
	mux := chi.NewRouter()
	mux.Use(outer...)
	mux.Use(middleware.Recoverer, s.secure, http.NewCrossOriginProtection().Handler)
	writes := httprate.LimitBy(s.cfg.Writes, time.Minute, s.clientKey, httprate.WithLimitHandler(s.tooMany))
	draws := middleware.ThrottleWithOpts(middleware.ThrottleOpts{
		Limit: s.cfg.Drawing, BacklogLimit: 8 * s.cfg.Drawing, BacklogTimeout: 5 * time.Second,
		StatusCode: http.StatusServiceUnavailable, RetryAfterFn: func(bool) time.Duration { return 2 * time.Second },
	})
	for _, route := range s.routes() {
		h := s.handler(route)
		switch route.limit {
		case write:
			h = writes(h)
		case draw:
			h = draws(h)
		}
		mux.Method(route.method, route.pattern, h)
		if route.method == http.MethodGet {
			mux.Method(http.MethodHead, route.pattern, h)
		}
	}
	mux.NotFound(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, faceOf(r), &problem{Status: http.StatusNotFound, Title: "Not found", Detail: "there is nothing at this address"})
	})
	mux.MethodNotAllowed(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, faceOf(r), &problem{Status: http.StatusMethodNotAllowed, Title: "Method not allowed", Detail: r.Method + " is not answered here"})
	})
	return mux
}

// handler of a route: who may call it, what the contract says, then the action.
func (s *Server) handler(route route) http.Handler {
	check := s.contract.check(route.method, route.pattern)
	anyOrigin := []string{"*"} // public, without credentials
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if route.who != public {
			s.fail(w, r, route.face, &problem{Status: http.StatusForbidden, Title: "Forbidden", Detail: "this is not open to you"})
			return
		}
		if route.face == asAPI {
			w.Header()["Access-Control-Allow-Origin"] = anyOrigin
		}
		if err := check(r); err != nil {
			s.fail(w, r, route.face, err)
			return
		}
		if err := route.do(w, r); err != nil {
			s.fail(w, r, route.face, err)
		}
	})
}

// fail shows an error, once, and logs it if it is ours.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, f face, err error) {
	p := problemOf(err)
	p.log(r.Context(), s.cfg.Logger, r)
	if f == asPage {
		s.errorPage(w, r, p)
		return
	}
	p.write(w)
}

// faceOf a request that no route answers.
func faceOf(r *http.Request) face {
	for _, prefix := range []string{"/api/", "/tiles/", "/assets/"} {
		if strings.HasPrefix(r.URL.Path, prefix) {
			return asAPI
		}
	}
	return asPage
}

func (s *Server) tooMany(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, faceOf(r), &problem{
		Status: http.StatusTooManyRequests, Title: "Too many at once", retryAfter: "60",
		Detail: fmt.Sprintf("more than %d pins a minute come from your address; wait a minute", s.cfg.Writes),
	})
}

// clientKey tells clients apart: by the address that the nearest proxy saw, or
// by the connection's own.
func (s *Server) clientKey(r *http.Request) (string, error) {
	if s.cfg.BehindProxy {
		seen := r.Header.Values("X-Forwarded-For")
		if len(seen) > 0 {
			hops := strings.Split(seen[len(seen)-1], ",")
			return httprate.CanonicalizeIP(strings.TrimSpace(hops[len(hops)-1])), nil
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr, nil
	}
	return httprate.CanonicalizeIP(host), nil
}

// secure sets the headers that keep a page to itself.
func (s *Server) secure(next http.Handler) http.Handler {
	elsewhere := "" // a basemap style brings tiles, glyphs and sprites of its own hosts
	if strings.HasPrefix(s.cfg.Basemap, "http") {
		elsewhere = " https: http:"
	}
	policy := "default-src 'self'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; style-src-attr 'unsafe-inline'; " +
		"font-src 'self'; img-src 'self' data: blob:" + elsewhere + "; connect-src 'self'" + elsewhere + "; " +
		"base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
	policies, nosniff, referrer := []string{policy}, []string{"nosniff"}, []string{"strict-origin-when-cross-origin"}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header() // shared values: a header set so costs no memory
		h["Content-Security-Policy"] = policies
		h["X-Content-Type-Options"] = nosniff
		h["Referrer-Policy"] = referrer
		next.ServeHTTP(w, r)
	})
}

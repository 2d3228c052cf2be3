package web

import (
	"context"
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
	read  limit = iota // answerWithin
	write              // answerWithin, Config.Writes a minute for one address, maxBody
	open               // as long as the client stays
)

const (
	answerWithin = 20 * time.Second // for what reads the record
	maxBody      = 64 << 10         // bytes of a submitted pin
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
		{"GET", d + "/hexes", public, asAPI, read, s.listHexes},
		{"GET", d + "/changes", public, asAPI, open, s.streamChanges},
		{"GET", d + "/stats", public, asAPI, read, s.getStats},

		{"GET", "/tiles/{district}/{layer}.json", public, asAPI, read, s.tileJSON},
		{"GET", "/tiles/{district}/{layer}/{z}/{x}/{y}.mvt", public, asAPI, open, s.tile},

		{"GET", "/openapi.yaml", public, asAPI, read, s.openAPI},
		{"GET", "/healthz", public, asAPI, read, s.healthz},
		{"GET", "/readyz", public, asAPI, read, s.readyz},
		{"GET", "/assets/{file}", public, asAPI, open, s.asset},
		{"GET", "/basemap.pmtiles", public, asAPI, open, s.basemap},
		{"GET", "/favicon.ico", public, asAPI, read, s.favicon},
		{"GET", "/robots.txt", public, asAPI, read, s.robots},
	}
}

// Handler of all routes, within the middleware given. HEAD goes wherever GET goes.
func (s *Server) Handler(outer ...func(http.Handler) http.Handler) http.Handler {
	mux := chi.NewRouter()
	mux.Use(outer...)
	mux.Use(middleware.Recoverer, s.secure, share, http.NewCrossOriginProtection().Handler)
	writes := httprate.LimitBy(s.cfg.Writes, time.Minute, s.clientKey, httprate.WithLimitHandler(s.tooMany))
	for _, route := range s.routes() {
		h := s.handler(route)
		if route.limit == write {
			h = writes(h)
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
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if route.who != public {
			s.fail(w, r, route.face, &problem{Status: http.StatusForbidden, Title: "Forbidden", Detail: "this is not open to you"})
			return
		}
		if route.limit != open {
			ctx, cancel := context.WithTimeout(r.Context(), answerWithin)
			defer cancel()
			r = r.WithContext(ctx)
		}
		if route.limit == write {
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
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

// faceOf a request, whether a route answers it or not.
func faceOf(r *http.Request) face {
	for _, prefix := range []string{"/api/", "/tiles/", "/assets/", "/openapi.yaml", "/basemap.pmtiles", "/healthz", "/readyz"} {
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

// share lets pages of any origin read what the API gives, which is public and
// given without credentials, whatever the status; and ask for it as they like.
func share(next http.Handler) http.Handler {
	anyOrigin, exposed := []string{"*"}, []string{"ETag, Location, Retry-After"}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if faceOf(r) != asAPI {
			next.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h["Access-Control-Allow-Origin"], h["Access-Control-Expose-Headers"] = anyOrigin, exposed
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" { // a preflight
			h.Set("Access-Control-Allow-Methods", "GET, HEAD")
			h.Set("Access-Control-Allow-Headers", "*")
			h.Set("Access-Control-Max-Age", "86400")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
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
